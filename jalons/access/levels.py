"""Confidentiality levels of a field or of a row, from the most to the least widely read.

A model declares the level of every field in a class attribute `field_levels`; the tests refuse a
model or a field without one.
"""

from django.db import models


class Level(models.TextChoices):
    OPEN = "open", "Ouvert"
    """No fact about a person: any professional of the consortium may read it."""
    MASKED = "masked", "Masqué"
    IDENTITY = "identity", "Identité"
    SHARED = "shared", "Partagé"
    RESTRICTED = "restricted", "Restreint"
    SEALED = "sealed", "Scellé"
    PRIVATE = "private", "Privé"
    SECRET = "secret", "Secret"
    """Never shown to anybody: ciphertexts, keyed hashes, password and token digests."""

from typing import ClassVar

from django.db import models

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .person import Person


class IdentifierKind(models.TextChoices):
    SI = "si", "Identifiant du système d’information du département"
    CAF = "caf", "Numéro allocataire CAF"
    MSA = "msa", "Numéro allocataire MSA"
    FRANCE_TRAVAIL = "ft", "Identifiant France Travail"
    NIR = "nir", "Numéro de sécurité sociale"


class Identifier(BaseModel):
    """An institution's number for a person: encrypted to read, hashed under a key to match.

    The NIR is matched only and never displayed (product.md §5).
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField("type", max_length=4, choices=IdentifierKind.choices)
    source = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cipher = models.BinaryField()
    digest = models.BinaryField(max_length=32)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "kind": Level.IDENTITY,
        "source": Level.IDENTITY,
        "cipher": Level.SECRET,
        "digest": Level.SECRET,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "kind", "digest", "person"], name="identifier_once"
            )
        ]

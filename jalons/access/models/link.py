from typing import ClassVar

from django.db import models

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel


class ScopedLink(BaseModel):
    """A link that lets somebody without account do one act on one object, with a code.

    The address holds a single-use token, exchanged by a button for a cookie and a clean address;
    the code travels by another way. Only digests are kept. The state is computed
    (`access.links.state_of`).
    """

    territory = models.SmallIntegerField()
    scope = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=30)
    object_key = models.UUIDField()
    created_by = models.UUIDField(null=True)
    token_digest = models.BinaryField(max_length=32, unique=True)
    code_digest = models.BinaryField(max_length=32)
    session_digest = models.BinaryField(max_length=32, null=True)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    unlocked_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    wrong_codes = models.SmallIntegerField(default=0)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "scope": Level.SHARED,
        "object_kind": Level.SHARED,
        "object_key": Level.SHARED,
        "created_by": Level.SHARED,
        "token_digest": Level.SECRET,
        "code_digest": Level.SECRET,
        "session_digest": Level.SECRET,
        "expires_at": Level.SHARED,
        "opened_at": Level.SHARED,
        "unlocked_at": Level.SHARED,
        "revoked_at": Level.SHARED,
        "wrong_codes": Level.SHARED,
    }

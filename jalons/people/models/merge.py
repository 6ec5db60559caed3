from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Territory

from .pair import Pair
from .person import Person


class Merge(BaseModel):
    """Two files made one: `absorbed` is a row that points at `kept`, out of lists and search.

    `cipher` says which rows moved and which values were replaced, under what is needed to undo;
    it is emptied at the end of the delay to undo. `asked` until the job of the whole-file role did
    it; `impossible` when something contradicted meanwhile.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Demandée"
        DONE = "done", "Faite"
        IMPOSSIBLE = "impossible", "Impossible"
        UNDOING = "undoing", "En cours d’annulation"
        UNDONE = "undone", "Défaite"

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    absorbed = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pair = models.ForeignKey(
        Pair, on_delete=models.SET_NULL, related_name="+", null=True, db_index=False
    )
    state = models.CharField("état", max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    done_at = models.DateTimeField("réunis le", null=True)
    undone_at = models.DateTimeField("défaits le", null=True)
    undo_until = models.DateField("à défaire avant le", null=True)
    cipher = models.BinaryField(default=b"")

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "kept": Level.IDENTITY,
        "absorbed": Level.IDENTITY,
        "pair": Level.IDENTITY,
        "state": Level.IDENTITY,
        "asked_by": Level.IDENTITY,
        "done_at": Level.IDENTITY,
        "undone_at": Level.IDENTITY,
        "undo_until": Level.IDENTITY,
        "cipher": Level.SECRET,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(state__in=["asked", "done", "undoing"]),
                name="merged_once",
                violation_error_message="Ce dossier est déjà réuni à un autre.",
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("absorbed")),
                name="merge_of_two",
                violation_error_message="Un dossier ne se réunit pas à lui-même.",
            ),
        ]

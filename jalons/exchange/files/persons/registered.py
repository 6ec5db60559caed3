"""The formats of persons: each is made for an actor."""

from collections.abc import Callable
from typing import BinaryIO

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.access.table import ATTACH_FROM_FILE, CREATE_FROM_FILE

from ..columns import Column
from . import beneficiaires, caf_rsa, france_travail, rattachements, reorientations
from .beneficiaires import Beneficiaires
from .caf_rsa import CafRsa
from .formats import PersonFormat, Table
from .france_travail import FranceTravail
from .opening import opened
from .rattachements import Rattachements
from .reorientations import Reorientations


class Registered:
    """A format of persons: how its files open, its columns, and what the policy is asked.

    `note` is what must be known of all its files, said once.
    """

    def __init__(
        self,
        label: str,
        columns: tuple[Column, ...],
        make: Callable[[Actor, str], PersonFormat],
        act: tuple[str, str] = (CREATE_FROM_FILE, "consortium"),
        opens: Callable[[BinaryIO, str, Actor], Table] = opened,
        note: str = "",
    ) -> None:
        self.label, self.columns, self.act, self.opens = label, columns, act, opens
        self.note = note
        self._make = make

    def of(self, actor: Actor) -> PersonFormat:
        own = str(actor.organization) if actor.role == Role.MANAGER else ""
        return self._make(actor, own)


PERSONS = {
    "beneficiaires": Registered("Bénéficiaires", beneficiaires.COLUMNS, Beneficiaires.of),
    "caf-rsa": Registered(
        "Flux RSA de la CAF ou de la MSA",
        caf_rsa.COLUMNS,
        CafRsa.of,
        opens=caf_rsa.opened,
        note=caf_rsa.NOTE,
    ),
    "france-travail": Registered(
        "France Travail, extraits « principal » et « actions »",
        france_travail.COLUMNS,
        FranceTravail.of,
        opens=france_travail.opened,
        note=france_travail.NOTE,
    ),
    "reorientations": Registered(
        "Réorientations", reorientations.COLUMNS, Reorientations.of, (ATTACH_FROM_FILE, "person")
    ),
    "rattachements": Registered(
        "Rattachements", rattachements.COLUMNS, Rattachements.of, (ATTACH_FROM_FILE, "person")
    ),
}
"""By the name of the kind of file."""

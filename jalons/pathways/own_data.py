"""What becomes of pathways in a person's copy, in an erasure, when two files are made one."""

from jalons.people.merging.moving import Carry, Moving
from jalons.people.personal_data import PersonalData

from .models import Action, Objective, Pathway, Step

CONTACTS = ("pathways.objective_set", "pathways.step_started", "pathways.step_ended")
"""The events that tell of something decided or lived with the person."""


def carry(moving: Moving) -> None:
    """Two running pathways become one: the kept file's goes on, with the parts of both."""
    theirs = moving.of(Pathway, moving.absorbed)
    going_on = moving.of(Pathway, moving.kept).filter(ended_on=None).first()
    other = theirs.filter(ended_on=None).first()
    if going_on and other:
        for model in (Objective, Action, Step):
            rows = model._default_manager.using(moving.alias)  # noqa: SLF001 (documented by Django)
            for row in rows.filter(pathway=other).order_by("pk"):
                moving.change(row, pathway_id=going_on.pk)
        moving.change(going_on, opened_on=min(going_on.opened_on, other.opened_on))
        moving.change(other, ended_on=max(moving.day, other.opened_on))
    moving.move(theirs, "person")


def along(moving: Moving) -> None:
    """The parts of a pathway go with it: `carry` took them."""


OWN_DATA = [
    PersonalData(Pathway, "Parcours", Carry(carry), labels={"phase": "Phase du parcours"}),
    PersonalData(
        Objective,
        "Objectifs",
        Carry(along),
        path="pathway__person",
        without=frozenset({"pathway"}),
    ),
    PersonalData(
        Action,
        "Actions",
        Carry(along),
        path="pathway__person",
        without=frozenset({"pathway", "objective"}),
    ),
    PersonalData(
        Step,
        "Étapes",
        Carry(along),
        path="pathway__person",
        without=frozenset({"pathway", "previous"}),
    ),
]

"""The attention rules about entries and référents (product.md §6), each one query."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from jalons.attention.rules import Rule, days_after, days_before

from .circle import agreements_in_force
from .models import Entry, FollowUp, Person, Reorientation
from .settings import (
    AGREEMENT_ENDING,
    ENTRY_UNASSIGNED,
    FIRST_MEETING_LATE,
    NO_REFERENT,
    REORIENTATION_UNANSWERED,
)


def no_referent(day: date, days: Combinable) -> "QuerySet[Any, Any]":
    """Entries opened for `days`, not closed, of persons without an active référent."""
    referent = FollowUp.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day),
        person=OuterRef("person"),
        role="referent",
        starts_on__lte=day,
    )
    frozen = Person.objects.filter(pk=OuterRef("person"), frozen_at__isnull=False)
    return Entry.objects.filter(
        ~Exists(referent),
        ~Exists(frozen),
        closed_on=None,
        opened_on__lte=days_before(day, days),
    )


def entry_unassigned(day: date, days: Combinable) -> "QuerySet[Any, Any]":
    """Entries opened for `days` that no organization was given yet."""
    return Entry.objects.filter(
        closed_on=None,
        first_interview_on=None,
        assigned_on=None,
        opened_on__lte=days_before(day, days),
    )


def first_meeting_late(day: date, days: Combinable) -> "QuerySet[Any, Any]":
    """Opened entries, received for `days`, still without a held first interview."""
    return Entry.objects.filter(
        closed_on=None,
        first_interview_on=None,
        opened_on__isnull=False,
        received_on__lte=days_before(day, days),
    )


def agreement_ending(day: date, days: Combinable) -> "QuerySet[Any, Any]":
    """Agreements in force that end within `days`, of files that are not frozen."""
    return agreements_in_force(day).filter(
        ends_on__lte=days_after(day, days), person__frozen_at=None
    )


def reorientation_unanswered(day: date, days: Combinable) -> "QuerySet[Any, Any]":
    """Réorientations asked for `days`, neither answered nor withdrawn."""
    return Reorientation.objects.filter(
        decided_on=None, withdrawn_on=None, asked_on__lte=days_before(day, days)
    )


RULES = [
    Rule("no_referent", "Sans référent de parcours", NO_REFERENT, no_referent, unblocks=True),
    Rule(
        "entry_unassigned",
        "Entrée sans structure",
        ENTRY_UNASSIGNED,
        entry_unassigned,
        unblocks=True,
    ),
    Rule(
        "first_meeting_late",
        "Premier entretien en attente",
        FIRST_MEETING_LATE,
        first_meeting_late,
    ),
    Rule(
        "agreement_ending",
        "Accord de partage bientôt terminé",
        AGREEMENT_ENDING,
        agreement_ending,
        foreseen=True,
    ),
    Rule(
        "reorientation_unanswered",
        "Réorientation sans réponse",
        REORIENTATION_UNANSWERED,
        reorientation_unanswered,
    ),
]

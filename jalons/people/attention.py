"""The attention rules about entries and référents (product.md §6), each one query."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalons.attention.rules import Rule

from .models import Entry, FollowUp, Person

NO_REFERENT_DAYS = 7
FIRST_MEETING_DAYS = 15


def no_referent(day: date) -> "QuerySet[Any, Any]":
    """Entries opened for a week, not closed, of persons without an active référent."""
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
        opened_on__lte=day - timedelta(days=NO_REFERENT_DAYS),
    )


def entry_unassigned(day: date) -> "QuerySet[Any, Any]":
    """Opened entries that no organization was given yet."""
    return Entry.objects.filter(
        closed_on=None, first_interview_on=None, assigned_on=None, opened_on__lte=day
    )


def first_meeting_late(day: date) -> "QuerySet[Any, Any]":
    """Opened entries still without a held first interview after fifteen days."""
    return Entry.objects.filter(
        closed_on=None,
        first_interview_on=None,
        opened_on__isnull=False,
        received_on__lte=day - timedelta(days=FIRST_MEETING_DAYS),
    )


RULES = [
    Rule("no_referent", "Sans référent de parcours", NO_REFERENT_DAYS, no_referent, unblocks=True),
    Rule("entry_unassigned", "Entrée sans structure", 0, entry_unassigned, unblocks=True),
    Rule(
        "first_meeting_late",
        "Premier entretien en attente",
        FIRST_MEETING_DAYS,
        first_meeting_late,
    ),
]

"""Who consulted, told to the person: each reason of the policy has its words, about somebody."""

from jalons.access.objects import KINDS
from jalons.access.table import policy
from jalons.rights.consulted.reasons import REASONS

BESIDE = {"list", "search", "link"}
"""Reasons that are no relation."""


def test_every_relation_about_a_person_is_told() -> None:
    about_persons = {
        name for name, relation in policy.relations.items() if KINDS[relation.kind].person
    }
    assert set(REASONS) == about_persons | BESIDE


def test_nobody_is_spoken_to_as_if_they_were_another() -> None:
    assert [words for words in REASONS.values() if "vous" in words or "votre" in words] == []

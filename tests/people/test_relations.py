"""Each relation between an actor and a person, on both sides."""

from dataclasses import replace

import pytest

from jalons.access.policy import Question
from jalons.people import relations
from jalons.people.circle import Circle
from tests.circles import (
    ELSEWHERE,
    a_circle,
    a_door,
    a_follower,
    a_professional,
    a_question,
    key,
)

REFERENTE = a_professional()
ASKED = a_question()


def holds(name: str, circle: Circle, question: Question = ASKED) -> bool:
    answer = getattr(relations, name)(REFERENTE, circle, question)
    assert isinstance(answer, bool)
    return answer


def test_the_consortium_knows_its_own_persons() -> None:
    assert holds("in_consortium", a_circle())
    assert not holds("in_consortium", a_circle(territory=ELSEWHERE))


def test_nobody_exists_behind_a_protection() -> None:
    assert not holds("in_consortium", a_circle(protected=True))


FOLLOWERS = {
    "her own": (a_follower(), True),
    "a colleague's": (a_follower("collègue"), False),
    "her own, in another organization": (a_follower(organization="ccas"), False),
    "a partner's": (a_follower("p", "ccas"), False),
}


@pytest.mark.parametrize("name", FOLLOWERS)
def test_one_follows_by_account_and_organization(name: str) -> None:
    follower, expected = FOLLOWERS[name]
    assert holds("follows", a_circle(followers=(follower,))) is expected
    assert holds("follows_to_write", a_circle(followers=(follower,))) is expected
    referent = replace(follower, role="referent")
    assert holds("is_referent", a_circle(followers=(referent,))) is expected


@pytest.mark.parametrize("name", ["follows", "follows_to_write", "is_referent"])
def test_without_follower_nobody_follows(name: str) -> None:
    assert not holds(name, a_circle())


def test_one_follow_up_among_others_is_enough() -> None:
    circle = a_circle(followers=(a_follower("collègue"), a_follower(role="referent")))
    for name in ("follows", "follows_to_write", "is_referent"):
        assert holds(name, circle)


def test_a_read_only_follow_up_reads_and_writes_nothing() -> None:
    circle = a_circle(followers=(a_follower(read_only=True),))
    assert holds("follows", circle)
    assert not holds("follows_to_write", circle)


def test_one_writable_follow_up_is_enough_to_write() -> None:
    circle = a_circle(followers=(a_follower(read_only=True), a_follower(role="co_referent")))
    assert holds("follows_to_write", circle)


@pytest.mark.parametrize("role", ["intervenant", "co_referent", "coordinator"])
def test_the_other_roles_of_a_follow_up_are_not_the_referent(role: str) -> None:
    assert not holds("is_referent", a_circle(followers=(a_follower(role=role),)))


def test_a_colleague_who_is_referent_gives_nothing_to_another() -> None:
    circle = a_circle(followers=(a_follower(), a_follower("collègue", role="referent")))
    assert not holds("is_referent", circle)


SEAL = frozenset({("justice", key("référente"))})


@pytest.mark.parametrize(
    ("circle", "domain", "expected"),
    [
        (a_circle(followers=(a_follower(),), sealed_readers=SEAL), "justice", True),
        (a_circle(followers=(a_follower(),), sealed_readers=SEAL), "violences", False),
        (a_circle(followers=(a_follower(),), sealed_readers=SEAL), "", False),
        (a_circle(sealed_readers=SEAL), "justice", False),
        (a_circle(followers=(a_follower(),)), "justice", False),
        (
            a_circle(
                followers=(a_follower(),),
                sealed_readers=frozenset({("justice", key("collègue"))}),
            ),
            "justice",
            False,
        ),
    ],
)
def test_a_seal_opens_to_its_named_readers_who_still_follow(
    circle: Circle, domain: str, expected: bool
) -> None:
    assert holds("reads_sealed", circle, a_question(domain=domain)) is expected


@pytest.mark.parametrize(
    ("follower", "expected"),
    [
        (a_follower(), True),
        (a_follower("collègue"), True),
        (a_follower(organization="ccas"), False),
    ],
)
def test_an_organization_follows_through_any_of_its_people(
    follower: object, expected: bool
) -> None:
    assert holds("followed_by_organization", a_circle(followers=(follower,))) is expected


def test_an_organization_without_follower_follows_nobody() -> None:
    assert not holds("followed_by_organization", a_circle(doors=(a_door(),)))


@pytest.mark.parametrize(
    ("door", "here", "anywhere"),
    [
        (a_door(), True, True),
        (a_door("ccas"), False, True),
        (a_door(waiting=False), False, False),
        (a_door(opened=False), False, False),
        (a_door(waiting=False, opened=False), False, False),
    ],
)
def test_an_entry_counts_while_opened_and_waiting(door: object, here: bool, anywhere: bool) -> None:
    circle = a_circle(doors=(door,))
    assert holds("entered_at_organization", circle) is here
    assert holds("open_entry", circle) is anywhere


def test_the_marks_of_two_entries_do_not_add_up() -> None:
    """One waits elsewhere, one is opened here but met: nothing waits here."""
    circle = a_circle(doors=(a_door("ccas", opened=False), a_door(waiting=False)))
    assert not holds("entered_at_organization", circle)
    assert not holds("open_entry", circle)


def test_without_entry_nothing_waits() -> None:
    assert not holds("entered_at_organization", a_circle())
    assert not holds("open_entry", a_circle())


def test_who_answers_for_the_data_is_so_in_their_territory_only() -> None:
    officer = replace(REFERENTE, data_protection=True)
    found = [
        relations.protects_data(actor, circle, ASKED)
        for actor in (officer, REFERENTE)
        for circle in (a_circle(), a_circle(territory=ELSEWHERE))
    ]
    assert found == [True, False, False, False]


def test_to_unblock_is_what_the_attention_rules_said() -> None:
    assert holds("to_unblock", a_circle(to_unblock=True))
    assert not holds("to_unblock", a_circle())

"""What withholds a file in spite of a relation: objections and agreements, on both sides."""

from dataclasses import replace

import pytest

from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import (
    BREAK_GLASS,
    ERASE,
    EXPORT_FILE,
    HOLD,
    RECORD_REQUEST,
    REOPEN,
    REVEAL,
    policy,
)
from jalons.people import relations
from jalons.people.circle import Circle
from tests.circles import (
    a_circle,
    a_follower,
    a_professional,
    a_question,
    an_access,
    an_agreement_of,
    key,
)

REFERENTE = a_professional()
FOLLOWER = a_follower()
REFERENT = a_follower(role="referent")
HERE, CCAS = key("département"), key("ccas")


def withheld(name: str, circle: Circle, domain: str = "") -> bool:
    answer = getattr(relations, name)(REFERENTE, circle, a_question(domain=domain))
    assert isinstance(answer, bool)
    return answer


@pytest.mark.parametrize(
    ("objections", "expected"),
    [
        ((), False),
        ((("", HERE),), True),
        ((("", CCAS),), False),
        ((("sante", HERE),), False),
        ((("sante", None),), False),
        ((("", CCAS), ("", HERE)), True),
    ],
)
def test_an_objection_to_a_structure_closes_the_file_to_it(
    objections: tuple[object, ...], expected: bool
) -> None:
    circle = a_circle(followers=(REFERENT,), objections=objections)
    assert withheld("objected_to_structure", circle) is expected


@pytest.mark.parametrize(
    ("objections", "domain", "expected"),
    [
        ((), "sante", False),
        ((("sante", None),), "sante", True),
        ((("sante", None),), "logement", False),
        ((("sante", None),), "", False),
        ((("sante", HERE),), "sante", True),
        ((("sante", CCAS),), "sante", False),
        ((("", HERE),), "sante", False),
        ((("", HERE),), "", False),
        ((("", None),), "", False),
    ],
)
def test_an_objection_to_a_domain_closes_that_domain(
    objections: tuple[object, ...], domain: str, expected: bool
) -> None:
    circle = a_circle(followers=(FOLLOWER,), objections=objections)
    assert withheld("objected_to_domain", circle, domain) is expected


def test_an_objection_to_a_domain_leaves_it_to_the_referent() -> None:
    objections = (("sante", None), ("sante", HERE))
    mine = a_circle(followers=(REFERENT,), objections=objections)
    assert not withheld("objected_to_domain", mine, "sante")
    anothers = a_circle(
        followers=(FOLLOWER, a_follower("collègue", role="referent")), objections=objections
    )
    assert withheld("objected_to_domain", anothers, "sante")


@pytest.mark.parametrize(
    ("agreements", "domain", "expected"),
    [
        ((), "", False),
        ((an_agreement_of(),), "", False),
        ((an_agreement_of(),), "sante", False),
        ((an_agreement_of(organizations=("département",)),), "", False),
        ((an_agreement_of(organizations=("ccas",)),), "", True),
        ((an_agreement_of(organizations=("ccas", "département")),), "", False),
        ((an_agreement_of(domains=("sante",)),), "sante", False),
        ((an_agreement_of(domains=("sante",)),), "logement", True),
        ((an_agreement_of(domains=("sante",)),), "", False),
        ((an_agreement_of(("sante",), ("département",)),), "sante", False),
        ((an_agreement_of(("sante",), ("département",)),), "logement", True),
        ((an_agreement_of(("sante",), ("ccas",)),), "sante", True),
        ((an_agreement_of(("sante",), ("ccas",)),), "", True),
    ],
)
def test_an_agreement_narrows_to_what_it_names(
    agreements: tuple[object, ...], domain: str, expected: bool
) -> None:
    circle = a_circle(followers=(FOLLOWER,), agreements=agreements)
    assert withheld("outside_agreement", circle, domain) is expected


def test_one_agreement_that_includes_is_enough() -> None:
    elsewhere = an_agreement_of(organizations=("ccas",))
    circle = a_circle(followers=(FOLLOWER,), agreements=(elsewhere, an_agreement_of()))
    assert not withheld("outside_agreement", circle)


def test_two_agreements_do_not_combine() -> None:
    """One names the domain elsewhere, the other names this structure for another domain."""
    circle = a_circle(
        followers=(FOLLOWER,),
        agreements=(
            an_agreement_of(("sante",), ("ccas",)),
            an_agreement_of(("logement",), ("département",)),
        ),
    )
    assert withheld("outside_agreement", circle, "sante")


def test_an_agreement_leaves_the_file_to_the_referent() -> None:
    elsewhere = (an_agreement_of(organizations=("ccas",)),)
    assert not withheld("outside_agreement", a_circle(followers=(REFERENT,), agreements=elsewhere))
    others = (FOLLOWER, a_follower("collègue", role="referent"))
    assert withheld("outside_agreement", a_circle(followers=others, agreements=elsewhere))


@pytest.mark.parametrize(
    ("circle", "closed", "closed_while_followed"),
    [
        (a_circle(), False, False),
        (a_circle(followers=(FOLLOWER,)), False, False),
        (a_circle(protected=True), True, False),
        (a_circle(protected=True, followers=(FOLLOWER,)), True, True),
    ],
)
def test_a_protection_holds_but_for_whoever_must_find_a_follower(
    circle: Circle, closed: bool, closed_while_followed: bool
) -> None:
    assert withheld("protected", circle) is closed
    assert withheld("protected_and_followed", circle) is closed_while_followed


def levels(circle: Circle, domain: str = "") -> set[Level]:
    """What the practitioner still reads or reveals."""
    found = set()
    for level in Level:
        act = REVEAL if level == Level.RESTRICTED else READ
        if policy.decide(REFERENTE, circle, a_question(level, domain, act)):
            found.add(level)
    return found


ALL = {Level.MASKED, Level.IDENTITY, Level.SHARED, Level.RESTRICTED}


def test_an_objection_to_the_structure_leaves_the_masked_line() -> None:
    circle = a_circle(followers=(REFERENT,), objections=(("", HERE),))
    assert levels(circle) == {Level.MASKED}
    assert not policy.decide(REFERENTE, circle, a_question(act=BREAK_GLASS))
    assert not policy.decide(REFERENTE, circle, a_question(act="people.send_link"))


def test_an_objection_to_a_domain_is_told_on_every_level() -> None:
    circle = a_circle(followers=(FOLLOWER,), objections=(("sante", None),))
    assert levels(circle) == ALL
    assert levels(circle, "sante") == set()
    assert levels(circle, "logement") == ALL


def test_an_agreement_that_leaves_us_out_leaves_the_identity() -> None:
    circle = a_circle(followers=(FOLLOWER,), agreements=(an_agreement_of(organizations=("ccas",)),))
    assert levels(circle) == {Level.MASKED, Level.IDENTITY}


def test_an_agreement_does_not_stop_an_urgent_access() -> None:
    circle = a_circle(
        break_glass=(an_access(),), agreements=(an_agreement_of(organizations=("ccas",)),)
    )
    assert levels(circle) == ALL


def test_an_urgent_access_opens_nothing_of_a_protected_person() -> None:
    """Protection set during the three hours ends them."""
    circle = a_circle(break_glass=(an_access(),), protected=True)
    assert levels(circle) == set()


def test_an_archive_closes_everything_to_everybody() -> None:
    circle = a_circle(
        followers=(REFERENT,), break_glass=(an_access(),), to_unblock=True, archived=True
    )
    assert withheld("archived", circle)
    assert not withheld("archived", replace(circle, archived=False))
    assert levels(circle) == set()
    for act in (BREAK_GLASS, "people.send_link", EXPORT_FILE, RECORD_REQUEST):
        assert not policy.decide(REFERENTE, circle, a_question(act=act))


@pytest.mark.parametrize("act", [EXPORT_FILE, ERASE, HOLD, REOPEN])
@pytest.mark.parametrize(
    "circle",
    [
        a_circle(archived=True),
        a_circle(protected=True),
        a_circle(followers=(REFERENT,), objections=(("", HERE),)),
    ],
)
def test_the_rights_of_the_person_stay_open(act: str, circle: Circle) -> None:
    officer = replace(REFERENTE, data_protection=True)
    assert policy.decide(officer, circle, a_question(act=act))


def test_a_refusal_says_which_limit() -> None:
    circle = a_circle(followers=(FOLLOWER,), objections=(("", HERE),))
    reason = policy.decide(REFERENTE, circle, a_question(Level.SHARED)).reason
    assert reason == "La personne s’est opposée à ce que votre structure lise son dossier."
    circle = a_circle(followers=(FOLLOWER,), objections=(("sante", None),))
    reason = policy.decide(REFERENTE, circle, a_question(Level.SHARED, "sante")).reason
    assert reason == "La personne s’est opposée au partage de ce domaine."

"""Conditions written once a process are those of the policy, for everybody, at any moment."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import EmptyResultSet, ImproperlyConfigured
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext

from jalons.access.actor import Actor
from jalons.access.levels import Level
from jalons.access.models import BreakGlass
from jalons.access.policy import READ, Policy, Question, Relation, Row
from jalons.access.roles import Field, Role
from jalons.access.table import policy
from jalons.access.written import WrittenPolicy
from jalons.people.models import FollowUp, Person
from jalons.territories.models import Organization

pytestmark = pytest.mark.django_db

SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
"""Already the day after in Paris, where it is not in winter."""
WINTER = datetime(2026, 12, 1, 22, 30, tzinfo=UTC)
Asked = tuple[str, tuple[Any, ...]] | None


def somebody(role: Role, **values: Any) -> Actor:
    keys = {name: uuid4() for name in ("account", "mandate", "organization")}
    usual = {"kind": "professional", "territory": 3, "territories": (3,), **keys}
    return Actor(role=role, **{**usual, **values})


def questions() -> Iterator[tuple[Role, str, Question]]:
    """One of each text: rows with the same relations at the same level are written alike."""
    known: set[Any] = set()
    for row in policy.rows:
        for role in row.roles:
            for level in row.levels or (None,):
                question = Question(row.act, level, SUMMER)
                actor = somebody(role)
                rows = [each for each in policy.rows if each.answers(actor, row.kind, question)]
                text = (row.kind, level, tuple(each.relation for each in rows))
                if text not in known:
                    known.add(text)
                    yield role, row.kind, question


def keys_of(visible: Q) -> Any:
    pairs: list[Any] = [each for each in visible.children if isinstance(each, tuple)]
    return dict(pairs)["pk__in"]


def beside_keys(visible: Q) -> list[Any]:
    return [each for each in visible.children if not isinstance(each, tuple) or each[0] != "pk__in"]


def asked(visible: Q) -> Asked:
    """The SQL of the keys and its parameters; None of nothing."""
    keys = keys_of(visible)
    return (keys.sql, tuple(keys.params)) if isinstance(keys, RawSQL) else None


def expected(actor: Actor, kind: str, question: Question) -> Asked:
    keys = policy.visible_keys(actor, kind, question)
    if keys is None:
        return None
    try:
        sql, parameters = keys.order_by().query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(parameters)


def test_every_text_fits_everybody_in_the_role(full_size: bool) -> None:
    """Whoever it was written for, another person is asked about with their own keys and day.

    Nor does it depend on what the database holds that day: no query is made to write it.
    """
    every = list(questions())
    assert len(every) > 90
    lists = [one for one in every if one[1] == "person" and one[2].act == READ]
    written = WrittenPolicy(policy)
    for role, kind, question in every if full_size else [*lists, *every[::9]]:
        with CaptureQueriesContext(connection) as captured:
            written.visible_to(somebody(role), kind, question)
            other = somebody(role, territory=4, territories=(4,))
            now = replace(question, at=WINTER)
            visible = written.visible_to(other, kind, now)
        assert asked(visible) == expected(other, kind, now), f"{role} {kind} {now}"
        assert len(captured) == 0, f"{role} {kind} {now}"


PERSON = Question(READ, Level.IDENTITY, SUMMER)


def test_what_else_differs_gets_its_own_text() -> None:
    """Every field of an actor that is no key, the absence of each key, the act and the level."""
    written = WrittenPolicy(policy)
    usual = somebody(Role.MANAGER)
    others = [replace(usual, role=role) for role in Role]
    others += [replace(usual, organization=None), replace(usual, territory=None)]
    others += [replace(usual, territories=())]
    others += [replace(usual, territories=(3, 4))]
    others += [replace(usual, kind="system"), replace(usual, field=Field.SOCIAL)]
    others += [replace(usual, habilitated=True), replace(usual, data_protection=True)]
    for actor in (usual, *others):
        for kind in ("person", "rights_request"):
            for level in (Level.IDENTITY, None):
                question = replace(PERSON, level=level)
                visible = written.visible_to(actor, kind, question)
                assert asked(visible) == expected(actor, kind, question), f"{actor} {kind} {level}"


def test_a_key_that_is_missing_is_another_text() -> None:
    def keys(actor: Actor, _: Question) -> Any:
        mine: Any = {"account": actor.account, "mandate": actor.mandate}
        return BreakGlass.objects.filter(**mine).values_list("person", flat=True)

    written, usual = of_our_own(keys), somebody(Role.MANAGER)
    texts = [
        asked(written.visible_to(actor, "thing", PERSON))
        for actor in (usual, replace(usual, account=None), replace(usual, mandate=None))
    ]
    assert [text and text[0].count("IS NULL") for text in texts] == [0, 1, 1]
    assert [text and len(text[1]) for text in texts] == [2, 1, 1]


def test_the_actor_has_no_other_field() -> None:
    """A new one is a key, which varies, or tells texts apart: `_shape`, `_values`, `_other`."""
    assert {field.name for field in fields(Actor)} == {
        *("kind", "role", "field", "habilitated", "data_protection"),
        *("account", "mandate", "organization", "territory", "territories"),
    }


def test_the_condition_is_the_whole_of_the_policy_s() -> None:
    """Its territories and, for an act, what is frozen."""
    written, actor = WrittenPolicy(policy), somebody(Role.MANAGER, territories=(3, 9))
    for question in (PERSON, Question("people.start_follow_up", None, SUMMER)):
        mine = beside_keys(written.visible_to(actor, "person", question))
        assert mine == beside_keys(policy.visible_to(actor, "person", question))
        assert ("territory__in", (3, 9)) in mine


def test_a_domain_is_asked_as_it_was() -> None:
    written, actor = WrittenPolicy(policy), somebody(Role.PRACTITIONER)
    for domain in ("violences", "justice"):
        question = Question(READ, Level.SEALED, SUMMER, domain)
        keys = keys_of(written.visible_to(actor, "person", question))
        plain = policy.visible_keys(actor, "person", question)
        assert plain is not None
        assert not isinstance(keys, RawSQL)
        assert str(keys.query) == str(plain.query)


def of_our_own(keys: Any) -> WrittenPolicy:
    row = Row(READ, "thing", frozenset({Role.MANAGER}), "near", frozenset({Level.IDENTITY}))
    made = Policy([row])
    made.add_relation(Relation("near", "thing", "", lambda *_: True, keys))
    return WrittenPolicy(made)


def test_it_is_written_once() -> None:
    times: list[Actor] = []

    def keys(actor: Actor, question: Question) -> Any:
        times.append(actor)
        return FollowUp.objects.filter(account=actor.account).values_list("person", flat=True)

    written = of_our_own(keys)
    for _ in range(3):
        written.visible_to(somebody(Role.MANAGER), "thing", PERSON)
    assert len(times) == 2


def test_an_order_of_its_own_is_left_out() -> None:
    written = of_our_own(
        lambda actor, _: Person.objects.order_by("sort_key").values_list("pk", flat=True)
    )
    found = asked(written.visible_to(somebody(Role.MANAGER), "thing", PERSON))
    assert found
    assert "ORDER BY" not in found[0]


@pytest.mark.parametrize("nobody", [Person.objects.none, lambda: Person.objects.filter(pk__in=[])])
def test_what_nobody_sees_is_nothing(nobody: Any) -> None:
    written = of_our_own(lambda *_: nobody().values_list("pk", flat=True))
    actor = somebody(Role.MANAGER)
    for _ in range(2):
        assert written.visible_to(actor, "thing", PERSON) == Q(pk__in=[])
    assert written.visible_to(somebody(Role.CLERK), "thing", PERSON) == Q(pk__in=[])


@pytest.mark.parametrize(
    "condition",
    [
        lambda actor: {"pk__in": actor.territories * 2},
        lambda actor: {"name": f"{actor.account}"},
        lambda actor: {"name": str(actor.territory)},
    ],
)
def test_what_it_cannot_vary_is_refused(condition: Any) -> None:
    """Rather than kept as it was for the first who asked."""
    written = of_our_own(
        lambda actor, _: Organization.objects.filter(
            **{"territory__in": actor.territories, **condition(actor)}
        ).values_list("pk", flat=True)
    )
    with pytest.raises(ImproperlyConfigured):
        written.visible_to(somebody(Role.MANAGER, territories=(3, 4)), "thing", PERSON)


def test_another_query_for_other_keys_is_refused() -> None:
    def keys(actor: Actor, _: Question) -> Any:
        found = Person.objects.values_list("pk", flat=True)
        return found.filter(protected=True) if actor.territory == 3 else found

    with pytest.raises(ImproperlyConfigured):
        of_our_own(keys).visible_to(somebody(Role.MANAGER), "thing", PERSON)


@pytest.mark.parametrize("those", [True, False])
def test_nothing_for_some_of_a_role_is_refused(those: bool) -> None:
    def keys(actor: Actor, _: Question) -> Any:
        found = Person.objects.values_list("pk", flat=True)
        return found if (actor.territory == 3) is those else found.none()

    with pytest.raises(ImproperlyConfigured):
        of_our_own(keys).visible_to(somebody(Role.MANAGER), "thing", PERSON)

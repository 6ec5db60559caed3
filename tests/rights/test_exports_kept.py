"""« Vos exports »: each says that theirs is destroyed; the territory's are watched."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from jalons.access.actor import Actor
from jalons.access.exporting import KEPT
from jalons.access.models import Export
from jalons.access.roles import Role
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.rights.exported.queries import LISTS
from jalons.rights.tasks import recall_exports, tell_keeper
from jalons.territories.models import Organization
from tests.clients import PURPOSE, client_for
from tests.security.addresses import addresses
from tests.worlds import Case, a_case, an_actor, within

pytestmark = pytest.mark.django_db

OWN, EVERYBODY = "/exports/", "/exports/territoire/"


@pytest.fixture
def case(db: None) -> Case:
    return a_case(family_name="Introuvable")


def exported(actor: Actor, **values: str) -> UUID:
    answer = client_for(actor).post("/file-active/export/", PURPOSE | {"format": "csv"} | values)
    answer.getvalue()
    assert actor.territory
    with within(actor.territory):
        row = Export.objects.filter(account__in=[actor.account]).latest("recorded_at")
    return row.pk


def page(actor: Actor, path: str = OWN) -> str:
    answer = client_for(actor).get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def rows(case: Case) -> list[Export]:
    with within(case.territory.pk):
        return list(Export.objects.order_by("recorded_at"))


def test_each_sees_their_own_and_nothing_of_anybody(case: Case) -> None:
    exported(case.referente)
    client_for(case.referente).post(
        "/file-active/export/",
        {"format": "csv", "purpose": "control", "words": "Vérifier des droits"},
    )
    text = page(case.referente)
    for said in ("Liste de personnes", "Coordonner les parcours", "Fichier détruit", "Refusé"):
        assert said in text
    assert text.count("Fichier détruit<") == 1
    for hidden in ("Introuvable", str(case.person.pk), PURPOSE["words"]):
        assert hidden not in text
    assert "Aucun export" in page(case.collegue)


def test_the_file_is_said_destroyed_once_by_its_keeper(case: Case) -> None:
    key = exported(case.referente)
    path = f"/exports/{key}/detruit/"
    for actor in (case.collegue, case.etrangere, case.others[Role.COORDINATOR]):
        assert client_for(actor).post(path).status_code == 404
    client = client_for(case.referente)
    client.post(path)
    assert rows(case)[0].destroyed_on == clock.today()
    assert "Détruit le" in page(case.referente)
    client.post(path)
    with within(case.territory.pk):
        event = Event.objects.get(kind="rights.list_destroyed")
    client.post(f"/annuler/{event.pk}/")
    assert rows(case)[0].destroyed_on is None


def test_its_date_is_recalled_once(case: Case, clock_at: Callable[[datetime], None]) -> None:
    exported(case.referente)
    exported(case.referente, purpose="control")
    now = clock.now()
    recall_exports()
    clock_at(now + KEPT + timedelta(days=1))
    for _ in range(2):
        recall_exports()
    with within(case.territory.pk):
        (event,) = Event.objects.filter(kind="rights.list_overdue")
        tell_keeper(str(event.pk), case.territory.pk)
        told = Notification.objects.filter(event=event.pk).values_list("account", flat=True)
        assert list(told) == [case.referente.account]
    assert "En retard" in page(case.referente)


def test_the_coordination_and_the_officer_read_the_territory_s(
    case: Case, clock_at: Callable[[datetime], None]
) -> None:
    exported(case.referente)
    officer = an_actor(case.partner, Role.STEERING, data_protection_from=clock.today())
    clock_at(clock.now() + KEPT + timedelta(days=1))
    coordinator = case.others[Role.COORDINATOR]
    for actor in (coordinator, officer):
        text = page(actor, EVERYBODY)
        for said in ("Marchal", "Département", "Date passée", "Coordonner les parcours"):
            assert said in text
        assert "Introuvable" not in text
        assert "Exports du territoire" in page(actor)
    steering = case.others[Role.STEERING]
    for actor in (case.referente, steering, case.others[Role.MANAGER]):
        assert client_for(actor).get(EVERYBODY).status_code == 404
    stranger = an_actor_elsewhere(case)
    assert "Aucun export" in page(stranger, EVERYBODY)


def an_actor_elsewhere(case: Case) -> Actor:
    place = Organization.objects.get(pk__in=[case.etrangere.organization])
    return an_actor(place, Role.COORDINATOR)


def test_every_list_that_leaves_has_its_name() -> None:
    asking = {address.name for address in addresses() if getattr(address.view, "asks_purpose", 0)}
    assert asking == set(LISTS)

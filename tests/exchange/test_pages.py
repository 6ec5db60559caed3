"""The pages of imports: sent, checked, imported, reported."""

import pytest

from tests.exchange.files import Desk
from tests.exchange.tables import a_structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk.of()


def test_nothing_is_written_before_it_is_confirmed(desk: Desk) -> None:
    url = desk.send(a_structure(), a_structure(1, Code_postal=""), a_structure(2, Ville="Autun"))
    print(desk.read(url))
    from tests.exchange.files import work

    work()
    print(desk.read(url))
    desk.apply(url)
    print(desk.read(url))
    work()
    print(desk.read(url))
    print(desk.read("/imports/"))
    print(desk.read("/imports/nouveau/"))

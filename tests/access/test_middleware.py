"""One transaction a request: what a page may do, and what stops it when it does more."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import InternalError
from django.test import Client

from jalons.access.reading import WriteInGet
from jalons.accounts.models import Account
from tests.access.pages import Broken
from tests.clients import client_for, nobody
from tests.worlds import Case, a_case

pytestmark = pytest.mark.urls("tests.access.pages")


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


@pytest.fixture
def client(case: Case) -> Client:
    return client_for(case.referente)


def written() -> bool:
    return Account.objects.filter(given_name="Écrit").exists()


@pytest.mark.parametrize("address", ["/a/ecrit/", "/a/public/"])
def test_a_get_that_writes_fails(client: Client, address: str) -> None:
    with pytest.raises(WriteInGet, match="UPDATE"):
        client.get(address)
    with pytest.raises(WriteInGet, match="UPDATE"):
        client.head(address)


def test_a_page_of_a_person_that_writes_fails(client: Client, case: Case) -> None:
    with pytest.raises(WriteInGet, match="UPDATE"):
        client.get(f"/a/{case.person.pk}/ecrit/")


def test_a_post_writes(client: Client) -> None:
    assert client.post("/a/ecrit/").content.decode() == "écrit"
    assert written()


def test_a_callback_that_says_so_writes(client: Client) -> None:
    assert client.get("/a/rappel/").status_code == 200
    assert written()


def test_an_address_without_line_is_an_error(client: Client) -> None:
    with pytest.raises(ImproperlyConfigured, match="forgotten"):
        client.get("/a/oubliee/")


def test_a_list_that_records_nothing_is_an_error(client: Client) -> None:
    with pytest.raises(ImproperlyConfigured, match="recorded nothing"):
        client.get("/a/muette/")


def test_a_response_that_outlives_its_transaction_is_an_error(client: Client) -> None:
    with pytest.raises(ImproperlyConfigured, match="streaming"):
        client.get("/a/flux/")


@pytest.mark.django_db(transaction=True)
def test_an_answer_of_500_takes_everything_back() -> None:
    client = client_for(a_case().referente)
    assert client.post("/a/echec/").status_code == 500
    assert not written()
    client.post("/a/ecrit/")
    assert written()


@pytest.mark.django_db(transaction=True)
def test_an_exception_takes_everything_back() -> None:
    client = client_for(a_case().referente)
    with pytest.raises(Broken):
        client.post("/a/erreur/")
    assert not written()


def test_a_consultation_that_a_view_could_not_write_is_503(client: Client) -> None:
    assert client.get("/a/sans-trace/").status_code == 503


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/a/cache/", "/a/{}/cache/", "/a/liste/"])
def test_postgresql_itself_refuses_a_write_in_a_get(address: str) -> None:
    case = a_case()
    with pytest.raises(InternalError, match="read-only"):
        client_for(case.referente).get(address.format(case.person.pk))
    assert not written()


@pytest.mark.django_db(transaction=True)
def test_the_next_request_of_the_connection_writes_again() -> None:
    case = a_case()
    client: Any = client_for(case.referente)
    assert client.get(f"/personnes/{case.person.pk}/").status_code == 200
    client.post("/a/ecrit/")
    assert written()


def test_nobody_is_stopped_before_the_view(case: Case) -> None:
    assert nobody().get("/a/ecrit/").status_code == 302
    refused: Any = nobody().post("/a/ecrit/")
    assert refused.url == "/connexion/?next=/"
    assert not written()

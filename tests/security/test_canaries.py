"""Row 4, second half: each reader, on each page and in each export, meets their levels only."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from jalons.access import links
from jalons.access.levels import Level
from jalons.kernel.exports import FORMATS
from jalons.people.identity.actions.send_link import send_link
from jalons.people.models import FollowRequest, Intake, Merge, Pair
from jalons.people.quality.queries import TITLES
from jalons.rights.models import RightsRequest, StoredExport
from tests.clients import PURPOSE, client_for, nobody
from tests.sampling import Some
from tests.security.addresses import addresses
from tests.security.canaries import (
    ANSWERED,
    FILLED,
    HIDDEN_PLACE,
    WITHOUT_TEXT,
    Canaries,
    a_full_file,
    personal_models,
    texts_of,
    words_in,
)
from tests.security.cast import Cast
from tests.worlds import within

MASKED, IDENTITY, SHARED = Level.MASKED, Level.IDENTITY, Level.SHARED
RESTRICTED, SEALED, PRIVATE = Level.RESTRICTED, Level.SEALED, Level.PRIVATE

READS: dict[str, set[Level]] = {
    "référente": {MASKED, IDENTITY, SHARED, RESTRICTED, SEALED, PRIVATE},
    "intervenante en lecture": {MASKED, IDENTITY, SHARED, RESTRICTED},
    "structure sensible": {MASKED, IDENTITY, SHARED, RESTRICTED},
    "en urgence": {MASKED, IDENTITY, SHARED, RESTRICTED},
    "responsable": {MASKED, IDENTITY},
    "accueil": {MASKED, IDENTITY},
}
PAIRED = {"coordination", "orientation"}
"""Who reads the identity of two files that are alike, on that page only."""
"""By relation; the others read nothing but the masked line."""
REVEALED = {"people:reveal", "people:reveal_documents", "people:document"}
"""The pages of what is restricted, and the document itself, asked for by a POST."""
OWN_NAME = {"structure sensible"}
QUALITY = {"people:quality", "people:quality_export", "people:review"}
QUALITY |= {"people:merge", "people:merged"}
DIRECTORY = {"exchange:organizations", "people:add_objection", "people:signal_links"}
DIRECTORY |= {each.name for each in addresses() if each.name.startswith("territories:")}
"""Where structures are named for themselves: what is hidden is whom they follow."""
LEAVES = "accounts:logout"
READ_NOBODY = {"animation", "entreprises", "partenariats", "observatrice", "administration"}
READ_NOBODY |= {"pilotage", "étrangère", "sans mandat"}
"""Asked with `--long` only: the routes' matrix already shows that they meet no person."""
READ_THE_SAME = {"collègue", "responsable du partenaire", "accueil du partenaire"}
"""Asked with `--long` only: the partenaire meets the masked line too."""
OF_OTHERS = 8
"""Of the addresses, one in so many is asked by those who read the masked line at most; so are those
of the rooms where no person stands."""
OF_PERSONS = ("people:", "pathways:", "desk:", "rights:", "access:")
OF_ONE_S_OWN = {"access:break_glass", "people:documents", "people:document"}
OF_ONE_S_OWN |= {"people:reveal_documents"}
"""The pages that give back a draft or a private document."""

Found = list[tuple[str, str, set[str]]]
"""Actor, address, words found there."""


def _visits(cast: Cast) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Address, verb, URL and form of every request that a page of the house answers."""
    values = {
        **cast.keys,
        "event": uuid4(),
        "file_import": uuid4(),
        "reorientation": uuid4(),
        "search": uuid4(),
        "signal_link": uuid4(),
        "list_export": uuid4(),
        "mail_id": uuid4(),
        "token": "inconnu",
        "mandate": cast.actors["référente"].mandate,
        "invitation": uuid4(),
        "organization": cast.actors["référente"].organization,
        "account_id": cast.actors["référente"].account,
        **dict.fromkeys(("identity", "action", "milestone", "place"), uuid4()),
        "slug": "demo",
    }
    with within(cast.territory.pk, account=cast.actors["référente"].account):
        values["rights_request"] = RightsRequest.objects.values_list("pk", flat=True).get()
        values["follow_request"] = FollowRequest.objects.values_list("pk", flat=True).get()
        values["intake"] = Intake.objects.values_list("pk", flat=True).get()
        values["merge"] = Merge.objects.values_list("pk", flat=True).get()
        values["pair"] = Pair.objects.filter(owner=None).values_list("pk", flat=True).get()
        values["stored_export"] = StoredExport.objects.values_list("pk", flat=True).get()
    for address in addresses():
        for verb in {"GET", "POST"} & set(address.lines or {}) if address.name != LEAVES else ():
            for data in _forms(address.name, verb):
                for document in _documents(cast) if "document" in address.converters else [None]:
                    url = address.url(**values | ({"document": document} if document else {}))
                    yield address.name, verb, url, data


def _documents(cast: Cast) -> list[Any]:
    return list(cast.documents.values())


def _forms(name: str, verb: str) -> list[dict[str, str]]:
    if verb == "GET":
        lists = [{"liste": liste} for liste in TITLES] if name == "people:quality" else []
        return lists or [{"q": "zq00", "filtre": "referent"}]
    if name == "people:quality_export":
        return [PURPOSE | {"format": "csv", "liste": liste} for liste in TITLES]
    if name in {"desk:caseload_export", "rights:consultations_export"}:
        return [PURPOSE | {"format": suffix} for suffix in FORMATS]
    return [{"reason": "court", "code": "123456"}]


def _read(cast: Cast, name: str, client: Client, some: Some) -> Iterator[tuple[str, str, set[str]]]:
    for address, verb, url, data in _visits(cast):
        reads = name in READS and address.startswith(OF_PERSONS)
        if not (reads or some(f"{verb} {address} {name}", OF_OTHERS)):
            continue
        with transaction.atomic():
            response = getattr(client, verb.lower())(url, data)
            yield name, address, words_in(texts_of(response))
            transaction.set_rollback(True)


def _excess(canaries: Canaries, name: str, address: str, words: set[str]) -> set[str]:
    """The words that this reader should not have met on this page."""
    allowed = READS.get(name, {MASKED}) | ({SEALED} if address in DIRECTORY else set())
    if name in PAIRED and address in QUALITY:
        allowed = allowed | {IDENTITY}
    if address not in REVEALED:
        allowed = allowed - {RESTRICTED}
    if address not in OF_ONE_S_OWN:
        allowed = allowed - {PRIVATE}
    found = {word for word in words if canaries.levels[word] not in allowed}
    if (name, address) == ("protection des données", "rights:request"):
        found = {word for word in found if canaries.places[word] != ANSWERED}
    if address not in REVEALED:
        sealed = {word for word in words if canaries.levels[word] == SEALED}
        found |= {word for word in sealed if canaries.places[word] != "sensitive structure"}
    if (name, address) == ("intervenante en lecture", "people:follow_requests"):
        found = {word for word in found if canaries.places[word] != "people.FollowRequest.typed"}
    if name in OWN_NAME:
        found = {word for word in found if canaries.places[word] != "sensitive structure"}
    return {f"{name} on {address}: {canaries.places[word]}" for word in found}


@pytest.fixture
def full_file(db: None) -> tuple[Cast, Canaries]:
    return a_full_file()


def test_every_model_about_a_person_is_filled() -> None:
    assert personal_models() == FILLED | WITHOUT_TEXT


def test_nobody_meets_more_than_their_levels(
    full_file: tuple[Cast, Canaries],
    caplog: pytest.LogCaptureFixture,
    some: Some,
    full_size: bool,
) -> None:
    cast, canaries = full_file
    met: Found = []
    for name in set(cast.actors) - (set() if full_size else READ_NOBODY | READ_THE_SAME):
        met += _read(cast, name, client_for(cast.actors[name]), some)
    met += _read(cast, "anonyme", nobody(), some)
    excess = [
        said for name, address, words in met for said in _excess(canaries, name, address, words)
    ]
    assert excess == []
    assert len(met) > 400
    assert words_in([caplog.text]) == set()
    _check_that_the_words_were_there(canaries, met)


def _check_that_the_words_were_there(canaries: Canaries, met: Found) -> None:
    """Otherwise the crawl would have proved nothing."""

    def levels(name: str, *pages: str) -> set[Level]:
        return {
            canaries.levels[word]
            for who, address, words in met
            if who == name and address in pages
            for word in words
        }

    assert levels("référente", "people:identity") == {IDENTITY, SHARED, SEALED}
    assert levels("référente", "people:reveal") == {IDENTITY, SHARED, SEALED, RESTRICTED}
    assert levels("référente", "access:break_glass") >= {PRIVATE}
    assert levels("référente", "people:documents") == {IDENTITY, SHARED, PRIVATE}
    everything = {IDENTITY, SHARED, RESTRICTED, SEALED, PRIVATE}
    assert levels("référente", "people:reveal_documents") == everything
    assert levels("référente", "pathways:pathway") == {IDENTITY, SHARED, SEALED}
    assert levels("intervenante en lecture", "pathways:pathway") == {IDENTITY, SHARED}
    assert levels("référente", "people:document") == everything
    assert levels("intervenante en lecture", "people:document") == {IDENTITY, SHARED, RESTRICTED}
    assert levels("accueil", "people:document") == {IDENTITY}
    assert levels("responsable", "people:document") == set()
    assert levels("référente", "desk:caseload", "desk:caseload_export") == {IDENTITY}
    assert levels("intervenante en lecture", "people:reveal") == {IDENTITY, SHARED, RESTRICTED}
    assert levels("responsable", "people:identity") == {IDENTITY}
    assert levels("accueil", "people:identity") == {IDENTITY}
    assert levels("protection des données", "rights:request") == {RESTRICTED}


def test_an_export_says_what_the_screen_says_in_every_format(
    full_file: tuple[Cast, Canaries],
) -> None:
    cast, canaries = full_file
    client = client_for(cast.actors["référente"])
    names = {
        word
        for word, place in canaries.places.items()
        if place in ("people.Person.given_name", "people.Person.family_name")
    }
    for suffix in FORMATS:
        response = client.post("/file-active/export/", PURPOSE | {"format": suffix})
        assert words_in(texts_of(response)) == names, suffix


def test_the_holder_of_a_link_reads_their_identity_only(
    full_file: tuple[Cast, Canaries],
) -> None:
    cast, canaries = full_file
    referente = cast.actors["référente"]
    with within(cast.territory.pk, account=referente.account):
        sent = send_link(referente, cast.followed.pk)
    client = nobody()
    client.post(f"/lien/{sent.token}/")
    assert client.cookies[links.COOKIE].value
    client.post("/lien/", {"code": sent.code})
    response: Any = client.get("/vos-informations/")
    assert response.status_code == 200
    found = words_in(texts_of(response))
    assert found
    assert {canaries.levels[word] for word in found} == {IDENTITY}


def test_a_hidden_address_leaves_no_commune_anywhere(full_file: tuple[Cast, Canaries]) -> None:
    """The commune of the demo's persons has a name of its own; once hidden, the readers of the
    seal meet it, when they ask for it, and nobody else."""
    cast, _ = full_file
    for name, actor in cast.actors.items():
        client = client_for(actor)
        for page in ("", "apercu/"):
            response = client.get(f"/personnes/{cast.followed.pk}/{page}")
            assert HIDDEN_PLACE not in response.content.decode().lower(), name
        revealed = client.post(f"/personnes/{cast.followed.pk}/informations-restreintes/")
        found = HIDDEN_PLACE in revealed.content.decode().lower()
        assert found == (name == "référente"), name


def test_the_masked_line_says_initials_and_year(full_file: tuple[Cast, Canaries]) -> None:
    cast, _ = full_file
    page = client_for(cast.actors["partenaire"]).get(f"/personnes/{cast.followed.pk}/apercu/")
    assert "Z. Z." in page.content.decode()
    assert "1990" in page.content.decode()
    for hidden in ("17/05/1990", "17 mai 1990", "1990-05-17"):
        assert hidden not in page.content.decode()

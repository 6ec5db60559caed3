"""The keys, rotated beside the traffic: killed, resumed, the old one forgotten, nothing lost."""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.models import BinaryField
from pytest_django.fixtures import Settings

from jalons.access.exporting import words_purpose
from jalons.access.models import Export
from jalons.accounts import second_factor
from jalons.accounts.federation import clients
from jalons.accounts.models import Account, Provider, SecondFactor
from jalons.config.databases import urls_of
from jalons.exchange import contents
from jalons.exchange.files.bounds import Sheet
from jalons.exchange.files.persons.blocks import Read
from jalons.exchange.kept_blocks import KeptBlocks, keep_rows
from jalons.exchange.models import ImportedFile
from jalons.journal import events, payloads
from jalons.journal.models import Event, Payload
from jalons.kernel import clock, crypto, encrypted, rotation
from jalons.kernel.ids import uuid7
from jalons.people import contacts
from jalons.people.documents.contents import content_of
from jalons.people.front_door import typed
from jalons.people.models import Document, FollowRequest, Search
from jalons.rights.copies.ask import make_export
from tests.databases import ROOT
from tests.exchange.files import an_import
from tests.rights.planting import Planted, plant
from tests.worlds import a_document, an_entry, within

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "migrator", "whole"])
DIGESTS = ("digest", "previous")
"""Names of the columns of bytes that hold no ciphertext."""


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    crypto.write_new_keys(path)
    settings.KEYS_FILE = path
    return path


@pytest.fixture
def planted(keys: Path) -> Planted:
    """At least one value in every column that the house encrypts."""
    planted = plant()
    make_export(planted.export)
    case, territory, key = planted.case, planted.case.territory, uuid7()
    owner = {"territory": territory, "person": planted.person}
    assert case.referente.account
    assert case.referente.mandate
    assert case.referente.organization
    with within(territory.pk, account=case.referente.account):
        events.append("people.person_changed", territory=territory.pk, payload={"motive": "témoin"})
        a_document(planted.person, case.referente, "restricted", "Document témoin")
        contacts.new_contact(planted.person, "phone", "06 12 34 56 78").save()
        said = typed.Typed(family_name="Introuvable", number="témoin")
        Search.objects.create(
            id=key,
            territory=territory,
            account=case.referente.account,
            expires_at=clock.now(),
            cipher=typed.enclose(said, key, typed.SEARCH),
        )
        FollowRequest.objects.create(
            id=key,
            **owner,
            entry=an_entry(planted.person, case.home.pk),
            account_id=case.referente.account,
            organization_id=case.referente.organization,
            role="intervenant",
            reason="témoin",
            typed=typed.enclose(said, key, typed.REQUEST),
        )
        found = an_import(case.referente)
        if not ImportedFile.objects.filter(file_import=found).exists():
            contents.keep(found, Sheet(["nom"], [["témoin"]], 1))
        keep_rows(found, [["témoin de la première ligne du fichier"]])
        KeptBlocks(found).keep(0, [Read(1, None, [["Nom", "empty", "Remarque témoin"]], [])])
        Export.objects.create(
            id=key,
            territory=territory.pk,
            account=case.referente.account,
            mandate=case.referente.mandate,
            page="desk:caseload",
            purpose="accompany",
            words=crypto.encrypt(b"words", words_purpose(key)),
            suffix="csv",
            rows=1,
            destroy_on=clock.today(),
        )
    account = Account.objects.get(pk=case.referente.account)
    SecondFactor.objects.update_or_create(
        account=account,
        defaults={"secret": second_factor.enclose("témoin"), "enrolled_at": clock.now()},
    )
    Provider.objects.create(
        slug="temoin",
        label="Témoin",
        issuer="https://temoin.example",
        client_id="x",
        secret=clients.enclose("s"),
    )
    return planted


def ciphertexts() -> dict[str, int]:
    """Every column of bytes of the database that holds a value of the form of a ciphertext."""
    tables = {model._meta.db_table: model for model in apps.get_models()}
    found = {}
    with connections["migrator"].cursor() as cursor:
        for table, model in tables.items():
            for field in model._meta.concrete_fields:
                if not isinstance(field, BinaryField):
                    continue
                cursor.execute(
                    f'SELECT "{field.column}" FROM {table}'
                    f' WHERE octet_length("{field.column}") > 29'
                )
                names = {bytes(value[1 : 1 + value[0]]) for (value,) in cursor.fetchall()}
                known = {name.encode() for name in crypto.keyring().encryption}
                if names & known:
                    found[f"{model._meta.label}.{field.name}"] = len(names)
    return found


def rotate(*options: str) -> str:
    said = StringIO()
    call_command("rotate_keys", *options, stdout=said)
    return said.getvalue()


def everything() -> dict[str, list[bytes]]:
    """What every declared column says, in clear."""
    clear = {}
    with connections["migrator"].cursor() as cursor:
        for column in encrypted.columns():
            needs = "".join(f", {column.of(name)}" for name in column.needs)
            field = f'"{column.of(column.field)}"'
            cursor.execute(
                f"SELECT {field}{needs} FROM {column.table}"
                f" WHERE octet_length({field}) > 0 ORDER BY {column.key}"
            )
            clear[column.name] = [
                crypto.decrypt(bytes(value), column.purpose(*rest))
                for value, *rest in cursor.fetchall()
            ]
    return clear


def test_every_column_of_bytes_is_a_digest_or_declared() -> None:
    declared = {column.name for column in encrypted.columns()}
    bytes_columns = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if model.__module__.startswith("jalons.")
        and isinstance(field, BinaryField)
        and not field.name.endswith(DIGESTS)
    }
    assert bytes_columns == declared


def test_every_ciphertext_of_a_filled_database_is_declared(planted: Planted) -> None:
    assert set(ciphertexts()) == {column.name for column in encrypted.columns()}
    assert all(everything().values())


def test_rotated_everything_reads_and_the_old_key_goes(planted: Planted, keys: Path) -> None:
    before, old = everything(), json.loads(keys.read_text())
    said = rotate()
    assert "Clé 2 en service" in said
    assert rotation.left() == {}
    assert everything() == before
    with pytest.raises(CommandError, match="attendez"):
        rotate("--forget-old")
    with clock.travel(clock.now() + timedelta(hours=12, minutes=1)):
        assert "Clés oubliées : 1" in rotate("--forget-old")
    ring = json.loads(keys.read_text())
    assert (set(ring["encrypt"]), ring["hash"]) == ({"2"}, old["hash"])
    assert keys.stat().st_mode & 0o777 == 0o600
    assert everything() == before
    documents = list(Document.objects.using("whole").filter(person=planted.person))
    with within(planted.case.territory.pk, account=planted.case.referente.account):
        assert documents
        assert all(content_of(document.pk) for document in documents)
    for payload in Payload.objects.using("whole"):
        event = Event.objects.using("whole").get(pk=payload.pk)
        assert payloads.opened(event, bytes(payload.body)).kind
    kinds = Event.objects.using("whole").values_list("kind", flat=True)
    assert {"journal.keys_rotated", "journal.old_keys_forgotten"} <= set(kinds)
    call_command("verify_journal", stdout=StringIO())


def test_killed_in_the_middle_it_takes_up_where_it_was(planted: Planted, keys: Path) -> None:
    before = everything()
    urls = urls_of(str(connections["default"].settings_dict["NAME"]))
    command = [sys.executable, "-m", "tests.resilience.rotator", "1"]
    environment = {**os.environ, **urls, "JALONS_KEYS_FILE": str(keys)}
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    total = sum(map(len, before.values()))
    while running.poll() is None and not _partly(total):
        time.sleep(0.02)
    running.kill()
    running.communicate()
    left = sum(rotation.left().values())
    assert 0 < left < total
    assert everything() == before
    with pytest.raises(CommandError, match="demandent encore une ancienne clé"):
        rotate("--forget-old")
    rotate()
    assert set(json.loads(keys.read_text())["encrypt"]) == {"1", "2"}
    assert rotation.left() == {}
    assert everything() == before


def _partly(total: int) -> bool:
    return len(crypto.keyring().encryption) == 2 and 0 < sum(rotation.left().values()) < total - 2


def test_a_row_that_somebody_holds_is_found_by_the_next_run(planted: Planted) -> None:
    with within(planted.case.territory.pk, account=planted.case.referente.account):
        held = Document.objects.select_for_update().filter(person=planted.person).earliest("pk")
        with pytest.raises(CommandError, match="occupées"):
            rotate()
        assert rotation.left() == {"people.Document.title": 1}
        held.refresh_from_db()
    rotate()
    assert rotation.left() == {}


def test_the_keys_are_prepared_on_every_machine_first(keys: Path) -> None:
    rotate("--prepare")
    assert crypto.keyring().current == "1"
    with pytest.raises(CommandError, match="rotation est en cours"):
        rotate("--prepare")
    rotate()
    assert crypto.keyring().current == "2"


def test_another_installations_keys_change_nothing(
    planted: Planted, settings: Settings, tmp_path: Path
) -> None:
    other = tmp_path / "others.json"
    crypto.write_new_keys(other)
    settings.KEYS_FILE = other
    written = other.read_text()
    with pytest.raises(CommandError, match="n’ouvre pas ce que cette base contient"):
        rotate()
    assert other.read_text() == written


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "n’existe pas"),
        ("{", "n’est pas un fichier de clés"),
        ('{"current": "2", "encrypt": {"1": "AAAA"}, "hash": "AAAA"}', "complet"),
    ],
)
def test_a_wrong_key_file_says_what_to_do(
    settings: Settings, tmp_path: Path, content: str | None, said: str
) -> None:
    settings.KEYS_FILE = tmp_path / "wrong.json"
    if content is not None:
        settings.KEYS_FILE.write_text(content)
    with pytest.raises(crypto.WrongKeys, match=said):
        crypto.encrypt(b"x", "note")
    with pytest.raises(CommandError, match="JALONS_KEYS_FILE"):
        rotate()


def test_a_value_that_no_key_opens_is_named_and_keeps_the_old_keys(
    planted: Planted, keys: Path
) -> None:
    with connections["migrator"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_payload (event, territory, body) VALUES (%s, %s, %s)",
            [lost := uuid7(), None, crypto.encrypt(b"x", "another purpose")],
        )
    with pytest.raises(CommandError, match=str(lost)):
        rotate()
    assert rotation.left() == {"journal.Payload.body": 1}
    with pytest.raises(CommandError, match="demandent encore"):
        rotate("--forget-old")

"""Row 20, the copy: everything of a planted inventory, made by a job, for its requester alone."""

import json
import time
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from jalons.access.decisions import Refused
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.people import personal_data
from jalons.rights import tasks
from jalons.rights.copies.ask import ask_export, give, make_export, purge
from jalons.rights.models import StoredExport
from tests.rights.planting import HIDDEN, SHOWN, Planted, plant
from tests.worlds import within

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "whole"])


@pytest.fixture
def planted(transactional_db: None) -> Planted:
    return plant()


def given(planted: Planted) -> ZipFile:
    actor = planted.case.referente
    with within(planted.case.territory.pk, account=actor.account):
        return ZipFile(BytesIO(give(actor, planted.export)))


def words(archive: ZipFile) -> str:
    reader = PdfReader(BytesIO(archive.read("copie.pdf")))
    pages = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(pages.replace("\u00a0", " ").split())


def test_the_copy_holds_the_whole_inventory(planted: Planted) -> None:
    start = time.monotonic()
    make_export(planted.export)
    elapsed = time.monotonic() - start
    print(f"copy made in {elapsed:.2f} s")
    assert elapsed < 60
    archive = given(planted)
    text, said = words(archive), json.loads(archive.read("copie.json"))
    for word in SHOWN:
        assert word in text, word
    rows = {section["model"]: section["rows"] for section in said["sections"]}
    shown = [data.name for data in personal_data.registered() if data.shown]
    assert list(rows) == shown
    assert [name for name in shown if not rows[name]] == []
    whole = text + archive.read("copie.json").decode()
    for word in HIDDEN:
        assert word not in whole, word


def test_sealed_and_restricted_facts_are_there_for_machines_too(planted: Planted) -> None:
    make_export(planted.export)
    said = json.loads(given(planted).read("copie.json"))
    statuses = next(each for each in said["sections"] if each["model"] == "people.Status")
    assert {row["level"] for row in statuses["rows"]} == {"Partagé", "Restreint", "Scellé"}
    assert statuses["labels"]["starts_on"] == "début"
    assert any(row["starts_on"] == clock.today().isoformat() for row in statuses["rows"])


def test_names_say_nothing(planted: Planted) -> None:
    make_export(planted.export)
    names = ["copie.pdf", "copie.json", "documents/001.pdf", "documents/002.pdf"]
    assert given(planted).namelist() == names
    cipher = StoredExport.objects.using("whole").get(pk=planted.export).cipher
    assert b"copie.pdf" not in bytes(cipher or b"")


def test_the_pdf_is_tagged(planted: Planted) -> None:
    make_export(planted.export)
    root: Any = PdfReader(BytesIO(given(planted).read("copie.pdf"))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]


def test_only_its_requester_downloads_it(planted: Planted) -> None:
    make_export(planted.export)
    for actor in (planted.officer, planted.case.collegue):
        with (
            within(planted.case.territory.pk, account=actor.account),
            pytest.raises(Refused),
        ):
            give(actor, planted.export)


def test_only_the_referent_or_the_officer_asks(planted: Planted) -> None:
    for actor in (planted.case.collegue, planted.case.partenaire):
        with (
            within(planted.case.territory.pk, account=actor.account),
            pytest.raises(Refused),
        ):
            ask_export(actor, planted.person.pk)
    officer = planted.officer
    with within(planted.case.territory.pk, account=officer.account):
        ask_export(officer, planted.person.pk)


def test_the_job_told_its_requester_and_makes_it_once(planted: Planted) -> None:
    make_export(planted.export)
    cipher = StoredExport.objects.using("whole").get(pk=planted.export).cipher
    make_export(planted.export)
    assert StoredExport.objects.using("whole").get(pk=planted.export).cipher == cipher
    ready = Event.objects.using("whole").get(kind="rights.file_export_ready")
    tasks.tell_requester(str(ready.pk), planted.case.territory.pk)
    told = Notification.objects.using("whole").get(event=ready.pk)
    assert told.account == planted.case.referente.account


def test_a_day_later_it_is_gone(planted: Planted) -> None:
    make_export(planted.export)
    with clock.travel(clock.now() + timedelta(hours=23, minutes=59)):
        assert purge() == 0
        given(planted)
    with clock.travel(clock.now() + timedelta(hours=24, seconds=5)):
        with pytest.raises(Refused):
            given(planted)
        assert purge() == 1
        assert purge() == 0
    assert not StoredExport.objects.using("whole").exists()


def test_what_was_not_made_in_a_day_is_not_made(planted: Planted) -> None:
    with clock.travel(clock.now() + timedelta(hours=25)):
        make_export(planted.export)
    assert StoredExport.objects.using("whole").get(pk=planted.export).cipher is None

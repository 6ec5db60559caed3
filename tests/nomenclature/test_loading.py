"""Loading: nothing twice, nothing lost, nothing that belongs to a territory."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, transaction

from jalons.access.levels import Level
from jalons.nomenclature import files, loading
from jalons.nomenclature.files import Row
from jalons.nomenclature.models import Commune, Edition, Rome, SearchWord, Term

pytestmark = pytest.mark.django_db(databases=["default", "migrator"])
OWNER = "migrator"
NEXT = date(2030, 1, 1)


def terms() -> Any:
    return Term.objects.using(OWNER)


def state() -> list[tuple[Any, ...]]:
    return list(terms().order_by("id").values_list())


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """The entries shipped, as a list that the test changes before it loads again."""
    rows = list(files.terms())
    monkeypatch.setattr(files, "terms", lambda: iter(rows))
    return rows


def one(rows: list[Row], name: str, code: str) -> Row:
    return next(row for row in rows if (row["list"], row["code"]) == (name, code))


def reload(version: date = NEXT) -> int:
    with transaction.atomic(using=OWNER):
        return loading.fill_terms(OWNER, version)


@pytest.mark.parametrize("data_set", loading.DATA_SETS, ids=lambda data_set: data_set.name)
def test_filling_again_changes_nothing(data_set: loading.DataSet) -> None:
    before = state(), Commune.objects.using(OWNER).count(), SearchWord.objects.using(OWNER).count()
    with transaction.atomic(using=OWNER):
        assert data_set.fill(OWNER, NEXT) == 0
    after = state(), Commune.objects.using(OWNER).count(), SearchWord.objects.using(OWNER).count()
    assert before == after


def test_an_edition_already_loaded_is_not_read_again() -> None:
    known = Edition.objects.using(OWNER).get(name="terms")
    never = lambda alias, version: pytest.fail("read again")  # noqa: E731
    assert loading.record_edition(OWNER, "terms", known.version, known.digest, never) == 0


def test_an_older_edition_never_replaces_a_newer_one() -> None:
    never = lambda alias, version: pytest.fail("replaced")  # noqa: E731
    assert loading.record_edition(OWNER, "communes", date(2020, 1, 1), "other", never) == 0


def test_a_newer_edition_is_noted_with_a_new_stamp() -> None:
    before = Edition.objects.using(OWNER).get(name="rome")
    loading.record_edition(OWNER, "rome", NEXT, "other", lambda alias, version: 3)
    after = Edition.objects.using(OWNER).get(name="rome")
    assert (after.version, after.digest) == (NEXT, "other")
    assert after.stamp != before.stamp


def test_what_left_the_file_is_closed_and_kept(shipped: list[Row]) -> None:
    gone = one(shipped, "situation", "logement_insalubre")
    shipped.remove(gone)
    assert reload() == 1
    kept = terms().get(list="situation", code="logement_insalubre")
    assert (kept.label, kept.valid_until) == (gone["label"], NEXT)
    assert reload(date(2031, 1, 1)) == 0


def test_what_comes_back_is_in_force_again(shipped: list[Row]) -> None:
    gone = one(shipped, "situation", "logement_insalubre")
    shipped.remove(gone)
    reload()
    shipped.append(gone)
    assert reload(date(2031, 1, 1)) == 1
    assert terms().get(list="situation", code="logement_insalubre").valid_until is None


def test_a_slip_is_mended_in_place(shipped: list[Row]) -> None:
    row = one(shipped, "situation", "logement_insalubre")
    before = terms().get(list="situation", code=row["code"])
    row["label"] = "Logement indigne"
    assert reload() == 1
    after = terms().get(list="situation", code=row["code"])
    assert (after.id, after.recorded_at, after.label) == (
        before.id,
        before.recorded_at,
        "Logement indigne",
    )


def test_a_new_label_is_a_second_row(shipped: list[Row]) -> None:
    row = one(shipped, "situation", "logement_insalubre")
    shipped.append(row | {"label": "Logement indigne", "valid_from": NEXT})
    row["valid_until"] = NEXT
    assert reload() == 2
    assert terms().filter(list="situation", code=row["code"]).count() == 2


def test_an_entry_that_was_to_begin_later_is_closed_after_a_day(shipped: list[Row]) -> None:
    later = one(shipped, "situation", "logement_insalubre") | {
        "code": "logement_futur",
        "valid_from": date(2040, 1, 1),
    }
    shipped.append(later)
    reload()
    shipped.remove(later)
    reload()
    assert terms().get(code="logement_futur").valid_until == date(2040, 1, 2)


def a_local_term(**values: Any) -> Term:
    defaults = {
        "list": "action",
        "code": "local_epicerie",
        "territory": 3,
        "label": "Épicerie solidaire",
        "level": Level.SHARED,
    }
    term: Term = terms().create(**defaults | values)
    return term


def test_the_entries_of_a_territory_are_left_alone() -> None:
    added = a_local_term()
    assert reload() == 0
    added.refresh_from_db()
    assert added.valid_until is None


@pytest.mark.parametrize(
    "values",
    [
        {"code": "logement_insalubre"},
        {"territory": None},
        {"level": Level.SEALED},
        {"level": Level.SEALED, "domain": "sante"},
        {"valid_from": NEXT, "valid_until": NEXT},
    ],
    ids=["national code", "no territory", "seal without domain", "wrong seal", "ends at once"],
)
def test_what_the_table_refuses(values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(using=OWNER):
        a_local_term(**values)


def test_one_territory_has_a_code_once_and_two_territories_have_it_each() -> None:
    a_local_term()
    a_local_term(territory=4)
    with pytest.raises(IntegrityError), transaction.atomic(using=OWNER):
        a_local_term()


@pytest.mark.parametrize(
    "write",
    [
        lambda: Term.objects.filter(code="justice").update(level=Level.OPEN),
        lambda: Term.objects.filter(code="justice").delete(),
        lambda: Commune.objects.filter(code="90010").update(name="Belfort-Ville"),
        lambda: Rome.objects.create(code="Z9999", label="Roi"),
        lambda: Edition.objects.filter(name="terms").update(digest=""),
    ],
)
@pytest.mark.skipif(
    settings.DATABASES["migrator"]["USER"] == settings.APPLICATION_ROLE, reason="one role"
)
def test_the_application_cannot_change_what_is_national(write: Any) -> None:
    with pytest.raises(ProgrammingError, match="permission"), transaction.atomic():
        write()


def a_commune(**values: Any) -> Row:
    columns = [field.attname for field in Commune._meta.concrete_fields]
    held: Row = Commune.objects.using(OWNER).values(*columns).get(code="90010")
    for column in ("search", "valid_from", "valid_until"):
        del held[column]
    return held | values


def test_a_new_edition_of_the_communes() -> None:
    """Renamed, they are found by their new name; new, they begin; left out, they are closed."""
    rows = [a_commune(name="Trois-Chênes"), a_commune(code="90999")]
    with transaction.atomic(using=OWNER):
        loading.merge_communes(OWNER, rows, NEXT)
    communes = Commune.objects.using(OWNER)
    words = SearchWord.objects.using(OWNER).filter(scope="commune", code="90010")
    assert set(words.values_list("word", flat=True)) == {"trois", "chenes", "troischenes", "90000"}
    assert communes.get(code="90010").valid_from is None
    assert communes.get(code="90999").valid_from == NEXT
    assert communes.get(code="75056").valid_until == NEXT
    assert communes.filter(valid_until=None).count() == 2

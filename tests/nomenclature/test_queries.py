from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from jalons.access.levels import Level
from jalons.kernel import clock
from jalons.nomenclature import cache
from jalons.nomenclature.files import UnknownList
from jalons.nomenclature.models import Edition, Term
from jalons.nomenclature.queries import (
    UnknownTerm,
    label,
    level_of,
    named,
    of_partner,
    search_terms,
    term,
    terms,
)

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = 3, 4


def a_local_term(**values: Any) -> Term:
    defaults = {
        "list": "action",
        "code": "local_epicerie",
        "territory": HERE,
        "label": "Épicerie solidaire",
        "level": Level.SHARED,
    }
    added = Term.objects.create(**defaults | values)
    cache.forget()
    return added


def codes(items: list[cache.Item]) -> list[str]:
    return [item.code for item in items]


def test_entries_come_in_the_order_of_their_list() -> None:
    assert codes(terms("scale")) == [
        "blocking",
        "need",
        "fine",
        "strength",
        "unexplored",
        "kept_private",
    ]


def test_an_entry_says_all_that_its_row_holds() -> None:
    found = term("domain", "sante")
    assert (found.label, found.parent, found.level) == ("Santé", "contrainte", Level.SHARED)
    assert found.codes == {"ft": "25", "data_inclusion": "sante"}


def test_the_label_is_that_of_the_day() -> None:
    assert label("situation", "emploi_inscrit_ft", date(2023, 12, 31)) == "Inscrit à Pôle emploi"
    assert label("situation", "emploi_inscrit_ft", date(2024, 1, 1)) == "Inscrit à France Travail"


def test_today_is_the_clock_s() -> None:
    with clock.travel(datetime(2023, 12, 31, 12, tzinfo=UTC)):
        assert label("situation", "emploi_inscrit_ft") == "Inscrit à Pôle emploi"


def test_counts_do_not_depend_on_versions() -> None:
    assert len(terms("situation", date(2022, 1, 1))) == len(terms("situation")) == 88


def test_an_entry_not_yet_in_force_is_not_proposed() -> None:
    assert "contrat_engagement" not in codes(terms("contract", date(2024, 12, 31)))
    assert "contrat_engagement" in codes(terms("contract", date(2025, 1, 1)))


def test_an_entry_out_of_force_keeps_its_name() -> None:
    a_local_term(valid_from=date(2025, 1, 1), valid_until=date(2026, 1, 1))
    assert "local_epicerie" not in codes(terms("action", date(2026, 1, 1), HERE))
    assert label("action", "local_epicerie", date(2026, 1, 1), HERE) == "Épicerie solidaire"


def test_the_entries_of_a_territory_are_its_own() -> None:
    a_local_term()
    assert codes(terms("action", territory=HERE))[-1] == "local_epicerie"
    assert "local_epicerie" not in codes(terms("action", territory=ELSEWHERE))
    assert "local_epicerie" not in codes(terms("action"))
    with pytest.raises(UnknownTerm):
        label("action", "local_epicerie", territory=ELSEWHERE)


def test_levels() -> None:
    assert level_of("public", "ase") == Level.SEALED
    assert level_of("public", "th") == Level.RESTRICTED
    assert level_of("public", "brsa") == Level.SHARED


def test_what_is_unknown() -> None:
    with pytest.raises(UnknownTerm):
        label("public", "martians")
    with pytest.raises(UnknownList):
        terms("colours")


@pytest.mark.parametrize(
    ("name", "partner", "code", "expected"),
    [
        ("rsa_right", "caf", "2", "rsa_droit_ouvert_versable"),
        ("rsa_right", "caf", "3", "rsa_droit_ouvert_et_suspendu"),
        ("rsa_suspension", "caf", "44", "hospitalisation"),
        ("study_level", "ft", "NV5", "nv5"),
        ("scale", "ft_impact", "MOYEN", "need"),
        ("domain", "ft", "22", "numerique"),
        ("organization_kind", "data_inclusion", "mission-locale", "ML"),
    ],
)
def test_entries_by_the_code_of_a_partner(
    name: str, partner: str, code: str, expected: str
) -> None:
    found = of_partner(name, partner, code)
    assert found is not None
    assert found.code == expected


def test_a_code_that_a_partner_does_not_have() -> None:
    assert of_partner("rsa_right", "caf", "9") is None
    assert of_partner("rsa_right", "caf", "") is None


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("action", "Orientation vers GEIC", "emploi_geiq"),
        ("action", "ORIENTATION VERS GEIQ", "emploi_geiq"),
        ("action", "Demande d'aide au Fond de Solidarité pour le Logement", "logement_fsl"),
        ("objective", "Convaincre et recruter en entretien", "emploi_entretien"),
        ("situation", "Inscrit à Pôle emploi", "emploi_inscrit_ft"),
        ("organization_kind", "siao", "SIAO"),
    ],
)
def test_entries_by_the_name_that_a_file_gives(name: str, text: str, expected: str) -> None:
    found = named(name, text)
    assert found is not None
    assert found.code == expected


def test_a_name_that_no_entry_bears() -> None:
    assert named("action", "Orientation vers Mars") is None
    assert named("action", "") is None


@pytest.mark.parametrize("text", ["permis b", "PERM", "b permis", "pérmis"])
def test_entries_by_the_beginning_of_words(text: str) -> None:
    assert "mobilite_permis_b" in codes(search_terms("situation", text))


def test_the_labels_that_begin_so_come_first() -> None:
    found = [item.label for item in search_terms("situation", "permis")]
    assert found.index("Permis B") < found.index("Véhicule sans permis")


def test_no_word_proposes_the_whole_list() -> None:
    assert len(search_terms("public", "  ")) == 18


def test_the_lists_are_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        terms("situation")
    with django_assert_num_queries(0):
        label("public", "brsa")


def test_nothing_is_read_when_the_stamp_has_not_changed(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms("situation")
    monkeypatch.setattr(cache, "LOOK_EVERY", 0)
    with django_assert_num_queries(1):
        terms("situation")


def test_a_change_made_elsewhere_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    terms("action")
    Term.objects.create(
        list="action",
        code="local_jardin",
        territory=HERE,
        label="Jardin partagé",
        level=Level.SHARED,
    )
    Edition.objects.filter(name="terms").update(stamp=uuid4())
    assert "local_jardin" not in codes(terms("action", territory=HERE))
    monkeypatch.setattr(cache, "LOOK_EVERY", 0)
    assert "local_jardin" in codes(terms("action", territory=HERE))

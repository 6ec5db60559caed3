"""The lists shipped say what the partners say, and hide what must be hidden."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from jalons.access.levels import Level
from jalons.nomenclature import files
from jalons.nomenclature.files import DATA, Row
from jalons.nomenclature.models import Term
from jalons.nomenclature.rules import LOCAL_PREFIX, SEALED_DOMAINS, detail_level, strictest

ROWS = list(files.terms())
BY_LIST: dict[str, list[Row]] = defaultdict(list)
for row in ROWS:
    BY_LIST[row["list"]].append(row)


def codes(name: str) -> set[str]:
    return {row["code"] for row in BY_LIST[name]}


def one(name: str, code: str) -> Row:
    return next(row for row in BY_LIST[name] if row["code"] == code)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("situation", 88),
        ("objective", 58),
        ("action", 134),
        ("current_situation", 29),
        ("study_level", 10),
        ("step_kind", 22),
        ("public", 18),
        ("rsa_right", 7),
        ("rsa_closing", 9),
        ("rsa_suspension", 24),
        ("eligibility_criterion", 18),
        ("refusal_reason", 11),
        ("self_assessment", 8),
        ("self_assessment_level", 31),
        ("scale", 6),
    ],
)
def test_every_entry_of_the_institutions_is_there(name: str, count: int) -> None:
    assert len(codes(name)) == count


THEMES = {
    "situation": "contraintes_familiales 7 difficulte_administrative 5 difficulte_financiere 6"
    " emploi 15 formation 4 logement 14 maitrise_langue 5 mobilite 13 numerique 11 sante 8",
    "objective": "choisir_un_metier 4 contraintes_familiales 6 creer_une_entreprise 3"
    " difficulte_administrative 6 difficulte_financiere 5 logement 6 maitrise_langue 2 mobilite 6"
    " numerique 4 preparer_sa_candidature 4 s_ouvrir_a_l_international 3 sante 3 se_former 2"
    " trouver_un_emploi 4",
    "action": "contraintes_familiales 3 difficulte_administrative 20 difficulte_financiere 10"
    " emploi 46 formation 16 logement 12 maitrise_langue 4 mobilite 14 sante 9",
}


@pytest.mark.parametrize("name", THEMES)
def test_entries_by_theme(name: str) -> None:
    found = Counter({row["code"]: row["parent"] for row in BY_LIST[name]}.values())
    words = THEMES[name].split()
    assert found == dict(zip(words[::2], map(int, words[1::2]), strict=True))


def test_every_list_has_its_file_and_every_file_its_list() -> None:
    assert set(files.catalogue()) == {path.stem for path in (DATA / "terms").glob("*.csv")}


def test_codes_are_plain_and_national() -> None:
    for row in ROWS:
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", row["code"]), row
        assert not row["code"].startswith(LOCAL_PREFIX), row
        assert len(row["code"]) <= 40, row


def test_rows_fit_their_columns() -> None:
    for row in ROWS:
        Term(**row).clean_fields()


def test_a_code_has_one_label_at_a_time() -> None:
    versions: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in ROWS:
        versions[row["list"], row["code"]].append(row)
    for rows in versions.values():
        for before, after in pairwise(rows):
            assert before["valid_until"] is not None, before
            assert before["valid_until"] == after["valid_from"], after


def test_two_entries_in_force_do_not_read_the_same() -> None:
    for name, rows in BY_LIST.items():
        shown = Counter((row["parent"], row["label"]) for row in rows if not row["valid_until"])
        assert max(shown.values()) == 1, (name, shown.most_common(1))


def test_every_parent_exists() -> None:
    for name, listed in files.catalogue().items():
        for row in BY_LIST[name]:
            assert not row["parent"] or row["parent"] in codes(listed.parents), row


@pytest.mark.parametrize("name", ["situation", "objective", "action"])
def test_every_entry_of_the_diagnosis_has_a_theme_and_a_domain(name: str) -> None:
    for row in BY_LIST[name]:
        assert row["parent"], row
        assert row["domain"] in codes("domain"), row


def test_domains_named_exist() -> None:
    for row in ROWS:
        assert not row["domain"] or row["domain"] in codes("domain"), row


def test_themes_lead_to_the_domains_of_the_product() -> None:
    assert {row["code"]: row["domain"] for row in BY_LIST["theme"] if not row["parent"]} == {
        "logement": "logement",
        "emploi": "situation_pro",
        "formation": "situation_pro",
        "difficulte_administrative": "administratif",
        "difficulte_financiere": "finances",
        "mobilite": "mobilite",
        "sante": "sante",
        "contraintes_familiales": "famille",
        "maitrise_langue": "savoirs",
        "numerique": "numerique",
    }


def test_domains_bear_the_codes_of_france_travail() -> None:
    found = {row["code"]: row["codes"]["ft"] for row in BY_LIST["domain"] if "ft" in row["codes"]}
    constraints = "numerique mobilite famille sante savoirs finances logement administratif"
    needs = "metier formation candidature emploi entreprise international"
    assert found == {
        **{code: str(number) for number, code in enumerate(constraints.split(), start=22)},
        **{code: str(number) for number, code in enumerate(needs.split(), start=1)},
    }
    parents = {row["parent"] for row in BY_LIST["domain"] if "ft" in row["codes"]}
    assert parents == {"contrainte", "besoin"}


def test_every_domain_leads_to_the_offer() -> None:
    assert all(row["codes"]["data_inclusion"] for row in BY_LIST["domain"])


def test_the_scale_says_what_france_travail_says() -> None:
    found = {row["code"]: row["codes"] for row in BY_LIST["scale"]}
    assert found == {
        "blocking": {"ft_valeur": "OUI", "ft_impact": "FORT"},
        "need": {"ft_valeur": "OUI", "ft_impact": "FAIBLE MOYEN"},
        "fine": {"ft_valeur": "NON"},
        "strength": {"ft_valeur": "POINT_FORT"},
        "unexplored": {"ft_valeur": "NON_ABORDEE"},
        "kept_private": {},
    }


def test_details_of_the_needs_name_objectives() -> None:
    assert {row["codes"]["objective"] for row in BY_LIST["ft_need_item"]} <= codes("objective")


@pytest.mark.parametrize(
    ("name", "partner"),
    [
        ("rsa_right", "caf"),
        ("rsa_closing", "caf"),
        ("rsa_suspension", "caf"),
        ("study_level", "ft"),
        ("eligibility_criterion", "emplois"),
    ],
)
def test_every_entry_of_a_partner_s_list_bears_its_code_once(name: str, partner: str) -> None:
    found = [row["codes"][partner] for row in BY_LIST[name]]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("name", "code", "domain"),
    [
        ("public", "justice", "justice"),
        ("public", "ase", "justice"),
        ("public", "violences", "violences"),
        ("eligibility_criterion", "ASE", "justice"),
        ("eligibility_criterion", "DETENTION_MJ", "justice"),
        ("person_status", "mesure_judiciaire", "justice"),
        ("person_status", "detention", "justice"),
        ("person_status", "victime_violences", "violences"),
        ("self_assessment", "judiciaire", "justice"),
        ("self_assessment_level", "judiciaire_1", "justice"),
        ("objective", "administratif_judiciaire", "justice"),
        ("action", "administratif_procedure_judiciaire", "justice"),
        ("domain", "violences", "violences"),
        ("domain", "justice", "justice"),
    ],
)
def test_justice_violence_detention_and_ase_are_sealed(name: str, code: str, domain: str) -> None:
    found = one(name, code)
    assert (found["level"], found["domain"]) == (Level.SEALED, domain)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("person_status", "rqth"),
        ("person_status", "aah"),
        ("public", "th"),
        ("public", "refugie"),
        ("public", "jeune_30_handicap"),
        ("eligibility_criterion", "TH"),
        ("eligibility_criterion", "REF_DA"),
        ("situation", "sante_mdph"),
        ("situation", "logement_hebergement_collectif"),
        ("situation", "finances_surendettement"),
        ("situation", "famille_enfant_handicap"),
        ("objective", "logement_impayes"),
        ("action", "emploi_evaluation_rqth"),
        ("action", "emploi_mdph"),
        ("current_situation", "invalidite"),
        ("self_assessment", "ressources"),
        ("step_kind", "sante"),
    ],
)
def test_health_handicap_debt_asylum_and_chrs_are_restricted(name: str, code: str) -> None:
    assert one(name, code)["level"] == Level.RESTRICTED


SEALED_WORDS = re.compile(r"judiciaire|justice|juridi|détention|violence|tutelle", re.IGNORECASE)
RESTRICTED_WORDS = re.compile(
    r"RQTH|MDPH|handicap|invalidité|asile|réfugié|CHRS|\bdettes?\b|endettement|médic|psycho",
    re.IGNORECASE,
)
FACTS = ("situation", "objective", "action", "public", "person_status", "eligibility_criterion")
SAID_OTHERWISE = {"mobilite_psychologique"}
"""A fear of travelling is not a file at the hospital: the label of everybody's list."""


def least_level(label: str) -> Level:
    if SEALED_WORDS.search(label):
        return Level.SEALED
    return Level.RESTRICTED if RESTRICTED_WORDS.search(label) else Level.SHARED


@pytest.mark.parametrize("name", FACTS)
def test_no_entry_says_openly_what_its_words_should_hide(name: str) -> None:
    for row in BY_LIST[name]:
        if row["code"] not in SAID_OTHERWISE:
            assert strictest(row["level"], least_level(row["label"])) == row["level"], row


@pytest.mark.parametrize("name", ["situation", "objective", "action", "self_assessment_level"])
def test_details_of_a_domain_are_at_least_as_hidden_as_it_asks(name: str) -> None:
    for row in BY_LIST[name]:
        assert strictest(row["level"], detail_level(row["domain"])) == row["level"], row


def test_what_is_sealed_names_its_domain() -> None:
    sealed = [row for row in ROWS if row["level"] == Level.SEALED]
    assert sealed
    assert all(row["domain"] in SEALED_DOMAINS for row in sealed)


def test_kinds_of_structures_that_disclose_by_themselves() -> None:
    assert {row["code"] for row in BY_LIST["organization_kind"] if row["sensitive"]} == {
        "ASE",
        "CAARUD",
        "CHRS",
        "CHRS_VIOLENCES",
        "CIDFF",
        "CSAPA",
        "PENSION",
        "PJJ",
        "PREVENTION",
        "SPIP",
    }


def test_only_kinds_of_structures_are_sensitive() -> None:
    assert {row["list"] for row in ROWS if row["sensitive"]} == {"organization_kind"}


def test_labels_are_set_in_french() -> None:
    for row in ROWS:
        for text in (row["label"], row["short"]):
            assert not re.search(r"'|\"|  | [,.)]|\( |^\s|\s$| [:;!?%]", text), row


def texts(value: Any) -> Iterator[str]:
    yield from value if isinstance(value, list) else [value] if isinstance(value, str) else []


def test_names_of_communes_and_occupations_are_set_in_french() -> None:
    for row in (*files.communes(), *files.occupations()):
        for value in row.values():
            assert not any("'" in text for text in texts(value)), row


def test_every_commune_of_the_country_is_there() -> None:
    found = list(files.communes())
    assert len({row["code"] for row in found}) == len(found)
    assert sum(not row["parent"] for row in found) == 34_969
    assert sum(bool(row["parent"]) for row in found) == 45
    assert len({row["departement"] for row in found}) == 109


def test_communes_of_the_demo_territories() -> None:
    found = {row["code"]: row for row in files.communes()}
    ajaccio = found["2A004"]
    assert ajaccio["epci_name"] == "CA du Pays Ajaccien"
    assert ajaccio["departement_name"] == "Corse-du-Sud"
    assert "20090" in ajaccio["postcodes"]
    assert sum(row["departement"] == "90" for row in found.values()) == 101
    assert sum(row["departement"] == "95" for row in found.values()) == 183


def test_points_are_in_france_and_missing_nowhere_inhabited() -> None:
    for row in files.communes():
        if row["latitude"] is None:
            assert row["population"] == 0, row
        elif row["departement"] < "96":
            assert 41 < row["latitude"] < 51.2, row
            assert -5.3 < row["longitude"] < 9.7, row


def test_data_stay_small() -> None:
    assert (DATA / "communes.csv.gz").stat().st_size < 1_000_000


def test_every_source_is_told() -> None:
    told = (DATA / "README.md").read_text()
    assert all(f"| `{listed.source}` |" in told for listed in files.catalogue().values())
    shipped = {path.name for path in DATA.iterdir() if path.is_file()} - {"README.md"}
    assert all(f"`{name}`" in told for name in shipped)


@pytest.mark.parametrize("name", ["terms", "communes", "rome"])
def test_editions_are_dated(name: str) -> None:
    assert files.version(name) > date(2026, 1, 1) or name == "communes"


def test_a_list_unknown() -> None:
    with pytest.raises(files.UnknownList):
        files.catalogued("colours")


def test_a_file_with_a_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("\ufeffcode;label\na;Été\n")
    assert list(files.read(tmp_path / "list.csv")) == [{"code": "a", "label": "Été"}]

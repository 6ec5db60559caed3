"""Files of persons drawn at random: whatever they hold, they are read, told, and replayed."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jalons.people.models import Entry, LastSaid, Person
from tests.exchange.imports import Consortium, counted
from tests.exchange.persons import BENEFICIAIRE
from tests.exchange.tables import csv_of
from tests.worlds import within

pytestmark = pytest.mark.django_db

SOME = {
    "Identifiant dans le SI*": ["101", "102", "103", ""],
    "Prénom*": ["Elwina", "elwina", "Anaëlle", "Anaëlle et Paul"],
    "Nom*": ["Trabucq", "TRABUCQ", "Le Goff", "Legoff"],
    "Date de naissance*": ["22/04/1997", "1997-04-22", "22.04.1997", "30/02/1997", "2/1/1980"],
    "NIR": ["", "1970490012345", "197042A004123", "2970490012345 12"],
    "Téléphone": ["", "0639980021", "+262 692 00 00 01", "12"],
    "Email": ["", "a@b.example", "=cmd"],
    "Code postal": ["", "90000", "75011"],
    "Droits RSA": ["", "rsa_droit_ouvert_versable", "rsa_droit_clos", "zut"],
    "RQTH": ["", "Oui", "N", "?"],
    "Situation": ["", "emploi", "maladie"],
}
CELL = st.text(max_size=8).filter(lambda text: "\0" not in text and not _is_surrogate(text))


def _is_surrogate(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def _cell(header: str) -> st.SearchStrategy[str]:
    known = st.sampled_from(SOME.get(header, [""]))
    return st.one_of(known, known, known, CELL) if header in SOME else known


FILES = st.lists(
    st.fixed_dictionaries({name: _cell(name) for name in BENEFICIAIRE}), min_size=1, max_size=6
)


@pytest.fixture
def here(tmp_path: Path) -> Consortium:
    return Consortium.made(tmp_path)


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=FILES, seed=st.integers(0, 99))
def test_replayed_or_reordered_it_creates_nobody_twice(
    here: Consortium, rows: list[dict[str, str]], seed: int
) -> None:
    """The same file again changes nothing; in another order, nobody is created again."""
    first = here.load(csv_of(*rows), "beneficiaires")
    said = here.run(csv_of(*rows), "beneficiaires")
    assert not {"created", "updated"} & set(counted(said)), (first, said)
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert "created" not in counted(here.load(csv_of(*shuffled), "beneficiaires"))
    with within(here.territory.pk):
        persons = Person.objects.count()
        assert Entry.objects.count() == LastSaid.objects.count() == persons
    for row in rows:
        for header in ("Nom*", "Prénom*", "Email"):
            if len(row[header]) > 3:
                assert row[header] not in str([*first["errors"], *first["warnings"]])

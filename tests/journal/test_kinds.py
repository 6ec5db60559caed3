import pytest

from jalons.journal import kinds
from jalons.journal.kinds import Kind, UnknownKind, kind_of, label_of, register, shown


@pytest.fixture(autouse=True)
def _own_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {})


@pytest.mark.parametrize("code", ["", "people", "People.met", "people.met!", "people." + "a" * 60])
def test_a_code_names_a_room_and_what_happened(code: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        Kind(code, "Rencontre")


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="not the level"):
        Kind("people.met", "Rencontre", level="public")


@pytest.mark.parametrize("level", ["restricted", "sealed", "private"])
def test_a_kind_of_a_hidden_fact_names_its_neutral_kind(level: str) -> None:
    with pytest.raises(ValueError, match="do not agree"):
        Kind("people.judged", "Mesure judiciaire", level=level)


def test_a_kind_of_a_shared_fact_has_no_neutral_kind() -> None:
    with pytest.raises(ValueError, match="do not agree"):
        Kind("people.met", "Rencontre", neutral="people.file_changed")


def test_a_code_belongs_to_one_kind() -> None:
    register(Kind("people.met", "Rencontre"))
    register(Kind("people.met", "Rencontre"))
    with pytest.raises(ValueError, match="Two kinds"):
        register(Kind("people.met", "Entretien"))


def test_an_unregistered_code_is_unknown() -> None:
    with pytest.raises(UnknownKind):
        kind_of("people.met")


def test_an_event_outlives_its_kind() -> None:
    register(Kind("people.met", "Rencontre"))
    assert label_of("people.met") == "Rencontre"
    assert label_of("people.forgotten") == "people.forgotten"


def test_a_hidden_kind_shows_its_neutral_one() -> None:
    neutral = Kind("people.file_changed", "Dossier modifié")
    register(neutral)
    judged = Kind("people.judged", "Mesure judiciaire", level="sealed", neutral=neutral.code)
    assert shown(judged) == neutral
    assert shown(neutral) == neutral


def test_a_neutral_kind_must_be_registered_and_hide_nothing() -> None:
    judged = Kind("people.judged", "Mesure judiciaire", level="sealed", neutral="people.told")
    with pytest.raises(UnknownKind):
        shown(judged)
    register(Kind("people.told", "Récit", level="private", neutral="people.other"))
    with pytest.raises(ValueError, match="hides another"):
        shown(judged)

"""What the rooms registered, once all are loaded."""

from jalons.access.levels import Level
from jalons.journal.kinds import LEVELS, registered, shown
from jalons.journal.models import DigestSent, Event, Notification, Payload, Seal


def test_each_hidden_kind_shows_a_registered_neutral_one() -> None:
    for kind in registered():
        assert shown(kind).level not in ("restricted", "sealed", "private")


def test_a_neutral_kind_is_also_an_ordinary_one() -> None:
    """A neutral kind that only hidden acts wrote would tell what it hides."""
    levels = {shown(kind).level for kind in registered() if kind.neutral}
    assert levels <= {"identity", "shared"}


def test_the_levels_are_those_of_access() -> None:
    assert set(LEVELS) <= set(Level.values)


def test_each_field_has_a_level() -> None:
    for model in (Event, Payload, Seal, Notification, DigestSent):
        named = {field.name for field in model._meta.concrete_fields} - {"id", "recorded_at"}
        assert set(model.field_levels) == named
        assert set(model.field_levels.values()) <= set(Level.values)

"""What tests of any room need to see the guard of historised tables at work."""

from django.db import connections


def fire_guards(using: str = "default") -> None:
    """Runs now what the commit would run: raises IntegrityError if a write appended no event."""
    connections[using].check_constraints()

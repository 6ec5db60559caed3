from tests.journal.garden import some_kinds

__all__ = ["some_kinds"]

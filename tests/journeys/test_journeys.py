"""What people do from one end to the other: told in `features/`, each sentence in `conftest`."""

from pytest_bdd import scenarios

scenarios("features")

"""A room is a Django application whose `registry.py` says what it brings to the house."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Room(AppConfig):
    """Imports `<room>.registry` once every model is loaded: navigation, relations, acts, jobs."""

    default_auto_field = "django.db.models.BigAutoField"

    def __init_subclass__(cls) -> None:
        """Django would otherwise hesitate between a room and this class, and take neither."""
        cls.default = True

    def ready(self) -> None:
        name = f"{self.name}.registry"
        if find_spec(name):
            import_module(name)

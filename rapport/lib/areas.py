"""What every area is: a Django app whose `hooks.py`, where there is one, is read at the start."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Area(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        if find_spec(f"{self.name}.hooks"):
            import_module(f"{self.name}.hooks")

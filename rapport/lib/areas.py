"""What every area is: a Django app whose `hooks.py`, where there is one, is read at the start."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Area(AppConfig):
    default = False  # the name is imported into every `apps.py`; only the area's own class is meant there
    default_auto_field = "django.db.models.BigAutoField"

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        if find_spec(f"{self.name}.hooks"):
            import_module(f"{self.name}.hooks")

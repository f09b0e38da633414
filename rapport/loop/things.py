"""What can hang on a thread: each upper area says how its things are called and where they are seen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from rapport.lib.registry import Registry

if TYPE_CHECKING:
    from rapport.loop.models import Loop

Face = Literal["public", "desk"]


@dataclass(frozen=True)
class Thing:
    """A kind of thing. `public` and `desk` give the page of one thing for each face, or "" where there is none.

    Where a thread holds too many to name each, `all_public` and `all_desk` give the page that lists those of a loop.
    """

    label: str
    name: str | Promise
    public: Callable[[Any], str]
    desk: Callable[[Any], str]
    all_public: "Callable[[Loop], str] | None" = None
    all_desk: "Callable[[Loop], str] | None" = None

    def url(self, thing: models.Model, face: Face) -> str:
        return self.public(thing) if face == "public" else self.desk(thing)

    def list_url(self, loop: "Loop", face: Face) -> str:
        where = self.all_public if face == "public" else self.all_desk
        return where(loop) if where else ""

    @property
    def is_listed(self) -> bool:
        return self.all_public is not None


things: Registry[Thing] = Registry("loop.things", key=lambda thing: thing.label)


def label_of(thing: models.Model) -> str:
    return thing._meta.label_lower


def things_by_key(label: str, keys: Iterable[int]) -> dict[int, models.Model]:
    found: dict[int, models.Model] = apps.get_model(label)._default_manager.in_bulk(list(keys))
    return found

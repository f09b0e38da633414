"""What can hang on a thread: each upper area says how its things are called and where they are seen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise

from rapport.lib.registry import Registry


@dataclass(frozen=True)
class Thing:
    """A kind of thing. `public` and `desk` give the page of one thing for each face, or "" where there is none."""

    label: str
    name: str | Promise
    public: Callable[[models.Model], str]
    desk: Callable[[models.Model], str]


things: Registry[Thing] = Registry("loop.things", key=lambda thing: thing.label)


def label_of(thing: models.Model) -> str:
    return thing._meta.label_lower


def things_by_key(label: str, keys: Iterable[int]) -> dict[int, models.Model]:
    from django.apps import apps

    return apps.get_model(label)._default_manager.in_bulk(list(keys))

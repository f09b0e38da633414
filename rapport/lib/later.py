"""Work that waits: `later(survey.thank_everyone)` runs the verb in a worker, after the transaction is saved.

The task is a row of the same database, so what is rolled back is never done, and what is saved is never forgotten.
A verb marked `@can_wait` must be harmless if it runs twice: a worker may be killed after its work and before its note.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string
from django_tasks import task

Verb = TypeVar("Verb", bound=Callable[..., Any])


def can_wait(verb: Verb) -> Verb:
    verb.can_wait = True  # type: ignore[attr-defined]
    return verb


def later(verb: Callable[..., Any], *, after: datetime | None = None, **words: Any) -> None:
    """Put the verb (a bound method of a saved model, or a module's function) and its plain arguments on the queue."""
    if not getattr(verb, "can_wait", False):
        raise TypeError(f"{verb.__qualname__} is not marked @can_wait")
    thing = getattr(verb, "__self__", None)
    if isinstance(thing, models.Model):
        do_verb.using(run_after=after).enqueue(thing._meta.label, str(thing.pk), verb.__name__, words)
    else:
        do_function.using(run_after=after).enqueue(f"{verb.__module__}.{verb.__qualname__}", words)


@task()
def do_verb(label: str, pk: str, verb: str, words: dict[str, Any]) -> None:
    thing = apps.get_model(label)._default_manager.filter(pk=pk).first()
    if thing is not None:  # what has been erased meanwhile needs nothing more
        _marked(getattr(thing, verb))(**words)


@task()
def do_function(path: str, words: dict[str, Any]) -> None:
    _marked(import_string(path))(**words)


def _marked(verb: Callable[..., Any]) -> Callable[..., Any]:
    if not getattr(verb, "can_wait", False):
        raise TypeError(f"{verb.__qualname__} is not marked @can_wait")
    return verb

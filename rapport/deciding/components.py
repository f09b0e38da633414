"""The kinds of things that can stand in a phase. Each is added by the module that has its pages, in `hooks.py`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from rapport.deciding.models.component import Component
from rapport.deciding.models.phase import Phase
from rapport.lib.registry import Registry
from rapport.people.models import Person


@dataclass(frozen=True)
class ComponentKind:
    """One kind: what it is called, where it is set up, and how a template of a process begins one.

    `of` gives those of a phase; `begin` makes one with its title, in a phase, from what a starter says about it.
    """

    name: str
    label: Any
    icon: str
    of: Callable[[Phase], Iterable[Component]]
    begin: Callable[..., Component]  # (phase, title, by=person, **settings of the kind)
    public_url: Callable[[Any], str]
    desk_url: Callable[[Any], str]
    order: int = 0


components: Registry[ComponentKind] = Registry("deciding.components", key=lambda kind: kind.name)


def begin(name: str, phase: Phase, title: Any, *, by: Person | None, **settings: Any) -> Component:
    """Raises KeyError where there is no such kind."""
    return components.get(name).begin(phase, title, by=by, **settings)


def components_of(phase: Phase) -> list[tuple[ComponentKind, Component]]:
    """What people can do in a phase, each with its kind, in the order of the kinds."""
    kinds = sorted(components, key=lambda kind: kind.order)
    return [(kind, thing) for kind in kinds for thing in kind.of(phase)]

"""What answers a need already, and what was promised because of it.

Areas add theirs in `hooks.py`: `answers_need.add(AnswersNeed(name="programs", label=_("Programs"), order=10, of=...))`.
`of` is asked for many needs at once, so that a board of needs costs one look.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise

from rapport.lib.registry import Registry

Text = str | Promise


@dataclass(frozen=True)
class Answer:
    """One thing that answers a need: its title, where it stands in words, and its pages ("" where there is none)."""

    title: str
    state: Text = ""
    url: str = ""
    desk_url: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class Promised:
    """One promise: in which words, by when, where it stands, and its pages."""

    title: str
    state: Text
    due: date | None = None
    url: str = ""
    desk_url: str = ""
    is_public: bool = True
    tone: str = "present"  # as in c-status: done, present, owed, declined


@dataclass(frozen=True, kw_only=True)
class AnswersNeed:
    name: str
    label: Text
    order: int
    of: Callable[[Iterable[int]], Mapping[int, list[Answer]]]


@dataclass(frozen=True, kw_only=True)
class PromisedFor:
    name: str
    order: int
    of: Callable[[Iterable[int]], Mapping[int, list[Promised]]]


@dataclass
class Beside:
    """What stands beside one need: answers by their kind, and promises."""

    answers: list[tuple[Text, list[Answer]]] = field(default_factory=list)
    promises: list[Promised] = field(default_factory=list)

    @property
    def answer_count(self) -> int:
        return sum(len(rows) for _label, rows in self.answers)


answers_need: Registry[AnswersNeed] = Registry("insight.answers_need", key=lambda one: one.name)
promised_for: Registry[PromisedFor] = Registry("insight.promised_for", key=lambda one: one.name)


def beside(needs: Iterable[int], *, public: bool = False) -> dict[int, Beside]:
    """For each need its answers and promises; for the public face only what anyone may read."""
    keys = list(needs)
    found = {key: Beside() for key in keys}
    for kind in sorted(answers_need, key=lambda one: one.order):
        for key, rows in kind.of(keys).items():
            shown = [row for row in rows if row.is_public or not public]
            if shown and key in found:
                found[key].answers.append((kind.label, shown))
    for source in sorted(promised_for, key=lambda one: one.order):
        for key, promises in source.of(keys).items():
            if key in found:
                found[key].promises += [row for row in promises if row.is_public or not public]
    return found

"""One search over what the desk works with: voices, loops, themes, needs, decisions, programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import Decision
from rapport.insight.models import Need, Theme
from rapport.listening.models import Voice
from rapport.loop.models import Loop
from rapport.loop.things import label_of, things
from rapport.people.models import Person
from rapport.programs.models import Program

MOST = 8


@dataclass(frozen=True)
class Found:
    label: str | Promise
    hits: list[tuple[str, str]]  # words and address


def find(text: str, person: Person) -> Iterator[Found]:
    """What this person may see and that holds the text, at most eight of each kind."""
    for label, rows, fields in _places(text, person):
        wanted = reduce(or_, (Q(**{f"{field}__icontains": text}) for field in fields))
        hits = [(str(thing), _address(thing)) for thing in rows.filter(wanted).order_by("-pk")[:MOST]]
        if hits:
            yield Found(label, hits)


def _places(text: str, person: Person) -> Iterator[tuple[str | Promise, QuerySet[Model], list[str]]]:
    if person.has_perm("listening.see_inbox"):
        voices = Voice.objects.of_branches(person.branches_where("listening.see_inbox"))
        yield _("Voices"), voices, ["words", "code"]
    if person.has_perm("insight.see"):
        yield _("Themes"), Theme.objects.current(), ["label"]
        yield _("Needs"), Need.objects.all(), ["sentence"]
    if person.has_perm("deciding.see"):
        yield _("Decisions"), Decision.objects.all(), ["question"]
    if person.has_perm("programs.see"):
        yield _("Programs"), Program.objects.all(), ["title"]
    yield _("Loops"), Loop.objects.all(), ["question"]


def _address(thing: Model) -> str:
    label = label_of(thing)
    if label in things:
        return things.get(label).url(thing, "desk")
    return reverse("impact:desk-loop", args=[thing.pk])

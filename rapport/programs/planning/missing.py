"""Which words of what is still to come are missing in which language of the house."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import Words
from rapport.programs.models import Program, Series, Session


@dataclass(frozen=True)
class Missing:
    """One thing, and for its title and its text the languages in which they are missing."""

    thing: Program | Series | Session
    kind: str | Promise
    url: str
    title: list[str]
    about: list[str]


def untranslated() -> list[Missing]:
    """Programs with dates to come, and series and dates with words of their own. What nobody said is not missing."""
    now = timezone.now()
    coming = Session.objects.coming(now)
    programs = Program.objects.filter(pk__in=coming.order_by().values("program"))
    series = Series.objects.filter(pk__in=coming.order_by().values("series")).select_related("program")
    dates = [one for one in coming.select_related("program", "series") if {"title", "about"} & set(one.own)]
    return [
        *_missing(programs, _("program"), "programs:desk-program"),
        *_missing(series, _("series"), "programs:series-facts"),
        *_missing(dates, _("one date"), "programs:session-facts"),
    ]


def _missing(things: "Iterable[Program | Series | Session]", kind: str | Promise, page: str) -> Iterator[Missing]:
    for thing in things:
        title, about = _lacking(thing.title), _lacking(thing.about)
        if title or about:
            yield Missing(thing, kind, reverse(page, args=[thing.pk]), title, about)


def _lacking(said: Words) -> list[str]:
    return said.missing() if any(said.values()) else []

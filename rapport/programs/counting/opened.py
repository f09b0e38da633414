"""What stands behind a figure: the very dates, sheets and recordings that it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from rapport.people.models import Person
from rapport.programs.counting.happened import PAST, RECORDING, SESSION
from rapport.programs.methods.statistics import Figure
from rapport.programs.methods.statistics.elements import Element, What
from rapport.programs.methods.statistics.happenings import Place
from rapport.programs.models import PastCount, Recording, Session


@dataclass(frozen=True)
class Entry:
    """One thing that a figure counts, with its share of it; None is "not counted"."""

    what: str
    day: date
    where: str
    audience: str
    dates: int
    people: int | None
    is_estimate: bool = False
    url: str = ""


def entries(figure: Figure, keys: Iterable[str], person: Person) -> list[Entry]:
    """Those behind these keys, in their order; linked where this person may open them."""
    keys = list(keys)
    found: dict[str, Entry] = {}
    for kind, read in ((SESSION, _sessions), (PAST, _past), (RECORDING, _recordings)):
        wanted = [int(key.rpartition("-")[2]) for key in keys if key.startswith(f"{kind}-")]
        if wanted:
            found |= {f"{kind}-{pk}": entry for pk, entry in read(wanted, figure.element, person).items()}
    return [found[key] for key in keys if key in found]


def _sessions(keys: list[int], element: Element, person: Person) -> dict[int, Entry]:
    reach = person.branches_where("programs.see")
    rows = Session.objects.filter(pk__in=keys).select_related("program", "branch", "space", "online_count", "estimate")
    return {
        one.pk: Entry(
            what=str(one),
            day=timezone.localdate(one.starts_at),
            where=one.where,
            audience=str(one.get_audience_display()),
            dates=1,
            people=_people(one, element),
            is_estimate=one.is_estimated,
            url=reverse("programs:desk-session", args=[one.pk])
            if reach is None or one.branch_id is None or one.branch_id in reach
            else "",
        )
        for one in rows.prefetch_related("headcounts")
    }


def _people(session: Session, element: Element) -> int | None:
    if element.what is What.SESSIONS or element.place is None:
        return session.total
    if element.place is Place.NOWHERE:
        afar = session.online_total
        return session.in_the_room if afar is None and session.setting == "virtual" else afar
    return session.in_the_room


def _past(keys: list[int], element: Element, person: Person) -> dict[int, Entry]:
    rows = PastCount.objects.filter(pk__in=keys).select_related("branch")
    return {
        one.pk: Entry(one.title, one.first, one.where, str(one.get_audience_display()), one.events, one.attendance)
        for one in rows
    }


def _recordings(keys: list[int], element: Element, person: Person) -> dict[int, Entry]:
    rows = Recording.objects.filter(pk__in=keys).prefetch_related("views")
    return {one.pk: Entry(one.title, one.posted_on, "", "", 1, one.total) for one in rows}

"""What presenters say of themselves, in sums only: of all who answered before this quarter began."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from rapport.community.models import Band, Dimension
from rapport.insight.reaching.people import People, people_of
from rapport.lib.publishing import published
from rapport.programs.models import SelfSaid

_EARLIER = 12  # quarters of which the sums could be remembered


@dataclass(frozen=True)
class Said:
    """One dimension: the number and share of each band, None where so few said it that it would be somebody."""

    dimension: Dimension
    rows: Sequence[tuple[str, int | None, float | None]]  # what, how many, and the share of those who live here
    rather_not: int | None
    n: int


@dataclass(frozen=True)
class PresentersSay:
    until: date  # only what was said before this day
    said: Sequence[Said]
    is_enough: bool


def presenters_say() -> PresentersSay:
    """Whole quarters and the whole library, so that no filter and no two looks can be taken from each other."""
    until = _quarter(timezone.localdate())
    answers = list(
        SelfSaid.objects.filter(description__said_on__lt=until)
        .exclude(description__said_on=None)
        .values_list("dimension", "band", "description__said_on")
    )
    dimensions = Dimension.objects.filter(pk__in={dimension for dimension, _band, _day in answers})
    found = [_of(one, [(b, day) for d, b, day in answers if d == one.pk and day], until) for one in dimensions]
    shown = [said for said in found if any(n for _what, n, _living in said.rows)]
    return PresentersSay(until, shown, bool(shown))


def _of(dimension: Dimension, answers: list[tuple[int | None, date]], until: date) -> Said:
    bands: list[Band] = list(dimension.bands.all())
    keys: list[int | None] = [*(band.pk for band in bands), None]
    days = sorted({_quarter(day) for _band, day in answers})[-_EARLIER:]
    before = [_counts(answers, keys, day) for day in days if day < until]
    now = _counts(answers, keys, until)
    shown = published(now, before=[one for one in before if any(one)]).row
    people = people_of(dimension.slug)
    rows = [(str(band), n, _living(band, people)) for band, n in zip(bands, shown[:-1], strict=True)]
    return Said(dimension, rows, shown[-1], sum(now))


def _counts(answers: list[tuple[int | None, date]], keys: list[int | None], until: date) -> list[int]:
    counts = Counter(band for band, day in answers if day < until)
    return [counts[key] for key in keys]


def _living(band: Band, people: People) -> float | None:
    total = sum(people.counts.values())
    return 100 * people.counts[band.slug] / total if total and band.slug in people.counts else None


def _quarter(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)

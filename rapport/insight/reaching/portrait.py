"""Every step beside who lives here: for one dimension, one place and a stretch of time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from rapport.insight.methods.assessing.representation import Represented, Standing, representation
from rapport.insight.reached import PLACE, Count, Reached, in_order
from rapport.insight.reaching.people import People, beside, people_of
from rapport.lib.publishing import published
from rapport.listening.models import Channel
from rapport.places.models import Branch


@dataclass(frozen=True)
class Cell:
    """One band at one step; `row` is None where so few were there that it would be somebody."""

    row: Represented | None
    is_known: bool = True  # the step knows of this band at all

    @property
    def share(self) -> float:
        return 100 * self.row.share if self.row else 0.0

    @property
    def of_100(self) -> int:
        return round(100 * self.row.index) if self.row else 0

    @property
    def is_missing(self) -> bool:
        return self.row is not None and self.row.standing == Standing.MISSING


@dataclass(frozen=True)
class Step:
    name: str
    label: str | Promise
    n: int
    cells: Sequence[Cell]
    quarters: Sequence[tuple[date, Sequence[float | None]]]  # the share of each band, None where too few


@dataclass(frozen=True)
class Portrait:
    people: People
    bands: Sequence[tuple[str, str, float]]  # slug, name, share of those who live here in percent
    steps: Sequence[Step]
    first: date
    last: date
    ways: Sequence[tuple[str, Sequence[tuple[str, int | None]]]] = ()  # by which way people came to each step

    @property
    def rows(self) -> list[tuple[str, float, list[Cell]]]:
        return [(name, share, [step.cells[i] for step in self.steps]) for i, (_s, name, share) in enumerate(self.bands)]


def portrait(dimension: str, branch: Branch | None, first: date, last: date, *, channel: str = "") -> Portrait:
    """Of one channel (web, kiosk, paper, at the desk...) or of all."""
    people = people_of(dimension, None if dimension == PLACE else branch)
    everything = [(one, _narrowed(one.counts(first, last), dimension, branch)) for one in in_order()]
    counted = [(one, [row for row in rows if row.n == 0 or channel in ("", row.channel)]) for one, rows in everything]
    shown = [(one, counts) for one, counts in counted if any(count.n for count in counts)]
    order = _bands(people, (count.band for _one, counts in shown for count in counts))
    total = sum(people.counts.values())
    bands = [(slug, people.names[slug], 100 * people.counts.get(slug, 0) / total if total else 0) for slug in order]
    steps = [_step(one, counts, order, people) for one, counts in shown]
    return Portrait(people, bands, steps, first, last, list(_ways(everything)))


def _ways(counted: Iterable[tuple[Reached, list[Count]]]) -> Iterator[tuple[str, list[tuple[str, int | None]]]]:
    """How many came by which way; small numbers stay hidden here as well."""
    for one, rows in counted:
        by: Counter[str] = Counter()
        for row in rows:
            by[row.channel] += row.n
        known = sorted(((way, n) for way, n in by.items() if way and n), key=lambda pair: -pair[1])
        if known:
            shown = published([n for _way, n in known]).row
            names = [str(Channel(way).label) if way in Channel.values else way for way, _n in known]
            yield str(one.label), list(zip(names, shown, strict=True))


def _narrowed(counts: Iterable[Count], dimension: str, branch: Branch | None) -> list[Count]:
    where = branch.pk if branch and dimension != PLACE else None
    return [one for one in counts if one.dimension == dimension and (one.n == 0 or where in (None, one.branch))]


def _bands(people: People, heard: Iterable[str]) -> list[str]:
    there = set(heard) | set(people.counts)
    return [slug for slug in people.names if slug in there]


def _step(one: Reached, counts: list[Count], order: list[str], people: People) -> Step:
    heard: Counter[str] = Counter()
    quarters: dict[date, Counter[str]] = defaultdict(Counter)
    for count in counts:
        heard[count.band] += count.n
        if count.n:
            quarters[date(count.month.year, 3 * ((count.month.month - 1) // 3) + 1, 1)][count.band] += count.n
    known = {slug: heard[slug] for slug in order if slug in heard}
    rows = {row.band: row for row in representation(known, beside(known, people.counts))}
    numbers = [heard[slug] for slug in order]
    shown = published(numbers).row if one.counts_people else numbers
    cells = [
        Cell(rows.get(slug) if n is not None else None, slug in heard) for slug, n in zip(order, shown, strict=True)
    ]
    over_time = [(day, _shares(quarters[day], order, one.counts_people)) for day in sorted(quarters)]
    return Step(one.name, one.label, sum(heard.values()), cells, over_time)


def _shares(heard: Counter[str], order: list[str], of_people: bool) -> list[float | None]:
    n = sum(heard.values())
    numbers = [heard[slug] for slug in order]
    shown = published(numbers).row if of_people else numbers
    return [None if count is None else round(100 * count / n, 1) for count in shown]

"""The profile of one service area as its pages show it: shares, people, margins, beside the whole, and what changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from rapport.community.methods import Change, Verdict, change_between, share_margin
from rapport.community.models import Dimension, Figure
from rapport.places.models import Branch
from rapport.ui.charts import Bar, Plot, bars

LANGUAGE = "language"
_AT_HOME = "en"  # of the standard dimension: nobody needs a prompt for it


@dataclass(frozen=True)
class Line:
    """One band: how many, which share, how sure, beside the library as a whole and the date before."""

    figure: Figure
    share: float
    margin: float | None  # of the share
    whole: float | None  # the share in the library as a whole
    change: Change | None

    @property
    def verdict(self) -> str:
        if self.change is None:
            return ""
        words = {
            Verdict.MORE: _("more than before"),
            Verdict.FEWER: _("fewer than before"),
            Verdict.WITHIN: _("no more than chance"),
            Verdict.UNKNOWN: _("margin not known"),
        }
        return words[self.change.verdict]

    @property
    def is_flagged(self) -> bool:
        return self.change is not None and self.change.verdict in {Verdict.MORE, Verdict.FEWER}


@dataclass(frozen=True)
class Part:
    """One dimension of one service area, of its newest day."""

    dimension: Dimension
    lines: Sequence[Line]
    before: date | None
    has_whole: bool

    @property
    def newest(self) -> Figure:
        return self.lines[0].figure

    @property
    def total(self) -> float:
        return sum(line.figure.estimate for line in self.lines)

    @cached_property
    def plot(self) -> Plot:
        unit = _("Households") if self.dimension.counts_households else _("People")
        rows = [Bar(str(line.figure.band), round(line.share), _note(line)) for line in self.lines]
        most = max(self.lines, key=lambda line: line.share)
        said = _("%(share)s in 100: %(band)s") % {"share": localize(round(most.share)), "band": most.figure.band}
        title, header = str(self.dimension), (str(self.dimension), _("Share in %"))
        return bars(title, rows, summary=f"{said} ({unit})", header=header, most=100)


def _note(line: Line) -> str:
    return "%" if line.margin is None else _("%% (± %(margin)s)") % {"margin": localize(round(line.margin, 1))}


def parts_of(branch: Branch | None) -> list[Part]:
    """Each dimension of which something is known, in two queries."""
    figures = Figure.objects.filter(branch=branch).select_related("band__dimension")
    wholes = Figure.objects.filter(branch=None).select_related("band__dimension") if branch else ()
    held, whole = _by_dimension(figures), _by_dimension(wholes)
    dimensions = sorted(held, key=lambda dimension: (dimension.order, dimension.pk))
    return [_part(dimension, held[dimension], whole.get(dimension, {})) for dimension in dimensions]


Days = dict[date, list[Figure]]


def _by_dimension(figures: Iterable[Figure]) -> dict[Dimension, Days]:
    found: dict[Dimension, Days] = defaultdict(lambda: defaultdict(list))
    for figure in sorted(figures, key=lambda one: (one.band.order, one.band_id)):
        found[figure.band.dimension][figure.of_day].append(figure)
    return found


def _part(dimension: Dimension, days: Days, whole: Days) -> Part:
    newest, *earlier = sorted(days, reverse=True)
    before = {one.band_id: one for one in days[earlier[0]]} if earlier else {}
    whole_day = max(whole, default=None)
    of_whole = shares_of(whole[whole_day]) if whole_day else {}
    total, margin = _base(days[newest])
    lines = []
    for figure in days[newest]:
        own = share_margin(figure.estimate, figure.margin_of_error, total, margin)
        then = before.get(figure.band_id)
        change = _since(then, figure) if then else None
        share = 100 * figure.estimate / total if total else 0.0
        lines.append(Line(figure, share, None if own is None else 100 * own, of_whole.get(figure.band_id), change))
    return Part(dimension, lines, earlier[0] if earlier else None, bool(of_whole))


def _since(then: Figure, now: Figure) -> Change:
    return change_between(then.estimate, then.margin_of_error, now.estimate, now.margin_of_error)


def shares_of(figures: Sequence[Figure]) -> dict[int, float]:
    total = sum(one.estimate for one in figures)
    return {one.band_id: 100 * one.estimate / total for one in figures} if total else {}


def _base(figures: Sequence[Figure]) -> tuple[float, float | None]:
    """All people of the dimension; the bands leave nobody out, so their margins add up to a margin of the base."""
    margins = [one.margin_of_error for one in figures]
    total = sum(one.estimate for one in figures)
    if any(margin is None for margin in margins):
        return total, None
    return total, sum((margin or 0.0) ** 2 for margin in margins) ** 0.5


@dataclass(frozen=True)
class Prompt:
    """A language that many speak at home: one in so many."""

    language: str
    people: int
    one_in: int


def prompts_of(parts: Iterable[Part]) -> Iterator[Prompt]:
    """Languages that pass the threshold (settings: a share, or a number of people), the most spoken first."""
    lines = [line for part in parts if part.dimension.slug == LANGUAGE for line in part.lines]
    for line in sorted(lines, key=lambda line: -line.share):
        is_many = (
            line.share >= 100 * settings.HOUSE.language_share or line.figure.estimate >= settings.HOUSE.language_people
        )
        if line.figure.band.slug != _AT_HOME and is_many and line.share:
            yield Prompt(str(line.figure.band), round(line.figure.estimate), max(2, round(100 / line.share)))


def _is_many(line: Line) -> bool:
    house = settings.HOUSE
    return line.share >= 100 * house.language_share or line.figure.estimate >= house.language_people


HEADER = ["dimension", "band", "people", "margin_90", "share", "of_day", "source", "vintage"]


def rows_of(parts: Iterable[Part]) -> Iterator[list[object]]:
    """The same numbers for a file."""
    for part in parts:
        for line in part.lines:
            one = line.figure
            day = one.of_day.isoformat()
            yield [part.dimension.slug, str(one.band), one.estimate, one.margin_of_error, round(line.share, 2), day,
                   one.source, one.vintage]  # fmt: skip

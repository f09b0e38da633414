"""The needs board: needs with all that one weighs them by, worked out for a page of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

from rapport.insight.answering import Beside, beside
from rapport.insight.knowing import Knowing, known_of
from rapport.insight.models import Asset, Dissent, Need, NeedSegment, Priority, Segment
from rapport.insight.rating import Rating, ratings_of
from rapport.insight.strength_words import Said, said
from rapport.loop.models import Stage, Turn

_REFUSED = {Turn.COULD_NOT, Turn.DECIDED_AGAINST, Turn.GIVEN_UP, Turn.STOPPED}


@dataclass(frozen=True)
class Scored:
    """What each person scored last, the mean of it and how far they lie apart; and what the same scored before."""

    rows: Sequence[Priority]
    earlier: Sequence[Priority] = ()

    @property
    def level(self) -> float | None:
        return round(sum(row.level for row in self.rows) / len(self.rows), 1) if self.rows else None

    @property
    def lowest(self) -> float:
        return min(row.level for row in self.rows)

    @property
    def highest(self) -> float:
        return max(row.level for row in self.rows)

    @property
    def is_apart(self) -> bool:
        return len(self.rows) > 1 and self.highest > self.lowest

    def _mean(self, name: str) -> float | None:
        return round(sum(getattr(row, name) for row in self.rows) / len(self.rows), 1) if self.rows else None

    @property
    def size(self) -> float | None:
        return self._mean("size")

    @property
    def equity(self) -> float | None:
        return self._mean("equity")

    @property
    def fit(self) -> float | None:
        return self._mean("fit")

    @property
    def effort(self) -> float | None:
        return self._mean("effort")


@dataclass(frozen=True)
class BoardRow:
    need: Need
    known: Knowing
    strength: Said
    scored: Scored
    beside: Beside
    ratings: list[Rating]
    assets: list[Asset]
    dissents: list[Dissent]
    segments: list[Segment]

    @property
    def count_in_words(self) -> str:
        from rapport.insight.views import count_in_words

        return count_in_words(self.known.voices)


def rows_of(needs: Iterable[Need], *, public: bool = False) -> list[BoardRow]:
    rows = list(needs)
    keys = [need.pk for need in rows]
    known, answers, ratings = known_of(rows), beside(keys, public=public), ratings_of(keys, public=public)
    scored, dissents = _scored(keys), defaultdict(list)
    for dissent in Dissent.objects.filter(need__in=keys).select_related("by"):
        dissents[dissent.need_id].append(dissent)
    assets, segments = _assets(keys, public=public), defaultdict(list)
    for tie in NeedSegment.objects.filter(need__in=keys).select_related("segment"):
        segments[tie.need_id].append(tie.segment)
    threshold = settings.HOUSE.threshold
    return [
        BoardRow(
            need,
            known[need.pk],
            said(known[need.pk].strength, is_exact=not public, threshold=threshold),
            scored.get(need.pk, Scored([])),
            answers[need.pk],
            ratings.get(need.pk, []),
            assets[need.pk],
            dissents[need.pk],
            segments[need.pk],
        )
        for need in rows
    ]


def _scored(keys: list[int]) -> dict[int, Scored]:
    """Of each person the last counts, and of one whose account is gone every one: nobody can say whose it was."""
    last: dict[int, list[Priority]] = defaultdict(list)
    earlier: dict[int, list[Priority]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    rows = Priority.objects.filter(need__in=keys).select_related("by", "weights")
    for one in rows.order_by("-at", "-pk"):
        who = (one.need_id, one.by_id or 0)
        (earlier if one.by_id and who in seen else last)[one.need_id].append(one)
        seen.add(who)
    return {key: Scored(last[key], earlier[key]) for key in last}


def _assets(keys: list[int], *, public: bool) -> dict[int, list[Asset]]:
    found: dict[int, list[Asset]] = defaultdict(list)
    shown = Asset.objects.public() if public else Asset.objects.all()
    ties = Asset.needs.through.objects.filter(need__in=keys, asset__in=shown).select_related("asset")
    for tie in ties.order_by("asset__kind", "asset__pk"):
        found[tie.need_id].append(tie.asset)
    return found


@dataclass(frozen=True)
class State:
    """A column of the board: needs that stand at the same place of the stair."""

    label: str
    rows: list[BoardRow]


def by_state(rows: Iterable[BoardRow]) -> list[State]:
    """In columns by where they stand: a need that was closed stands last, whatever came before."""
    from django.utils.translation import gettext as _

    labels = {
        "understood": _("Understood"),
        "decide": _("Being decided"),
        "deliver": _("Being done"),
        "measure": _("Looking at what came of it"),
        "closed": _("Answered or closed"),
        "refused": _("Could not be done"),
    }
    found: dict[str, list[BoardRow]] = {name: [] for name in labels}
    for row in rows:
        found[_place(row.need)].append(row)
    return [State(labels[name], there) for name, there in found.items()]


def _place(need: Need) -> str:
    turns = [Turn(step.turn) for step in need.loop.steps.all()]
    if not need.loop.is_open:
        return "refused" if turns and turns[-1] in _REFUSED else "closed"
    stage = need.loop.stage
    return {Stage.DECIDE: "decide", Stage.DELIVER: "deliver", Stage.MEASURE: "measure", Stage.REPORT: "measure"}.get(
        stage, "understood"
    )

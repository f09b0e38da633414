"""For whom the programs are: the dates of a period by what is known of them, beside the people who live here."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Topic
from rapport.insight.methods.assessing.representation import Represented, Standing, representation
from rapport.insight.reached import PLACE
from rapport.insight.reaching.people import People, people_of
from rapport.places.models import Branch
from rapport.programs.methods.balance import (
    DAYTIME,
    EVENING,
    WEEKEND,
    Cross,
    band_of_language,
    counted,
    crossed,
    time_of,
)
from rapport.programs.models import Access, Program, Session, Setting
from rapport.programs.models import Band as Audience
from rapport.ui.context import own_name

Words = str | Promise
MOST = 20_000  # dates of a period; beyond it the period is too long to be looked at in one go

_ELSEWHERE, _NONE = "", "none"


@dataclass(frozen=True)
class Row:
    """One value: how many dates have it, and the people beside it."""

    key: str
    label: Words
    n: int
    share: float
    beside: Represented | None = None

    @property
    def is_missing(self) -> bool:
        return self.beside is not None and self.beside.standing == Standing.MISSING

    @property
    def living(self) -> float | None:
        return 100 * self.beside.people if self.beside else None


@dataclass(frozen=True)
class Aspect:
    """One way to look at the dates: `of` gives each date's values, `beside` the people by the same keys."""

    name: str
    label: Words
    of: Callable[[Session], Sequence[str]]
    labels: Mapping[str, Words]
    beside: People | None = None
    rows: Sequence[Row] = field(default_factory=tuple)


class Balance:
    """All that the page, the file and the tests ask; a fixed number of queries."""

    def __init__(self, first: date, last: date, branch: Branch | None = None) -> None:
        self.first, self.last, self.branch = first, last, branch
        begins, ends = (timezone.make_aware(datetime.combine(day, time())) for day in (first, last + timedelta(days=1)))
        rows = Session.objects.filter(starts_at__gte=begins, starts_at__lt=ends, cancellation=None)
        rows = rows.filter(branch=branch) if branch else rows
        self.sessions = list(rows.select_related("program").order_by("pk")[:MOST])
        self.n = len(self.sessions)
        self.is_cut = self.n == MOST

    @cached_property
    def aspects(self) -> list[Aspect]:
        return [self._counted(one) for one in self._all()]

    def aspect(self, name: str) -> Aspect | None:
        return next((one for one in self.aspects if one.name == name), None)

    def _all(self) -> list[Aspect]:
        speaking = people_of("language", self.branch)
        branches = {branch.slug: str(branch) for branch in Branch.objects.all()}
        slugs = dict(Branch.objects.values_list("pk", "slug"))
        codes = sorted({one.language for one in self.sessions if one.language})
        groups = {code: band_of_language(code, speaking.names) for code in codes}
        languages: dict[str, Words] = {
            slug: name for slug, name in speaking.names.items() if speaking.counts.get(slug) or slug in groups.values()
        }
        languages |= {code: own_name(code) for code in codes if not groups[code]}
        return [
            self._topics(),
            Aspect("audience", _("For whom first"), lambda one: [one.audience or "?"], dict(Audience.choices)),
            Aspect(
                "language",
                _("Language"),
                lambda one: [groups.get(one.language) or one.language or "?"],
                languages,
                speaking,
            ),
            Aspect(
                "branch",
                _("Branch"),
                lambda one: [slugs.get(one.branch_id or 0, _ELSEWHERE)],
                {**branches, _ELSEWHERE: _("elsewhere or online")},
                None if self.branch else people_of(PLACE),
            ),
            Aspect("setting", _("Where"), lambda one: [one.setting], dict(Setting.choices)),
            Aspect("time", _("Time of day"), lambda one: [time_of(timezone.localtime(one.starts_at))], TIMES),
            Aspect("cost", _("Cost"), lambda one: ["costs" if str(one.cost) else "free"], COSTS),
            Aspect(
                "access",
                _("Access"),
                lambda one: one.access or [_NONE],
                {**dict(Access.choices), _NONE: _("nothing is said")},
            ),
        ]

    def _topics(self) -> Aspect:
        """By main topic, so that what is never on shows too; a date of several topics is there in each."""
        mains = {topic.pk: topic for topic in Topic.objects.current().filter(parent=None)}
        rows = Program.topics.through.objects.filter(program__in={one.program_id for one in self.sessions})
        about: dict[int, set[str]] = defaultdict(set)
        for program, topic, parent in rows.values_list("program", "topic", "topic__parent"):
            if (main := mains.get(parent or topic)) is not None:
                about[program].add(main.slug)
        labels: dict[str, Words] = {topic.slug: str(topic) for topic in mains.values()}
        return Aspect("topic", _("Topic"), lambda one: sorted(about.get(one.program_id, ())) or ["?"], labels)

    def _counted(self, one: Aspect) -> Aspect:
        counts = counted(one.of(session) for session in self.sessions)
        labels: dict[str, Words] = {**one.labels, **({"?": _("not said")} if "?" in counts else {})}
        rows = [self._row(key, label, counts.get(key, 0), one.beside) for key, label in labels.items()]
        shown = [row for row in rows if row.n or row.key not in {_ELSEWHERE, _NONE}]
        return Aspect(one.name, one.label, one.of, labels, one.beside, shown)

    def _row(self, key: str, label: Words, n: int, people: People | None) -> Row:
        share = 100 * n / self.n if self.n else 0.0
        return Row(key, label, n, share, beside(n, self.n, key, people.counts) if people else None)

    def cross(self, rows: Aspect, columns: Aspect) -> Cross:
        pairs = [(rows.of(session), columns.of(session)) for session in self.sessions]
        return crossed(pairs, [row.key for row in rows.rows], [row.key for row in columns.rows])


def beside(n: int, of: int, key: str, people: Mapping[str, float]) -> Represented | None:
    """The dates of this kind over all, beside the people of this kind over all."""
    mine, everybody = people.get(key, 0.0), sum(people.values())
    if not of or not 0 < mine < everybody:
        return None
    found = representation({"it": n, "rest": of - n}, {"it": mine, "rest": everybody - mine})
    return next((row for row in found if row.band == "it"), None)


TIMES: dict[str, Words] = {
    DAYTIME: _("weekdays by day"),
    EVENING: _("weekday evenings, from 5 p.m."),
    WEEKEND: _("weekends"),
}
COSTS: dict[str, Words] = {"free": _("free"), "costs": _("it costs something")}

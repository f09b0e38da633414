"""What a sample of a shelf says: shares with their intervals, beside the people who live here and an earlier sample."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median

from django.db.models import Count as CountRows

from rapport.insight.methods.assessing.representation import Represented, representation
from rapport.insight.methods.themes.shares import Share, interval, shares
from rapport.insight.models import AuditedItem, CollectionAudit, ItemCategory, ItemQuestion
from rapport.insight.reached import Count
from rapport.insight.reaching.people import People, people_of

NEW_YEARS = 5


@dataclass(frozen=True)
class Line:
    """One category: its share of the items, what it was before, and the people beside it, if there are any."""

    category: ItemCategory
    share: Share
    before: Share | None
    beside: Represented | None

    @property
    def living(self) -> float | None:
        return 100 * self.beside.people if self.beside else None

    @property
    def of_100(self) -> int | None:
        return round(100 * self.beside.index) if self.beside else None


@dataclass(frozen=True)
class Answered:
    """One question over all items: `said` are those of which something could be said."""

    question: ItemQuestion
    lines: Sequence[Line]
    said: int
    silent: int
    source: str  # of the people beside it


@dataclass(frozen=True)
class Ages:
    n: int
    middle: int | None
    new: Share | None
    decades: Sequence[tuple[int, int]]


class AuditResults:
    """All that a page, a file and a test ask of one audit; a fixed number of queries."""

    def __init__(self, audit: CollectionAudit) -> None:
        self.audit, self.earlier = audit, audit.earlier
        self.n = audit.noted().count()
        self.gone = audit.items.filter(is_gone=True).count()
        self.left = audit.items.filter(noted_at=None).count()
        self._people: dict[str, People] = {}

    @cached_property
    def answered(self) -> list[Answered]:
        questions = self.audit.questions.prefetch_related("categories__band__dimension")
        now, then = _Counted(self.audit), _Counted(self.earlier) if self.earlier else None
        return [self._answered(question, now, then) for question in questions]

    def _answered(self, question: ItemQuestion, now: "_Counted", then: "_Counted | None") -> Answered:
        categories = list(question.categories.all())
        said = now.said[question.pk]
        was = then.said[question.pk] if then else 0
        counts = [[then.each[one.pk] if then else 0, now.each[one.pk]] for one in categories]
        pairs = shares(counts, [was, said])
        lines = [
            Line(one, pair[1], pair[0] if was else None, self._beside(one, now.each[one.pk], said))
            for one, pair in zip(categories, pairs, strict=True)
        ]
        sources = {self._of(line.category).source for line in lines if line.beside}
        return Answered(question, lines, said, self.n - said, "; ".join(sorted(sources)))

    def _of(self, category: ItemCategory) -> People:
        slug = category.band.dimension.slug if category.band else ""
        if slug not in self._people:
            self._people[slug] = people_of(slug, self.audit.branch)
        return self._people[slug]

    def _beside(self, category: ItemCategory, n: int, said: int) -> Represented | None:
        """The band against everybody else, as an item may be of several categories or of none."""
        if category.band is None or not said:
            return None
        people = self._of(category).counts
        mine, everybody = people.get(category.band.slug, 0.0), sum(people.values())
        if not 0 < mine < everybody:
            return None
        found = representation({"it": n, "rest": said - n}, {"it": mine, "rest": everybody - mine})
        return next((row for row in found if row.band == "it"), None)

    @cached_property
    def ages(self) -> Ages:
        years = [year for year in self.audit.noted().values_list("year", flat=True) if year]
        if not years:
            return Ages(0, None, None, [])
        new = sum(year > self.audit.of_day.year - NEW_YEARS for year in years)
        decades = Counter(year // 10 * 10 for year in years)
        every = range(min(decades), max(decades) + 10, 10) if max(decades) - min(decades) <= 200 else sorted(decades)
        share = Share(new, len(years), *interval(new, len(years)))
        return Ages(len(years), round(median(years)), share, [(decade, decades[decade]) for decade in every])

    @cached_property
    def topics(self) -> list[tuple[str, int]]:
        """The main topics, the most frequent first."""
        found: Counter[str] = Counter()
        for item in self.audit.noted().exclude(topic=None).select_related("topic__parent"):
            if item.topic:
                found[str(item.topic.parent or item.topic)] += 1
        return found.most_common()


class _Counted:
    """How many items of an audit have each category, and how many have any of each question."""

    def __init__(self, audit: CollectionAudit) -> None:
        marks = AuditedItem.categories.through.objects.filter(auditeditem__in=audit.noted())
        rows = marks.values_list("itemcategory").annotate(n=CountRows("pk"))
        self.each: Counter[int] = Counter(dict(rows))
        questions = marks.values_list("itemcategory__question").annotate(n=CountRows("auditeditem", distinct=True))
        self.said: Counter[int] = Counter(dict(questions))


def collected(first: date, last: date) -> Iterator[Count]:
    """For whom the collection is, as its samples say: only where a question knows two bands of a dimension or more."""
    audits = CollectionAudit.objects.filter(of_day__range=(first, last), items__noted_at__isnull=False).distinct()
    for audit in audits:
        month, counted = audit.of_day.replace(day=1), _Counted(audit)
        for question in audit.questions.prefetch_related("categories__band__dimension"):
            mapped = [one for one in question.categories.all() if one.band]
            known = Counter(one.band.dimension_id for one in mapped if one.band)
            for one in mapped:
                if one.band and known[one.band.dimension_id] > 1:
                    n = counted.each[one.pk]
                    yield Count(one.band.dimension.slug, one.band.slug, n, audit.branch_id, month)

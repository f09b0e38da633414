from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.community.models import Topic
from rapport.people.models import Person

from .collection_audit import CollectionAudit
from .item_question import ItemCategory, ItemQuestion

PLACE, NAME, YEAR, TOPIC, GONE = "place", "item", "year", "topic", "gone"
_YES = {"yes", "y", "x", "1", "true", "sí", "si", "نعم"}
_LATEST = 9999


@dataclass(frozen=True)
class SheetRow:
    number: int
    place: int
    said: Mapping[str, Any]


@dataclass
class SheetPreview:
    """What would come of a sheet: rows that note an item, rows that are blank, and those refused with the reason."""

    noted: list[SheetRow] = field(default_factory=list)
    again: int = 0  # of these, items that were noted before
    blank: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


class AuditSheet(models.Model):
    """A filled sample sheet that somebody brought as a file, until it is taken in."""

    audit = models.ForeignKey(CollectionAudit, models.CASCADE, related_name="sheets")
    file_name = models.CharField(max_length=200)
    grid = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = gettext_lazy("filled sample sheet")
        verbose_name_plural = gettext_lazy("filled sample sheets")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("insight:audit-sheet", args=[self.audit_id, self.pk])

    def preview(self) -> SheetPreview:
        return _Reader(self.audit).read(self.grid)

    @transaction.atomic
    def take_in(self, *, by: Person) -> SheetPreview:
        """Note every row that can be read, once; then let the file go. Raises AuditIsOver."""
        mine = AuditSheet.objects.select_for_update().get(pk=self.pk)
        if mine.taken_at:
            return SheetPreview()
        found = self.preview()
        for row in found.noted:
            self.audit.note(row.place, by=by, **row.said)
        self.taken_at, self.grid = timezone.now(), []
        self.save(update_fields=["taken_at", "grid"])
        return found


def header(questions: list[ItemQuestion]) -> list[str]:
    return [PLACE, NAME, YEAR, TOPIC, *map(str, questions), GONE]


def rows(audit: CollectionAudit) -> Iterator[list[object]]:
    """The sample as a table: what is noted is filled in, the rest is blank."""
    questions = list(audit.questions.all())
    for item in audit.items.select_related("topic").prefetch_related("categories"):
        said = [[str(one) for one in item.categories.all() if one.question_id == q.pk] for q in questions]
        words = ["; ".join(names) for names in said]
        yield [item.place, item.name, item.year, str(item.topic or ""), *words, "x" if item.is_gone else ""]


class _Reader:
    """Understands the words of the vocabulary in every language of the house."""

    def __init__(self, audit: CollectionAudit) -> None:
        self.items = {item.place: item for item in audit.items.all()}
        self.questions = list(audit.questions.prefetch_related("categories"))
        self.topics = _by_name(Topic.objects.filter(retired_at=None))
        self.words = {one.pk: _by_name(one.categories.all()) for one in self.questions}

    def read(self, grid: list[list[str]]) -> SheetPreview:
        found = SheetPreview()
        names = [cell.strip().casefold().lstrip("\ufeff") for cell in grid[0]] if grid else []
        seen: set[int] = set()
        for number, cells in enumerate(grid[1:], 2):
            told = {name: cells[i].strip().removeprefix("'") for i, name in enumerate(names) if i < len(cells)}
            if not any(text for name, text in told.items() if name != PLACE):
                found.blank += 1
                continue
            try:
                row = SheetRow(number, self._place(told, seen), self._said(told))
            except ValueError as problem:
                found.refused.append((number, str(problem)))
            else:
                found.noted.append(row)
                found.again += self.items[row.place].noted_at is not None
        return found

    def _place(self, told: Mapping[str, str], seen: set[int]) -> int:
        text = told.get(PLACE, "")
        place = int(text) if text.isdecimal() and len(text) < 10 else 0
        if place not in self.items:
            raise ValueError(_("“%(text)s” is no place of this sample.") % {"text": text or "–"})
        if place in seen:
            raise ValueError(_("Place %(place)s stands in the file twice; the first row counts.") % {"place": place})
        seen.add(place)
        return place

    def _said(self, told: Mapping[str, str]) -> dict[str, Any]:
        year, topic = told.get(YEAR, ""), told.get(TOPIC, "")
        if year and not (year.isdecimal() and 0 < int(year[:5]) <= _LATEST):
            raise ValueError(_("“%(text)s” is no year.") % {"text": year})
        if topic and topic.casefold() not in self.topics:
            raise ValueError(_("There is no topic “%(text)s”.") % {"text": topic})
        return {
            "name": told.get(NAME, "")[:120],
            "year": int(year) if year else None,
            "topic": self.topics.get(topic.casefold()),
            "is_gone": told.get(GONE, "").casefold() in _YES,
            "categories": [one for question in self.questions for one in self._categories(question, told)],
        }

    def _categories(self, question: ItemQuestion, told: Mapping[str, str]) -> Iterator[ItemCategory]:
        column = next((name.casefold() for name in question.name.values() if name.casefold() in told), "")
        for word in told.get(column, "").split(";"):
            if not (plain := word.strip()):
                continue
            if plain.casefold() not in self.words[question.pk]:
                about = {"text": plain, "question": question}
                raise ValueError(_("“%(text)s” is none of your words for “%(question)s”.") % about)
            yield self.words[question.pk][plain.casefold()]


def _by_name(rows: Any) -> dict[str, Any]:
    return {name.casefold(): row for row in rows for name in row.name.values()}


def knows(grid: list[list[str]]) -> bool:
    return bool(grid) and PLACE in [cell.strip().casefold().lstrip("\ufeff") for cell in grid[0]]

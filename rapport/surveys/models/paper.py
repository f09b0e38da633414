import random
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.db.models import Count, F, Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.methods import Questionnaire, Row, asked_only, cells_seen, differences, key_of

from .edition import Edition
from .quota import QuotaFull
from .response import Response

if TYPE_CHECKING:
    from .survey import Survey

_TRIES = 5


class AlreadyEntered(Exception):
    """This sheet needs nothing more from this person: it is settled, or they entered it themselves."""


class PaperPrintQuerySet(models.QuerySet["PaperPrint"]):
    def holding(self, serial: int) -> "PaperPrint | None":
        """The copies among which this number was printed."""
        return self.filter(first__lte=serial, first__gt=serial - F("copies")).first()


class PaperPrint(models.Model):
    """Numbered copies of a survey that were printed: which numbers, of which edition, in which language."""

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="prints")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=24)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    first = models.PositiveIntegerField()
    copies = models.PositiveIntegerField(_("copies"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PaperPrintQuerySet.as_manager()

    class Meta:
        ordering = ["first"]
        constraints = [models.UniqueConstraint(fields=["survey", "first"], name="sheets_numbered_once")]

    @classmethod
    def make(
        cls, survey: "Survey", *, edition: Edition, language: str, copies: int, by: Person, branch: Branch | None = None
    ) -> "PaperPrint":
        """Take the next numbers; of two who print at once, each gets their own."""
        fields = {"edition": edition, "language": language, "copies": copies, "by": by, "branch": branch}
        for _try in range(_TRIES):
            try:
                with transaction.atomic():
                    return survey.prints.create(first=next_number(survey), **fields)
            except IntegrityError:
                continue
        raise RuntimeError("The numbers of the sheets were taken again and again")

    @property
    def last(self) -> int:
        return self.first + self.copies - 1

    @property
    def serials(self) -> range:
        return range(self.first, self.last + 1)


def next_number(survey: "Survey") -> int:
    """The first number that no copy and no sheet has."""
    printed = survey.prints.aggregate(last=Max(F("first") + F("copies") - 1))["last"] or 0
    entered = survey.sheets.aggregate(last=Max("serial"))["last"] or 0
    return max(printed, entered) + 1


class SheetQuerySet(models.QuerySet["Sheet"]):
    def settled(self) -> "SheetQuerySet":
        return self.exclude(settled_on=None)

    def for_a_second_pair_of_eyes(self, person: Person) -> "SheetQuerySet":
        """Entered once by somebody else, to be entered a second time."""
        return self._entered(1).exclude(pk__in=Entry.objects.filter(by=person).values("sheet"))

    def to_be_entered_again(self) -> "SheetQuerySet":
        return self._entered(1)

    def to_be_settled(self) -> "SheetQuerySet":
        """Entered twice, and not the same."""
        return self._entered(2)

    def _entered(self, times: int) -> "SheetQuerySet":
        return self.filter(settled_on=None).alias(n=Count("entries")).filter(n=times)

    def release(self, survey: "Survey", *, by: Person) -> int:
        """Count the sheets that wait for a second entry by their first, where nothing is entered twice any more.

        One that a full quota keeps out goes on waiting.
        """
        released = 0
        for sheet in self.filter(survey=survey).to_be_entered_again():
            with suppress(QuotaFull):
                sheet.settle({}, by=by)
                released += 1
        return released

    def error_rate(self) -> float | None:
        """The share of answers that were entered differently, of all that were entered twice."""
        seen = self.settled().aggregate(cells=Sum("cells"), differing=Sum("differing"))
        return seen["differing"] / seen["cells"] if seen["cells"] else None


class Sheet(models.Model):
    """One paper copy that came back. Its answers are here only until two people agree on what it says."""

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="sheets")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField(_("number on the sheet"))
    language = models.CharField(_("language"), max_length=24)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    is_doubled = models.BooleanField(default=False)
    cells = models.PositiveIntegerField(default=0)  # answers that were compared
    differing = models.PositiveIntegerField(default=0)
    unreadable = models.JSONField(default=list)  # keys of the questions that nobody could read
    kept_anyway = models.JSONField(default=list)  # keys of answers to questions that should have been skipped, counted
    left_out = models.JSONField(default=list)  # and of those that were not
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["survey", "serial"], name="sheet_once_in_survey")]

    def __str__(self) -> str:
        return str(self.serial)

    @classmethod
    def of(cls, survey: "Survey", serial: int, *, language: str, branch: Branch | None) -> "Sheet":
        """The sheet with this number; one that nobody entered yet is of the edition that was printed under it."""
        known = cls.objects.filter(survey=survey, serial=serial).first()
        if known is not None:
            return known
        printed = survey.prints.holding(serial)
        edition = printed.edition if printed else survey.edition
        is_doubled = random.random() * 100 < survey.doubled_share  # noqa: S311 - no secret, only unforeseen
        return cls(
            survey=survey, serial=serial, edition=edition, language=language, branch=branch, is_doubled=is_doubled
        )

    def may_be_entered_by(self, person: Person) -> bool:
        if self.pk is None:
            return True
        if self.settled_on or self.entries.filter(by=person).exists():
            return False
        return self.entries.count() < (2 if self.is_doubled else 1)

    @property
    def times_entered(self) -> int:
        return self.entries.count() if self.pk else 0

    @transaction.atomic
    def enter(
        self,
        row: Mapping[str, Any],
        *,
        by: Person,
        unreadable: Iterable[str] = (),
        kept_anyway: Iterable[str] = (),
        left_out: Iterable[str] = (),
    ) -> "Entry":
        """Write down what the paper says. Raises AlreadyEntered where this person may not, or need not.

        Answers to questions that should have been skipped stand in `row` only where they are `kept_anyway`.
        """
        self.pk = self._kept().pk
        sheet = Sheet.objects.select_for_update().get(pk=self.pk)
        if not sheet.may_be_entered_by(by):
            raise AlreadyEntered
        turn = sheet.times_entered + 1
        keys = {"unreadable": unreadable, "kept_anyway": kept_anyway, "left_out": left_out}
        try:
            with transaction.atomic():
                lists = {name: sorted(each) for name, each in keys.items()}
                entry = sheet.entries.create(turn=turn, by=by, row=dict(row), **lists)
        except IntegrityError as problem:
            raise AlreadyEntered from problem
        if not sheet.is_doubled or (turn == 2 and not sheet.differences()):
            sheet.settle({}, by=by)
        self.refresh_from_db()
        return entry

    def _kept(self) -> "Sheet":
        if self.pk is not None:
            return self
        kept = {name: getattr(self, name) for name in ("edition", "language", "branch", "is_doubled")}
        return Sheet.objects.get_or_create(survey=self.survey, serial=self.serial, defaults=kept)[0]

    def differences(self) -> list[tuple[str, Any, Any]]:
        """Where the two entries differ: the column, what the first says, what the second says."""
        first, second = self.entries.order_by("turn")
        return differences(self.edition.questionnaire, first.seen, second.seen)

    @transaction.atomic
    def settle(self, chosen: Mapping[str, int], *, by: Person | None) -> Response | None:
        """Make the response, and empty the entries. `chosen` says for each differing column which entry is right
        (1 or 2; 0: nobody can read it). Of two who settle at once, one does: the other gets nothing."""
        entries = list(self.entries.order_by("turn"))
        apart = self.differences() if len(entries) == 2 else []
        if not Sheet.objects.filter(pk=self.pk, settled_on=None).update(settled_on=timezone.localdate(), settled_by=by):
            return None
        row, unreadable = self._agreed(entries, apart, chosen)
        questionnaire = self.edition.questionnaire
        cells = cells_seen(questionnaire, entries[0].seen, entries[1].seen) if len(entries) == 2 else 0
        counted, kept, left = _sorted_out(questionnaire, row, entries)
        lists = {"unreadable": sorted(unreadable), "kept_anyway": kept, "left_out": left}
        Sheet.objects.filter(pk=self.pk).update(cells=cells, differing=len(apart), **lists)
        self.entries.update(row={}, unreadable=[], kept_anyway=[], left_out=[])
        return Response.objects.take(
            self.survey, counted, edition=self.edition, channel=Channel.PAPER, language=self.language,
            branch=self.branch,
        )  # fmt: skip

    @staticmethod
    def _agreed(
        entries: list["Entry"], apart: list[tuple[str, Any, Any]], chosen: Mapping[str, int]
    ) -> tuple[dict[str, Any], set[str]]:
        row, unreadable = dict(entries[0].row), set(entries[0].unreadable)
        for column, *_values in apart:
            key, which = key_of(column), chosen.get(column, 0)
            right = entries[which - 1] if which else None
            row.pop(column, None)
            unreadable.discard(key)
            if right is None or key in right.unreadable:
                unreadable.add(key)
            elif column in right.row:
                row[column] = right.row[column]
        return row, unreadable

    @transaction.atomic
    def begin_anew(self) -> None:
        """Both entries are wrong: forget them, and let two people enter the sheet again."""
        if Sheet.objects.select_for_update().filter(pk=self.pk, settled_on=None).exists():
            self.entries.all().delete()


def _sorted_out(questionnaire: Questionnaire, row: Row, entries: list["Entry"]) -> tuple[Row, list[str], list[str]]:
    """The answers that count, and the keys of those to questions that should have been skipped: kept, left out."""
    asked = asked_only(questionnaire, row)
    chosen = {key for entry in entries for key in entry.kept_anyway}
    beside = {column: value for column, value in row.items() if column not in asked}
    kept = {column: value for column, value in beside.items() if key_of(column) in chosen}
    kept_keys = {key_of(column) for column in kept}
    left = {key_of(column) for column in beside} | {key for entry in entries for key in entry.left_out}
    return asked | kept, sorted(kept_keys), sorted(left - kept_keys - {key_of(column) for column in asked})


class Entry(models.Model):
    """What one person read on a sheet. The second is made blind, and never by the first's hand."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="entries")
    turn = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    row = models.JSONField(default=dict)
    unreadable = models.JSONField(default=list)
    kept_anyway = models.JSONField(default=list)
    left_out = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "turn"], name="sheet_entered_once_a_turn"),
            models.UniqueConstraint(fields=["sheet", "by"], name="sheet_entered_by_two_people"),
            models.CheckConstraint(condition=Q(turn__in=[1, 2]), name="sheet_entered_twice_at_most"),
        ]
        verbose_name = _("entry of a paper sheet")
        verbose_name_plural = _("entries of paper sheets")

    @property
    def seen(self) -> tuple[dict[str, Any], set[str]]:
        return self.row, set(self.unreadable)

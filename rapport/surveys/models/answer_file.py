import hashlib
from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait
from rapport.lib.tables import Table, UnreadableTable
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.methods.answers import MOST_ROWS, Match, Read, ReadRow, SavTable, guess, read_rows

from .edition import Edition
from .quota import QuotaFull
from .response import Response
from .survey import Survey

_AT_ONCE = 2000
_MOST_SHOWN = 200
_KEPT_DAYS = 7


class NothingTaken(Exception):
    """A row was refused, and all were wanted or none."""


class AnswerFileQuerySet(models.QuerySet["AnswerFile"]):
    def bring(self, survey: Survey, upload: "UploadedFile[bytes]", *, by: Person | None) -> "AnswerFile":
        """Put a file of answers beside the survey, its columns guessed. Raises UnreadableTable or BrokenFile."""
        digest = hashlib.sha256()
        for piece in upload.chunks():
            digest.update(piece)
        upload.seek(0)
        brought = AnswerFile(survey=survey, name=Path(str(upload.name)).name[:200], digest=digest.hexdigest(), by=by)
        brought.file.save(f"{digest.hexdigest()[:32]}{Path(brought.name).suffix.lower()}", upload, save=False)
        try:
            brought.match = brought.guessed().targets
        except Exception:
            brought.file.delete(save=False)
            raise
        brought.save()
        return brought

    def forget_old(self) -> int:
        """Take away what was brought and never finished: answers of people lie in it."""
        old = self.filter(at__lt=timezone.now() - timedelta(days=_KEPT_DAYS)).exclude(file="")
        for brought in old:
            brought.put_away()
        return len(old)


class AnswerFile(models.Model):
    """A table of answers from elsewhere, from its upload until its rows are taken; then only the report stays."""

    class State(models.TextChoices):
        BROUGHT = "brought", _("waiting for you")
        READING = "reading", _("being taken")
        TAKEN = "taken", _("taken")
        REFUSED = "refused", _("nothing was taken")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answer_files")
    file = models.FileField(upload_to="surveys/answers/", blank=True)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    match = models.JSONField(default=dict)
    channel = models.CharField(_("how they were gathered"), max_length=20, choices=Channel, default=Channel.IMPORT)
    language = models.CharField(_("language of the answers"), max_length=24, blank=True)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    day_first = models.BooleanField(_("3/4/2026 is the third of April"), default=False)
    whole_or_nothing = models.BooleanField(_("take all rows or none"), default=True)
    state = models.CharField(max_length=10, choices=State, default=State.BROUGHT)
    report = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AnswerFileQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("file of answers")
        verbose_name_plural = _("files of answers")

    def __str__(self) -> str:
        return self.name

    @property
    def table(self) -> Table | SavTable:
        path = Path(self.file.path)
        return SavTable(path) if path.suffix == ".sav" else Table(path)

    def guessed(self) -> Match:
        table = self.table
        words = table.words() if isinstance(table, SavTable) else {}
        names = table.names()
        if any("\x00" in name for name in names):
            raise UnreadableTable(_("It is no text."))
        return guess(names, self._edition.questionnaire, words)

    @cached_property
    def _edition(self) -> Edition:
        edition = self.survey.edition
        if edition is None:
            raise ValueError("A survey whose questions are not published has no answers")
        return edition

    def read(self) -> Iterator[ReadRow]:
        """Its rows as answers, each sound or with what is wrong."""
        edition, table = self._edition, self.table
        labels = table.labels() if isinstance(table, SavTable) else {}
        how = Read(edition.questionnaire, Match(self.match), self.digest, str(self.survey_id), self.day_first, labels)
        return read_rows(islice(table.rows(), MOST_ROWS), how)

    def try_out(self) -> dict[str, Any]:
        """A dry run: what would be taken, what is there already, and what is refused."""
        report, branches = _Report(), _branches()
        for batch in _batches(self.read()):
            known = self._known(batch)
            for row in batch:
                report.count(row, self._why_not(row, branches), is_known=row.key in known)
        return report.as_json()

    @can_wait
    def take(self) -> None:
        """Take its rows; the same file twice adds nothing. The file itself is put away then."""
        if not self.file:
            return
        report = _Report()
        try:
            with transaction.atomic():
                self._take(report)
                if self.whole_or_nothing and report.refused:
                    raise NothingTaken
            self.state = self.State.TAKEN
        except NothingTaken:
            report.taken, self.state = 0, self.State.REFUSED
        self.report = report.as_json()
        self.save(update_fields=["state", "report"])
        self.put_away()

    def put_away(self) -> None:
        """The file goes with the transaction: where that is rolled back (a dry run of the clean-up), it stays."""
        transaction.on_commit(partial(self.file.storage.delete, str(self.file.name)))
        self.file = ""
        self.save(update_fields=["file"])

    def _take(self, report: "_Report") -> None:
        branches = _branches()
        has_quotas = self.survey.quotas.exists()
        for batch in _batches(self.read()):
            known = self._known(batch)
            fresh = []
            for row in batch:
                why = self._why_not(row, branches)
                if not why and has_quotas and row.key not in known:
                    why = self._take_one(row, branches)
                report.count(row, why, is_known=row.key in known)
                if not why and row.key not in known:
                    known.add(row.key)
                    fresh.append(row)
            if not has_quotas:
                Response.objects.bulk_create([self._response(row, branches) for row in fresh], ignore_conflicts=True)

    def _known(self, batch: list[ReadRow]) -> set[Any]:
        return set(Response.objects.filter(pk__in=[row.key for row in batch]).values_list("pk", flat=True))

    def _why_not(self, row: ReadRow, branches: dict[str, Branch]) -> dict[str, Any]:
        """What is wrong with a row, for `remarks.say_refused`; empty where nothing is."""
        if row.unknown:
            return {"why": "not_a_choice", "column": row.unknown[0][0], "said": row.unknown[0][1][:60]}
        if row.complaints:
            one = row.complaints[0]
            return {"why": str(one.fault), "column": one.column, "bound": one.bound}
        if row.bad_day:
            return {"why": "no_day", "said": row.bad_day}
        if row.day and row.day > timezone.localdate():
            return {"why": "future", "said": row.day.isoformat()}
        if row.branch and row.branch.casefold() not in branches:
            return {"why": "no_branch", "said": row.branch[:60]}
        return {} if row.row else {"why": "empty"}

    def _take_one(self, row: ReadRow, branches: dict[str, Branch]) -> dict[str, Any]:
        new = self._response(row, branches)
        try:
            Response.objects.take(
                self.survey, row.row, edition=new.edition, channel=new.channel, language=new.language, key=row.key,
                branch=new.branch, on=new.on,
            )  # fmt: skip
        except QuotaFull as full:
            return {"why": "quota", "said": str(full.quota)}
        return {}

    def _response(self, row: ReadRow, branches: dict[str, Branch]) -> Response:
        edition = self._edition
        return Response(
            pk=row.key, survey=self.survey, edition=edition, answers=row.row, on=row.day or timezone.localdate(),
            channel=self.channel, language=(row.language or self.language or edition.questionnaire.languages[0])[:24],
            branch=branches[row.branch.casefold()] if row.branch else self.branch,
        )  # fmt: skip


class _Report:
    def __init__(self) -> None:
        self.read = self.taken = self.known = 0
        self.refused: list[dict[str, Any]] = []

    def count(self, row: ReadRow, why: dict[str, Any], *, is_known: bool) -> None:
        self.read += 1
        if why:
            self.refused.append({"row": row.number, **why})
        elif is_known:
            self.known += 1
        else:
            self.taken += 1

    def as_json(self) -> dict[str, Any]:
        refused = len(self.refused)
        shown = self.refused[:_MOST_SHOWN]
        return {"read": self.read, "taken": self.taken, "known": self.known, "refused": refused, "rows": shown}


def _batches(rows: Iterator[ReadRow]) -> Iterator[list[ReadRow]]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch


def _branches() -> dict[str, Branch]:
    """By every name that a branch goes by."""
    names: dict[str, Branch] = {}
    for branch in Branch.objects.all():
        for name in {branch.slug, str(branch), *map(str, dict(branch.name).values())}:
            names[name.casefold()] = branch
    return names

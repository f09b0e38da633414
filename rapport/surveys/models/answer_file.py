import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
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
from rapport.surveys.methods.answers import MOST_ROWS, BrokenFile, Match, Read, ReadRow, SavTable, guess, read_rows

from .answer_report import Report, why_not
from .edition import Edition
from .quota import Quota, QuotaFull
from .response import Response
from .survey import Survey

_AT_ONCE, _AT_ONCE_WITH_QUOTAS = 2000, 200  # rows of one transaction; with quotas, others wait for it
_SAMPLED, _MOST_SAMPLES, _LONGEST_SAMPLE = 50, 3, 40
_KEPT_DAYS = 7


class NothingTaken(Exception):
    """A row was refused, and all were wanted or none."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


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
    matched = models.JSONField(default=list)  # pairs, in the order of the file: PostgreSQL keeps none for keys
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
    def match(self) -> dict[str, str]:
        """For each column of the file what it is, in the order of the file."""
        return dict(self.matched)

    @match.setter
    def match(self, match: Mapping[str, str]) -> None:
        self.matched = [list(pair) for pair in match.items()]

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

    def samples(self) -> dict[str, list[str]]:
        """Some of what stands in each column, for those who say which is what."""
        found: dict[str, list[str]] = {}
        for _number, cells in _until_end(islice(self.table.rows(), _SAMPLED)):
            for heading, value in cells.items():
                said, sample = (
                    str("" if value is None else value).strip()[:_LONGEST_SAMPLE],
                    found.setdefault(heading, []),
                )
                if said and said not in sample and len(sample) < _MOST_SAMPLES:
                    sample.append(said)
        return found

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
        return _until_broken(read_rows(islice(table.rows(), MOST_ROWS), how))

    def try_out(self) -> dict[str, Any]:
        """A dry run: what would be taken, what is there already, and what is refused."""
        return self._looked_at().as_json()

    def _looked_at(self) -> Report:
        report, branches = Report(), _branches()
        for batch in _batches(self.read(), _AT_ONCE):
            known = self._known(batch)
            for row in batch:
                report.count(row, why_not(row, branches), is_known=row.key in known)
        return report

    @can_wait
    def take(self) -> None:
        """Take its rows; the same file twice adds nothing. The file itself is put away then."""
        self.refresh_from_db(fields=["file"])
        if not self.file:
            return
        try:
            report, self.state = self._take_as_wanted(), self.State.TAKEN
        except NothingTaken as nothing:
            report, self.state = nothing.report, self.State.REFUSED
            report.taken = 0
        self.report = report.as_json()
        self.save(update_fields=["state", "report"])
        self.put_away()

    def put_away(self) -> None:
        """The file goes with the transaction: where that is rolled back (a dry run of the clean-up), it stays."""
        transaction.on_commit(partial(self.file.storage.delete, str(self.file.name)))
        self.file = ""
        self.save(update_fields=["file"])

    def _take_as_wanted(self) -> Report:
        """Batch by batch, each a transaction of its own, so that those who answer meanwhile never wait for long.

        All or none: every row is looked at before the first is taken. Only a quota can refuse a row after that, so with
        quotas the whole file is one transaction. Raises NothingTaken.
        """
        has_quotas = self.survey.quotas.exists()
        at_once = _AT_ONCE_WITH_QUOTAS if has_quotas else _AT_ONCE
        if not self.whole_or_nothing:
            return self._take(at_once)
        _all_or_none(self._looked_at())
        if not has_quotas:
            return self._take(at_once)
        with transaction.atomic():
            return _all_or_none(self._take(at_once))

    def _take(self, at_once: int) -> Report:
        report, branches = Report(), _branches()
        for batch in _batches(self.read(), at_once):
            with transaction.atomic():
                quotas = self._one_at_a_time()
                self._take_batch(batch, branches, report, has_quotas=bool(quotas))
        return report

    def _one_at_a_time(self) -> list[Quota]:
        """Two files of one survey take turns; all quotas are held in their order, so that nobody waits in a ring."""
        Survey.objects.select_for_update(no_key=True).get(pk=self.survey_id)
        return list(self.survey.quotas.select_for_update().order_by("pk"))

    def _take_batch(
        self, batch: list[ReadRow], branches: dict[str, Branch], report: Report, *, has_quotas: bool
    ) -> None:
        known, fresh = self._known(batch), []
        for row in batch:
            is_known = row.key in known
            why = why_not(row, branches)
            if not why and not is_known:
                why = self._take_one(row, branches) if has_quotas else {}
            report.count(row, why, is_known=is_known)
            if not why and not is_known:
                known.add(row.key)
                fresh.append(row)
        if not has_quotas:
            Response.objects.bulk_create([self._response(row, branches) for row in fresh])

    def _known(self, batch: list[ReadRow]) -> set[Any]:
        return set(Response.objects.filter(pk__in=[row.key for row in batch]).values_list("pk", flat=True))

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


def _all_or_none(report: Report) -> Report:
    if report.refused:
        raise NothingTaken(report)
    return report


def _until_broken(rows: Iterator[ReadRow]) -> Iterator[ReadRow]:
    """The rows, and where the file breaks off a last one that says so."""
    number = 1
    try:
        for row in rows:
            number = row.number
            yield row
    except (UnreadableTable, BrokenFile, UnicodeError):
        yield ReadRow(number + 1, is_broken=True)


def _until_end(rows: Iterator[tuple[int, Mapping[str, Any]]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with suppress(UnreadableTable, BrokenFile, UnicodeError):
        yield from rows


def _batches(rows: Iterator[ReadRow], size: int) -> Iterator[list[ReadRow]]:
    while batch := list(islice(rows, size)):
        yield batch


def _branches() -> dict[str, Branch]:
    """By every name that a branch goes by."""
    names: dict[str, Branch] = {}
    for branch in Branch.objects.all():
        for name in {branch.slug, str(branch), *map(str, dict(branch.name).values())}:
            names[name.casefold()] = branch
    return names

"""Dates that came from a calendar file of another program; the same date brought again is changed, not doubled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import words
from rapport.people.models import Person
from rapport.places.models import Branch

from .offered import Band
from .program import Program
from .session import Cancellation, Session


@dataclass
class Outcome:
    """What a file brings, or would bring."""

    new: int = 0
    changed: int = 0
    same: int = 0
    cancelled: int = 0
    programs: list[str] = field(default_factory=list)

    @property
    def anything(self) -> int:
        return self.new + self.changed + self.cancelled


class CalendarFile(models.Model):
    """A file that somebody brought: its dates as they were understood, and those that were refused, with the reason."""

    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)  # "ics" or "csv"
    source = models.CharField(_("where it comes from"), max_length=100)
    grid = models.JSONField(default=list)  # of a table, until it is taken in
    columns = models.JSONField(default=dict)  # which column is what
    entries = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(_("language"), max_length=12)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict)

    reach: "set[int] | None" = None

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("calendar file")
        verbose_name_plural = _("calendar files")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("programs:desk-calendar-file", args=[self.pk])

    @cached_property
    def branches(self) -> dict[int, Branch]:
        """Those of whoever brings it in; what names another one comes to the branch of the file."""
        reach = self.reach
        return {branch.pk: branch for branch in Branch.objects.all() if reach is None or branch.pk in reach}

    def preview(self) -> Outcome:
        """What taking it in would do, without doing it."""
        known = {(one.uid, one.recurrence): one for one in self._known()}
        outcome, titles = Outcome(), set()
        for entry in self.entries:
            there = known.get((entry["uid"], entry["recurrence"]))
            is_off = entry["cancelled"]
            if there is None:
                outcome.new += not is_off
                titles.update([] if is_off else [entry["title"]])
            elif is_off and not there.session.called_off:
                outcome.cancelled += 1
            elif there.digest != entry["digest"]:
                outcome.changed += 1
            else:
                outcome.same += 1
        held = {str(title) for title in self._programs(titles)}
        outcome.programs = sorted(titles - held)
        return outcome

    @transaction.atomic
    def take_in(self, *, by: Person) -> Outcome:
        """Bring its dates in. Two who press at once wait for each other, and the second finds everything there."""
        CalendarFile.objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.reach = by.branches_where("programs.change")
        outcome = self.preview()
        known = {(one.uid, one.recurrence): one for one in self._known()}
        programs = self._programs({entry["title"] for entry in self.entries if not entry["cancelled"]})
        for entry in self.entries:
            there = known.get((entry["uid"], entry["recurrence"]))
            if there is not None:
                there.file = self
                there.bring_up_to_date(entry, by=by)
            elif not entry["cancelled"]:
                known[entry["uid"], entry["recurrence"]] = self._bring(entry, programs, by)
        self.taken_at, self.grid = timezone.now(), []
        self.report = {name: getattr(outcome, name) for name in ("new", "changed", "same", "cancelled")}
        self.save()
        return outcome

    def _known(self) -> "models.QuerySet[Brought]":
        return Brought.objects.filter(source=self.source).select_related("session__cancellation", "session__program")

    def _programs(self, titles: set[str]) -> dict[str, Program]:
        """Those that came from this source under these titles; a title is a program."""
        came = Program.objects.filter(pk__in=self._known().values("session__program"))
        return {title: one for one in came for title in one.title.values() if title in titles}

    def _bring(self, entry: Mapping[str, Any], programs: dict[str, Program], by: Person) -> "Brought":
        title = entry["title"]
        if title not in programs:
            about = {self.language: entry["about"]} if entry["about"] else ""
            called = {self.language: title}
            programs[title] = Program.objects.plan(called, by=by, need=None, about=about, branch=self.branch)
        facts = facts_of(entry, programs[title], self)
        [session] = programs[title].add_dates([moments_of(entry)], **facts)
        return Brought.objects.create(
            source=self.source, uid=entry["uid"], recurrence=entry["recurrence"], session=session,
            digest=entry["digest"], file=self,
        )  # fmt: skip


class Brought(models.Model):
    """Which date of which other calendar a session is."""

    source = models.CharField(max_length=100)
    uid = models.CharField(max_length=400)
    recurrence = models.CharField(max_length=40, blank=True)  # which occurrence, by its first planned start
    session = models.OneToOneField(Session, models.CASCADE, related_name="brought")
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(CalendarFile, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "uid", "recurrence"], name="date_brought_once")]
        verbose_name = _("date from a file")
        verbose_name_plural = _("dates from files")

    def bring_up_to_date(self, entry: Mapping[str, Any], *, by: Person) -> None:
        if entry["cancelled"]:
            if not self.session.called_off:
                self.session.cancel(str(_("It was cancelled in the calendar that it came from.")), by=by)
        elif self.digest != entry["digest"]:
            Cancellation.objects.filter(session=self.session).delete()
            starts, ends = moments_of(entry)
            self.session.move(starts, ends, **facts_of(entry, self.session.program, self.file))
        self.digest = entry["digest"]
        self.save(update_fields=["digest", "file"])


def moments_of(entry: Mapping[str, Any]) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(entry["starts_at"]), datetime.fromisoformat(entry["ends_at"])


def facts_of(entry: Mapping[str, Any], program: Program, file: CalendarFile | None) -> dict[str, Any]:
    """What a date says of itself, as facts of a session; what it does not say the file says for all of it."""
    language = file.language if file else ""
    branches = file.branches if file else {}
    called = {} if entry["title"] in program.title.values() else {language: entry["title"]}
    return {
        "branch": branches.get(entry["branch"]) or (file.branch if file and not entry["place"] else None),
        "place": entry["place"],
        "setting": entry["setting"],
        "online_url": entry["online_url"],
        "audience": entry["audience"] or Band.GENERAL,
        "language": entry["language"] or language,
        "capacity": entry["capacity"],
        "title": words(called),
    }

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rapport.lib.publishing import published
from rapport.loop.models import Loop, Turn
from rapport.loop.things import label_of
from rapport.people.models import Person

from .offered import Band, Inheriting
from .presenter import Presenter
from .program import Program
from .refitting import refit

LONGEST = timedelta(days=40)  # what goes on for longer has several dates


class SessionQuerySet(models.QuerySet["Session"]):
    def update(self, **values: Any) -> int:
        """Whatever changes, those who subscribed hear that it did."""
        return super().update(**{"changed_at": timezone.now(), **values})

    def public(self) -> "SessionQuerySet":
        return self.exclude(program__published_at=None)

    def coming(self, now: datetime | None = None) -> "SessionQuerySet":
        return self.not_over(now or timezone.now()).filter(cancellation=None).order_by("starts_at", "pk")

    def not_over(self, now: datetime) -> "SessionQuerySet":
        """The start is asked for too, since by it they lie in order."""
        return self.filter(starts_at__gte=now - LONGEST, ends_at__gte=now)

    def on_day(self, day: date) -> "SessionQuerySet":
        start = timezone.make_aware(datetime.combine(day, time()))
        return self.filter(starts_at__gte=start, starts_at__lt=start + timedelta(days=1)).order_by("starts_at", "pk")

    def to_be_counted(self, now: datetime | None = None) -> "SessionQuerySet":
        """Over, not cancelled, and nobody has said how many came."""
        over = self.filter(ends_at__lt=now or timezone.now(), cancellation=None)
        nobody_there = ~Exists(Headcount.objects.filter(session=OuterRef("pk")))
        return over.filter(Q(online_count=None) & (Q(is_hybrid=True) | nobody_there) | Q(is_hybrid=True) & nobody_there)

    def with_attendance(self) -> "SessionQuerySet":
        """Adds `attendance`, in the room and online: None where it was not counted, which is not zero."""
        there, afar = Sum("headcounts__count"), Max("online_count__count")
        return self.annotate(attendance=Coalesce(there + afar, there, afar))


class Session(Inheriting):
    """One date of a program."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    series = models.ForeignKey(
        "programs.Series", models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("series")
    )
    language = models.CharField(_("language"), max_length=12)
    audience = models.CharField(_("for whom first"), max_length=20, choices=Band.choices)
    presenters = models.ManyToManyField(Presenter, blank=True, related_name="+")
    is_named = models.GeneratedField(  # has a title of its own, which a search looks into
        expression=Case(When(title={}, then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    changed_at = models.DateTimeField(auto_now=True)  # calendars that subscribed ask for it

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_its_start")
        ]
        indexes = [
            # What a month is counted by stands in the index itself: no row is opened for it.
            models.Index(
                fields=["starts_at", "ends_at", "program", "branch", "language", "audience", "is_named"],
                name="session_by_day",
            ),
            models.Index(fields=["program", "starts_at"], name="session_by_program"),
        ]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return str(self.title or self.program.title)

    def get_absolute_url(self) -> str:
        return reverse("programs:session", args=[self.pk])

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        fields = None if update_fields is None else {*update_fields, "changed_at"}
        super().save(*args, update_fields=fields, **kwargs)

    @property
    def called_off(self) -> "Cancellation | None":
        return getattr(self, "cancellation", None)

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def waits_for_a_count(self) -> bool:
        return self.is_over and self.called_off is None and self.total is None

    @transaction.atomic
    def move(
        self, starts_at: datetime, ends_at: datetime, *, why: str = "", by: Person | None = None, **facts: Any
    ) -> None:
        """To another time, place, language or audience; what now differs from the plan is its own.

        Another time or place of what is public stays readable, as moved from where it was. Raises TooFew.
        """
        before = self.starts_at, self.ends_at, self.where
        self.starts_at, self.ends_at = starts_at, ends_at
        changed = self.set_own(facts, self.series or self.program)
        self.save()
        if {"capacity", "rules"} & set(changed):
            refit([self])
        if before != (starts_at, ends_at, self.where) and self.program.is_public:
            self.moves.create(from_starts_at=before[0], from_ends_at=before[1], from_where=before[2], why=why, by=by)

    @property
    def moved_from(self) -> "Moved | None":
        """Where it was before it was moved last; its date stays readable."""
        return max(self.moves.all(), key=lambda one: (one.at, one.pk), default=None)

    def cancel(self, why: str, *, by: Person, at: datetime | None = None) -> "Cancellation":
        """It does not take place; its date stays visible, with the reason."""
        called_off = Cancellation.objects.create(session=self, why=why, by=by, at=at or timezone.now())
        self.save(update_fields=["changed_at"])
        return called_off

    @transaction.atomic
    def count_heads(self, heads: Mapping[str, int], *, by: Person, at: datetime | None = None) -> None:
        """Note how many came by age band. A band that is left out was not counted, and that is not zero."""
        at = at or timezone.now()
        Session.objects.select_for_update().get(pk=self.pk)  # whoever counts at the same time comes after us
        first = not self.headcounts.exists()
        self.headcounts.all().delete()
        rows = [Headcount(session=self, band=band, count=n, by=by, at=at) for band, n in heads.items()]
        self.headcounts.bulk_create(rows)
        self.__dict__.pop("_prefetched_objects_cache", None)
        loop = self.program.loop
        if first and heads and loop and self._is_news(loop):
            said = self._count_words(sum(heads.values()))
            loop.record(Turn.COUNTED, said, by=by, thing=self.program, at=at)

    def _is_news(self, loop: Loop) -> bool:
        """Each count of a trial belongs to its story; of a lasting program only the first does."""
        trial = self.program.trial
        if trial and not trial.decided:
            return True
        counted = loop.steps.filter(turn=Turn.COUNTED, thing=label_of(self.program), thing_key=self.program_id)
        return not counted.exists()

    def _count_words(self, total: int) -> dict[str, str]:
        """The step is public, so a small number is said as one."""
        said: dict[str, str] = {}
        for code in settings.HOUSE.languages:
            with translation.override(code):
                said[code] = came(timezone.localdate(self.starts_at), total)
        return said

    @property
    def total(self) -> int | None:
        """How many came, in the room and online; None where nobody counted."""
        known = [n for n in (self.in_the_room, self.online_total) if n is not None]
        return sum(known) if known else None

    @property
    def in_the_room(self) -> int | None:
        heads = [headcount.count for headcount in self.headcounts.all()]
        return sum(heads) if heads else None

    @property
    def online_total(self) -> int | None:
        afar = getattr(self, "online_count", None)
        return afar.count if afar else None

    @property
    def is_estimated(self) -> bool:
        return getattr(self, "estimate", None) is not None

    def count_online(self, count: int | None, *, by: Person, way: str = "meeting") -> None:
        """Note how many were there from afar; None takes the count back."""
        rows = apps.get_model("programs.onlinecount").objects
        if count is None:
            rows.filter(session=self).delete()
        else:
            rows.update_or_create(session=self, defaults={"count": count, "way": way, "by": by, "at": timezone.now()})
        self._state.fields_cache.pop("online_count", None)

    def mark_estimated(self, basis: str, *, by: Person) -> None:
        """Say that the number is an estimate and what it rests on; nothing says that it was counted."""
        rows = apps.get_model("programs.estimate").objects
        if not basis:
            rows.filter(session=self).delete()
        else:
            rows.update_or_create(session=self, defaults={"basis": basis, "by": by, "at": timezone.now()})
        self._state.fields_cache.pop("estimate", None)

    @property
    def by_band(self) -> dict[str, int]:
        return {headcount.band: headcount.count for headcount in self.headcounts.all()}


def came(day: date, total: int) -> str:
    """ "On 3 May, 14 people came"; below the threshold only that it was fewer."""
    least = settings.HOUSE.threshold
    when = date_format(day, "MONTH_DAY_FORMAT")
    if not published(total).number:
        return gettext("On %(day)s, fewer than %(n)d people came") % {"day": when, "n": least}
    return ngettext("On %(day)s, %(n)d person came", "On %(day)s, %(n)d people came", total) % {"day": when, "n": total}


class Headcount(models.Model):
    session = models.ForeignKey(Session, models.CASCADE, related_name="headcounts")
    band = models.CharField(max_length=20, choices=Band.choices)
    count = models.PositiveIntegerField(_("how many"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "band"], name="band_counted_once")]


class Cancellation(models.Model):
    session = models.OneToOneField(Session, models.CASCADE, related_name="cancellation")
    why = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Moved(models.Model):
    """It was to be at another time or place; this stays readable, with the reason."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="moves")
    from_starts_at = models.DateTimeField()
    from_ends_at = models.DateTimeField()
    from_where = models.CharField(max_length=300, blank=True)
    why = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("moved date")
        verbose_name_plural = _("moved dates")

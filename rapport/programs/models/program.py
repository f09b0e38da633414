from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Topic
from rapport.deciding.models import Decision
from rapport.insight.models import Need
from rapport.lib.translated import WordsField, words
from rapport.loop.models import Loop, Turn
from rapport.people.models import Person

from .observance import Observance
from .offered import FACTS, Offered
from .presenter import Presenter
from .reviewing import Reviewed

if TYPE_CHECKING:
    from .pilot import Pilot
    from .series import Series
    from .session import Session


class ProgramKind(models.TextChoices):
    """What is delivered: a program with sessions, or a change of something that is there."""

    PROGRAM = "program", _("program")
    SPACE = "space", _("change of a space")
    HOURS = "hours", _("change of opening hours")
    SERVICE = "service", _("change of a service")
    RULE = "rule", _("change of a rule")


class ProgramQuerySet(models.QuerySet["Program"]):
    def public(self) -> "ProgramQuerySet":
        return self.exclude(published_at=None)

    @transaction.atomic
    def plan(
        self,
        title: Mapping[str, str] | str,
        *,
        by: Person,
        need: Need | None,
        decision: Decision | None = None,
        at: datetime | None = None,
        **fields: Any,
    ) -> "Program":
        """Plan something that answers a need; `need=None` says openly that it answers none."""
        loop = decision.loop if decision else need.loop if need else None
        at = at or timezone.now()
        fields = {"owner": by, **fields, "decision": decision, "loop": loop, "by": by, "at": at}
        program = self.create(title=words(title), need=need, answers_none=need is None, **fields)
        if loop:
            loop.record(Turn.PLANNED, title, by=by, thing=program, at=at)
        return program

    def past_review(self) -> "ProgramQuerySet":
        """Trials whose review date is gone while nobody has said what comes of them."""
        begun = self.filter(pilot__started_at__isnull=False, pilot__verdict=None)
        return begun.filter(pilot__review_on__lt=timezone.localdate())

    def share_naming_a_need(self) -> int | None:
        """How many in a hundred name the need that they answer; None where nothing is planned."""
        counted = self.order_by().aggregate(all=Count("pk"), named=Count("need"))
        return round(100 * counted["named"] / counted["all"]) if counted["all"] else None


class Program(Reviewed, Offered):
    """Something that the library does for its community, and the need that it answers (or "none")."""

    title = WordsField(_("title"))
    about = WordsField(_("what it is"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ProgramKind.choices, default=ProgramKind.PROGRAM)
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+")
    answers_none = models.BooleanField(_("it answers no need that we heard"), default=False)
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="+")
    success = WordsField(_("how we shall know that it works"), blank=True)
    presenters = models.ManyToManyField(Presenter, blank=True, related_name="+")
    observance = models.ForeignKey(Observance, models.SET_NULL, null=True, blank=True, related_name="programs")
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    loop = models.ForeignKey(Loop, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(need__isnull=True, answers_none=True) | Q(need__isnull=False, answers_none=False),
                name="program_names_its_need_or_none",
            )
        ]
        verbose_name = _("program")
        verbose_name_plural = _("programs")

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("programs:program", args=[self.pk])

    @property
    def trial(self) -> "Pilot | None":
        return getattr(self, "pilot", None)

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    def reword(self, **fields: Any) -> None:
        """Change what it is called, what it is, where, or who looks after it."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
        self.sessions.filter(ends_at__gte=timezone.now()).update(changed_at=timezone.now())

    @transaction.atomic
    def change(self, facts: Mapping[str, Any]) -> "list[Session]":
        """Change the plan, and with it what is still to come and has nothing of its own there. Answers the changed."""
        from .series import hand_down

        changed = [name for name, value in facts.items() if getattr(self, name) != value]
        self.reword(**facts)
        touched = hand_down(self, changed, self.sessions.filter(series=None))
        for series in self.series.all():
            taken = series.take_over(self, [name for name in changed if name in FACTS])
            series.save()
            touched += hand_down(series, taken, series.sessions.all())
        return touched

    def publish(self, at: datetime | None = None) -> None:
        """Let everyone see it; published already, it keeps its day."""
        self.published_at = self.published_at or at or timezone.now()
        self.save(update_fields=["published_at"])

    def prepare_pilot(self, hypothesis: Mapping[str, str] | str, *, review_on: date, **caps: Any) -> "Pilot":
        """Make a trial of it: what we expect, and the day on which somebody decides."""
        trial: type[Pilot] = apps.get_model("programs.pilot")
        return trial.objects.create(program=self, hypothesis=words(hypothesis), review_on=review_on, **caps)

    def add_sessions(self, starts_at: datetime, ends_at: datetime, *, times: int = 1, **facts: Any) -> "list[Session]":
        """One session, or the same weekday and hour for so many weeks, whatever the clocks do in between."""
        first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
        weeks = [timedelta(weeks=week) for week in range(times)]
        dates = [(_same_hour(first, week), _same_hour(last, week)) for week in weeks]
        return self.add_dates(dates, **facts)

    @transaction.atomic
    def add_dates(
        self, dates: "Iterable[tuple[datetime, datetime]]", *, series: "Series | None" = None, **facts: Any
    ) -> "list[Session]":
        """Dates with the facts of the series or the program, but for those that are given: these are their own."""
        above: Offered = series or self
        new = apps.get_model("programs.session")
        rows = [new(program=self, series=series, starts_at=starts, ends_at=ends) for starts, ends in dates]
        for row in rows:
            row.take_over(above)
            if series:
                row.title, row.about = series.title, series.about
            row.set_own(facts, above)
        made: list[Session] = new.objects.bulk_create(rows)
        presenters = (series or self).presenters.all()
        through = new.presenters.through
        through.objects.bulk_create(through(session=row, presenter=one) for row in made for one in presenters)
        return made

    @transaction.atomic
    def deliver(self, said: Mapping[str, str] | str, *, by: Person, at: datetime | None = None) -> "Delivery":
        """It is there, without having been a pilot: tell those who spoke. It is said once."""
        at = at or timezone.now()
        delivery = Delivery.objects.create(program=self, words=words(said), by=by, at=at)
        self.publish(at)
        if self.loop:
            self.loop.record(Turn.DELIVERED, said, by=by, thing=self, at=at)
        return delivery

    @property
    def delivered(self) -> "Delivery | None":
        return getattr(self, "delivery", None)

    @property
    def stands_words(self) -> str:
        """Where it stands, for people."""
        if self.trial:
            return self.trial.stands_words
        if self.delivered:
            return str(_("it is there"))
        return str(_("on offer") if self.is_public else self.review_words)


def _same_hour(moment: datetime, later: timedelta) -> datetime:
    return timezone.make_aware(timezone.make_naive(moment) + later)


class Delivery(models.Model):
    """It is there: said once, in words for those who asked for it."""

    program = models.OneToOneField(Program, models.CASCADE, related_name="delivery")
    words = WordsField(_("what is there now"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.insight.models import Need
from rapport.lib.translated import WordsField, words
from rapport.loop.models import Loop, Turn
from rapport.people.models import Person
from rapport.places.models import Branch

if TYPE_CHECKING:
    from .phase import Phase


class Promise(models.TextChoices):
    """How much influence people have, after the IAP2 Spectrum of Public Participation (2018)."""

    INFORM = "inform", _("Inform: we keep you informed")
    CONSULT = "consult", _("Consult: we listen, and say how what you said influenced the decision")
    INVOLVE = "involve", _("Involve: your concerns and wishes are reflected in the choices")
    COLLABORATE = "collaborate", _("Collaborate: we work out the solution together with you")
    EMPOWER = "empower", _("Empower: we will do what you decide")

    @property
    def owes_influence(self) -> bool:
        return self != Promise.INFORM


class PromiseNotKept(Exception):
    """A decision that promised to consult or more cannot be closed before its influence has been published."""


class DecisionQuerySet(models.QuerySet["Decision"]):
    def open(self) -> "DecisionQuerySet":
        return self.filter(closing=None)

    def put_to_people(self) -> "DecisionQuerySet":
        """Without those whose process is still being prepared."""
        return self.exclude(process__isnull=False, process__opening=None, process__was_asked_before=False)

    def being_asked(self) -> "DecisionQuerySet":
        """Put to the community and not decided yet, the one that ends first at the front."""
        return (
            self.put_to_people()
            .filter(ruling=None, closing=None, by_when__gte=timezone.localdate())
            .order_by("by_when", "pk")
        )

    def public(self) -> "DecisionQuerySet":
        return self.put_to_people().filter(loop__is_public=True)

    def with_open_phase(self) -> "DecisionQuerySet":
        """Those in which people can do something now."""
        from .phase import Phase, PhaseKind  # it needs this module first

        phases = Phase.objects.open().public().exclude(kind__in=[PhaseKind.CARRY_OUT, PhaseKind.REPORT])
        return self.public().filter(closing=None, pk__in=phases.values("process__decision"))

    def owing_influence(self) -> "DecisionQuerySet":
        """Decided after a promise to consult or more, and nobody has said yet what it changed."""
        return self.filter(influence=None).exclude(ruling=None).exclude(promise=Promise.INFORM)

    def overdue(self) -> "DecisionQuerySet":
        return self.put_to_people().filter(ruling=None, by_when__lt=timezone.localdate())

    @transaction.atomic
    def ask(
        self,
        question: Mapping[str, str] | str,
        *,
        by: Person,
        need: Need | None = None,
        branch: Branch | None = None,
        at: datetime | None = None,
        **fields: object,
    ) -> "Decision":
        """Put a question to the community, with what is promised, what is open and who decides by when."""
        branch = branch or (need.branch if need else None)
        at = at or timezone.now()
        loop = need.loop if need else Loop.objects.begin(question, by=by, branch=branch, at=at)
        decision = self.create(question=words(question), need=need, branch=branch, loop=loop, by=by, at=at, **fields)
        loop.record(Turn.ASKED, question, by=by, thing=decision, at=at)
        return decision


class Decision(models.Model):
    """One question that will be decided: what is promised, what is open and what is not, who decides, by when."""

    question = WordsField(_("question"))
    promise = models.CharField(_("promise"), max_length=20, choices=Promise.choices)
    open_words = WordsField(_("what is open"), blank=True)
    closed_words = WordsField(_("what is not open"), blank=True)
    decider = WordsField(_("who decides"))
    by_when = models.DateField(_("by when"))
    need = models.ForeignKey(Need, models.SET_NULL, null=True, blank=True, related_name="+")
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    loop = models.ForeignKey(Loop, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return str(self.question)

    def get_absolute_url(self) -> str:
        return reverse("deciding:decision", args=[self.pk])

    @property
    def level(self) -> Promise:
        return Promise(self.promise)

    @property
    def ruled(self) -> "Ruling | None":
        return getattr(self, "ruling", None)

    @property
    def influenced(self) -> "Influence | None":
        return getattr(self, "influence", None)

    @property
    def owes_influence(self) -> bool:
        return self.level.owes_influence and self.influenced is None

    @property
    def is_open(self) -> bool:
        return getattr(self, "closing", None) is None

    @property
    def phase_now(self) -> "Phase | None":
        """The phase that is open now, for lists whose phases are prefetched."""
        process = getattr(self, "process", None)
        if process is None or not process.is_open:
            return None
        now = timezone.now()
        return next((one for one in reversed(process.phases.all()) if one.opens_at <= now < one.closes_at), None)

    @property
    def stands_words(self) -> str:
        """Where it stands, for people."""
        if not self.is_open:
            return str(_("put away"))
        if self.ruled is None:
            return str(_("late") if self.by_when < timezone.localdate() else _("being asked"))
        return str(_("decided, influence still owed") if self.owes_influence else _("decided"))

    @transaction.atomic
    def decide(
        self,
        decided: Mapping[str, str] | str,
        *,
        reasons: Mapping[str, str] | str,
        goes_ahead: bool,
        by: Person,
        at: datetime | None = None,
    ) -> "Ruling":
        """Say what was decided and why; everyone heard is told."""
        at = at or timezone.now()
        ruling = Ruling.objects.create(
            decision=self, words=words(decided), reasons=words(reasons), goes_ahead=goes_ahead, by=by, at=at
        )
        turn = Turn.DECIDED if goes_ahead else Turn.DECIDED_AGAINST
        self.loop.record(turn, _both(decided, reasons), by=by, thing=self, at=at)
        return ruling

    @transaction.atomic
    def publish_influence(
        self, said: Mapping[str, str] | str, *, by: Person, at: datetime | None = None
    ) -> "Influence":
        """Say how what people said influenced the decision."""
        at = at or timezone.now()
        influence = Influence.objects.create(decision=self, words=words(said), by=by, at=at)
        self.loop.record(Turn.INFLUENCED, said, by=by, thing=self, at=at)
        return influence

    @transaction.atomic
    def close(self, *, by: Person, at: datetime | None = None) -> "Closing":
        """Put it away. Raises PromiseNotKept while what was promised is still owed."""
        influence = Influence.objects.filter(decision=self).first()
        if self.level.owes_influence and influence is None:
            raise PromiseNotKept
        return Closing.objects.create(
            decision=self, promise=self.promise, influence=influence, by=by, at=at or timezone.now()
        )


def _both(decided: Mapping[str, str] | str, reasons: Mapping[str, str] | str) -> dict[str, str]:
    first, second = words(decided), words(reasons)
    return {code: "\n\n".join(part for part in (text, second.get(code, "")) if part) for code, text in first.items()}


class Ruling(models.Model):
    """What was decided, and why."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="ruling")
    words = WordsField(_("what was decided"))
    reasons = WordsField(_("reasons"))
    goes_ahead = models.BooleanField(_("it goes ahead"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")


class Influence(models.Model):
    """How what people said influenced the decision: what a promise to consult, or more, is kept with."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="influence")
    words = WordsField(_("how what you said influenced this"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("influence of what was said")
        verbose_name_plural = _("influences of what was said")


class Closing(models.Model):
    """The decision is put away. The database itself refuses it while a promise to consult or more is unkept."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="closing")
    promise = models.CharField(max_length=20, choices=Promise.choices)
    influence = models.ForeignKey(Influence, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(promise=Promise.INFORM) | Q(influence__isnull=False),
                name="promise_kept_before_closing",
            )
        ]

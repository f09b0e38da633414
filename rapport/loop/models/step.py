from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait
from rapport.lib.translated import WordsField
from rapport.loop.signals import step_recorded
from rapport.people.models import Person


class Stage(models.TextChoices):
    LISTEN = "listen", _("Listen")
    UNDERSTAND = "understand", _("Understand")
    DECIDE = "decide", _("Decide together")
    DELIVER = "deliver", _("Deliver")
    MEASURE = "measure", _("Measure")
    REPORT = "report", _("Report back")


class Turn(models.TextChoices):
    """What kind of thing happened. The stage follows from it, and so does whether those who spoke are told."""

    HEARD = "heard", _("We heard this")
    TAKEN_UP = "taken_up", _("We took it up")
    ASKED = "asked", _("We asked what should be done")
    WENT_ON = "went_on", _("The next part began")
    DECIDED = "decided", _("It was decided")
    DECIDED_AGAINST = "decided_against", _("It was decided against")
    INFLUENCED = "influenced", _("How what you said influenced this")
    PLANNED = "planned", _("It was planned")
    TRYING = "trying", _("We are trying it out")
    CAME_FURTHER = "came_further", _("It came a step further")
    CHANGED = "changed", _("What we promised was changed")
    GIVEN_UP = "given_up", _("We could not keep a promise")
    DELIVERED = "delivered", _("It is there")
    COUNTED = "counted", _("It was counted")
    ADOPTED = "adopted", _("It stays")
    ADAPTED = "adapted", _("We try it in another way")
    PAUSED = "paused", _("It rests")
    STOPPED = "stopped", _("It ended")
    REPORTED = "reported", _("You said, we did")
    COULD_NOT = "could_not", _("You said, we could not")

    @property
    def stage(self) -> Stage:
        return _STAGES[self]

    @property
    def moves_on(self) -> bool:
        """Whether the story has come a stage further by it; counting heads in between does not end a trial."""
        return self != Turn.COUNTED

    @property
    def is_told(self) -> bool:
        return self not in _QUIET


_STAGES = {
    Turn.HEARD: Stage.LISTEN,
    Turn.TAKEN_UP: Stage.UNDERSTAND,
    Turn.ASKED: Stage.DECIDE,
    Turn.WENT_ON: Stage.DECIDE,
    Turn.DECIDED: Stage.DECIDE,
    Turn.DECIDED_AGAINST: Stage.DECIDE,
    Turn.INFLUENCED: Stage.DECIDE,
    Turn.PLANNED: Stage.DELIVER,
    Turn.TRYING: Stage.DELIVER,
    Turn.CAME_FURTHER: Stage.DELIVER,
    Turn.CHANGED: Stage.DELIVER,
    Turn.GIVEN_UP: Stage.DELIVER,
    Turn.DELIVERED: Stage.DELIVER,
    Turn.COUNTED: Stage.MEASURE,
    Turn.ADOPTED: Stage.MEASURE,
    Turn.ADAPTED: Stage.MEASURE,
    Turn.PAUSED: Stage.MEASURE,
    Turn.STOPPED: Stage.MEASURE,
    Turn.REPORTED: Stage.REPORT,
    Turn.COULD_NOT: Stage.REPORT,
}
_QUIET = frozenset({Turn.HEARD, Turn.PLANNED, Turn.COUNTED})


class Step(models.Model):
    """Something that happened on the way, in words that anyone may read, and the thing that it happened to."""

    loop = models.ForeignKey("loop.Loop", models.CASCADE, related_name="steps")
    turn = models.CharField(max_length=20, choices=Turn.choices)
    words = WordsField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    thing = models.CharField(max_length=60, blank=True)
    thing_key = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["thing", "thing_key"], name="step_by_thing")]
        verbose_name = _("step of a story")
        verbose_name_plural = _("steps of stories")

    @property
    def stage(self) -> Stage:
        return Turn(self.turn).stage

    def beside(self) -> "models.QuerySet[Step]":
        """What the same thing says in the same words and moment on other stories."""
        same = Step.objects.filter(thing=self.thing, thing_key=self.thing_key, at=self.at, words=self.words)
        return same.exclude(loop=self.loop_id) if self.thing else same.none()

    @can_wait
    def announce(self) -> None:
        step_recorded.send(Step, step=self)

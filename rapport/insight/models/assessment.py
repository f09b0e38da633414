from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.listening.models import Voice, VoiceQuerySet, speakers_of
from rapport.loop.models import Heard, Loop, Speaker, Stage, Turn
from rapport.people.models import Person
from rapport.places.models import Branch

from .theme import ThemeVoice


class Level(models.TextChoices):
    """How much influence people are promised (the IAP2 spectrum), in words only: deciding itself comes later."""

    INFORM = "inform", _("inform: we tell you what we find")
    CONSULT = "consult", _("consult: we listen, and say how it influenced what we did")
    INVOLVE = "involve", _("involve: we work with you all the way")
    COLLABORATE = "collaborate", _("collaborate: we look for the answer together")
    EMPOWER = "empower", _("empower: we do what you decide")


class AlreadyPublished(Exception):
    """A published assessment stays as it was read."""


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def public(self) -> "AssessmentQuerySet":
        return self.exclude(publication=None)

    def under_way(self) -> "AssessmentQuerySet":
        return self.filter(publication=None)

    def due_again(self, day: date) -> "AssessmentQuerySet":
        """Published ones whose next date has come, and after which none was begun."""
        return self.public().filter(next_on__lte=day, after=None)

    def of_branches(self, branches: set[int] | None) -> "AssessmentQuerySet":
        return self if branches is None else self.filter(Q(branch__in=branches) | Q(branch=None))

    @transaction.atomic
    def begin(
        self, title: Mapping[str, str] | str, *, by: Person, branch: Branch | None = None, **fields: Any
    ) -> "Assessment":
        """Begin to find out what a community needs; its story is read by anyone once it is published."""
        at = fields.get("at") or timezone.now()
        loop = Loop.objects.begin(title, by=by, branch=branch, is_public=False, at=at)
        assessment = self.create(title=words(title), branch=branch, loop=loop, by=by, **fields)
        loop.hang([assessment])
        if assessment.lead:
            assessment.members.create(person=assessment.lead, by=by)
        return assessment


class Assessment(models.Model):
    """Finding out what a community needs, from several kinds of sources, for a decision that will be made."""

    title = WordsField(_("title"))
    topic = models.CharField(_("topic"), max_length=120, blank=True)
    decision = WordsField(_("the decision that it informs"), blank=True)
    level = models.CharField(_("what people are promised"), max_length=20, choices=Level.choices, default=Level.CONSULT)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    lead = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    begins_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    next_on = models.DateField(_("the next one begins"), null=True, blank=True)
    before = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="after")
    loop = models.OneToOneField(Loop, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("needs assessment")
        verbose_name_plural = _("needs assessments")

    def __str__(self) -> str:
        return str(self.title)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises AlreadyPublished where it has been read by everybody."""
        if self.pk:
            self.hold_open()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("insight:assessment", args=[self.pk])

    def hold_open(self) -> None:
        """Let nobody publish it until this transaction ends. Raises AlreadyPublished where somebody did."""
        Assessment.objects.select_for_update().get(pk=self.pk)
        if Publication.objects.filter(assessment=self.pk).exists():
            raise AlreadyPublished

    @property
    def is_published(self) -> bool:
        return hasattr(self, "publication")

    def voices(self) -> VoiceQuerySet:
        """What was told in the themes that are among its sources, and in notes that were made voices."""
        in_themes = ThemeVoice.objects.filter(theme__in_sources__assessment=self).values("voice")
        in_notes = self.notes().exclude(voice=None).values("voice")
        return Voice.objects.filter(Q(pk__in=in_themes) | Q(pk__in=in_notes))

    def notes(self) -> "models.QuerySet[Any]":
        from .field_note import FieldNote

        return FieldNote.objects.filter(source__assessment=self)

    @transaction.atomic
    def publish(
        self,
        *,
        summary: Mapping[str, str] | str,
        limits: Mapping[str, str] | str,
        next_steps: Mapping[str, str] | str,
        tables: Mapping[str, Any] | None = None,
        by: Person,
        at: datetime | None = None,
    ) -> "Publication":
        """Let anyone read it as it is now, and tell everyone who was heard, once."""
        at = at or timezone.now()
        self.hold_open()
        told = {"summary": words(summary), "limits": words(limits), "next_steps": words(next_steps)}
        publication = Publication.objects.create(assessment=self, tables=tables or {}, by=by, at=at, **told)
        Loop.objects.filter(pk=self.loop_id).update(is_public=True)
        self.loop.hear(speakers_of(self.voices()))
        self.loop.hear(self._heard_in_surveys())
        self.loop.heard.update(at=at)
        self.loop.record(Turn.TAKEN_UP, told["summary"], by=by, thing=self, at=at)
        for loop in self._loops_of_priorities():
            loop.record(Turn.INFLUENCED, told["summary"], by=by, thing=self, at=at)
        return publication

    def _loops_of_priorities(self) -> Iterator[Loop]:
        """Of those needs that came no further yet: a need that is being delivered does not go back to deciding."""
        for row in self.priorities.select_related("need__loop"):
            loop = row.need.loop
            if loop.is_open and loop.stage in {Stage.LISTEN, Stage.UNDERSTAND, Stage.DECIDE}:
                yield loop

    def _heard_in_surveys(self) -> "models.QuerySet[Speaker]":
        loops = self.sources.exclude(survey=None).values("survey__loop")
        return Speaker.objects.filter(pk__in=Heard.objects.filter(loop__in=loops).values("speaker"))


class Publication(models.Model):
    """What anyone may read of an assessment: the short of it, its limits, what happens next, and its numbers."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="publication")
    summary = WordsField(_("what we found, in short"))
    limits = WordsField(_("what this cannot say"))
    next_steps = WordsField(_("what happens next"))
    tables = models.JSONField(default=dict)  # the numbers of that day: answers are not kept for ever
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

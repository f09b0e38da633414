"""The steps on the way to what was promised."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.loop.models import Turn
from rapport.people.models import Person

from .commitment import Commitment, Said


class Milestone(models.Model):
    """A step on the way, with its day if there is one."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="milestones")
    words = WordsField(_("step on the way"))
    due = models.DateField(_("by when"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self) -> str:
        return str(self.words)

    @property
    def arrival(self) -> "Reaching | None":
        return getattr(self, "reaching", None)

    @property
    def is_reached(self) -> bool:
        return self.arrival is not None

    @property
    def is_late(self) -> bool:
        return not self.is_reached and self.due is not None and self.due < timezone.localdate()

    @transaction.atomic
    def reach(
        self, note: Said, *, by: Person, on: date | None = None, at: datetime | None = None, **picture: Any
    ) -> "Reaching":
        """Say that the step was made; everyone heard is told. The database keeps the first of two who say so."""
        at = at or timezone.now()
        reaching = Reaching.objects.create(
            milestone=self, note=words(note), on=on or timezone.localdate(at), by=by, at=at, **picture
        )
        told = {code: "\n\n".join(filter(None, [text, words(note).get(code, "")])) for code, text in self.words.items()}
        self.commitment.tell(Turn.CAME_FURTHER, told, by=by, at=at)
        return reaching


class Reaching(models.Model):
    """A milestone was reached: when, with a note and a picture if there is one."""

    milestone = models.OneToOneField(Milestone, models.CASCADE, related_name="reaching")
    note = WordsField(_("note"), blank=True)
    picture = models.FileField(_("picture"), upload_to="milestones/", blank=True)
    picture_words = WordsField(_("what the picture shows"), blank=True)
    on = models.DateField(_("reached on"), default=timezone.localdate)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("milestone reached")
        verbose_name_plural = _("milestones reached")

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.people.models import Person

from .phase import Phase
from .process import Process


class NotOpen(Exception):
    """The phase has not begun, or is over: nothing is taken."""


class Component(models.Model):
    """Something that people can do together in a phase: collect proposals, say where they stand, vote."""

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="+")
    title = WordsField(_("title"))
    about = WordsField(_("what it is about"), blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.title)

    @property
    def process(self) -> Process:
        return self.phase.process

    @property
    def is_open(self) -> bool:
        return self.phase.is_open

    def must_be_open(self) -> None:
        """Raises NotOpen."""
        if not self.is_open:
            raise NotOpen

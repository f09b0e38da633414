from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.people.models import Person

from .voice import Voice, VoiceKind


class Answer(models.Model):
    """What a person of the library answered."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="answers")
    words = models.TextField(_("answer"))
    language = models.CharField(max_length=12)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_public = models.BooleanField(_("anyone may read it"), default=False)

    class Meta:
        ordering = ["at", "pk"]


class Note(models.Model):
    """A line among colleagues."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="notes")
    words = models.TextField(_("note"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class ReplyTemplate(models.Model):
    """Words to begin an answer with, in the library's languages. {code} and {library} are filled in."""

    title = WordsField(_("title"))
    words = WordsField(_("words"))
    kind = models.CharField(_("for"), max_length=20, choices=VoiceKind.choices, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")

    def __str__(self) -> str:
        return str(self.title)

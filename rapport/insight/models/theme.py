from collections.abc import Iterable, Mapping

from django.db import models, transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.listening.models import Voice
from rapport.listening.models.voice import VoiceQuerySet
from rapport.loop.models import Loop
from rapport.people.models import Person


class ThemeQuerySet(models.QuerySet["Theme"]):
    def current(self) -> "ThemeQuerySet":
        return self.filter(merged_into=None, discarded_at=None)

    def with_counts(self) -> "ThemeQuerySet":
        return self.annotate(voice_count=Count("theme_voices"))

    @transaction.atomic
    def confirm(
        self, label: Mapping[str, str] | str, voices: Iterable[int], *, by: Person, phrases: list[str] | None = None
    ) -> "Theme":
        """A person says that these voices speak of one thing. Before that, nothing is a theme."""
        theme = self.create(label=words(label), by=by, phrases=phrases or [])
        theme.add(voices)
        return theme


class Theme(models.Model):
    """Something that several people spoke of, named by a person."""

    label = WordsField(_("name"))
    phrases = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    discarded_at = models.DateTimeField(null=True, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return str(self.label)

    def get_absolute_url(self) -> str:
        return reverse("insight:theme", args=[self.pk])

    def voices(self) -> VoiceQuerySet:
        return Voice.objects.filter(pk__in=self.theme_voices.values("voice"))

    def add(self, voices: Iterable[int]) -> None:
        rows = [ThemeVoice(theme=self, voice_id=voice) for voice in voices]
        ThemeVoice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)

    def rename(self, label: Mapping[str, str] | str) -> None:
        self.label = words(label)
        self.save(update_fields=["label"])

    @transaction.atomic
    def merge_into(self, other: "Theme", *, by: Person) -> None:
        """Both are one theme: the other keeps its name and gains these voices."""
        if other.pk == self.pk or other.merged_into_id:
            raise ValueError("Choose another theme that is still in use")
        other.add(self.theme_voices.values_list("voice", flat=True))
        self.merged_into = other
        self.save(update_fields=["merged_into"])

    @transaction.atomic
    def split(self, label: Mapping[str, str] | str, voices: Iterable[int], *, by: Person) -> "Theme":
        """Some of its voices speak of something else: they become a theme of their own."""
        taken = list(self.theme_voices.filter(voice__in=list(voices)).values_list("voice", flat=True))
        if not taken or len(taken) == self.theme_voices.count():
            raise ValueError("Choose some of the voices, not none and not all")
        self.theme_voices.filter(voice__in=taken).delete()
        return Theme.objects.confirm(label, taken, by=by, phrases=self.phrases)

    def discard(self) -> None:
        """It was none after all; its voices stay as they are."""
        self.discarded_at = timezone.now()
        self.save(update_fields=["discarded_at"])

    def loops(self) -> models.QuerySet[Loop]:
        return Loop.objects.of(self)


class ThemeVoice(models.Model):
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="theme_voices")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "voice"], name="voice_once_in_theme")]

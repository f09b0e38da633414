from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Topic
from rapport.lib.translated import WordsField, words
from rapport.listening.models import Voice, VoiceQuerySet
from rapport.loop.models import Loop
from rapport.people.models import Person

_AT_ONCE = 500


class ThemeQuerySet(models.QuerySet["Theme"]):
    def current(self) -> "ThemeQuerySet":
        return self.filter(merged_into=None, discarded_at=None)

    @transaction.atomic
    def confirm(
        self,
        label: Mapping[str, str] | str,
        voices: Iterable[int],
        *,
        by: Person,
        phrases: list[Any] | None = None,
        dissenting: Iterable[int] = (),
        at: datetime | None = None,
    ) -> "Theme":
        """A person says that these voices speak of one thing. Before that, nothing is a theme."""
        told = {"phrases": phrases or [], "dissenting": list(dissenting), "at": at or timezone.now()}
        theme = self.create(label=words(label), by=by, **told)
        theme.note(Deed.CONFIRMED, by=by, at=at)
        theme.add(voices)
        return theme


class Deed(models.TextChoices):
    CONFIRMED = "confirmed", _("said that this is a theme")
    RENAMED = "renamed", _("changed its name")
    GAINED = "gained", _("added voices")
    MERGED = "merged", _("merged another theme into it")
    SPLIT = "split", _("made some of its voices a theme of their own")
    PLACED = "placed", _("made it a part of another theme")
    LIFTED = "lifted", _("let it stand on its own")
    DEFINED = "defined", _("wrote down what belongs to it")
    TOPICS = "topics", _("said what it is about")
    DISCARDED = "discarded", _("put it aside")
    RESTORED = "restored", _("took it back into use")


class Theme(models.Model):
    """Something that several people spoke of, named by a person."""

    label = WordsField(_("name"))
    phrases = models.JSONField(default=list)
    dissenting = models.JSONField(default=list)  # keys of voices that belong to it and say something else
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    part_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="subthemes")
    discarded_at = models.DateTimeField(null=True, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    # Told by its voices, and kept here because lists of themes are sorted by it.
    voice_count = models.PositiveIntegerField(default=0)
    newest_at = models.DateTimeField(null=True, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return str(self.label)

    def get_absolute_url(self) -> str:
        return reverse("insight:theme", args=[self.pk])

    @property
    def is_current(self) -> bool:
        return self.merged_into_id is None and self.discarded_at is None

    def voices(self) -> VoiceQuerySet:
        return Voice.objects.filter(pk__in=self.theme_voices.values("voice"))

    @transaction.atomic
    def add(self, voices: Iterable[int], *, by: Person | None = None) -> None:
        """These voices speak of it too; where it is part of a need, their speakers are owed what comes of that."""
        keys = list(voices)
        rows = [ThemeVoice(theme=self, voice_id=key) for key in keys]
        ThemeVoice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_AT_ONCE)
        self.recount()
        if by:
            self.note(Deed.GAINED, by=by, said=str(len(keys)))
        for need in self.needs.select_related("loop"):
            need.hear_from(self)

    def rename(self, label: Mapping[str, str] | str, *, by: Person) -> None:
        self.note(Deed.RENAMED, by=by, said=str(self))
        self.label = words(label)
        self.save(update_fields=["label"])

    @transaction.atomic
    def merge_into(self, other: "Theme", *, by: Person) -> None:
        """Both are one theme: the other keeps its name, gains these voices, and stands in the same needs."""
        if other.pk == self.pk or not other.is_current or not self.is_current:
            raise ValueError("Choose another theme that is still in use")
        other.add(self.theme_voices.values_list("voice", flat=True))
        for need in self.needs.select_related("loop"):
            need.add_theme(other, by=by)
            need.themes.remove(self)
        self._hand_parts_to(other)
        other.topics.add(*self.topics.all())
        self.suggestions.filter(answer="").update(theme=other)
        self.merged_into, self.part_of = other, None
        self.save(update_fields=["merged_into", "part_of"])
        other.note(Deed.MERGED, by=by, said=str(self), other=self)

    def _hand_parts_to(self, other: "Theme") -> None:
        if other.part_of_id == self.pk:
            other.part_of = None
            other.save(update_fields=["part_of"])
        self.subthemes.exclude(pk=other.pk).update(part_of=other.part_of or other)

    @transaction.atomic
    def split(self, label: Mapping[str, str] | str, voices: Iterable[int], *, by: Person) -> "Theme":
        """Some of its voices speak of something else: they become a theme of their own, in no need as yet."""
        taken = list(self.theme_voices.filter(voice__in=list(voices)).values_list("voice", flat=True))
        if not taken or len(taken) == self.theme_voices.count():
            raise ValueError("Choose some of the voices, not none and not all")
        self.theme_voices.filter(voice__in=taken).delete()
        self.recount()
        part = Theme.objects.confirm(label, taken, by=by, phrases=self.phrases)
        self.note(Deed.SPLIT, by=by, said=str(part), other=part)
        return part

    @transaction.atomic
    def place_under(self, other: "Theme | None", *, by: Person) -> None:
        """It is a part of the other theme, or stands on its own again. There is one level: no part has parts."""
        if other is not None and (other.pk == self.pk or other.part_of_id or not other.is_current):
            raise ValueError("Choose another theme that is in use and is no part itself")
        if other is not None and self.subthemes.exists():
            raise ValueError("It has parts itself")
        before, self.part_of = self.part_of, other
        self.save(update_fields=["part_of"])
        deed, about = (Deed.PLACED, other) if other else (Deed.LIFTED, before)
        self.note(deed, by=by, said=str(about or ""), other=about)

    @transaction.atomic
    def speak_of(self, topics: Iterable[Topic], *, by: Person) -> None:
        """It is about these, in the words that programs and the collection use too."""
        chosen = list(topics)
        if set(chosen) != set(self.topics.all()):
            self.topics.set(chosen)
            self.note(Deed.TOPICS, by=by, said=", ".join(map(str, chosen)))

    def discard(self, *, by: Person) -> None:
        """It was none after all; its voices stay as they are."""
        self.discarded_at = timezone.now()
        self.save(update_fields=["discarded_at"])
        self.subthemes.update(part_of=None)
        self.suggestions.filter(answer="").delete()
        self.note(Deed.DISCARDED, by=by)

    def restore(self, *, by: Person) -> None:
        self.discarded_at = None
        self.save(update_fields=["discarded_at"])
        self.note(Deed.RESTORED, by=by)

    def loops(self) -> models.QuerySet[Loop]:
        return Loop.objects.of(self)

    def recount(self) -> None:
        told = self.theme_voices.aggregate(n=models.Count("pk"), newest=Max("voice__spoken_at"))
        self.voice_count, self.newest_at = told["n"], told["newest"]
        self.save(update_fields=["voice_count", "newest_at"])

    def note(
        self, deed: Deed, *, by: Person, said: str = "", at: datetime | None = None, other: "Theme | None" = None
    ) -> None:
        self.changes.create(deed=deed, by=by, words=said[:200], at=at or timezone.now(), other=other)


class ThemeChange(models.Model):
    """Who did what with a theme, and when."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="changes")
    deed = models.CharField(max_length=20, choices=Deed.choices)
    words = models.CharField(max_length=200, blank=True)
    other = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]


class ThemeVoice(models.Model):
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="theme_voices")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "voice"], name="voice_once_in_theme")]

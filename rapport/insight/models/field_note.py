from datetime import date, datetime, time

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel, Voice, VoiceKind
from rapport.people.models import Person

from .assessment import Assessment
from .assessment_source import AssessmentSource
from .part_of_assessment import PartOfAssessment


class NoConsent(Exception):
    """Who spoke did not agree that their words are used as a quote."""


class FieldNoteQuerySet(models.QuerySet["FieldNote"]):
    def past_keeping(self, day: date) -> "FieldNoteQuerySet":
        return self.filter(source__keep_until__lt=day)


class FieldNote(PartOfAssessment):
    """What somebody noted in an interview, at a table or on a walk; no names in it."""

    source = models.ForeignKey(AssessmentSource, models.CASCADE, related_name="notes")
    words = models.TextField(_("what was said or seen"), max_length=5000)
    language = models.CharField(_("language"), max_length=24, default="en")
    place = models.CharField(_("where"), max_length=200, blank=True)
    on = models.DateField(_("on"), default=timezone.localdate)
    may_be_quoted = models.BooleanField(_("whoever said it agreed to be quoted, without a name"), default=False)
    voice = models.OneToOneField(Voice, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = FieldNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("field note")
        verbose_name_plural = _("field notes")

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def whole(self) -> Assessment:
        return self.source.assessment

    @transaction.atomic
    def make_voice(self, words: str, *, by: Person) -> Voice:
        """Let a quote of it stand among the voices, without name or address. Raises NoConsent, AlreadyPublished."""
        self.whole.hold_open()
        mine = FieldNote.objects.select_for_update().select_related("source__assessment").get(pk=self.pk)
        if not mine.may_be_quoted:
            raise NoConsent
        if mine.voice is not None:
            return mine.voice
        at = timezone.make_aware(datetime.combine(mine.on, time(12)))
        voice = Voice(
            kind=VoiceKind.SUGGESTION,
            words=words,
            language=mine.language,
            channel=Channel.DESK,
            branch=mine.source.assessment.branch,
            spoken_at=at,
            entered_by=by,
        ).save_as_heard()
        voice.acknowledge()  # somebody listened to them when they said it
        mine.source.assessment.loop.hang([voice])
        FieldNote.objects.filter(pk=mine.pk).update(voice=voice)
        self.voice = voice
        return voice

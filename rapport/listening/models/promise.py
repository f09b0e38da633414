from collections.abc import Iterable
from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rapport.places.models import Branch

from .kinds import VoiceKind
from .voice import Voice

_USUAL = {  # open days to acknowledge, open days to answer
    VoiceKind.BARRIER: (1, 3),
    VoiceKind.CONCERN: (1, 5),
    VoiceKind.QUESTION: (1, 3),
    VoiceKind.WELCOME: (2, 5),
    VoiceKind.SUGGESTION: (2, 10),
    VoiceKind.PURCHASE: (2, 15),
    VoiceKind.PRAISE: (3, 15),
}


class AnswerPromiseQuerySet(models.QuerySet["AnswerPromise"]):
    def by_kind(self) -> dict[str, tuple[int, int]]:
        own = {promise.kind: (promise.acknowledge_days, promise.answer_days) for promise in self}
        return {kind: own.get(kind, usual) for kind, usual in _USUAL.items()}

    def set_clocks(self, voices: Iterable[Voice], since: datetime | None = None) -> None:
        """Set both clocks of each voice (unsaved) in the open days of its branch."""
        days, calendars = self.by_kind(), Branch.objects.calendars()
        for voice in voices:
            calendar = calendars.get(voice.branch_id, calendars[None])
            acknowledge, answer = days[voice.kind]
            voice.acknowledge_by = calendar.after(since or voice.spoken_at, acknowledge)
            voice.answer_by = calendar.after(since or voice.spoken_at, answer)


class AnswerPromise(models.Model):
    """How soon the library answers each kind of voice, in open days. Kinds without a row keep the usual."""

    kind = models.CharField(_("kind"), max_length=20, choices=VoiceKind.choices, unique=True)
    acknowledge_days = models.PositiveSmallIntegerField(_("acknowledge within"), validators=[MaxValueValidator(60)])
    answer_days = models.PositiveSmallIntegerField(
        _("answer within"), validators=[MinValueValidator(1), MaxValueValidator(120)]
    )

    objects = AnswerPromiseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_days__gte=F("acknowledge_days")), name="answer_not_before_acknowledgement"
            )
        ]

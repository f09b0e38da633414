"""Where a voice stands follows its story: when the story turns, all voices on it move along, together."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from rapport.listening.models import Status, StatusChange, Voice, VoiceQuerySet
from rapport.loop.models import Step, Turn

_LEADS_TO = {
    Turn.TAKEN_UP: Status.UNDER_REVIEW,
    Turn.ASKED: Status.UNDER_REVIEW,
    Turn.DECIDED: Status.PLANNED,
    Turn.TRYING: Status.TRYING_OUT,
    Turn.ADOPTED: Status.DONE,
    Turn.DELIVERED: Status.DONE,
    Turn.REPORTED: Status.DONE,
    Turn.DECIDED_AGAINST: Status.DECLINED,
    Turn.COULD_NOT: Status.DECLINED,
}
_WAY = [Status.RECEIVED, Status.UNDER_REVIEW, Status.PLANNED, Status.TRYING_OUT, Status.DONE]
_AT_ONCE = 500


@transaction.atomic
def follow(step: Step) -> None:
    """Move the voices on the step's loop: never backwards, never against a person's word. Run twice, once is enough."""
    status = _LEADS_TO.get(Turn(step.turn))
    if status is None:
        return
    moving = list(_to_move(step, status).select_for_update(of=("self",)).only("pk", "language"))
    StatusChange.objects.bulk_create(_changes(step, status, moving), batch_size=_AT_ONCE)
    for start in range(0, len(moving), _AT_ONCE):
        keys = [voice.pk for voice in moving[start : start + _AT_ONCE]]
        Voice.objects.filter(pk__in=keys).update(status=status)


def _to_move(step: Step, status: Status) -> VoiceQuerySet:
    on_loop = Voice.objects.on(step.loop)
    voices = Voice.objects.filter(Q(pk__in=on_loop.values("pk")) | Q(merged__into__in=on_loop.values("pk")))
    if status == Status.DECLINED:
        ended = _by_the_story(voices, Status.DONE) if step.turn == Turn.COULD_NOT else voices.none()
        return voices.filter(Q(status__in=_WAY[:-1]) | Q(pk__in=ended.values("pk")))
    earlier = Q(status__in=_WAY[: _WAY.index(status)])
    return voices.filter(earlier | Q(pk__in=_by_the_story(voices, Status.DECLINED).values("pk")))


def _by_the_story(voices: VoiceQuerySet, status: Status) -> VoiceQuerySet:
    """Those that the story brought there, not a person: the story's own last word may still change it."""
    last = StatusChange.objects.filter(voice=OuterRef("pk")).order_by("-at", "-pk")
    there = voices.filter(status=status).annotate(by_step=Subquery(last.values("step")[:1]))
    return there.exclude(by_step=None)


def _changes(step: Step, status: Status, voices: Iterable[Voice]) -> list[StatusChange]:
    return [
        StatusChange(voice=voice, status=status, reason=_reason(step, status, voice), by=step.by, at=step.at, step=step)
        for voice in voices
    ]


def _reason(step: Step, status: Status, voice: Voice) -> str:
    if status != Status.DECLINED:
        return ""
    return str(step.words.in_language(voice.language)[0]) or str(Turn(step.turn).label)

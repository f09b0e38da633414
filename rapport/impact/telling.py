"""Tell everyone who was heard, at each turn of what they spoke about: once each, in their language."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from rapport.loop.models import Heard, Speaker, Step, Turn
from rapport.messaging.models import Letter

_AT_ONCE = 200  # letters in one transaction: long enough to be quick, short enough to let others write


def tell_everyone(step: Step) -> None:
    """Write one letter to each speaker who is owed it. Run twice, it writes nothing more."""
    if not Turn(step.turn).is_told or not step.loop.is_public:
        return
    for few in _in_parts(_still_to_tell(step)):
        with transaction.atomic():
            for heard in few:
                _tell(heard.speaker, step)


def _still_to_tell(step: Step) -> list[Heard]:
    told = set(Letter.objects.filter(once__startswith=f"step:{step.pk}:").values_list("once", flat=True))
    heard = step.loop.heard.to_be_told().filter(at__lte=step.at).exclude(speaker__in=_told_elsewhere(step))
    heard = heard.select_related("speaker").order_by("pk")
    return [one for one in heard if _once(step, one.speaker) not in told]


def _told_elsewhere(step: Step) -> QuerySet[Speaker]:
    """Whoever is told the same on an earlier story: what one thing says in one moment is told to each person once."""
    first = step.beside().filter(pk__lt=step.pk, loop__is_public=True, turn__in=[one for one in Turn if one.is_told])
    heard = Heard.objects.to_be_told().filter(at__lte=step.at, loop__in=first.values("loop"))
    return Speaker.objects.filter(pk__in=heard.values("speaker"))


def _once(step: Step, speaker: Speaker) -> str:
    return f"step:{step.pk}:{speaker.pk}"


def _tell(speaker: Speaker, step: Step) -> None:
    with translation.override(speaker.language):
        words = {
            "step": step,
            "turn": Turn(step.turn).label,
            "question": step.loop.question,
            "library": settings.HOUSE.library,
            "story_url": settings.HOUSE.address + step.loop.get_absolute_url(),
        }
        Letter.objects.write(
            _once(step, speaker),
            subject=_("%(turn)s: %(question)s") % {"turn": words["turn"], "question": step.loop.question},
            text=render_to_string("impact/letter.txt", words),
            language=speaker.language,
            speaker=speaker,
            branch=step.loop.branch,
            stop_url=settings.HOUSE.address
            + reverse("messaging:stop", args=[speaker.secret])
            + f"?loop={step.loop_id}",
        )


def _in_parts(heard: Iterable[Heard]) -> Iterator[list[Heard]]:
    row = list(heard)
    for start in range(0, len(row), _AT_ONCE):
        yield row[start : start + _AT_ONCE]

"""What applicants, volunteers and those who were drawn are told, each once, in their language."""

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from rapport.loop.models import Speaker
from rapport.messaging.models import Letter
from rapport.places.models import Branch


def tell(
    speaker: Speaker | None,
    once: str,
    template: str,
    subject: Callable[[], str],
    *,
    branch: Branch | None,
    **words: object,
) -> None:
    """Nobody is written to who left no way to be reached: their own page says the same."""
    if speaker is None or not speaker.can_be_reached:
        return
    with translation.override(speaker.language):
        text = render_to_string(template, {"library": settings.HOUSE.library, **words})
        Letter.objects.write(
            once, subject=subject(), text=text, language=speaker.language, speaker=speaker, branch=branch
        )


def address(path: str) -> str:
    return settings.HOUSE.address + path

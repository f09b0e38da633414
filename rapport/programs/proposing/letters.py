"""What people on an interest list are told."""

from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from rapport.listening.telling import language_to_write
from rapport.messaging.models import Letter
from rapport.programs.models import HeadStart, Interest


def offer_first(start: HeadStart, interest: Interest) -> Letter:
    """There is a date, and they may take a place before others. Written once for each of them."""
    session, speaker = start.session, interest.speaker
    with translation.override(language_to_write(speaker.language)):
        words = {
            "session": session,
            "until": start.until,
            "name": speaker.name,
            "library": settings.HOUSE.library,
            "url": settings.HOUSE.address + _way_in(start, interest),
        }
        return Letter.objects.write(
            f"head-start:{start.pk}:{interest.pk}",
            subject=_("There is a date: %(title)s") % {"title": session},
            text=render_to_string("programs/letters/head_start.txt", words),
            language=translation.get_language() or speaker.language,
            speaker=speaker,
            branch=session.branch,
            stop_url=settings.HOUSE.address + reverse("messaging:stop", args=[speaker.secret]),
        )


def _way_in(start: HeadStart, interest: Interest) -> str:
    """To the registration, with the key that opens it early; to the date where nobody registers."""
    session = start.session
    if session.rules_id is None or session.capacity is None:
        return session.get_absolute_url()
    return f"{reverse('programs:register', args=[session.pk])}?first={quote(start.key_for(interest))}"

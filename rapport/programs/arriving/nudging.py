"""A nudge until a date is counted: the day after and a week after, to whoever looks after the program."""

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rapport.lib.later import can_wait
from rapport.messaging.models import Letter
from rapport.programs.models import Session

_AFTER_DAYS = (1, 7)


@can_wait
def nudge() -> int:
    """Each at most once, however often this runs. What was not counted within a month is left to Today."""
    now, told = timezone.now(), 0
    rows = Session.objects.to_be_counted(now).filter(ends_at__gt=now - timedelta(days=30))
    rows = rows.exclude(program__owner=None).filter(program__owner__is_active=True)
    for session in rows.select_related("program__owner", "branch"):
        due = [days for days in _AFTER_DAYS if session.ends_at < now - timedelta(days=days)]
        told += _told(session, due[-1]) if due else 0
    return told


def _told(session: Session, days: int) -> bool:
    owner, once = session.program.owner, f"count:{session.pk}:{days}"
    if owner is None or Letter.objects.filter(once=once).exists():
        return False
    language = owner.language or settings.LANGUAGE_CODE
    with translation.override(language):
        url = settings.HOUSE.address + reverse("programs:desk-session", args=[session.pk]) + "#count"
        facts = {"session": session, "url": url, "library": settings.HOUSE.library}
        text = render_to_string("programs/letters/count.txt", facts)
        subject = _("How many came to “%(program)s”?") % {"program": session}
        Letter.objects.write(
            once, subject=subject, text=text, language=language, email=owner.email, branch=session.branch
        )
    return True

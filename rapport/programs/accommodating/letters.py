"""What people are told about what they asked for: that it arrived, what became of it, and whether it helped."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rapport.lib.later import can_wait
from rapport.messaging.models import Letter
from rapport.programs.models.accommodation import AccommodationRequest, AidState, AidStep


def tell_received(request: AccommodationRequest) -> None:
    _write(request, f"aid:{request.pk}:received", "received", lambda: _("We have read what you need"))


def tell_settled(step: AidStep) -> None:
    subjects: dict[AidState, Callable[[], str]] = {
        AidState.ARRANGED: lambda: _("It is arranged"),
        AidState.ALTERNATIVE: lambda: _("What we can offer you"),
        AidState.NOT_POSSIBLE: lambda: _("What we could not arrange"),
    }
    if (state := AidState(step.state)) in subjects:
        once = f"aid:{step.task.request_id}:{step.pk}"
        _write(step.task.request, once, "settled", subjects[state], step=step, task=step.task)


@can_wait
def ask_whether_it_helped() -> int:
    """The day after, everybody for whom something was arranged is asked, once. Harmless if run twice."""
    now = timezone.now()
    over = AccommodationRequest.objects.filter(
        asked_after_at=None, forgotten_at=None, session__cancellation=None,
        session__ends_at__lt=now - timedelta(hours=12), session__ends_at__gt=now - timedelta(days=14),
        tasks__state__in=[AidState.ARRANGED, AidState.ALTERNATIVE],
    ).exclude(email="")  # fmt: skip
    asked = list(over.distinct().select_related("session__program", "session__branch"))
    for request in asked:
        _write(request, f"aid:{request.pk}:helped", "helped", lambda: _("Did it work for you?"))
        AccommodationRequest.objects.filter(pk=request.pk).update(asked_after_at=now)
    return len(asked)


def _write(
    request: AccommodationRequest, once: str, template: str, subject: Callable[[], str], **words: object
) -> None:
    if not request.email and not request.phone:
        return
    with translation.override(request.language):
        facts = {
            "request": request,
            "session": request.session,
            "tasks": request.tasks.all(),
            "url": settings.HOUSE.address + request.get_absolute_url(),
            "library": settings.HOUSE.library,
            **words,
        }
        text = render_to_string(f"programs/letters/aid_{template}.txt", facts)
        Letter.objects.write(
            once, subject=f"{subject()}: {request.session}", text=text, language=request.language,
            email=request.email, branch=request.session.branch,
        )  # fmt: skip

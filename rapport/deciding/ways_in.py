"""Who is asking: the participant behind a request, known by an account or by a signed cookie of this one process."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rapport.deciding.models import Participant, Process
from rapport.listening.models import Channel

_DAYS = 180


def participant_of(request: HttpRequest, process: Process) -> Participant | None:
    """Whoever takes part here already; nobody is made by looking. One query."""
    if request.user.is_authenticated:
        return Participant.objects.filter(process=process, person=request.user.pk).first()
    return guest_of(request, process)


def guest_of(request: HttpRequest, process: Process) -> Participant | None:
    """Whoever took part from this browser without signing in."""
    key = request.get_signed_cookie(_name(process), default=None, salt="deciding")
    if not key or not key.isdigit():
        return None
    return Participant.objects.filter(process=process, pk=int(key)).first()


def knows(request: HttpRequest, participant: Participant) -> bool:
    """Whether the browser has their cookie already."""
    return request.get_signed_cookie(_name(participant.process), default=None, salt="deciding") == str(participant.pk)


def channel_of(request: HttpRequest) -> Channel:
    """What a form or a link says: the pages of the kiosk and posters say so, all others come by the website."""
    said = request.POST.get("channel") or request.GET.get("channel") or ""
    return Channel(said) if said in {Channel.KIOSK, Channel.POSTER} else Channel.WEB


def joining(request: HttpRequest, process: Process, *, channel: str) -> Participant:
    """The participant behind this request; somebody new where there is none yet (`remember` them in the answer)."""
    known = participant_of(request, process)
    if known is not None:
        return known
    person = request.user if request.user.is_authenticated else None
    language = getattr(request, "LANGUAGE_CODE", "")
    return Participant.objects.join(process, channel=channel, person=person, language=language)


def remember(
    response: HttpResponseBase, participant: Participant, *, is_kiosk: bool = False, is_shown: bool = False
) -> None:
    """Let the browser know them again; on a kiosk only until it is closed or `forget` is called.

    Whoever is signed in is known by that, and nothing stays behind when they sign out, unless they showed who they are
    in this browser without signing in (`is_shown`).
    """
    if participant.person_id is not None and not is_shown:
        return
    response.set_signed_cookie(
        _name(participant.process),
        str(participant.pk),
        salt="deciding",
        max_age=None if is_kiosk else _DAYS * 86_400,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase, process: Process) -> None:
    response.delete_cookie(_name(process), samesite="Lax")


def _name(process: Process) -> str:
    return f"taking-part-{process.pk}"

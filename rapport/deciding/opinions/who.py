"""Who votes on statements: known by an account or a cookie, or new by a code that lies in their own page only.

A page that was opened without a cookie holds a signed code. Whoever presses twice before the cookie is there is one
participant all the same, as the database lets a code be given out once. A kiosk sets no cookie: the code is all.
"""

from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from rapport.deciding.models import Participant, Process
from rapport.deciding.ways_in import channel_of, participant_of
from rapport.lib.limits import limited
from rapport.listening.models import Channel
from rapport.listening.models.voice import new_code

_SALT = "deciding.opinions"
_A_DAY = 86_400
_NEW_PEOPLE = "600/h"  # from one address: a school stands behind one


class TooManyNewPeople(Exception):
    """So many began from one address within the hour that it is hardly people."""


def fresh_code(process: Process) -> str:
    return signing.dumps([process.pk, new_code()], salt=_SALT)


def code_in(request: HttpRequest) -> str:
    return request.POST.get("first", "")[:200]


def voter(request: HttpRequest, process: Process) -> Participant:
    """The participant behind this request, new where there is none. Raises TooManyNewPeople."""
    channel = channel_of(request)
    if channel != Channel.KIOSK and (known := participant_of(request, process)) is not None:
        return known
    code = _read(code_in(request), process)
    if code and (known := Participant.objects.filter(process=process, code=code).first()) is not None:
        return known
    if limited(request, "opinions.people", _NEW_PEOPLE):
        raise TooManyNewPeople
    person = request.user if request.user.is_authenticated and channel != Channel.KIOSK else None
    fields = {"code": code} if code and person is None else {}
    language = getattr(request, "LANGUAGE_CODE", "")
    try:
        with transaction.atomic():
            return Participant.objects.join(process, channel=channel, person=person, language=language, **fields)
    except IntegrityError:  # pressed twice: the other press was faster
        return Participant.objects.get(process=process, code=code)


def _read(signed: str, process: Process) -> str:
    try:
        of_process, code = signing.loads(signed, salt=_SALT, max_age=_A_DAY)
    except (signing.BadSignature, ValueError):
        return ""
    return str(code) if of_process == process.pk else ""

"""The way of a letter out of the house, at most once.

WAITING: nothing has left; killed here, it is tried again. HANDING: noted just before the words go over the line; killed
here, nobody can know whether it arrived, so it is never sent again by itself: it becomes DOUBTFUL and a person decides.
"""

import smtplib
from datetime import timedelta
from email.mime.text import MIMEText
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language_info

from rapport.lib.later import can_wait, later
from rapport.lib.logs import log
from rapport.messaging.models import Attachment, Letter, LetterState

_LOST_AFTER = timedelta(hours=2)  # longer than a failed task ever waits
_DOUBTED_AFTER = timedelta(minutes=15)
_GIVEN_UP_AFTER = timedelta(days=3)
_AT_ONCE = 1000
_WITHOUT_WORDS: dict[str, Any] = {"text": "", "email": "", "subject": "", "stop_url": "", "speaker": None}


def send(letter: Letter) -> None:
    if letter.state != LetterState.WAITING:
        return
    if not letter.email or not letter.is_wanted:
        letter.move(LetterState.WAITING, LetterState.STOPPED)
        return
    line = get_connection()
    line.open()  # a server that does not answer fails here, where trying again is safe
    try:
        if letter.move(
            LetterState.WAITING, LetterState.HANDING, handed_at=timezone.now(), tries=min(letter.tries + 1, 1000)
        ):
            _hand_over(letter, line)
    finally:
        line.close()


def _hand_over(letter: Letter, line: object) -> None:
    try:
        message_of(letter, line).send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as answer:
        # The server answered that it did not take it: for good, or for now.
        if _is_for_good(answer):
            letter.move(LetterState.HANDING, LetterState.REFUSED)
        else:
            letter.move(LetterState.HANDING, LetterState.WAITING, handed_at=None)
            raise
    except (smtplib.SMTPException, OSError):
        letter.move(LetterState.HANDING, LetterState.DOUBTFUL)
    else:
        letter.move(LetterState.HANDING, LetterState.SENT, sent_at=timezone.now())


def _is_for_good(answer: smtplib.SMTPException) -> bool:
    if isinstance(answer, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in answer.recipients.values())
    return isinstance(answer, smtplib.SMTPResponseException) and answer.smtp_code >= 500


def message_of(letter: Letter, line: object = None) -> EmailMultiAlternatives:
    host = urlsplit(settings.HOUSE.address).hostname or "localhost"
    headers = {
        "Message-ID": f"<{letter.pk}@{host}>",
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
    }
    if letter.stop_url:
        headers |= {"List-Unsubscribe": f"<{letter.stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    with translation.override(letter.language):
        words = {"letter": letter, "library": settings.HOUSE.library, "is_rtl": _is_rtl(letter.language)}
        text = render_to_string("messaging/letter.txt", words)
        html = render_to_string("messaging/letter.html", words)
    subject = " ".join(letter.subject.split())
    message = EmailMultiAlternatives(subject, text, to=[letter.email], headers=headers, connection=line)
    message.attach_alternative(html, "text/html")
    for one in letter.attachments.all():
        message.attach(_part(one))
    return message


def _part(attachment: Attachment) -> MIMEText:
    kind, *parameters = (piece.strip() for piece in attachment.kind.split(";"))
    part = MIMEText(attachment.text, kind.partition("/")[2], "utf-8")
    for name, _is, value in (parameter.partition("=") for parameter in parameters):
        part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


def _is_rtl(language: str) -> bool:
    try:
        return bool(get_language_info(language)["bidi"])
    except KeyError:
        return False


@can_wait
def sweep() -> None:
    """Post what was forgotten, give up what cannot be delivered, and show what is in doubt."""
    now = timezone.now()
    waiting = Letter.objects.filter(state=LetterState.WAITING)
    waiting.filter(at__lt=now - _GIVEN_UP_AFTER, settled_at=None).update(state=LetterState.REFUSED)
    for letter in waiting.filter(queued_at__lt=now - _LOST_AFTER)[:_AT_ONCE]:
        Letter.objects.filter(pk=letter.pk).update(queued_at=now)
        later(letter.send)
    handing = Letter.objects.filter(state=LetterState.HANDING, handed_at__lt=now - _DOUBTED_AFTER)
    handing.update(state=LetterState.DOUBTFUL)


@can_wait
def clean_letters() -> int:
    """Take the words and the address out of letters settled some time ago, or by nobody for long."""
    return _let_go() + _emptied()


def _let_go() -> int:
    """Letters in doubt and calls that nobody made: after a long time they are no news any more."""
    then = timezone.now() - timedelta(days=settings.HOUSE.keep_open_letter_days)
    open_ones = Letter.objects.filter(state__in=[LetterState.DOUBTFUL, LetterState.TO_CALL], at__lt=then)
    Attachment.objects.filter(letter__in=open_ones).delete()
    count = open_ones.update(state=LetterState.LET_GO, **_WITHOUT_WORDS)
    if count:
        log.warning("letters were never settled", count=count)
    return count


def _emptied() -> int:
    then = timezone.now() - timedelta(days=settings.HOUSE.keep_letter_days)
    over = [LetterState.SENT, LetterState.REFUSED, LetterState.STOPPED]
    old = Letter.objects.alias(over_at=Coalesce("settled_at", "at")).filter(state__in=over, over_at__lt=then)
    Attachment.objects.filter(letter__in=old).delete()
    return old.exclude(text="", email="").update(**_WITHOUT_WORDS)

"""What surveys keep about people, and for how long: read by "my data" and by the nightly clean-up.

An anonymous answer leads to nobody, so it can be neither handed out nor erased for one person; it goes with all others
on the day that was said before. Answers to a named survey are their author's to take away and to leave.
"""

from typing import Any

from django.utils import timezone

from rapport.lib.later import can_wait
from rapport.loop.models import Speaker
from rapport.people.models import Person
from rapport.surveys.models import AnswerFile, Contact, Response, Sitting, Survey

Rows = list[dict[str, Any]]


# ── answers ──


def export_answers(person: Person) -> Rows:
    theirs = Response.objects.filter(speaker__in=Speaker.objects.behind(person)).select_related("survey")
    return [
        {"survey": str(response.survey), "on": response.on.isoformat(), "answers": response.answers}
        for response in theirs.order_by("on", "pk")
    ]


def erase_answers(person: Person) -> None:
    """Take the person out of what they answered; what they said about the library stays, without them."""
    Response.objects.filter(speaker__in=Speaker.objects.behind(person)).update(speaker=None)


@can_wait
def clean_answers() -> int:
    """Remove the answers to surveys whose day has come."""
    return Response.objects.filter(survey__keep_until__lt=timezone.localdate()).delete()[0]


@can_wait
def shuffle_answers() -> int:
    """Each night: nothing tells any more in which order the answers of past days came."""
    waiting = Response.objects.filter(is_shuffled=False, on__lt=timezone.localdate())
    surveys = Survey.objects.filter(pk__in=waiting.values("survey"))
    return sum(Response.objects.shuffle(survey) for survey in surveys.order_by("pk"))


# ── what was begun and not sent ──


def export_sittings(person: Person) -> Rows:
    """Only those begun by a personal invitation can be found by an address."""
    begun = Sitting.objects.filter(invitation__email__iexact=person.email).select_related("survey")
    return [{"survey": str(sitting.survey), "answers": sitting.answers} for sitting in begun.order_by("pk")]


def erase_sittings(person: Person) -> None:
    Sitting.objects.filter(invitation__email__iexact=person.email).delete()


@can_wait
def clean_sittings() -> int:
    return Sitting.objects.too_old().delete()[0]


def clean_files() -> int:
    return AnswerFile.objects.forget_old()


# ── addresses left after answering ──


def export_contacts(person: Person) -> Rows:
    left = Contact.objects.filter(email__iexact=person.email).select_related("survey")
    return [
        {
            "survey": str(contact.survey),
            "name": contact.name,
            "email": contact.email,
            "phone": contact.phone,
            "wants_news": contact.wants_news,
            "wants_talk": contact.wants_talk,
            "wants_prize": contact.wants_prize,
            "month": contact.month.isoformat(),
        }
        for contact in left.order_by("month", "pk")
    ]


@can_wait
def hear_contacts() -> int:
    """Each night: whoever asked for news is owed them, once their month or the survey is over."""
    return Contact.objects.hear()


def erase_contacts(person: Person) -> None:
    Contact.objects.filter(email__iexact=person.email).delete()


@can_wait
def clean_contacts() -> int:
    return Contact.objects.too_old().delete()[0]

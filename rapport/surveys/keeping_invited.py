"""Addresses of people who were asked by name: kept until some time after the survey's end, and no longer."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from rapport.people.models import Person
from rapport.surveys.models import Invitation, Sitting, Survey

_NOBODY = {"email": "", "name": "", "reference": "", "letter": None}


def export_invited(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "survey": str(invitation.survey),
            "name": invitation.name,
            "email": invitation.email,
            "invited_on": invitation.invited_on and invitation.invited_on.isoformat(),
            "answered": invitation.answered_month is not None,
            "declined": invitation.declined_on is not None,
        }
        for invitation in Invitation.objects.filter(email__iexact=person.email).select_related("survey")
    ]


def erase_invited(person: Person) -> None:
    """Who asked to be forgotten is counted as asked, and never written to again."""
    theirs = Invitation.objects.filter(email__iexact=person.email)
    Sitting.objects.filter(invitation__in=theirs).delete()
    theirs.filter(answered_month=None, declined_on=None).update(declined_on=timezone.localdate())
    theirs.update(**_NOBODY)


def clean_invited() -> int:
    """What is left of an old invitation is that somebody of that branch and language was asked, and answered or not."""
    then = timezone.now() - timedelta(days=settings.HOUSE.keep_invited_days)
    over = Survey.objects.filter(Q(closing__at__lt=then) | Q(closes_on__lt=timezone.localdate(then)))
    named = Invitation.objects.filter(survey__in=over).exclude(email="", name="", reference="")
    return named.update(**_NOBODY)

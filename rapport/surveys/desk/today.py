"""What Today says of surveys."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from rapport.people.models import Person
from rapport.surveys.models import Response, Survey

_SOON = timedelta(days=7)
_QUIET = timedelta(days=5)


def surveys_today(request: HttpRequest | None, person: Person) -> str:
    """Open surveys that end soon, and those to which nobody has answered for days."""
    if not person.has_perm("surveys.change"):
        return ""
    today = timezone.localdate()
    open_now = Survey.objects.open().reached_by(person, "surveys.change")
    lately = Response.objects.filter(survey=OuterRef("pk"), on__gte=today - _QUIET)
    ending = list(open_now.filter(closes_on__lte=today + _SOON).order_by("closes_on")[:5])
    begun = open_now.filter(opening__at__lt=timezone.now() - _QUIET).exclude(opens_on__gt=today - _QUIET)
    quiet = list(begun.filter(~Exists(lately)).exclude(pk__in=[survey.pk for survey in ending])[:5])
    if not ending and not quiet:
        return ""
    return render_to_string("surveys/desk/today.html", {"ending": ending, "quiet": quiet}, request)

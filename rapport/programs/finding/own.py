"""The feed behind a secret address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from rapport.people.guards import anyone
from rapport.programs.models import OwnCalendar, SavedSession, Session

from .feeds import ics_response, in_words, lately, unless_known


@anyone
@in_words
def own_feed(request: HttpRequest, secret: str) -> HttpResponse:
    own = get_object_or_404(OwnCalendar, secret=secret)
    saved = SavedSession.objects.filter(person=own.person_id).values("session")
    rows = lately(Session.objects.public().filter(pk__in=saved).order_by("starts_at", "pk"))
    return unless_known(request, rows, lambda found: ics_response(found, _("My library")))

"""A process on a screen in the library: what can be done now, for one after the other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from rapport.deciding.views.taking_part import found
from rapport.deciding.ways_in import forget
from rapport.people.guards import anyone


@never_cache
@anyone
def kiosk(request: HttpRequest, pk: int) -> HttpResponse:
    """The start: whoever stood here before is forgotten."""
    process = found(pk)
    page = {"process": process, "phase": process.phase_now(), "start": reverse("deciding:kiosk", args=[pk])}
    answer = render(request, "deciding/taking_part/kiosk.html", page)
    forget(answer, process)
    return answer

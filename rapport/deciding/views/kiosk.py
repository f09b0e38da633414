"""A process on a screen in the library: what can be done now, for one after the other."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from rapport.deciding.models import Process
from rapport.deciding.views.taking_part import found
from rapport.deciding.ways_in import forget
from rapport.deciding.what_now import Doing, Part, now_of, parts_of
from rapport.people.guards import anyone


@never_cache
@anyone
def kiosk(request: HttpRequest, pk: int) -> HttpResponse:
    """The start: whoever stood here before is forgotten."""
    process = found(pk)
    page = {"process": process, "phase": process.phase_now(), "now": _on_this_screen(process)}
    answer = render(request, "deciding/taking_part/kiosk.html", page)
    forget(answer, process)
    return answer


def _on_this_screen(process: Process) -> list[tuple[Part, Doing]]:
    """The same things as on the page, each told that it is shown on a kiosk."""
    found = now_of(parts_of(process)) if process.is_open else []
    return [
        (part, replace(doing, url=f"{doing.url}{'&' if '?' in doing.url else '?'}channel=kiosk"))
        for part, doing in found
    ]

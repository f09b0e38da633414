"""A process at the desk: its phases, what people can do in each, and what is still missing."""

from django.http import HttpResponse
from django.shortcuts import render

from rapport.deciding.components import ComponentKind, components_of
from rapport.deciding.desk.reach import found
from rapport.deciding.models import Component, Phase
from rapport.people.guards import PersonRequest, staff_may


@staff_may("deciding.see")
def process(request: PersonRequest, pk: int) -> HttpResponse:
    shown = found(request, pk)
    page = {
        "process": shown,
        "phases": [(phase, _things(phase)) for phase in shown.phases.all()],
        "may_change": request.user.has_perm("deciding.change", shown.decision),
    }
    return render(request, "deciding/desk/process/overview.html", page)


def _things(phase: Phase) -> list[tuple[ComponentKind, Component, str]]:
    return [(kind, thing, kind.desk_url(thing)) for kind, thing in components_of(phase)]

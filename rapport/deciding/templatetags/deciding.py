from django import template
from django.template import Context

from rapport.deciding.models import Phase, PhaseKind, Process
from rapport.deciding.tabs import tabs_of
from rapport.deciding.what_now import ICONS, days_of
from rapport.ui import parts

register = template.Library()


@register.simple_tag(takes_context=True)
def process_tabs(context: Context, process: Process) -> list[parts.Tab]:
    request = context["request"]
    return tabs_of(process, request.user, request.path)


@register.filter
def phase_days(phase: Phase) -> str:
    """Its days in words."""
    return days_of(phase)


@register.filter
def phase_icon(phase: Phase) -> str:
    return ICONS[PhaseKind(phase.kind)]

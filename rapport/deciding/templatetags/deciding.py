from django import template
from django.template import Context

from rapport.deciding.models import Process
from rapport.deciding.tabs import tabs_of
from rapport.ui import parts

register = template.Library()


@register.simple_tag(takes_context=True)
def process_tabs(context: Context, process: Process) -> list[parts.Tab]:
    request = context["request"]
    return tabs_of(process, request.user, request.path)

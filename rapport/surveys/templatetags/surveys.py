from django import template
from django.template import Context

from rapport.surveys.models import Survey
from rapport.surveys.tabs import tabs_of
from rapport.ui import parts

register = template.Library()


@register.simple_tag(takes_context=True)
def survey_tabs(context: Context, survey: Survey) -> list[parts.Tab]:
    request = context["request"]
    return tabs_of(survey, request.user, request.path)

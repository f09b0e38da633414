from datetime import date

from django import template
from django.utils.safestring import SafeString

from rapport.programs.finding.schema import structured
from rapport.programs.models import Session

register = template.Library()


@register.filter
def at_day(address: str, day: date) -> str:
    """An address with a place for the day, with the day in it: worked out once for all days of a page."""
    return str(address).replace("DAY", day.isoformat())


@register.simple_tag
def event_data(session: Session) -> SafeString:
    """What search engines read of a session."""
    return structured(session)


@register.filter
def unlocalized(number: float) -> str:
    """A number as a drawing wants it, with a point in every language."""
    return f"{number:.1f}"

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.safestring import SafeString

from rapport.programs.agenda import Month
from rapport.programs.finding import drawn
from rapport.programs.finding.cards import Card
from rapport.programs.finding.schema import structured
from rapport.programs.models import Session

register = template.Library()


@register.filter
def at_day(address: str, day: date) -> str:
    """An address with a place for the day, with the day in it: worked out once for all days of a page."""
    return str(address).replace("DAY", day.isoformat())


@register.simple_tag
def days_of(month: Month, address: str) -> SafeString:
    return drawn.days_of(month, address)


@register.filter
def date_list(cards: Iterable[Card]) -> SafeString:
    """Dates under their day."""
    return drawn.date_list(cards)


@register.filter
def dated_list(cards: Iterable[Card]) -> SafeString:
    """Dates that say their day themselves."""
    return drawn.date_list(cards, dated=True)


@register.simple_tag
def event_data(session: Session) -> SafeString:
    """What search engines read of a session."""
    return structured(session)


@register.filter
def unlocalized(number: float) -> str:
    """A number as a drawing wants it, with a point in every language."""
    return f"{number:.1f}"

from django import template

from rapport.people.demo import PARTS, Part

register = template.Library()


@register.simple_tag
def cast() -> list[Part]:
    """Who one may be in the demonstration."""
    return PARTS

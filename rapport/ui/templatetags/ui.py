"""Tags that every template may use without loading them."""

import datetime
from collections.abc import Iterable

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rapport.ui import clock as clocks
from rapport.ui import context as contexts
from rapport.ui import icons, nav, slots
from rapport.ui import thread as threads
from rapport.ui.charts import Plot

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    return icons.icon(str(name) + "", int(size)) if name else SafeString("")


@register.simple_tag
def thread(knots: Iterable[threads.Knot], size: threads.Size = "large") -> SafeString:
    return threads.draw(knots, size)


@register.simple_tag
def clock(due: datetime.datetime, kind: clocks.Kind = "answer", met: datetime.datetime | None = None) -> SafeString:
    time = clocks.Clock(due, kind, met)
    return format_html(
        '<time class="clock clock--{}" datetime="{}">{}<span>{}</span></time>',
        time.state,
        (met or due).isoformat(),
        icons.icon("alarm-clock" if time.state == "overdue" else "clock", 16),
        time.words,
    )


@register.filter
def when(at: datetime.datetime | None) -> str:
    """ "tomorrow noon" near today; a date further away."""
    return clocks.when(at) if at else ""


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, thing: object = None) -> SafeString:
    return slots.fill(name, thing, context)


@register.simple_tag(takes_context=True)
def nav_doors(context: Context, face: nav.Face) -> list[nav.Door]:
    return nav.doors(face, context.get("request"))


@register.simple_tag(takes_context=True)
def nav_stages(context: Context, face: nav.Face) -> list[tuple[str, str | Promise, list[nav.Door]]]:
    return list(nav.by_stage(face, context.get("request")))


@register.filter
def dir_of(language: str | None) -> str:
    """Which way a text of this language runs; "auto" when nobody knows."""
    return contexts.direction(language) if language and language != "und" else "auto"


@register.filter
def own_name(language: str) -> str:
    return contexts.own_name(language)


@register.filter
def field_group(field: BoundField | None) -> SafeString:
    return field.as_field_group() if field else SafeString("")


@register.simple_tag
def plot(chart: Plot, csv: str = "") -> SafeString:
    return chart.render(csv=csv)


@register.simple_tag(takes_context=True)
def address(context: Context, **changes: object) -> str:
    """This page's address with some of its questions changed: `{% address page=3 %}`; an empty one goes."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"

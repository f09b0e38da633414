from typing import Any

from django import template
from django.db import models
from django.template import Context

from rapport.loop import stories
from rapport.loop.models import Loop
from rapport.loop.things import Face
from rapport.ui.thread import Knot

register = template.Library()


@register.inclusion_tag("loop/trace.html", takes_context=True)
def trace(context: Context, thing: models.Model, face: Face | None = None) -> dict[str, Any]:
    """The whole story of a thing: the large thread, and what else hangs on it."""
    request = context.get("request")
    face = face or ("desk" if request and request.path.startswith("/desk/") else "public")
    found = [stories.story_of(thing, face)] if isinstance(thing, Loop) else stories.stories_of(thing, face)
    return {"stories": found, "face": face, "request": request, "is_loop": isinstance(thing, Loop)}


@register.filter
def dots(loop: Loop) -> list[Knot]:
    """The small thread of a loop whose steps are prefetched and whose closing is selected."""
    return stories.small_threads([loop])[loop.pk]

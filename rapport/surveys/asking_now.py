"""What is asked at the moment, for the pages that lead there."""

from django.core.cache import caches
from django.http import HttpRequest
from django.template.loader import render_to_string

from rapport.surveys.models import Survey

_SECONDS = 60
SHOWN = 3


def is_anything_asked() -> bool:
    """Whether there is a survey that anyone may answer; looked up once a minute, for every page asks it."""
    return bool(caches["memory"].get_or_set("surveys.asked", Survey.objects.open().for_all().exists, _SECONDS))


def asked_at_home(request: HttpRequest | None, _thing: object = None) -> str:
    surveys = list(Survey.objects.open().for_all().select_related("branch")[:SHOWN])
    return render_to_string("surveys/home.html", {"surveys": surveys}, request) if surveys else ""

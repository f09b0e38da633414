"""What votes offer the house: their place in a phase, and what the desk sees of them today."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from rapport.deciding.models import Method, Phase, Poll, PollOutcome
from rapport.deciding.poll_starters import starter
from rapport.lib.translated import words
from rapport.people.models import Person


def polls_of(phase: Phase) -> Iterable[Poll]:
    """Those of a phase that are not about money."""
    return Poll.objects.filter(phase=phase).exclude(method=Method.BUDGET)


def begin_poll(phase: Phase, title: Any, *, by: Person | None, **settings: Any) -> Poll:
    """From a starter by its name (`starter="advice"`), or from rules one by one; `options` are titles."""
    chosen = starter(settings.get("starter", ""))
    options = settings.pop("options", [])
    rules = {**(chosen.rules if chosen else {"method": Method.YES_NO}), **settings}
    poll = Poll.objects.create(phase=phase, title=words(title), by=by, **rules)
    for place, one in enumerate(options, 1):
        poll.options.create(title=words(one), order=place)
    return poll


def polls_today(request: HttpRequest | None, person: Person) -> str:
    """Votes that cannot be held as they are, papers that wait, outcomes to say, and those to be looked at again."""
    if not person.has_perm("deciding.change"):
        return ""
    mine = Poll.objects.reached_by(person, "deciding.change").exclude(method=Method.BUDGET)
    over = mine.public().filter(phase__closes_at__lte=timezone.now(), phase__process__decision__closing=None)
    page = {
        "waiting": over.filter(count=None).exclude(prints=None).filter(papers_in=None).distinct()[:5],
        "unsaid": over.filter(count__isnull=False, outcome=None)[:5],
        "review": PollOutcome.objects.to_be_reviewed().filter(poll__in=mine).select_related("poll")[:5],
    }
    return render_to_string("deciding/desk/polls/today.html", page, request) if any(page.values()) else ""

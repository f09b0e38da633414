"""What budgets offer the house: their place in a phase, and what the desk sees of them today."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from rapport.deciding.models import Commitment, Method, Phase, Poll
from rapport.lib.translated import words
from rapport.loop.things import label_of
from rapport.people.models import Person

_UNSAID = Decimal(1000)  # until somebody says how much there is


def budgets_of(phase: Phase) -> Iterable[Poll]:
    return Poll.objects.filter(phase=phase, method=Method.BUDGET)


def begin_budget(phase: Phase, title: Any, *, by: Person | None, **settings: Any) -> Poll:
    """With the money of its process, until something else is said."""
    money = settings.pop("budget", None) or phase.process.budget or _UNSAID
    return Poll.objects.create(phase=phase, title=words(title), by=by, method=Method.BUDGET, budget=money, **settings)


def budgets_today(request: HttpRequest | None, person: Person) -> str:
    """Budgets that are counted and of which nothing has been promised, and those without projects shortly before."""
    if not person.has_perm("deciding.change"):
        return ""
    mine = Poll.objects.reached_by(person, "deciding.change").public().filter(method=Method.BUDGET)
    open_ones = mine.filter(phase__process__decision__closing=None)
    promised = Commitment.objects.filter(origins__thing=label_of(Poll())).values("origins__thing_key")
    page = {
        "unpromised": open_ones.filter(count__isnull=False).exclude(pk__in=promised)[:5],
        "empty": open_ones.filter(options=None, phase__closes_at__gt=timezone.now())[:5],
    }
    return render_to_string("deciding/desk/budgets/today.html", page, request) if any(page.values()) else ""

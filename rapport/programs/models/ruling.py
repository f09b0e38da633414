"""What a change of rules does to what people can register for now."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from .rules import RegistrationRules
from .seating import Seating

_SHOWN = ("opens_first_at", "opens_at", "closes_at", "kept", "waitlist")


@dataclass(frozen=True)
class Followed:
    """An open seating: how it stands and how it would stand."""

    seating: Seating
    before: dict[str, Any]
    after: dict[str, Any]


def foresee_rules(rules: RegistrationRules) -> list[Followed]:
    """What is still open under these rules and would stand differently. Nothing is saved."""
    rows = Seating.objects.filter(rules=rules.pk, closes_at__gt=timezone.now())
    found = []
    for seating in rows.select_related("rules", "session__program", "series__program").order_by("closes_at"):
        after = fitted(seating, rules)
        before = {name: getattr(seating, name) for name in _SHOWN}
        if before != {name: after[name] for name in _SHOWN}:
            found.append(Followed(seating, before, after))
    return found


@transaction.atomic
def change_rules(rules: RegistrationRules) -> list[Followed]:
    """Keep the rules, and let what is open follow; nobody loses a place or their place in line."""
    followed = foresee_rules(rules)
    rules.save()
    for one in followed:
        one.seating.follow(rules, one.after)
    return followed


def fitted(seating: Seating, rules: RegistrationRules) -> dict[str, Any]:
    """How a seating would stand under these rules; nobody is pushed out of a place or out of the line."""
    opens = seating.begins_at - timedelta(days=rules.opens_days)
    return {
        "capacity": seating.capacity,
        "kept": max(0, min(rules.walk_ins, seating.capacity - seating.taken)),
        "waitlist": rules.waitlist if rules.waitlist is None else max(rules.waitlist, seating.waiting),
        "opens_first_at": opens,
        "opens_at": opens + timedelta(days=rules.first_days),
        "closes_at": seating.begins_at - timedelta(hours=rules.closes_hours),
    }

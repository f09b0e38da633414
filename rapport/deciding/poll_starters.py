"""Votes to begin with: what each is good for in a sentence, and which rules it brings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import Method


@dataclass(frozen=True)
class Starter:
    """One of the templates at the desk."""

    name: str
    label: str | Promise
    when: str | Promise  # in a sentence: when to use it
    icon: str
    rules: Mapping[str, Any] = field(default_factory=dict)


STARTERS = [
    Starter(
        "sense",
        _("Sense check"),
        _("Early on: find out how people feel about an idea before much work goes into it. Nothing is decided."),
        "thermometer",
        {"method": Method.GRADIENTS, "shows_interim": True},
    ),
    Starter(
        "advice",
        _("Advice"),
        _("One person decides, and asks first: which of these would you choose, all that you can live with?"),
        "lightbulb",
        {"method": Method.APPROVAL},
    ),
    Starter(
        "consent",
        _("Consent"),
        _("A proposal is good enough to try: it stands unless somebody shows that it would do harm."),
        "handshake",
        {"method": Method.CONSENT},
    ),
    Starter(
        "consensus",
        _("Consensus"),
        _("It must carry for years, so nearly everyone should be behind it: three of four agree, and no veto."),
        "users-round",
        {"method": Method.GRADIENTS, "majority": "3/4"},
    ),
    Starter(
        "gradients",
        _("Gradients of agreement"),
        _("Yes and no are too coarse: eight steps show how strongly people are for it or against it."),
        "sliders-horizontal",
        {"method": Method.GRADIENTS},
    ),
    Starter(
        "yes_no",
        _("Yes or no"),
        _("There is one clear question, all arguments have been heard, and it must be settled."),
        "check-check",
        {"method": Method.YES_NO},
    ),
    Starter(
        "ranked",
        _("One of several"),
        _("One of several must be chosen: people put them in their order, so that nobody's vote is lost."),
        "list-ordered",
        {"method": Method.RUN_OFF},
    ),
    Starter(
        "several",
        _("Several of many"),
        _("Several are chosen, such as members of a board: every larger group gets its share of the places."),
        "users",
        {"method": Method.STV, "seats": 3},
    ),
    Starter(
        "score",
        _("Points for each"),
        _("How much is each of these worth to people? Each gets points from nought to five."),
        "star",
        {"method": Method.SCORE, "most": 5},
    ),
    Starter(
        "dots",
        _("Dot vote"),
        _("Out of many ideas, find the few to go on with: everyone has some dots to hand out."),
        "circle-dot",
        {"method": Method.DOTS, "most": 5, "seats": 3},
    ),
    Starter(
        "times",
        _("Find a time"),
        _("When can most people come? Each says yes, if need be, or no to every time."),
        "calendar-days",
        {"method": Method.TIMES, "is_secret": False, "is_shuffled": False, "shows_interim": True},
    ),
]


def starter(name: str) -> Starter | None:
    return next((one for one in STARTERS if one.name == name), None)

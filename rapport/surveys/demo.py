"""Two surveys of the demo town: one about what people need, answered and closed, and one about times, open now.

What is on its way for the open one (invitations, paper, a quota) is in `demo_fieldwork.py`.
"""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.demo_fieldwork import on_its_way
from rapport.surveys.demo_words import AGES, AGES_INSIDE, AWAY, LANGUAGES, SAID, needs_questions, times_questions
from rapport.surveys.models import Link, Response, Survey

_SEED = 11
_ANSWERS = 400
_CHANNELS = [(Channel.WEB, 45), (Channel.POSTER, 15), (Channel.KIOSK, 15), (Channel.PAPER, 20), (Channel.DESK, 5)]
_SERVICES = {  # how much each matters and how good it is, of five
    "hours": (4.3, 2.6),
    "books": (4.1, 4.2),
    "wifi": (3.9, 3.7),
    "quiet": (3.6, 2.9),
    "children": (3.4, 4.1),
    "help": (3.2, 3.9),
}


def fill(cast: Mapping[str, Person], branches: Mapping[str, Branch]) -> dict[str, Survey]:
    dice = random.Random(_SEED)
    return {"needs": _needs(cast, branches, dice), "times": _times(cast, branches, dice)}


def _needs(cast: Mapping[str, Person], branches: Mapping[str, Branch], dice: random.Random) -> Survey:
    """Asked in spring, closed a month ago."""
    today = timezone.localdate()
    survey = Survey.objects.begin(
        needs_questions(),
        by=cast["ben"],
        purpose={
            "en": "What the library works on first next year, and where",
            "es": "En qué trabajará primero la biblioteca el próximo año, y dónde",
            "ar": "ما الذي ستعمل عليه المكتبة أولاً في العام المقبل، وأين",
        },
        opens_on=today - timedelta(days=70),
        closes_on=today - timedelta(days=30),
    )
    survey.open(by=cast["mona"], at=_ago(70))
    links = _links(survey, branches)
    for _number in range(_ANSWERS):
        person = _person(dice)
        branch = dice.choice(list(branches.values()))
        channel = _one_of(dice, _CHANNELS)
        on = today - timedelta(days=30 + min(int(dice.expovariate(0.09)), 40))
        _take(
            survey,
            _of_needs(dice, person, branch),
            person,
            branch,
            channel,
            on=on,
            link=links.get((channel, branch.pk)),
        )
    survey.close(by=cast["ben"], why="Four hundred people have answered", at=_ago(29))
    Response.objects.shuffle(survey)
    return survey


def _times(cast: Mapping[str, Person], branches: Mapping[str, Branch], dice: random.Random) -> Survey:
    """Open now: posters in each branch, a kiosk at the entrance of the first."""
    survey = Survey.objects.begin(
        times_questions(),
        by=cast["ben"],
        purpose={
            "en": "When the programs of the autumn take place",
            "es": "Cuándo tendrán lugar las actividades del otoño",
            "ar": "متى تقام أنشطة الخريف",
        },
        asks_branch=True,
        doubled_share=100,
        closes_on=timezone.localdate() + timedelta(days=20),
    )
    survey.open(by=cast["ben"], at=_ago(9))
    ways = _ways(survey, branches)
    for _number in range(60):
        person = _person(dice) | {"age": _one_of(dice, AGES_INSIDE)}
        link = dice.choice(ways)
        branch = link.branch or dice.choice([*branches.values(), None])
        on = timezone.localdate() - timedelta(days=dice.randrange(9))
        _take(survey, _of_times(dice, person), person, branch, link.channel, on=on, link=link)
    on_its_way(survey, cast, branches, answers=lambda: _of_times(dice, _person(dice)))
    return survey


def _ways(survey: Survey, branches: Mapping[str, Branch]) -> list[Link]:
    """A poster in each branch, a kiosk in the first; and the website, which no branch has for itself."""
    first = next(iter(branches.values()))
    posters = [
        survey.links.create(channel=Channel.POSTER, branch=branch, label="Poster at the door")
        for branch in branches.values()
    ]
    kiosk = survey.links.create(channel=Channel.KIOSK, branch=first, label="Entrance")
    return [*posters, kiosk, kiosk, survey.links.create(channel=Channel.WEB, label="Website")]


def _of_times(dice: random.Random, person: Mapping[str, str]) -> dict[str, Any]:
    time = _one_of(dice, [("evening", 5), ("saturday", 4), ("morning", 3), ("sunday", 2)])
    return {"times": [time], "age": person["age"]}


def _links(survey: Survey, branches: Mapping[str, Branch]) -> dict[tuple[str, int], Link]:
    return {
        (channel, branch.pk): survey.links.create(channel=channel, branch=branch, label=label)
        for branch in branches.values()
        for channel, label in ((Channel.POSTER, "Poster at the door"), (Channel.KIOSK, "Entrance"))
    }


def _person(dice: random.Random) -> dict[str, str]:
    """More older people and more English speakers answer than live here, as it always is."""
    home = _one_of(dice, LANGUAGES)
    return {"age": _one_of(dice, AGES), "home": home, "language": home if home in {"es", "ar"} else "en"}


def _of_needs(dice: random.Random, person: Mapping[str, str], branch: Branch) -> dict[str, Any]:
    visits = _one_of(dice, [("weekly", 3), ("monthly", 4), ("rarely", 3), ("never", 1)])
    row: dict[str, Any] = {"visits": visits, "welcome": _step(dice, 3.4 if person["home"] == "ar" else 4.2)}
    if visits != "weekly":
        row["barriers"] = _barriers(dice, person)
    for service, (importance, performance) in _SERVICES.items():
        if dice.random() < 0.93:
            matters = importance + 0.7 * ((service, person["age"]) in {("quiet", "15to24"), ("help", "65plus")})
            row[f"services.{service}.importance"] = _step(dice, matters)
            row[f"services.{service}.performance"] = "na" if dice.random() < 0.05 else _step(dice, performance)
    row["wishes"] = sorted(["garden", "sunday", "languages", "tools"], key=lambda wish: -_wanted(dice, wish, person))[
        :3
    ]
    row |= {
        "area": dice.choice(["north", "river", "mill", "hill"]),
        "household": dice.choice([1, 1, 2, 2, 3, 4, 4, 5, 6]),
    }
    row |= {"age": person["age"], "home": person["home"]}
    if dice.random() < 0.35:
        row["wish"] = dice.choice(SAID[person["language"]])
    return row


def _barriers(dice: random.Random, person: Mapping[str, str]) -> list[str]:
    chances = {
        "hours": 0.5,
        "far": 0.2,
        "language": 0.6 if person["home"] == "ar" else 0.08,
        "nothing": 0.15,
        "stairs": 0.05,
    }
    chances["stairs"] += 0.25 * (person["age"] == "65plus")
    found = [code for code in AWAY if dice.random() < chances.get(code, 0)]
    return found or ["none"]


def _wanted(dice: random.Random, wish: str, person: Mapping[str, str]) -> float:
    liked = {"garden": 0.9, "sunday": 1.0, "languages": 1.6 if person["home"] in {"ar", "es"} else 0.5, "tools": 0.4}
    return liked[wish] + dice.random()


def _step(dice: random.Random, middle: float) -> int:
    return min(5, max(1, round(dice.gauss(middle, 0.9))))


def _one_of(dice: random.Random, weighted: list[tuple[Any, int]]) -> Any:
    return dice.choices([value for value, _weight in weighted], [weight for _value, weight in weighted])[0]


def _take(
    survey: Survey, row: dict[str, Any], person: Mapping[str, str], branch: Branch | None, channel: str, **how: Any
) -> None:
    assert survey.edition is not None  # noqa: S101 - it was opened above
    Response.objects.take(
        survey, row, edition=survey.edition, channel=channel, language=person["language"], branch=branch, **how
    )


def _ago(days: int) -> datetime:
    return timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=days)

"""A survey about Sunday hours, as the tests of results share it."""

from collections.abc import Callable

import pytest

from rapport.community.models import Band, Dimension, Figure
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.surveys.methods import Choice, Kind, Line, Page, Question, Questionnaire
from rapport.surveys.models import Response, Survey

Fill = Callable[..., list[Response]]


def _say(word: str) -> dict[str, str]:
    return {"en": word}


def _questions() -> Questionnaire:
    ages = [Choice(code=code, words=_say(code), band=code) for code in ("young", "old")]
    plain = [Choice(code=code, words=_say(code)) for code in ("yes", "no", "maybe")]
    grid = Question(
        key="services",
        kind=Kind.GRID,
        words=_say("Services"),
        rows=[Line(key="wifi", words=_say("Wi-Fi")), Line(key="books", words=_say("Books"))],
        aspects=[Line(key="importance", words=_say("Matters")), Line(key="performance", words=_say("Is good"))],
    )
    return Questionnaire(
        title=_say("Sunday hours"),
        pages=[
            Page(
                key="one",
                questions=[
                    Question(key="age", kind=Kind.SINGLE, words=_say("Age"), choices=ages, dimension="age"),
                    Question(key="sunday", kind=Kind.SINGLE, words=_say("Sunday?"), choices=plain),
                    Question(key="when", kind=Kind.MULTIPLE, words=_say("When?"), choices=plain),
                    Question(key="scale", kind=Kind.SCALE, words=_say("How good?"), may_not_apply=True),
                    Question(key="order", kind=Kind.RANKING, words=_say("First?"), choices=plain),
                    Question(key="home", kind=Kind.NUMBER, words=_say("At home?")),
                    grid,
                    Question(key="wish", kind=Kind.LONG, words=_say("What else?")),
                ],
            )
        ],
    )


@pytest.fixture
def survey(ben: Person) -> Survey:
    survey = Survey.objects.begin(_questions(), by=ben)
    survey.open(by=ben)
    return survey


@pytest.fixture
def fill(survey: Survey) -> Fill:
    def filled(*rows: tuple[int, dict[str, object]], **how: object) -> list[Response]:
        plain = {"edition": survey.edition, "channel": Channel.WEB, "language": "en", **how}
        return [
            Response.objects.take(survey, row, **plain)  # type: ignore[arg-type]
            for times, row in rows
            for _time in range(times)
        ]

    return filled


@pytest.fixture
def community(db: None) -> None:
    age = Dimension.objects.filter(slug="age").first() or Dimension.objects.create(slug="age", name=_say("Age"))
    for order, slug in enumerate(("young", "old")):
        band = Band.objects.create(dimension=age, slug=slug, name=_say(slug), order=order)
        Figure.objects.create(band=band, estimate=500, source="by hand")


@pytest.fixture
def answered(survey: Survey, fill: Fill) -> Survey:
    fill((12, {"age": "old", "sunday": "no", "when": ["yes"], "scale": "na", "order": ["no"], "home": 2.5}))
    fill((3, {"age": "young", "sunday": "yes", "scale": 4, "wish": "=1+1"}))
    return survey

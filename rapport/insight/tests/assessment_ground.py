"""A survey that asks for age and rates services, and the profile that it is compared with, for several tests."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from rapport.community.models import Band, Dimension, Figure
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.methods import Choice, Kind, Line, Page, Question, Questionnaire
from rapport.surveys.models import Response, Survey

BANDS = {"15to24": 1000.0, "25to44": 1000.0, "65plus": 2000.0}


def profile_of(branch: Branch | None, by: Person) -> None:
    Dimension.objects.ship(["age"])
    counts: dict[Band, Any] = {band: (BANDS[band.slug], 50.0) for band in Band.objects.filter(slug__in=BANDS)}
    Figure.objects.write(counts, branch=branch, of_day=date(2023, 12, 31), source="Census", by=by)


def asked_survey(branch: Branch | None, by: Person) -> Survey:
    """Forty answers: 30 young, 8 in between, 2 old; Wi-Fi matters and is poor, books are good."""
    age = Question(
        key="age", kind=Kind.SINGLE, words={"en": "How old are you?"}, dimension="age",
        choices=[*(Choice(code=band, words={"en": band}, band=band) for band in BANDS),
                 Choice(code="secret", words={"en": "I would rather not say"})],
    )  # fmt: skip
    services = Question(
        key="services", kind=Kind.GRID, words={"en": "How much do these matter, and how good are they?"},
        rows=[Line(key="wifi", words={"en": "Wi-Fi"}), Line(key="books", words={"en": "Books"})],
        aspects=[Line(key="importance", words={"en": "Matters"}), Line(key="performance", words={"en": "Is good"})],
        may_not_apply=True,
    )  # fmt: skip
    questionnaire = Questionnaire(title={"en": "What do you need?"}, pages=[Page(key="all", questions=[age, services])])
    survey = Survey.objects.begin(questionnaire, by=by, branch=branch)
    survey.open(by=by)
    edition = survey.edition
    assert edition is not None
    for band, count in {"15to24": 30, "25to44": 8, "65plus": 2, "secret": 3}.items():
        for number in range(count):
            books = "na" if number == 0 else 4
            wifi = {"services.wifi.importance": 5, "services.wifi.performance": 2 + number % 2}
            row = {"age": band, **wifi, "services.books.importance": 3, "services.books.performance": books}
            Response.objects.take(survey, row, edition=edition, channel="web", language="en")
    return survey


def of_yesterday(survey: Survey) -> Survey:
    """All its answers came yesterday: what goes out counts whole days only."""
    survey.responses.update(on=timezone.localdate() - timedelta(days=1))
    return survey

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.methods import Comparison, Test
from rapport.surveys.methods.turning_away import Silence, silences
from rapport.surveys.models import Quota, QuotaFull, Response, Survey

from .garden import garden_questions

SignIn = Callable[[Person], Client]


@pytest.fixture
def garden(ben: Person) -> Survey:
    survey = Survey.objects.begin(garden_questions(), by=ben)
    survey.open(by=ben)
    return survey


def _take(survey: Survey, row: dict[str, object], language: str = "en", branch: Branch | None = None) -> Response:
    edition = survey.edition
    assert edition is not None
    return Response.objects.take(survey, row, edition=edition, channel=Channel.WEB, language=language, branch=branch)


def _quotas(survey: Survey, rest: str = "") -> str:
    return f"/desk/surveys/{survey.pk}/quotas/{rest}"


def test_a_quota_counts_those_who_answered_so_also_before_it_was_set(
    garden: Survey, ben: Person, sign_in: SignIn
) -> None:
    _take(garden, {"visits": "never", "barriers": ["far"]})
    _take(garden, {"visits": "weekly"})
    form = {"name": "Far away", "answers": ["visits=never", "visits=rarely", "barriers=far"], "places": 2}

    sign_in(ben).post(_quotas(garden), {**form, "branch": "", "language": ""})

    quota = garden.quotas.get()
    assert quota.taken == 1
    assert quota.counts({"visits": "rarely", "barriers": ["far", "hours"]})
    assert not quota.counts({"visits": "never", "barriers": ["hours"]})


def test_a_quota_of_a_library_and_a_language_counts_no_others(garden: Survey, riverside: Branch) -> None:
    Quota.objects.create(survey=garden, name="Spanish at Riverside", branch=riverside, language="es", places=1)
    _take(garden, {}, "es")
    _take(garden, {}, "en", riverside)
    _take(garden, {}, "es-x-easy", riverside)

    with pytest.raises(QuotaFull):
        _take(garden, {}, "es", riverside)

    assert garden.responses.count() == 3


def test_nobody_is_turned_away_at_the_door_by_a_quota_of_another_library(garden: Survey, riverside: Branch) -> None:
    Quota.objects.create(survey=garden, name="Riverside", branch=riverside, places=1, taken=1)
    here = garden.links.create(channel=Channel.POSTER, branch=riverside)

    open_page, at_riverside = (Client().get(one.get_absolute_url()) for one in (garden, here))

    assert "way" in open_page.context
    assert not open_page.context.get("why")
    assert at_riverside.context["why"] == "full"


def test_it_cannot_be_set_under_what_is_taken(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    quota = Quota.objects.create(survey=garden, name="All", places=5)
    for _n in range(3):
        _take(garden, {})

    low, same = (sign_in(ben).post(_quotas(garden, f"{quota.pk}/"), {"places": places}) for places in (2, 3))

    quota.refresh_from_db()
    assert (low.status_code, same.status_code) == (422, 302)
    assert "3 of them have answered already" in low.content.decode()
    assert quota.places == 3


def test_a_new_one_is_not_smaller_than_what_there_is(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    for _n in range(3):
        _take(garden, {"visits": "weekly"})
    form = {"name": "Regulars", "answers": ["visits=weekly"], "places": 2, "branch": "", "language": ""}

    answer = sign_in(ben).post(_quotas(garden), form)
    of_nobody = sign_in(ben).post(_quotas(garden), {**form, "answers": []})

    assert (answer.status_code, of_nobody.status_code) == (422, 422)
    assert "Regulars" in answer.content.decode()
    assert not garden.quotas.exists()


def test_it_says_whom_it_would_turn_away_without_a_word() -> None:
    questions = garden_questions()

    required, late_and_optional, for_some = (
        silences(Test(key, Comparison.EQUAL, "x"), questions)
        for key in ("visits", "services.wifi.importance", "barriers")
    )

    assert required == []
    assert late_and_optional == [Silence.LATE, Silence.SKIPPED]
    assert for_some == [Silence.SKIPPED, Silence.FOR_SOME]


def test_taken_away_it_turns_nobody_away(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    quota = Quota.objects.create(survey=garden, name="All", places=1)
    _take(garden, {})

    sign_in(ben).post(_quotas(garden, f"{quota.pk}/removal/"))

    assert _take(garden, {}).pk

"""However long a survey is and however much came in, its public pages ask the database the same number of times."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys import tokens
from rapport.surveys.methods import Choice, Kind, Page, Question, Questionnaire
from rapport.surveys.models import Response, Sitting, Survey


def _questions(pages: int) -> Questionnaire:
    def question(key: str) -> Question:
        choices = [Choice(code=code, words={"en": code}) for code in ("yes", "no", "perhaps")]
        return Question(key=key, kind=Kind.SINGLE, words={"en": "Would you?"}, choices=choices, dimension="age")

    made = [Page(key=f"p{n}", questions=[question(f"q{n}{m}") for m in "abc"[: 1 + pages // 4]]) for n in range(pages)]
    return Questionnaire(title={"en": "Times"}, pages=made)


def _survey(size: int, ben: Person, riverside: Branch) -> tuple[Survey, Sitting]:
    survey = Survey.objects.begin(_questions(size), by=ben, asks_contact=True, asks_branch=True)
    survey.open(by=ben)
    for n in range(size):
        survey.quotas.create(name=f"Quota {n}", places=100, branch=riverside)
        survey.links.create(channel=Channel.POSTER)
        edition = survey.edition
        assert edition is not None
        Response.objects.take(survey, {"q0a": "yes"}, edition=edition, channel=Channel.WEB, language="en")
    return survey, survey.sittings.create(edition=survey.edition, language="en", channel="web")


def _asked(act: Callable[[Client], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act(Client())
    return len(queries)


@pytest.mark.parametrize("name", ["welcome", "link", "page", "answer", "review", "send", "thanks", "list"])
def test_a_page_asks_as_often_for_a_long_survey_as_for_a_short_one(name: str, ben: Person, riverside: Branch) -> None:
    counts = []
    for size in (2, 12):
        survey, sitting = _survey(size, ben, riverside)
        own, thanks = f"/answering/{sitting.code}", f"{survey.get_absolute_url()}thanks/?language=en"
        ours = {":token": tokens.token_for(f"{sitting.code} {thanks}")}
        acts: dict[str, Callable[[Client], object]] = {
            "welcome": lambda client, survey=survey: client.get(survey.get_absolute_url()),  # type: ignore[misc]
            "link": lambda client, survey=survey: client.get(survey.links.first().get_absolute_url()),  # type: ignore[misc]
            "page": lambda client, own=own: client.get(f"{own}/1/"),  # type: ignore[misc]
            "answer": lambda client, own=own, ours=ours: client.post(f"{own}/1/", {**ours, "q0a": "yes"}),  # type: ignore[misc]
            "review": lambda client, own=own: client.get(f"{own}/review/"),  # type: ignore[misc]
            "send": lambda client, own=own, ours=ours: client.post(f"{own}/response/", ours),  # type: ignore[misc]
            "thanks": lambda client, thanks=thanks: client.get(thanks),  # type: ignore[misc]
            "list": lambda client: client.get("/surveys/"),
        }
        acts[name](Client())  # what is asked once a process is asked now
        if name == "send":
            _again(sitting)
        counts.append(_asked(acts[name]))

    assert counts[0] == counts[1] <= 16


def _again(sitting: Sitting) -> None:
    sitting.key = Sitting._meta.get_field("key").get_default()
    sitting.pk = None
    sitting.save(force_insert=True)

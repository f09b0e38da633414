"""Settings, and the preview that keeps nothing."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from conftest import SignIn
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Response, Sampling, Sitting, Survey

from .garden import garden_questions


@pytest.fixture
def garden(ben: Person, riverside: Branch) -> Survey:
    return Survey.objects.begin(garden_questions(), by=ben, branch=riverside)


@pytest.fixture
def client(ben: Person, sign_in: SignIn) -> Client:
    return sign_in(ben)


def _said(garden: Survey, **more: Any) -> dict[str, Any]:
    plain = {"sampling": "chose", "reminders": 2, "days_between_reminders": 7, "purpose_en": "How large it will be"}
    return plain | {"branch": garden.branch_id or ""} | more


def test_a_survey_is_set_up(garden: Survey, client: Client) -> None:
    today = timezone.localdate()
    until = today + timedelta(days=14)

    client.post(
        f"/desk/surveys/{garden.pk}/settings/",
        _said(garden, sampling="drawn", population=10_000, opens_on=today, closes_on=until, is_named="on"),
    )

    survey = Survey.objects.get()
    assert (survey.sampling, survey.population, survey.closes_on) == (Sampling.DRAWN, 10_000, until)
    assert survey.is_named
    assert str(survey.purpose) == "How large it will be"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"opens_on": "2030-05-02", "closes_on": "2030-05-01"}, "closes_on"),
        ({"keep_until": "2001-01-01"}, "keep_until"),
        ({"asks_contact": "on"}, "contact_words"),
        ({"sampling": "drawn"}, "population"),
        ({"reminders": 99}, "reminders"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    wrong: dict[str, Any], field: str, garden: Survey, client: Client
) -> None:
    answer = client.post(f"/desk/surveys/{garden.pk}/settings/", _said(garden, **wrong))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "How large it will be" in answer.text


def test_a_promise_of_anonymity_stands_once_somebody_has_answered(garden: Survey, ben: Person, client: Client) -> None:
    garden.open(by=ben)
    assert garden.edition is not None
    Response.objects.take(garden, {}, edition=garden.edition, channel=Channel.WEB, language="en")

    client.post(f"/desk/surveys/{garden.pk}/settings/", _said(garden, is_named="on"))

    assert not Survey.objects.get().is_named
    with pytest.raises(ValueError, match="does not change"):
        garden.arrange(is_named=True)


@pytest.mark.parametrize("way", ["phone", "kiosk"])
def test_the_draft_is_answered_in_the_preview_and_nothing_is_kept(way: str, garden: Survey, client: Client) -> None:
    address = f"/desk/surveys/{garden.pk}/preview/{way}/?language=es"

    first = client.get(address)
    needed = client.post(address, {":row": "{}"})
    second = client.post(address, {":row": "{}", "visits": "weekly"})
    end = client.post(f"{address}&page=2", {":row": second.context["row"], "wish": "Sombra"})
    back = client.post(f"{address}&page=2", {":row": second.context["row"], ":go": "back"})

    assert "¿Con qué frecuencia viene?" in first.text
    assert first["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in first["Content-Security-Policy"]
    assert needed.context["wrong"]
    assert second.context["number"] == 2
    assert json.loads(end.context["row"]) == {"visits": "weekly", "wish": "Sombra"}
    assert end.context["is_over"]
    assert back.context["number"] == 1
    assert not Response.objects.exists()
    assert not Sitting.objects.exists()


@pytest.mark.parametrize("sent", ["nonsense", "[]", '{"visits": {"a": 1}}'])
def test_a_preview_survives_what_it_is_sent(sent: str, garden: Survey, client: Client) -> None:
    answer = client.post(f"/desk/surveys/{garden.pk}/preview/phone/?page=99999", {":row": sent})

    assert answer.status_code == 200


def test_the_draft_is_seen_on_paper(garden: Survey, client: Client) -> None:
    page = client.get(f"/desk/surveys/{garden.pk}/preview/paper/", {"language": "es"})

    assert "¿Con qué frecuencia viene?" in page.text
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert not garden.prints.exists()


def test_the_preview_shows_phone_kiosk_and_paper_side_by_side(garden: Survey, client: Client) -> None:
    page = client.get(f"/desk/surveys/{garden.pk}/preview/", {"language": "es", "page": 2})

    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert page.text.count("<iframe") == 3
    assert "preview/phone/?language=es&amp;page=2" in page.text
    assert client.get(f"/desk/surveys/{garden.pk}/preview/elsewhere/").status_code == 404

"""Answering as anyone does: by form, without scripts and without a cookie."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.surveys.methods import Comparison, Test
from rapport.surveys.models import Response, Sitting, Survey

from .garden import garden_questions


@pytest.fixture
def garden(ben: Person) -> Survey:
    questions = garden_questions()
    questions.pages[0].questions[1].when = Test("visits", Comparison.EQUAL, "never")
    survey = Survey.objects.begin(questions, by=ben, purpose="What the garden will be")
    survey.open(by=ben)
    return survey


class Visitor:
    """Somebody with a browser that keeps no cookies: fills in what they see and presses a button."""

    def __init__(self) -> None:
        self.page: Any = None
        self.url = ""

    def see(self, url: str) -> "Visitor":
        return self._arrive(url, Client().get(url))

    def press(self, action: str = "", **answers: Any) -> "Visitor":
        fields = {**self.hidden, **{name.replace("__", "."): value for name, value in answers.items()}}
        url = action or self.url
        return self._arrive(url, Client().post(url, fields))

    def go(self, **answers: Any) -> "Visitor":
        return self.press(**answers)

    @property
    def hidden(self) -> dict[str, Any]:
        """The fields that the page sends by itself: its token, and which questions can be seen."""
        shown = re.sub(r"<fieldset[^>]* disabled.*?</fieldset>", "", self.text, flags=re.DOTALL)
        found: dict[str, Any] = {}
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', shown):
            found.setdefault(name, []).append(unescape(value))
        return found

    @property
    def text(self) -> str:
        return str(self.page.content.decode())

    def _arrive(self, url: str, page: Any) -> "Visitor":
        hops = 0
        while page.status_code == 302:
            hops += 1
            assert hops < 5, f"Round and round at {url}"
            url = page["Location"].partition("#")[0]
            page = Client().get(url)
        self.url, self.page = url, page
        return self


def begin(survey: Survey, **fields: Any) -> Visitor:
    return Visitor().see(survey.get_absolute_url()).press(**fields)


def test_the_welcome_says_what_for_how_long_and_that_it_is_anonymous(garden: Survey, client: Client) -> None:
    text = client.get(garden.get_absolute_url()).content.decode()

    assert "What the garden will be" in text
    assert "about 2 minutes" in text
    assert "no name, no address and no hour" in text
    assert 'lang="es"' in text


def test_a_draft_is_nobodys_to_see(ben: Person, client: Client) -> None:
    draft = Survey.objects.begin(garden_questions(), by=ben)

    assert client.get(draft.get_absolute_url()).status_code == 404


def test_somebody_answers_page_by_page_looks_it_over_and_sends_it(garden: Survey) -> None:
    visitor = begin(garden)
    assert visitor.page.status_code == 200

    visitor.go(visits="weekly")
    assert "You come Every week" in visitor.text
    visitor.go(services__wifi__importance="5", wish="Shade")
    assert "Shade" in visitor.text
    assert "Nothing is sent yet" in visitor.text
    visitor.press(visitor.url.replace("review", "response"))

    response = garden.responses.get()
    assert response.answers == {"visits": "weekly", "services.wifi.importance": 5, "wish": "Shade"}
    assert (response.channel, response.language) == (Channel.WEB, "en")
    assert "Your answers are in" in visitor.text
    assert not Sitting.objects.exists()


def test_what_lacks_is_said_at_its_place_and_nothing_is_lost(garden: Survey) -> None:
    visitor = begin(garden)

    visitor.go()

    assert visitor.page.status_code == 422
    assert 'href="#q-visits-weekly"' in visitor.text
    assert "Please choose an answer here." in visitor.text


def test_without_scripts_an_answer_opens_a_further_question(garden: Survey) -> None:
    visitor = begin(garden)
    assert re.search(r'id="q-barriers"[^>]* hidden disabled', visitor.text)

    visitor.go(visits="never")
    assert "opens a further question" in visitor.text
    assert not re.search(r'id="q-barriers"[^>]* hidden', visitor.text)
    visitor.go(visits="never", barriers=["far", "other"], barriers__other="The dog")

    assert visitor.url.endswith("/2/")
    assert Sitting.objects.get().answers == {
        "visits": "never",
        "barriers": ["far", "other"],
        "barriers.other": "The dog",
    }


def test_wrong_answers_stay_as_they_were_given(garden: Survey) -> None:
    visitor = begin(garden).go(visits="never")

    visitor.go(visits="never", barriers=["far", "none"])

    assert visitor.page.status_code == 422
    assert len(re.findall(r'name="barriers" value="(?:far|none)" checked', visitor.text)) == 2
    assert "Please choose one or the other" in visitor.text


def test_going_back_keeps_what_was_answered(garden: Survey) -> None:
    visitor = begin(garden).go(visits="weekly").press(wish="Shade", **{":go": "back"})

    assert visitor.url.endswith("/1/")
    assert re.search(r'value="weekly" checked', visitor.text)
    visitor.go(visits="weekly")
    assert "Shade</textarea>" in visitor.text


def test_answers_to_what_is_no_longer_asked_are_not_sent(garden: Survey) -> None:
    visitor = begin(garden).go(visits="never").go(visits="never", barriers=["far"])
    visitor.press(**{":go": "back"}).go(visits="weekly").go(wish="Shade")

    visitor.press(visitor.url.replace("review", "response"))

    assert garden.responses.get().answers == {"visits": "weekly", "wish": "Shade"}


def test_a_page_that_was_jumped_over_is_asked_for_before_sending(garden: Survey) -> None:
    visitor = begin(garden)
    visitor.see(visitor.url.replace("/1/", "/2/")).go(wish="Shade")

    assert "look=1" in visitor.url
    assert "Please choose an answer here." in visitor.text


def test_who_presses_twice_is_taken_once_and_thanked_twice(garden: Survey) -> None:
    visitor = begin(garden).go(visits="weekly").go(wish="Shade")
    send, fields = visitor.url.replace("review", "response"), visitor.hidden

    first, second = Client().post(send, fields), Client().post(send, fields)

    assert first["Location"] == second["Location"]
    assert Response.objects.count() == 1


def test_a_form_from_elsewhere_sends_nothing(garden: Survey) -> None:
    visitor = begin(garden).go(visits="weekly").go(wish="Shade")

    page = Client().post(visitor.url.replace("review", "response"), {":token": "made up"})

    assert page.status_code == 422
    assert not Response.objects.exists()
    assert Client().post(garden.get_absolute_url()).status_code == 422


def test_another_language_in_the_middle_keeps_the_answers(garden: Survey) -> None:
    visitor = begin(garden).press(visits="never", **{":go": "language:es"})

    assert "¿Con qué frecuencia viene?" in visitor.text
    assert '<html lang="es"' in visitor.text
    assert re.search(r'value="never" checked', visitor.text)
    assert 'lang="en" dir="ltr">What keeps you away?' in visitor.text  # said in the language in which there are words


def test_somebody_stops_and_goes_on_with_the_code(garden: Survey, mailoutbox: list[Any]) -> None:
    visitor = begin(garden).go(visits="weekly").press(wish="Shade", **{":go": "later"})
    code = Sitting.objects.get().spoken_code
    assert code in visitor.text

    visitor.press(email="noor@example.org")
    assert code in mailoutbox[0].body
    back = Visitor().see("/answering/").press(code=code.lower())

    assert "Shade</textarea>" in back.text
    assert "noor@example.org" not in str(list(Sitting.objects.values()))


def test_a_wrong_code_is_told_kindly_and_guessing_is_slowed(garden: Survey, client: Client) -> None:
    pages = [client.post("/answering/", {"code": f"WRONG{n}"}).status_code for n in range(12)]

    assert pages[:10] == [422] * 10
    assert pages[10:] == [429] * 2
    assert client.get("/answering/NOSUCHCODE22/1/").status_code == 404
    assert client.get("/s/NOSUCH/").status_code == 404

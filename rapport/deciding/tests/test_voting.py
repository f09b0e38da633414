"""Voting as people do: fill in, look once more, cast, get a receipt; and what the pages say meanwhile."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from rapport.deciding.counting import count_what_is_over, shuffle_urns
from rapport.deciding.models import Ballot, CodeCard, Count, Participant, Phase, Poll, Tier
from rapport.deciding.ways_in import remember
from rapport.people.models import Person

from .voting import keys, vote_on, voters

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(choosing: Phase) -> Poll:
    poll = vote_on(choosing, "approval", about={"en": "Two more hours a week"})
    poll.process.vote_tier = Tier.ON_SITE
    poll.process.save()
    return poll


def _as(voter: Participant) -> Client:
    """The browser of somebody who came in at the door."""
    answer, client = HttpResponse(), Client()
    remember(answer, voter)
    client.cookies.update(answer.cookies)
    return client


def _hidden(page: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()):
        found.setdefault(name, []).append(unescape(value))
    return found


def test_fill_in_look_once_more_cast_and_check(poll: Poll, ben: Person) -> None:
    browser, url = _as(voters(poll.process, 1, ben)[0]), f"/polls/{poll.pk}/ballot/"
    asked = browser.get(url)
    assert b"Choose everything that you like" in asked.content

    looked = browser.post(url, {**_hidden(asked), "for": keys(poll)[:2]})
    assert b"Is this what you mean?" in looked.content
    assert poll.ballots.count() == 0
    cast = browser.post(url, {**_hidden(looked), "cast": "1"})

    assert poll.ballots.get().marks == {"for": keys(poll)[:2]}
    assert "no-store" in cast["Cache-Control"]
    receipt = re.findall(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b", cast.content.decode())[0]
    checked = Client().post(f"/polls/{poll.pk}/receipt/", {"receipt": receipt.lower()})
    assert b"Yes: your ballot lies in the urn." in checked.content
    assert b"There is no ballot" in Client().post(f"/polls/{poll.pk}/receipt/", {"receipt": "AAAA"}).content
    assert b"You have voted already" in browser.get(url).content
    again = browser.post(url, {"for": keys(poll), "cast": "1"})
    assert b"You have voted already" in again.content
    assert b"You have voted. Thank you." in browser.get(f"/polls/{poll.pk}/").content


def test_what_was_filled_in_can_be_changed_before_it_is_cast(poll: Poll, ben: Person) -> None:
    browser, url = _as(voters(poll.process, 1, ben)[0]), f"/polls/{poll.pk}/ballot/"

    back = browser.post(url, {"for": keys(poll)[:1], "change": "1", "order": "7"})

    assert back.status_code == 200
    assert f'value="{keys(poll)[0]}" id="id_for_{keys(poll)[0]}" checked' in back.content.decode()


def test_whoever_has_shown_nothing_is_led_to_the_door(poll: Poll) -> None:
    answer = Client().get(f"/polls/{poll.pk}/ballot/")

    assert answer.status_code == 302
    assert answer["Location"] == (
        f"/decisions/{poll.process.decision_id}/taking-part/?next=%2Fpolls%2F{poll.pk}%2Fballot%2F&tier=on_site"
    )


def test_where_anyone_may_vote_a_browser_votes_once(poll: Poll) -> None:
    poll.process.vote_tier = Tier.ANYONE
    poll.process.save()
    browser, url = Client(), f"/polls/{poll.pk}/ballot/"

    browser.post(url, {"for": keys(poll)[:1], "cast": "1"})
    browser.post(url, {"for": keys(poll)[:1], "cast": "1"})

    assert poll.ballots.count() == 1


def test_options_come_in_another_order_and_keep_it(poll: Poll, ben: Person) -> None:
    browser, url = _as(voters(poll.process, 1, ben)[0]), f"/polls/{poll.pk}/ballot/"

    def order(number: int) -> list[str]:
        page = browser.post(url, {"change": "1", "order": str(number)})
        return re.findall(r'name="for" value="(\d+)"', page.content.decode())

    assert order(1) == order(1)
    assert len({tuple(order(n)) for n in range(12)}) > 1


def test_an_open_vote_says_so_and_may_be_changed(choosing: Phase, ben: Person) -> None:
    poll = vote_on(choosing, "yes_no", (), is_secret=False)
    browser, url = _as(voters(poll.process, 1, ben)[0]), f"/polls/{poll.pk}/ballot/"
    assert b"This is an open vote" in browser.get(url).content

    browser.post(url, {"answer": "yes", "cast": "1", "name": "Noor"})
    assert b"checked" in browser.get(url).content
    browser.post(url, {"answer": "no", "cast": "1"})

    ballot = poll.ballots.get()
    assert (ballot.marks, str(ballot.participant)) == ({"answer": "no"}, "Noor")
    Count.objects.take(poll)
    assert b"Noor" in Client().get(f"/polls/{poll.pk}/").content


def test_a_kiosk_forgets_who_voted(poll: Poll, ben: Person) -> None:
    browser = _as(voters(poll.process, 1, ben)[0])

    cast = browser.post(f"/polls/{poll.pk}/ballot/", {"for": keys(poll)[:1], "cast": "1", "channel": "kiosk"})

    assert b"Done: clear the screen" in cast.content
    assert not browser.cookies[f"taking-part-{poll.process.pk}"].value


def test_nobody_sees_how_it_stands_unless_it_was_said_beforehand(choosing: Phase, ben: Person) -> None:
    hidden, shown = vote_on(choosing, "yes_no", ()), vote_on(choosing, "yes_no", (), shows_interim=True)
    for poll in (hidden, shown):
        Ballot.objects.cast(poll, {"answer": "yes"}, participant=voters(poll.process, 1, ben)[0])

    assert b"How it stands" not in Client().get(f"/polls/{hidden.pk}/").content
    assert b"How it stands" in Client().get(f"/polls/{shown.pk}/").content


def _vote(poll: Poll, ben: Person, n: int) -> None:
    for number, voter in enumerate(voters(poll.process, n, ben)):
        Ballot.objects.cast(poll, {"for": [keys(poll)[number % 2]]}, participant=voter)


def test_it_is_counted_by_itself_and_told_in_words(poll: Poll, ben: Person) -> None:
    _vote(poll, ben, 21)
    shuffle_urns()
    Phase.objects.update(closes_at=timezone.now() - timedelta(minutes=2))
    assert b"The count is taken in a few minutes" in Client().get(f"/polls/{poll.pk}/").content

    assert (count_what_is_over(), count_what_is_over()) == (1, 0)

    page = Client().get(f"/polls/{poll.pk}/").content.decode()
    assert "Chosen: Sunday afternoon" in page
    assert "21 ballots were counted." in page
    assert "How it was counted, step by step" in page
    file = Client().get(f"/polls/{poll.pk}/ballots/csv/")
    assert file.content.decode().splitlines()[0] == "1. Sunday afternoon,2. Thursday evening,3. Early mornings"
    assert len(Client().get(f"/polls/{poll.pk}/receipts/").content.split()) == 21


def test_where_few_voted_single_ballots_are_not_shown(poll: Poll, ben: Person) -> None:
    _vote(poll, ben, 3)
    Count.objects.take(poll)

    assert Client().get(f"/polls/{poll.pk}/ballots/csv/").status_code == 404
    assert b"somebody might be known by theirs" in Client().get(f"/polls/{poll.pk}/").content


def test_receipts_are_not_guessed_at(poll: Poll) -> None:
    guesser = Client()
    answers = [guesser.post(f"/polls/{poll.pk}/receipt/", {"receipt": f"{n}"}).status_code for n in range(11)]

    assert answers[-1] == 429


def test_a_vote_of_a_draft_is_not_there(poll: Poll) -> None:
    poll.process.opening.delete()

    for address in ("", "ballot/", "receipt/"):
        assert Client().get(f"/polls/{poll.pk}/{address}").status_code == 404


def test_a_vote_ahead_says_when_it_begins(poll: Poll) -> None:
    now = timezone.now()
    Phase.objects.update(opens_at=now + timedelta(days=2), closes_at=now + timedelta(days=4))

    assert b"Voting has not begun" in Client().get(f"/polls/{poll.pk}/").content
    assert b"Voting has not begun" in Client().get(f"/polls/{poll.pk}/ballot/").content


@pytest.mark.parametrize("language", ["es", "ar"])
def test_the_ballot_speaks_other_languages(poll: Poll, ben: Person, language: str) -> None:
    browser = _as(voters(poll.process, 1, ben)[0])
    browser.cookies["django_language"] = language

    assert browser.get(f"/polls/{poll.pk}/ballot/").status_code == 200


def test_pages_ask_the_database_as_often_for_many_as_for_few(
    poll: Poll, ben: Person, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    _vote(poll, ben, 2)
    browser = _as(voters(poll.process, 1, ben)[0])

    def queries(url: str) -> int:
        browser.get(url)
        with django_assert_max_num_queries(40) as captured:
            browser.get(url)
        return len(captured)

    urls = [f"/polls/{poll.pk}/", f"/polls/{poll.pk}/ballot/"]
    few = [queries(url) for url in urls]
    for n in range(20):
        poll.options.create(title=f"Option {n}", order=9)
    _vote(poll, ben, 20)

    assert [queries(url) for url in urls] == few
    Count.objects.take(poll)
    few_counted = queries(urls[0])
    Count.objects.all().delete()
    _vote(poll, ben, 30)
    Count.objects.take(poll)
    assert queries(urls[0]) == few_counted


def test_a_card_that_is_dealt_is_the_voter_that_it_was(poll: Poll, ben: Person) -> None:
    card = CodeCard.deal(poll.process, 1, by=ben)[0]
    Ballot.objects.cast(poll, {}, participant=card.take_part())

    assert b"You have voted already" in _as(card.take_part()).get(f"/polls/{poll.pk}/ballot/").content

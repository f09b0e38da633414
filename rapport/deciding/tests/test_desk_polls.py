"""A vote at the desk: prepared, looked at, printed, entered by two, helped with, closed, and said in words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rapport.deciding.models import (
    Ballot,
    CodeCard,
    Count,
    Phase,
    Poll,
    PollOutcome,
    Promise,
)
from rapport.people.models import Person

from .voting import vote_on, voters

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def test_a_vote_is_prepared_from_a_starter(sign_in: SignIn, ben: Person, choosing: Phase) -> None:
    desk = sign_in(ben)

    made = desk.post("/desk/polls/new/", {"title_en": "Which bench?", "phase": choosing.pk, "starter": "ranked"})

    poll = Poll.objects.get()
    assert made["Location"] == f"/desk/polls/{poll.pk}/"
    assert (poll.method, poll.seats, str(poll)) == ("irv", 1, "Which bench?")
    assert b"Add at least 2 options" in desk.get(f"/desk/polls/{poll.pk}/").content
    assert Client().get(f"/polls/{poll.pk}/").status_code == 404
    for title in ("Wood", "Stone"):
        desk.post(f"/desk/polls/{poll.pk}/options/", {"title_en": title})
    assert [str(one) for one in poll.options.all()] == ["Wood", "Stone"]
    assert Client().get(f"/polls/{poll.pk}/").status_code == 200
    one = poll.options.get(order=2)
    desk.post(f"/desk/polls/{poll.pk}/options/{one.pk}/removal/")
    assert poll.options.count() == 1


def test_rules_are_changed_until_the_first_ballot(sign_in: SignIn, ben: Person, choosing: Phase) -> None:
    desk, poll = sign_in(ben), vote_on(choosing, "approval")
    given = {
        "title_en": "Which hours?", "method": "stv", "is_secret": "yes", "seats": 2, "majority": "1/2", "objections": 0,
        "seed": "winter", "quorum": 3, "is_shuffled": "on",
    }  # fmt: skip

    assert desk.post(f"/desk/polls/{poll.pk}/rules/", given).status_code == 302
    poll = Poll.objects.get()
    assert (poll.method, poll.seats, poll.quorum, poll.seed) == ("stv", 2, 3, "winter")
    assert desk.post(f"/desk/polls/{poll.pk}/rules/", {**given, "method": "irv"}).status_code == 422
    Ballot.objects.cast(poll, {}, participant=voters(poll.process, 1, ben)[0])
    desk.post(f"/desk/polls/{poll.pk}/rules/", {**given, "seats": 1})

    assert Poll.objects.get().seats == 2
    assert b"The rules are fixed" in desk.get(f"/desk/polls/{poll.pk}/rules/").content


def test_the_desk_sees_numbers_and_nothing_of_how_it_stands(sign_in: SignIn, ben: Person, choosing: Phase) -> None:
    poll = vote_on(choosing, "yes_no", ())
    Ballot.objects.cast(poll, {"answer": "no"}, participant=voters(poll.process, 1, ben)[0])

    page = sign_in(ben).get(f"/desk/polls/{poll.pk}/").content.decode()

    assert "how it stands nobody sees" in page
    assert "The answer is" not in page
    assert sign_in(ben).get(f"/desk/polls/{poll.pk}/outcome/").status_code == 404


def test_paper_from_print_to_count(sign_in: SignIn, ben: Person, mona: Person, choosing: Phase) -> None:
    poll = vote_on(choosing, "yes_no", ())
    first, second, url = sign_in(ben), sign_in(mona), f"/desk/polls/{poll.pk}/paper/"
    printed = first.post(f"/desk/polls/{poll.pk}/prints/", {"copies": 3, "language": "en"})
    assert first.get(printed["Location"]).content.count(b"paper-ballot__head") == 3

    for serial, read in ((1, ("yes", "yes")), (2, ("yes", "no"))):
        for colleague, answer in zip((first, second), read, strict=True):
            assert colleague.get(f"{url}entry/", {"serial": serial}).status_code == 200
            colleague.post(f"{url}entry/", {"serial": serial, "answer": answer})
    assert first.get(f"{url}entry/", {"serial": 1}).status_code == 422
    assert first.get(f"{url}entry/", {"serial": 9}).status_code == 422
    assert poll.ballots.count() == 1
    assert first.post(f"{url}in/", {"handed_out": 3}).status_code == 422
    first.post(f"{url}2/", {"right": "2"})
    for colleague in (first, second):
        colleague.post(f"{url}entry/", {"serial": 3, "spoiled": "known"})
    assert first.post(f"{url}in/", {"handed_out": 3}).status_code == 302

    Count.objects.take(Poll.objects.get())
    sheet = first.get(f"/desk/polls/{poll.pk}/audit/").content.decode()
    assert sorted(one["answer"] for one in poll.ballots.values_list("marks", flat=True)) == ["no", "yes"]
    assert Count.objects.get().digest in sheet


def test_staff_help_whoever_asks(sign_in: SignIn, desk: Person, ben: Person, choosing: Phase) -> None:
    poll, staff = vote_on(choosing, "yes_no", ()), sign_in(desk)
    card = CodeCard.deal(poll.process, 1, by=ben)[0]
    url = f"/desk/polls/{poll.pk}/voting/"
    assert staff.post(url, {"channel": "phone", "proof": "code", "shown": "NOSUCH22"}).status_code == 422

    led = staff.post(url, {"channel": "phone", "proof": "code", "shown": card.code})
    booth = led["Location"]
    assert b"Somebody asked you for help" in staff.get(booth).content
    cast = staff.post(booth, {"answer": "yes", "cast": "1"})

    assert b"Your vote is in" in cast.content
    assert poll.process.participants.get().channel == "phone"
    assert f"taking-part-{poll.process.pk}" not in staff.cookies
    assert staff.post(booth, {"answer": "no", "cast": "1"}).status_code == 302
    assert sign_in(ben).get(booth).status_code == 302
    assert staff.get(f"/desk/polls/{poll.pk}/booth/?ticket=1").status_code == 302
    assert poll.ballots.count() == 1


@pytest.fixture
def counted(choosing: Phase, ben: Person) -> Poll:
    poll = vote_on(choosing, "consent", ())
    noor, bea = voters(poll.process, 2, ben)
    Ballot.objects.cast(poll, {"answer": "consent"}, participant=noor)
    Ballot.objects.cast(poll, {"answer": "object", "why": "The door would be blocked"}, participant=bea)
    Phase.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    Count.objects.take(poll)
    return Poll.objects.get()


def test_the_outcome_is_said_told_and_comes_back(sign_in: SignIn, ben: Person, counted: Poll) -> None:
    desk, url = sign_in(ben), f"/desk/polls/{counted.pk}/"
    day = timezone.localdate() + timedelta(days=30)
    assert "say in words what came of it" in desk.get("/desk/").content.decode()

    desk.post(f"{url}outcome/", {"said_en": "We look for another place", "review_on": day.isoformat()})

    assert counted.process.decision.loop.steps.filter(turn="came_further").exists()
    page = Client().get(f"/polls/{counted.pk}/").content.decode()
    assert "We look for another place" in page
    assert "blocked" not in page
    PollOutcome.objects.update(review_on=timezone.localdate())
    assert "is to be looked at again" in desk.get("/desk/").content.decode()
    desk.post(f"{url}review/", {"said_en": "It holds"})
    assert not PollOutcome.objects.to_be_reviewed().exists()
    assert "It holds" in Client().get(f"/polls/{counted.pk}/").content.decode()


def test_objections_are_read_by_all_once_somebody_has_looked(sign_in: SignIn, ben: Person, counted: Poll) -> None:
    desk = sign_in(ben)
    assert b"The door would be blocked" in desk.get(f"/desk/polls/{counted.pk}/outcome/").content

    desk.post(f"/desk/polls/{counted.pk}/words/", {"show": "0"})

    assert b"The door would be blocked" in Client().get(f"/polls/{counted.pk}/").content
    desk.post(f"/desk/polls/{counted.pk}/words/", {})
    assert b"1 text is not shown" in Client().get(f"/polls/{counted.pk}/").content


def test_the_decision_follows_or_says_why_not(sign_in: SignIn, mona: Person, counted: Poll) -> None:
    assert counted.process.decision.promise == Promise.EMPOWER
    desk, url = sign_in(mona), f"/desk/polls/{counted.pk}/ruling/"
    given = {"decided_en": "A fountain", "reasons_en": "Safe", "goes_ahead": "yes", "follows": "no"}
    assert desk.post(url, given).status_code == 422

    desk.post(url, {**given, "why_not_en": "The law forbids a pond"})

    assert counted.bindings.get().follows is False
    page = Client().get(f"/polls/{counted.pk}/").content.decode()
    assert "The decision does not follow this vote" in page
    assert "The law forbids a pond" in page


def test_a_recount_says_that_it_is_the_same(sign_in: SignIn, ben: Person, counted: Poll) -> None:
    sign_in(ben).post(f"/desk/polls/{counted.pk}/recounts/")

    assert counted.counted and counted.counted.recounts.get().is_same


def test_few_ballots_are_for_those_who_answer_for_the_count(
    sign_in: SignIn, ben: Person, mona: Person, counted: Poll
) -> None:
    url = f"/desk/polls/{counted.pk}/ballots/csv/"

    assert sign_in(ben).get(url).status_code == 403
    assert sign_in(mona).get(url).content.decode().splitlines()[0] == "answer"


def test_the_list_asks_as_often_for_many_as_for_few(
    sign_in: SignIn, ben: Person, choosing: Phase, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    desk = sign_in(ben)

    def queries() -> int:
        with django_assert_max_num_queries(60) as captured:
            assert desk.get("/desk/polls/").status_code == 200
        return len(captured)

    vote_on(choosing, "stv")
    few = queries()
    for _n in range(10):
        vote_on(choosing, "stv")

    assert queries() == few

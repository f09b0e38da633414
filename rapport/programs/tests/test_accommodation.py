"""What somebody needs to take part: asked for, arranged, told, asked about afterwards, and forgotten."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.accommodating.demand import demand
from rapport.programs.accommodating.keeping import clean_requests
from rapport.programs.accommodating.letters import ask_whether_it_helped
from rapport.programs.models import AccommodationRequest, AccommodationTask, AidState, Program, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(riverside: Branch, ben: Person) -> Session:
    program = Program.objects.plan("A writer reads", by=ben, need=None, branch=riverside)
    program.publish()
    starts = timezone.now() + timedelta(days=30)
    [session] = program.add_sessions(
        starts, starts + timedelta(hours=2), language="en", audience="19+", branch=riverside
    )
    return session


def _asked(session: Session, *aids: str) -> AccommodationRequest:
    said = {"email": "rosa@example.org", "name": "Rosa", "language": "en", "words": "ASL, please"}
    return AccommodationRequest.objects.ask(session, aids or ["sign-language"], **said)


def _moved(session: Session, days: int) -> None:
    then = timezone.now() - timedelta(days=days)
    session.move(then - timedelta(hours=2), then)


def test_whoever_asks_gets_a_page_and_a_letter(client: Client, evening: Session) -> None:
    page = client.post(
        reverse("programs:accommodation-ask", args=[evening.pk]),
        {"aids": ["sign-language", "place"], "email": "rosa@example.org", "words": "Near the front"},
    )
    made = AccommodationRequest.objects.get()
    assert page.headers["Location"] == made.get_absolute_url()
    assert [task.aid for task in made.tasks.order_by("pk")] == ["sign-language", "place"]
    assert "a sign language interpreter" in Letter.objects.get(once=f"aid:{made.pk}:received").text
    assert b"we are arranging it" in client.get(made.get_absolute_url()).content


def test_without_a_way_to_answer_nothing_is_lost(client: Client, evening: Session) -> None:
    page = client.post(
        reverse("programs:accommodation-ask", args=[evening.pk]), {"aids": ["captions"], "words": "Please"}
    )
    assert page.status_code == 422
    assert b"so that we can tell you" in page.content
    assert b"Please" in page.content


def test_a_late_request_is_taken_and_due_today(evening: Session) -> None:
    evening.move(timezone.now() + timedelta(hours=3), timezone.now() + timedelta(hours=5))
    made = _asked(evening)
    assert made.is_late
    assert made.tasks.get().due == timezone.localdate()


def test_an_early_one_is_due_early_enough_to_book_somebody(evening: Session) -> None:
    task = _asked(evening).tasks.get()
    assert (timezone.localdate(evening.starts_at) - task.due).days == 10


def test_only_those_who_arrange_it_read_it(evening: Session, ben: Person, desk: Person) -> None:
    made = _asked(evening)
    address = reverse("programs:desk-aid", args=[made.pk])
    reads, reads_not = Client(), Client()
    reads.force_login(ben)
    reads_not.force_login(desk)
    assert b"ASL, please" in reads.get(address).content
    assert reads_not.get(address).status_code == 403
    assert b"accommodations/" not in reads_not.get("/desk/").content


def test_the_person_is_told_what_was_arranged_once(evening: Session, ben: Person) -> None:
    task = _asked(evening).tasks.get()
    assert task.settle(AidState.ARRANGED, "Jo interprets; a seat is kept in the first row.", by=ben)
    assert not AccommodationTask.objects.get(pk=task.pk).settle(AidState.ARRANGED, "Again", by=ben)
    [letter] = Letter.objects.filter(subject__startswith="It is arranged")
    assert "a seat is kept in the first row" in letter.text


def test_a_no_wants_a_reason(client: Client, evening: Session, ben: Person) -> None:
    task = _asked(evening).tasks.get()
    client.force_login(ben)
    page = client.post(reverse("programs:desk-aid-settlement", args=[task.pk]), {"state": "not_possible", "words": ""})
    assert page.status_code == 422
    assert AccommodationTask.objects.get().is_open


def test_what_was_withdrawn_can_be_asked_for_again(client: Client, evening: Session) -> None:
    made = _asked(evening)
    client.post(made.get_absolute_url(), {"act": "withdraw"})
    assert made.tasks.get().state == AidState.WITHDRAWN
    client.post(made.get_absolute_url(), {"act": "add", "aids": ["sign-language"], "words": "I come after all"})
    assert made.tasks.get().is_open
    assert AccommodationRequest.objects.get().words == "I come after all"


def test_afterwards_they_are_asked_once_and_answer_with_a_tap(client: Client, evening: Session, ben: Person) -> None:
    made = _asked(evening)
    made.tasks.get().settle(AidState.ARRANGED, "", by=ben)
    assert ask_whether_it_helped() == 0
    _moved(evening, days=1)
    assert ask_whether_it_helped() == 1
    assert ask_whether_it_helped() == 0
    client.post(made.get_absolute_url(), {"act": "echo", "worked": "yes", "words": "She was wonderful"})
    client.post(made.get_absolute_url(), {"act": "echo", "worked": "no"})
    assert AccommodationRequest.objects.get().echo.words == "She was wonderful"
    told = demand(evening.starts_at.year, None)
    assert (told.total.asked, told.total.met, told.helped, told.answered) == (1, 100, 1, 1)


def test_a_cancelled_date_asks_nobody(evening: Session, ben: Person) -> None:
    _asked(evening).tasks.get().settle(AidState.ARRANGED, "", by=ben)
    _moved(evening, days=1)
    evening.cancel("The writer is ill", by=ben)
    assert ask_whether_it_helped() == 0


def test_some_weeks_later_nobody_knows_who_asked_but_it_still_counts(evening: Session, ben: Person) -> None:
    made = _asked(evening)
    made.tasks.get().settle(AidState.ARRANGED, "A word to Rosa", by=ben)
    _moved(evening, days=61)
    assert clean_requests() == 1
    assert clean_requests() == 0
    made.refresh_from_db()
    assert (made.email, made.name, made.words) == ("", "", "")
    assert made.tasks.get().steps.get().words == ""
    assert demand(evening.starts_at.year, None).total.asked == 1


def test_the_desk_notes_it_for_somebody_without_a_computer(client: Client, evening: Session, desk: Person) -> None:
    client.force_login(desk)
    client.post(reverse("programs:desk-aid-entry", args=[evening.pk]), {"aids": ["large-print"], "phone": "555 0100"})
    made = AccommodationRequest.objects.get()
    assert (made.channel, made.by) == ("desk", desk)
    assert Letter.objects.get().state == "to_call"
    assert not mail.outbox

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from rapport.deciding.boards_keeping import clean_applications, erase_terms
from rapport.deciding.models import (
    Advice,
    AlreadyApplied,
    Application,
    Board,
    BoardFull,
    BoardKind,
    Commitment,
    Decision,
    Meeting,
    MinutesApproved,
    Process,
)
from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db

AtOnce = Callable[[], AbstractContextManager[None]]
SignIn = Callable[[Person], Client]


@pytest.fixture
def teens(riverside: Branch) -> Board:
    """Three places for the young people of Riverside."""
    return Board.objects.create(
        kind=BoardKind.TEEN, name="Teen board", purpose="What the young want", promise="An answer in 30 days", size=3,
        branch=riverside, asks_for_guardian=True,
    )  # fmt: skip


@pytest.fixture
def meeting(teens: Board) -> Meeting:
    return teens.meetings.create(starts_at=timezone.now() - timedelta(days=2), place="The attic")


def _advise(board: Board, ben: Person) -> Advice:
    return Advice.objects.give(board, "Open on Sunday evening", to="The library board", by=ben)


# ── who sits on it ──


def test_each_applies_once_and_is_told_the_answer_with_its_reason(teens: Board, ben: Person, at_once: AtOnce) -> None:
    noor = teens.apply("I like to read", name="Noor", email="noor@example.org", guardian="555 0101")
    with pytest.raises(AlreadyApplied):
        teens.apply("Again", name="Noor", email="Noor@example.org")

    with at_once():
        noor.accept("We are glad to have you", by=ben)

    assert teens.terms.running().get().name == "Noor"
    assert "We are glad to have you" in Letter.objects.get(email="noor@example.org").text
    assert Application.objects.get().guardian == ""
    with pytest.raises(AlreadyApplied):
        teens.apply("Once more", name="Noor", email="noor@example.org")


def test_a_board_has_no_more_members_than_places(teens: Board, ben: Person) -> None:
    for number in range(3):
        teens.seat(f"Member {number}", by=ben)
    late = teens.apply("Me too", name="Sam")

    with pytest.raises(BoardFull):
        late.accept("Come", by=ben)
    assert late.is_waiting

    teens.terms.running()[0].end("Moved away", by=ben)

    assert late.accept("A place is free", by=ben).is_accepted


@pytest.mark.django_db(transaction=True)
def test_of_those_who_take_the_last_place_at_the_same_moment_one_gets_it(teens: Board, ben: Person) -> None:
    for number in range(2):
        teens.seat(f"Member {number}", by=ben)
    waiting = [teens.apply("Me", name=f"Guest {number}", email=f"g{number}@example.org") for number in range(4)]
    start, refused = Barrier(4), list[str]()

    def accept(key: int) -> None:
        try:
            start.wait(10)
            Application.objects.get(pk=key).accept("Come", by=ben)
        except BoardFull:
            refused.append("full")
        finally:
            connection.close()

    threads = [Thread(target=accept, args=[one.pk]) for one in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(refused) == 3
    assert teens.terms.running().count() == 3
    assert Application.objects.waiting().count() == 3


def test_a_member_has_one_open_term(teens: Board, amina: Person) -> None:
    first = teens.seat("Amina", by=None, person=amina)
    with pytest.raises(AlreadyApplied):
        teens.seat("Amina", by=None, person=amina)

    first.renew(first.until + timedelta(days=365), by=amina)
    first.end("Enough", by=amina)

    assert teens.seat("Amina", by=None, person=amina).is_open
    assert first.renewals.count() == 1


# ── meetings ──


def test_minutes_are_public_once_approved_and_stay_as_they_were(
    client: Client, teens: Board, meeting: Meeting, garden: Process, ben: Person
) -> None:
    minutes = meeting.write_minutes("We want a sofa", by=ben)
    meeting.link([garden.decision])
    assert "We want a sofa" not in client.get(meeting.get_absolute_url()).content.decode()

    minutes.approve(by=ben)

    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "We want a sofa" in page
    assert garden.decision.get_absolute_url() in page
    with pytest.raises(MinutesApproved):
        Meeting.objects.get().write_minutes("Something else", by=ben)


def test_who_came_is_noted_for_those_who_were_members_on_that_day(teens: Board, meeting: Meeting, ben: Person) -> None:
    old = timezone.localdate() - timedelta(days=30)
    noor, sam = (teens.seat(name, by=ben, since=old) for name in ("Noor", "Sam"))
    teens.seat("New", by=ben)

    meeting.note_who_came([noor.pk], guests=2, by=ben)
    meeting.note_who_came([noor.pk, sam.pk], guests=2, by=ben)

    assert sorted(meeting.attendance.values_list("term__name", "came")) == [("Noor", True), ("Sam", True)]


# ── advice ──


def test_advice_is_answered_once_and_its_members_hear_what_became_of_it(
    teens: Board, ben: Person, mona: Person, at_once: AtOnce
) -> None:
    teens.apply("Yes", name="Noor", email="noor@example.org").accept("Come", by=ben)
    advice = _advise(teens, ben)
    assert advice.answer_by == timezone.localdate() + timedelta(days=30)

    with at_once():
        advice.reply("partly", "On Sundays until seven", by=mona)
    promise = Commitment.objects.make(
        "Sundays until seven", owner=ben, due=timezone.localdate(), by=ben, because_of=[advice]
    )
    with at_once():
        promise.keep("The lights are on", by=ben)

    told = [letter.text for letter in Letter.objects.filter(email="noor@example.org")]
    assert any("On Sundays until seven" in text for text in told)
    assert any("The lights are on" in text for text in told)
    with pytest.raises(IntegrityError), transaction.atomic():
        advice.reply("not", "No", by=mona)


def test_advice_without_an_answer_stands_on_today(sign_in: SignIn, teens: Board, ben: Person, mona: Person) -> None:
    _advise(teens, ben)
    assert "Open on Sunday evening" not in sign_in(mona).get("/desk/").content.decode()

    Advice.objects.update(answer_by=timezone.localdate() - timedelta(days=1))

    assert "Open on Sunday evening" in sign_in(mona).get("/desk/").content.decode()


# ── pages ──


def test_a_neighbour_applies_and_only_they_read_it(client: Client, teens: Board) -> None:
    said = {"name": "Noor", "why": "I draw", "email": "noor@example.org", "guardian": ""}

    sent = client.post(reverse("deciding:board-applications", args=[teens.pk]), said)
    again = client.post(reverse("deciding:board-applications", args=[teens.pk]), said)

    noor = Application.objects.get()
    assert sent["Location"] == noor.get_absolute_url()
    assert again.status_code == 422
    assert "I draw" in client.get(noor.get_absolute_url()).content.decode()
    assert client.get(reverse("deciding:application", args=["somebody-else"])).status_code == 404
    assert "Noor" not in client.get(teens.get_absolute_url()).content.decode()


def test_staff_run_a_board_from_its_charter_to_an_answer(sign_in: SignIn, riverside: Branch, mona: Person) -> None:
    desk = sign_in(mona)
    charter = {
        "kind": "friends", "name_en": "Friends", "purpose_en": "To help", "promise_en": "An answer", "answer_days": 14,
        "size": 5, "term_months": 24, "takes_applications": "on",
    }  # fmt: skip
    assert desk.post(reverse("deciding:desk-board-new"), charter).status_code == 302
    board = Board.objects.get()
    assert desk.post(reverse("deciding:board-charter", args=[board.pk]), charter | {"size": 6}).status_code == 302

    paper = {"name": "Dolores", "channel": "paper"}
    assert desk.post(reverse("deciding:board-application-entry", args=[board.pk]), paper).status_code == 302
    asked = board.applications.get()
    answer = {"accepted": "yes", "reason": "Welcome"}
    assert desk.post(reverse("deciding:desk-application", args=[board.pk, asked.pk]), answer).status_code == 302
    term = board.terms.get()
    renewal = reverse("deciding:term-renewals", args=[board.pk, term.pk])
    assert desk.post(renewal, {"until": term.since}).status_code == 422

    when = {"starts_at": "2026-01-05T18:00", "place_en": "The hall"}
    assert desk.post(reverse("deciding:board-meeting-new", args=[board.pk]), when).status_code == 302
    meeting = board.meetings.get()
    for url_name, said in (
        ("board-attendance", {"came": [], "guests": "3"}),
        ("board-minutes", {"said_en": "We met"}),
        ("minutes-approval", {}),
    ):
        assert desk.post(reverse(f"deciding:{url_name}", args=[board.pk, meeting.pk]), said).status_code == 302
    assert Meeting.objects.get().public_minutes
    assert desk.get(reverse("deciding:board-sheet", args=[board.pk, meeting.pk])).content.decode().count("☐") >= 8

    advice = {"said_en": "More chairs", "to_en": "The director", "answer_by": timezone.localdate()}
    assert desk.post(reverse("deciding:advice-new", args=[board.pk]), advice).status_code == 302
    given = board.advice.get()
    reply = {"followed": "fully", "reason_en": "Twelve chairs"}
    assert desk.post(reverse("deciding:desk-advice", args=[board.pk, given.pk]), reply).status_code == 302
    assert "Twelve chairs" in Client().get(given.get_absolute_url()).content.decode()


def test_a_member_sees_the_papers_and_others_do_not(sign_in: SignIn, teens: Board, amina: Person, chen: Person) -> None:
    teens.seat("Amina", by=None, person=amina)
    teens.meetings.create(starts_at=timezone.now() + timedelta(days=3), place="Attic", papers="Read the plan")
    mine = reverse("deciding:board-mine", args=[teens.pk])

    assert "Read the plan" in sign_in(amina).get(mine).content.decode()
    assert sign_in(chen).get(mine)["Location"] == teens.get_absolute_url()


def test_the_desk_reads_boards_of_its_branch_and_changes_none(sign_in: SignIn, teens: Board, desk: Person) -> None:
    hilltop = Branch.objects.create(slug="hilltop", name="Hilltop")
    assert sign_in(desk).get(reverse("deciding:desk-board", args=[teens.pk])).status_code == 200
    assert sign_in(desk).get(reverse("deciding:board-charter", args=[teens.pk])).status_code == 403

    Board.objects.update(branch=hilltop)

    assert sign_in(desk).get(reverse("deciding:desk-board", args=[teens.pk])).status_code == 404


def test_pages_of_a_board_ask_as_often_for_many_as_for_one(client: Client, teens: Board, ben: Person) -> None:
    def grow(times: int) -> None:
        for _time in range(times):
            advice = _advise(teens, ben)
            advice.reply("fully", "Yes", by=ben)
            meeting = teens.meetings.create(starts_at=timezone.now() - timedelta(days=3), place="Attic")
            meeting.write_minutes("We met", by=ben).approve(by=ben)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("deciding:boards"))
            client.get(teens.get_absolute_url())
        return len(asked)

    grow(1)
    queries()
    few = queries()
    grow(10)

    assert queries() == few


def test_what_is_kept_of_people_goes_in_time(teens: Board, ben: Person, amina: Person) -> None:
    teens.apply("Yes", name="Noor", email="noor@example.org").decline("No place", by=ben)
    term = teens.seat("Amina", by=ben, person=amina, is_named=True)
    assert clean_applications() == 0

    Application.objects.get().answer.__class__.objects.update(at=timezone.now() - timedelta(days=100))
    erase_terms(amina)

    assert clean_applications() > 0
    term.refresh_from_db()
    assert (term.name, term.person, term.is_named, term.is_open) == ("–", None, False, True)


def test_advice_about_a_question_hangs_on_its_story(teens: Board, garden: Process, ben: Person) -> None:
    advice = Advice.objects.give(teens, "Herbs", to="All", by=ben, decision=Decision.objects.get())

    assert advice.loop.strands.filter(thing="deciding.decision", thing_key=garden.decision_id).exists()

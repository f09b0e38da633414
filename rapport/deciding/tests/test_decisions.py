from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from rapport.deciding.models import Closing, Decision, Promise
from rapport.deciding.models.decision import PromiseNotKept
from rapport.insight.models import Need
from rapport.loop.models import Loop, Turn
from rapport.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def ask(by: Person, promise: Promise = Promise.CONSULT, need: Need | None = None) -> Decision:
    return Decision.objects.ask(
        "What should the garden be?",
        by=by,
        need=need,
        promise=promise,
        decider="The board",
        by_when=timezone.localdate() + timedelta(days=20),
    )


def test_a_question_about_a_need_goes_on_with_its_loop(ben: Person) -> None:
    need = Need.objects.take_up("A quiet place outdoors", kind="need", by=ben)

    decision = ask(ben, need=need)

    assert decision.loop == need.loop
    assert [step.turn for step in need.loop.steps.all()] == [Turn.TAKEN_UP, Turn.ASKED]


def test_a_question_of_its_own_begins_a_loop(ben: Person) -> None:
    decision = ask(ben)

    assert list(Loop.objects.of(decision)) == [decision.loop]


@pytest.mark.parametrize("promise", [promise for promise in Promise if promise != Promise.INFORM])
def test_a_promise_to_listen_is_kept_before_closing(promise: Promise, mona: Person) -> None:
    decision = ask(mona, promise)
    decision.decide("Benches", reasons="Most asked for them", goes_ahead=True, by=mona)

    with pytest.raises(PromiseNotKept):
        decision.close(by=mona)

    decision.publish_influence("You asked for shade, so there is a tree", by=mona)
    decision.close(by=mona)
    assert Closing.objects.count() == 1


def test_who_only_promised_to_inform_may_close_at_once(mona: Person) -> None:
    decision = ask(mona, Promise.INFORM)

    decision.close(by=mona)

    assert not Decision.objects.open().exists()


def test_the_database_itself_refuses_to_close_an_unkept_promise(mona: Person) -> None:
    decision = ask(mona)

    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.create(decision=decision, promise=decision.promise, by=mona)


def test_a_decision_is_taken_once(mona: Person) -> None:
    decision = ask(mona)
    decision.decide("Benches", reasons="Asked for", goes_ahead=True, by=mona)

    with pytest.raises(IntegrityError), transaction.atomic():
        decision.decide("No benches", reasons="Changed our mind", goes_ahead=False, by=mona)


def test_a_manager_decides_at_the_desk_and_the_world_can_read_why(
    mona: Person, sign_in: SignIn, client: Client
) -> None:
    decision = ask(mona)

    answer = sign_in(mona).post(
        f"/desk/decisions/{decision.pk}/ruling/",
        {"decided_en": "Six benches", "reasons_en": "Shade was asked for", "goes_ahead": "yes"},
    )

    assert answer.status_code == 302
    assert "Shade was asked for" in client.get(decision.get_absolute_url()).content.decode()


def test_a_decision_without_reasons_keeps_what_was_typed(mona: Person, sign_in: SignIn) -> None:
    decision = ask(mona)

    answer = sign_in(mona).post(
        f"/desk/decisions/{decision.pk}/ruling/", {"decided_en": "Six benches", "goes_ahead": "yes"}
    )

    assert answer.status_code == 422
    assert "Six benches" in answer.content.decode()
    assert decision.ruled is None


def test_whoever_presses_second_is_told_so(mona: Person, sign_in: SignIn) -> None:
    decision = ask(mona)
    page = {"decided_en": "Six benches", "reasons_en": "Shade", "goes_ahead": "yes"}
    desk = sign_in(mona)
    desk.post(f"/desk/decisions/{decision.pk}/ruling/", page)

    answer = desk.post(f"/desk/decisions/{decision.pk}/ruling/", page, follow=True)

    assert "A colleague has done this just now" in answer.content.decode()
    assert decision.loop.steps.filter(turn=Turn.DECIDED).count() == 1


def test_program_staff_ask_but_do_not_decide(ben: Person, sign_in: SignIn) -> None:
    decision = ask(ben)

    assert sign_in(ben).get("/desk/decisions/new/").status_code == 200
    assert sign_in(ben).post(f"/desk/decisions/{decision.pk}/ruling/").status_code == 403


def test_a_day_that_has_passed_is_refused_at_its_field(ben: Person, sign_in: SignIn) -> None:
    answer = sign_in(ben).post(
        "/desk/decisions/new/",
        {
            "question_en": "What should it be?",
            "promise": "consult",
            "open_words_en": "All",
            "decider_en": "The board",
            "by_when": "2020-01-01",
        },
    )

    assert answer.status_code == 422
    assert "This day has passed" in answer.content.decode()

"""The letters page of the desk: who may see it, which letters, and what each button does."""

import pytest
from django.core import mail

from conftest import AtOnce, SignIn
from rapport.loop.models import Speaker
from rapport.messaging.models import Letter, LetterState
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db


def letter(once: str, state: LetterState, *, branch: Branch | None = None, **speaker: str) -> Letter:
    to = Speaker.objects.create(language="en", **speaker)
    written = Letter.objects.write(once, subject=once, text=f"Text of {once}", language="en", speaker=to, branch=branch)
    Letter.objects.filter(pk=written.pk).update(state=state)
    return written


@pytest.fixture
def call(riverside: Branch) -> Letter:
    return letter("call", LetterState.TO_CALL, branch=riverside, phone="555 0101")


@pytest.fixture
def call_elsewhere() -> Letter:
    hillside = Branch.objects.create(slug="hillside", name={"en": "Hillside Library"})
    return letter("elsewhere", LetterState.TO_CALL, branch=hillside, phone="555 0102")


@pytest.fixture
def doubtful(riverside: Branch) -> Letter:
    return letter("doubt", LetterState.DOUBTFUL, branch=riverside, email="amina@example.org")


def state_of(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.state


def test_the_desk_sees_the_calls_of_its_branch_and_nothing_else(
    desk: Person, sign_in: SignIn, call: Letter, call_elsewhere: Letter, doubtful: Letter
) -> None:
    page = sign_in(desk).get("/desk/letters/").content.decode()

    assert "555 0101" in page
    assert "555 0102" not in page
    assert "amina@example.org" not in page


def test_a_manager_of_all_sees_all_letters(
    mona: Person, sign_in: SignIn, call: Letter, call_elsewhere: Letter, doubtful: Letter
) -> None:
    page = sign_in(mona).get("/desk/letters/").content.decode()

    assert all(words in page for words in ("555 0101", "555 0102", "amina@example.org"))


def test_a_call_that_was_made_is_told(desk: Person, sign_in: SignIn, call: Letter) -> None:
    sign_in(desk).post(f"/desk/letters/{call.pk}/arrival/")

    assert state_of(call) == LetterState.SENT
    assert call.settled_by == desk


def test_the_desk_settles_no_letter_of_another_branch_nor_one_that_it_cannot_see(
    desk: Person, sign_in: SignIn, call_elsewhere: Letter, doubtful: Letter
) -> None:
    client = sign_in(desk)

    assert client.post(f"/desk/letters/{call_elsewhere.pk}/arrival/").status_code == 404
    assert client.post(f"/desk/letters/{doubtful.pk}/arrival/").status_code == 404
    assert client.post(f"/desk/letters/{doubtful.pk}/sending/").status_code == 403
    assert state_of(call_elsewhere) == LetterState.TO_CALL
    assert state_of(doubtful) == LetterState.DOUBTFUL


def test_a_letter_in_doubt_is_sent_again_once(mona: Person, sign_in: SignIn, doubtful: Letter, at_once: AtOnce) -> None:
    with at_once():
        sign_in(mona).post(f"/desk/letters/{doubtful.pk}/sending/")
        sign_in(mona).post(f"/desk/letters/{doubtful.pk}/sending/")

    assert state_of(doubtful) == LetterState.SENT
    assert len(mail.outbox) == 1


def test_a_letter_in_doubt_that_arrived_is_not_sent_again(
    mona: Person, sign_in: SignIn, doubtful: Letter, at_once: AtOnce
) -> None:
    with at_once():
        sign_in(mona).post(f"/desk/letters/{doubtful.pk}/arrival/")

    assert state_of(doubtful) == LetterState.SENT
    assert mail.outbox == []


def test_the_page_is_for_staff(amina: Person, chen: Person, tara: Person, sign_in: SignIn) -> None:
    assert [sign_in(person).get("/desk/letters/").status_code for person in (amina, chen, tara)] == [403, 403, 403]

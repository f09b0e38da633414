"""How long the words and the address of a letter are kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.loop.models import Speaker
from rapport.messaging.hooks import erase_letters
from rapport.messaging.models import Letter, LetterState
from rapport.messaging.post import clean_letters
from rapport.people.models import Person

pytestmark = pytest.mark.django_db


def letter(state: LetterState, *, days: int, settled: int | None = None) -> Letter:
    number = Letter.objects.count()
    now = timezone.now()
    to = Speaker.objects.create(email=f"{number}@example.org", language="en")
    written = Letter.objects.write(f"one:{number}", subject="News", text="News", language="en", speaker=to)
    settled_at = None if settled is None else now - timedelta(days=settled)
    Letter.objects.filter(pk=written.pk).update(state=state, at=now - timedelta(days=days), settled_at=settled_at)
    return written


def is_empty(letter: Letter) -> bool:
    letter.refresh_from_db()
    return (letter.text, letter.email, letter.subject, letter.speaker) == ("", "", "", None)


def test_a_sent_letter_is_emptied_after_its_time_and_not_before() -> None:
    old, new = letter(LetterState.SENT, days=31), letter(LetterState.SENT, days=29)

    assert clean_letters() == 1
    assert is_empty(old)
    assert not is_empty(new)
    assert clean_letters() == 0


def test_the_time_of_a_settled_letter_begins_when_it_was_settled() -> None:
    just, long_ago = letter(LetterState.SENT, days=60, settled=5), letter(LetterState.SENT, days=60, settled=31)

    assert clean_letters() == 1
    assert not is_empty(just)
    assert is_empty(long_ago)


@pytest.mark.parametrize("state", [LetterState.DOUBTFUL, LetterState.TO_CALL])
def test_what_nobody_settled_for_half_a_year_is_let_go(state: LetterState) -> None:
    old, new = letter(state, days=181), letter(state, days=179)

    assert clean_letters() == 1
    assert is_empty(old)
    assert old.state == LetterState.LET_GO
    assert not is_empty(new)
    assert new.state == state


def test_who_is_erased_stays_on_no_list_of_calls(amina: Person) -> None:
    call = letter(LetterState.TO_CALL, days=1)
    Speaker.objects.filter(pk=call.speaker_id).update(person=amina)

    erase_letters(amina)

    assert is_empty(call)
    assert call.state == LetterState.STOPPED

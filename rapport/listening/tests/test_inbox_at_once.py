from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from rapport.listening.models import Assignment, Voice
from rapport.listening.tests.test_inbox_voice import a_voice
from rapport.people.models import Person
from rapport.places.models import Branch


def _both(*acts: Callable[[], None]) -> None:
    start = Barrier(len(acts))

    def run(act: Callable[[], None]) -> None:
        try:
            start.wait(10)
            act()
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_at_once_one_holds_it_and_the_other_is_told(
    riverside: Branch, ben: Person, mona: Person
) -> None:
    for _round in range(3):
        voice = a_voice(riverside)
        said: dict[Person, bool] = {}

        def claim(person: Person, key: int = voice.pk, said: dict[Person, bool] = said) -> None:
            said[person] = Voice.objects.get(pk=key).claim(by=person)

        _both(lambda: claim(ben), lambda: claim(mona))

        assert sorted(said.values()) == [False, True]
        holder = Assignment.objects.get(voice=voice).to
        assert holder is not None
        assert said[holder]

from threading import Barrier, Thread

import pytest
from django.db import connection

from rapport.insight.models import AlreadyPublished, Assessment
from rapport.people.models import Person


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does_and_nobody_is_told_twice(ben: Person, mona: Person) -> None:
    for _round in range(3):
        key = Assessment.objects.begin("The town", by=ben).pk
        start, said = Barrier(2), []

        def publish(person: Person, key: int = key, start: Barrier = start, said: list[bool] = said) -> None:
            try:
                start.wait(10)
                Assessment.objects.get(pk=key).publish(summary="a", limits="b", next_steps="c", by=person)
                said.append(True)
            except AlreadyPublished:
                said.append(False)
            finally:
                connection.close()

        threads = [Thread(target=publish, args=[person]) for person in (ben, mona)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

        assert sorted(said) == [False, True]
        assert Assessment.objects.get(pk=key).loop.steps.count() == 1

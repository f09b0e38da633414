"""Several people write the same survey at once."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from rapport.people.models import Person
from rapport.surveys.methods import Kind, Question, Questionnaire, editing
from rapport.surveys.models import Survey

from .garden import garden_questions

_WRITERS = 4


@pytest.mark.django_db(transaction=True)
def test_of_several_who_write_at_once_nobody_loses_a_question(ben: Person) -> None:
    survey = Survey.objects.begin(garden_questions(), by=ben)
    survey.open(by=ben)
    start = Barrier(_WRITERS)

    def put(questionnaire: Questionnaire) -> Questionnaire:
        return editing.add(questionnaire, Question(key="new", kind=Kind.LONG), page="you")[0]

    def write() -> None:
        try:
            start.wait(10)
            Survey.objects.get(pk=survey.pk).rewrite(put, by=ben)
        finally:
            connection.close()

    threads = [Thread(target=write) for _n in range(_WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    draft = survey.editions.drafts().get()
    keys = [question.key for question in draft.questionnaire.pages[0].questions]
    assert keys == ["visits", "barriers", "new", "new2", "new3", "new4"]

"""Files of answers taken at the same moment: nothing twice, no quota passed, and each report true."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from rapport.people.models import Person
from rapport.surveys.methods import Comparison, Test, condition_as_json
from rapport.surveys.models import AnswerFile, QuotaFull, Response, Survey

from .garden import garden_questions

pytestmark = pytest.mark.django_db(transaction=True)
NEVER = condition_as_json(Test("visits", Comparison.EQUAL, "never"))
WEEKLY = condition_as_json(Test("visits", Comparison.EQUAL, "weekly"))


@pytest.fixture
def garden(ben: Person) -> Survey:
    survey = Survey.objects.begin(garden_questions(), by=ben)
    survey.open(by=ben)
    return survey


def _together(*acts: Callable[[], object]) -> None:
    start, broken = Barrier(len(acts)), list[Exception]()

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(20)
            act()
        except Exception as problem:
            broken.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert broken == []


def _brought(survey: Survey, ben: Person, rows: list[str], *, whole: bool) -> AnswerFile:
    upload = SimpleUploadedFile("answers.csv", "\n".join(["visits", *rows, ""]).encode())
    brought = AnswerFile.objects.bring(survey, upload, by=ben)
    brought.whole_or_nothing = whole
    return brought


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("places", [0, 600])
def test_the_same_file_taken_three_times_at_once_adds_nothing_twice(
    garden: Survey, ben: Person, whole: bool, places: int
) -> None:
    if places:
        garden.quotas.create(name="All", when={}, places=places)
    files = [_brought(garden, ben, ["weekly", "never"] * 250, whole=whole) for _n in range(3)]

    _together(*[file.take for file in files])

    assert garden.responses.count() == 500
    taken = sorted(file.report["taken"] for file in files)
    assert sum(taken) == 500
    assert all(file.report["taken"] + file.report["known"] == 500 for file in files)
    if whole:  # all of a file or nothing of it; otherwise whoever comes first takes a hundred rows at a time
        assert taken == [0, 0, 500]
    assert [quota.taken for quota in garden.quotas.all()] == [500] * bool(places)


def test_quotas_are_never_passed_by_files_and_people_at_once(garden: Survey, ben: Person) -> None:
    """The files ask for their quotas in turned orders, and people answer meanwhile: nobody waits in a ring."""
    garden.quotas.create(name="Those who never come", when=NEVER, places=70)
    garden.quotas.create(name="Those who come weekly", when=WEEKLY, places=70)
    one = _brought(garden, ben, ["never", "weekly"] * 50, whole=False)
    other = _brought(garden, ben, ["weekly", "never"] * 50, whole=False)

    answered: list[bool] = []

    _together(one.take, other.take, *[lambda: answered.append(_answer(garden))] * 4)

    counts = {visits: garden.responses.filter(answers__visits=visits).count() for visits in ("never", "weekly")}
    assert [quota.taken for quota in garden.quotas.all()] == [70, 70]
    assert counts == {"never": 70, "weekly": 70}
    assert one.report["taken"] + other.report["taken"] + sum(answered) == 140


def test_a_whole_file_that_a_quota_stops_leaves_nothing(garden: Survey, ben: Person) -> None:
    garden.quotas.create(name="Those who never come", when=NEVER, places=150)
    files = [_brought(garden, ben, [*["never"] * 100, visits], whole=True) for visits in ("weekly", "rarely")]

    _together(*[file.take for file in files])

    assert sorted(file.state for file in files) == ["refused", "taken"]
    assert garden.responses.count() == 101
    assert garden.quotas.get().taken == 100


def _answer(survey: Survey) -> bool:
    edition = survey.edition
    assert edition is not None
    try:
        Response.objects.take(survey, {"visits": "never"}, edition=edition, channel="web", language="en")
    except QuotaFull:
        return False
    return True

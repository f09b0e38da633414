from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.surveys.models import AlreadyEntered, Entry, PaperPrint, Response, Sheet, Survey

from .garden import garden_questions


@pytest.fixture
def garden(ben: Person) -> Survey:
    """Open, and each of its sheets is entered twice."""
    survey = Survey.objects.begin(garden_questions(), by=ben, doubled_share=100)
    survey.open(by=ben)
    return survey


def _sheet(garden: Survey, serial: int = 1) -> Sheet:
    return Sheet.of(garden, serial, language="en", branch=None)


def test_a_sheet_entered_once_is_enough_where_the_library_says_so(garden: Survey, ben: Person) -> None:
    garden.doubled_share = 0
    sheet = _sheet(garden)

    sheet.enter({"visits": "weekly"}, by=ben)

    response = Response.objects.get()
    assert (response.answers, response.channel) == ({"visits": "weekly"}, Channel.PAPER)
    assert sheet.settled_on is not None


def test_two_who_read_the_same_make_the_response_and_empty_the_entries(
    garden: Survey, ben: Person, mona: Person
) -> None:
    sheet = _sheet(garden)
    sheet.enter({"visits": "weekly", "wish": "More  Shade"}, by=ben)
    after_one = garden.responses.count()

    sheet.enter({"visits": "weekly", "wish": "more shade"}, by=mona)

    assert after_one == 0
    assert garden.responses.get().answers == {"visits": "weekly", "wish": "More  Shade"}
    assert [entry.row for entry in Entry.objects.all()] == [{}, {}]
    assert garden.sheets.error_rate() == 0


def test_nobody_enters_the_same_sheet_twice(garden: Survey, ben: Person) -> None:
    sheet = _sheet(garden)
    sheet.enter({"visits": "weekly"}, by=ben)

    with pytest.raises(AlreadyEntered):
        sheet.enter({"visits": "weekly"}, by=ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        sheet.entries.create(turn=2, by=ben)


def test_where_two_differ_each_cell_is_settled_and_only_then_there_is_a_response(
    garden: Survey, ben: Person, mona: Person, ada: Person
) -> None:
    sheet = _sheet(garden)
    sheet.enter({"visits": "never", "barriers": ["far"], "wish": "Shade", "services.wifi.importance": 4}, by=ben)
    sheet.enter({"visits": "never", "barriers": ["hours"], "services.wifi.importance": 5}, by=mona, unreadable=["wish"])
    differing = sheet.differences()
    before = garden.responses.count()

    sheet.settle({"barriers": 2, "services.wifi.importance": 1, "wish": 0}, by=ada)

    assert [column for column, *_ in differing] == ["barriers", "services.wifi.importance", "wish"]
    assert before == 0
    assert garden.responses.get().answers == {"visits": "never", "barriers": ["hours"], "services.wifi.importance": 4}
    sheet.refresh_from_db()
    assert (sheet.cells, sheet.differing, sheet.unreadable) == (4, 3, ["wish"])
    assert garden.sheets.error_rate() == 0.75
    assert sheet.settle({}, by=ada) is None
    assert garden.responses.count() == 1


def test_what_is_skipped_only_after_settling_is_left_out_and_on_record(
    garden: Survey, ben: Person, mona: Person, ada: Person
) -> None:
    sheet = _sheet(garden)
    sheet.enter({"visits": "never", "barriers": ["far"]}, by=ben)
    sheet.enter({"visits": "weekly", "barriers": ["far"]}, by=mona, kept_anyway=[])

    sheet.settle({"visits": 2}, by=ada)

    sheet.refresh_from_db()
    assert garden.responses.get().answers == {"visits": "weekly"}
    assert (sheet.kept_anyway, sheet.left_out) == ([], ["barriers"])


def test_where_one_keeps_what_the_other_leaves_out_it_is_settled(
    garden: Survey, ben: Person, mona: Person, ada: Person
) -> None:
    sheet = _sheet(garden)
    sheet.enter({"visits": "weekly", "barriers": ["far"]}, by=ben, kept_anyway=["barriers"])
    sheet.enter({"visits": "weekly"}, by=mona, left_out=["barriers"])
    apart = [column for column, *_values in sheet.differences()]

    sheet.settle({"barriers": 1}, by=ada)

    sheet.refresh_from_db()
    assert apart == ["barriers"]
    assert garden.responses.get().answers == {"visits": "weekly", "barriers": ["far"]}
    assert (sheet.kept_anyway, sheet.left_out) == (["barriers"], [])


def test_a_full_quota_keeps_a_sheet_waiting_when_the_others_are_counted(garden: Survey, ben: Person) -> None:
    for serial in (1, 2):
        _sheet(garden, serial).enter({"visits": "weekly"}, by=ben)
    garden.quotas.create(name="Everyone", places=1)

    released = Sheet.objects.release(garden, by=ben)

    assert released == garden.responses.count() == 1
    assert garden.sheets.to_be_entered_again().count() == 1


def test_where_both_are_wrong_the_sheet_is_entered_anew(garden: Survey, ben: Person, mona: Person) -> None:
    sheet = _sheet(garden)
    sheet.enter({"visits": "never"}, by=ben)
    sheet.enter({"visits": "weekly"}, by=mona)

    sheet.begin_anew()

    assert not sheet.entries.exists()
    assert sheet.may_be_entered_by(ben)


def test_a_sheet_is_of_the_edition_that_was_printed_under_its_number(garden: Survey, ben: Person) -> None:
    first = garden.edition
    assert first is not None
    PaperPrint.make(garden, edition=first, language="es", copies=20, by=ben)
    better = garden_questions()
    better.title["en"] = "The garden on the roof"
    garden.draft(by=ben).write(better)
    second = garden.publish(by=ben)
    later = PaperPrint.make(garden, edition=second, language="en", copies=5, by=ben)

    assert (later.first, later.last) == (21, 25)
    assert [_sheet(garden, n).edition for n in (1, 20, 21, 99)] == [first, first, second, second]
    _sheet(garden, 99).enter({}, by=ben)
    assert PaperPrint.make(garden, edition=second, language="en", copies=1, by=ben).first == 100


def _together(*acts: Callable[[], None]) -> list[Exception]:
    start, refused = Barrier(len(acts)), list[Exception]()

    def run(act: Callable[[], None]) -> None:
        try:
            start.wait(10)
            act()
        except (AlreadyEntered, IntegrityError) as problem:
            refused.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return refused


@pytest.mark.django_db(transaction=True)
def test_of_those_who_enter_a_sheet_at_the_same_moment_two_are_kept(
    garden: Survey, ben: Person, mona: Person, ada: Person
) -> None:
    for serial in range(1, 4):

        def enter(by: Person, serial: int = serial) -> None:
            _sheet(garden, serial).enter({"visits": "weekly"}, by=by)

        refused = _together(lambda: enter(ben), lambda: enter(mona), lambda: enter(ada), lambda: enter(ben))

        assert len(refused) == 2
        assert garden.sheets.get(serial=serial).entries.count() == 2
        assert garden.responses.count() == serial


@pytest.mark.django_db(transaction=True)
def test_a_sheet_that_two_settle_at_the_same_moment_is_one_response(
    garden: Survey, ben: Person, mona: Person, ada: Person
) -> None:
    sheet = _sheet(garden)
    sheet.enter({"visits": "never"}, by=ben)
    sheet.enter({"visits": "weekly"}, by=mona)

    def settle() -> None:
        Sheet.objects.get(pk=sheet.pk).settle({"visits": 1}, by=ada)

    _together(settle, settle, settle)

    assert garden.responses.get().answers == {"visits": "never"}


@pytest.mark.django_db(transaction=True)
def test_copies_that_two_print_at_the_same_moment_have_numbers_of_their_own(
    garden: Survey, ben: Person, mona: Person
) -> None:
    edition = garden.edition
    assert edition is not None

    def printed(by: Person) -> None:
        PaperPrint.make(Survey.objects.get(pk=garden.pk), edition=edition, language="en", copies=10, by=by)

    refused = _together(lambda: printed(ben), lambda: printed(mona))

    assert refused == []
    assert sorted(one.first for one in garden.prints.all()) == [1, 11]

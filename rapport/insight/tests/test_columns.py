"""The column cache: it says what was answered, and follows the answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from rapport.insight.columns import cache, read_columns, recheck
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.methods import Choice, Kind, Page, Question, Questionnaire
from rapport.surveys.models import Response, Survey

Take = Callable[..., Response]


def _questions() -> Questionnaire:
    choices = [Choice(code=code, words={"en": code}) for code in ("a", "b", "c")]
    plain = {"words": {"en": "?"}, "choices": choices}
    return Questionnaire(
        title={"en": "Everything"},
        pages=[
            Page(
                key="one",
                questions=[
                    Question(key="single", kind=Kind.SINGLE, **plain),
                    Question(key="many", kind=Kind.MULTIPLE, **plain),
                    Question(key="order", kind=Kind.RANKING, **plain),
                    Question(key="scale", kind=Kind.SCALE, words={"en": "?"}, may_not_apply=True),
                    Question(key="number", kind=Kind.NUMBER, words={"en": "?"}),
                    Question(key="day", kind=Kind.DATE, words={"en": "?"}),
                    Question(key="agree", kind=Kind.CONSENT, words={"en": "?"}),
                    Question(key="open", kind=Kind.LONG, words={"en": "?"}),
                ],
            )
        ],
    )


@pytest.fixture
def survey(ben: Person) -> Survey:
    survey = Survey.objects.begin(_questions(), by=ben)
    survey.open(by=ben)
    return survey


@pytest.fixture
def take(survey: Survey) -> Take:
    def taken(row: dict[str, object], **how: object) -> Response:
        plain = {"edition": survey.edition, "channel": Channel.WEB, "language": "en", **how}
        return Response.objects.take(survey, row, **plain)  # type: ignore[arg-type]

    return taken


def _in_order(survey: Survey, name: str) -> list[int]:
    return sorted(int(code) for code in read_columns(survey).codes(name))


def test_each_kind_is_read_as_it_was_answered(survey: Survey, take: Take, riverside: Branch) -> None:
    take(
        {"single": "b", "many": ["a", "c"], "order": ["c", "a"], "scale": "na", "number": 2.5, "day": "2026-03-01",
         "agree": False, "open": "Shade"},
        branch=riverside, language="es",
    )  # fmt: skip

    columns = read_columns(survey)

    assert columns.codes("single").tolist() == [1]
    assert [columns.chosen("many", code).tolist() for code in "abc"] == [[1], [0], [1]]
    assert [columns.chosen("order", code).tolist() for code in "abc"] == [[2], [0], [1]]
    assert columns.codes("scale").tolist() == [5]
    assert columns.values("number").tolist() == [2.5]
    assert columns.days("day").tolist() == [date(2026, 3, 1).toordinal()]
    assert columns.codes("agree").tolist() == [1]
    assert columns.answered("open").tolist() == [True]
    branch = columns.facet("branch")
    assert branch.levels[branch.codes[0]] == str(riverside.pk)
    assert columns.facet("language").levels == ["es"]


def test_what_was_not_answered_is_not_zero(survey: Survey, take: Take) -> None:
    take({})

    columns = read_columns(survey)

    assert columns.codes("single").tolist() == [-1]
    assert columns.chosen("many", "a").tolist() == [-1]
    assert not any(columns.answered(column.name).any() for column in columns.columns())
    assert columns.facet("branch").codes.tolist() == [-1]


def test_it_follows_new_deleted_imported_and_corrected_answers(survey: Survey, take: Take) -> None:
    first = take({"single": "a"})
    assert _in_order(survey, "single") == [0]

    take({"single": "b"})
    assert _in_order(survey, "single") == [0, 1]

    yesterday = timezone.localdate() - timedelta(days=1)
    imported = {"edition": survey.edition, "on": yesterday, "channel": Channel.IMPORT, "language": "en"}
    Response.objects.bulk_create(Response(survey=survey, answers={"single": "c"}, **imported) for _n in range(3))
    assert _in_order(survey, "single") == [0, 1, 2, 2, 2]

    first.answers = {"single": "c"}
    first.save()
    assert _in_order(survey, "single") == [1, 2, 2, 2, 2]

    Response.objects.filter(on=yesterday).delete()
    first.delete()
    assert _in_order(survey, "single") == [1]


def test_what_only_keys_tell_is_noticed_at_night(survey: Survey, take: Take) -> None:
    take({"single": "a"})
    read_columns(survey)
    Response.objects.all().delete()
    take({"single": "b"})

    recheck()

    assert _in_order(survey, "single") == [1]


def test_nothing_stays_of_a_survey_that_is_gone(survey: Survey, take: Take) -> None:
    take({"single": "a"})
    read_columns(survey)
    folder = cache.folder_of(survey)
    assert folder.exists()

    survey.responses.all().delete()
    survey.delete()
    recheck()

    assert not folder.exists()


def test_shuffling_the_answers_changes_nothing(survey: Survey, take: Take) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    for code in "abcabc":
        take({"single": code}, on=yesterday)
    before = read_columns(survey)

    Response.objects.shuffle(survey)

    after = read_columns(survey)
    assert before.keys(before.on > 0) == after.keys(after.on > 0)
    assert before.codes("single").tolist() == after.codes("single").tolist()


def test_answers_to_several_editions_are_joined(survey: Survey, take: Take, ben: Person) -> None:
    take({"single": "a", "many": ["a"], "scale": 1})
    changed = _questions()
    single, many, scale = changed.question("single"), changed.question("many"), changed.question("scale")
    assert single and many and scale
    single.choices = [Choice(code="new", words={"en": "new"}), *single.choices]
    many.choices = [*many.choices, Choice(code="d", words={"en": "d"})]
    changed.pages[0].questions[3] = replace(scale, meaning=2)
    survey.draft(by=ben).write(changed)
    survey.publish(by=ben)
    take({"single": "new", "many": ["d"], "scale": 2})

    columns = read_columns(survey)

    single_column, meant = columns.column("single"), columns.column("scale@1")
    assert single_column and meant
    assert sorted(single_column.levels()[code] for code in columns.codes("single")) == ["a", "new"]
    assert sorted(columns.chosen("many", "d").tolist()) == [0, 1]
    assert sorted(columns.codes("scale").tolist()) == [-1, 1]
    assert sorted(columns.codes("scale@1").tolist()) == [-1, 0]
    assert columns.facet("edition").levels == ["1", "2"]


def test_a_file_that_is_broken_or_half_written_is_made_anew(survey: Survey, take: Take) -> None:
    take({"single": "a"})
    read_columns(survey)
    (path,) = cache.folder_of(survey).glob("*.columns")
    whole = path.read_bytes()
    for broken in (b"", whole[:30], b"something else"):
        beside = path.with_suffix(".other")
        beside.write_bytes(broken)
        beside.replace(path)

        assert _in_order(survey, "single") == [0]


def test_a_killed_writer_leaves_nothing_that_is_read(
    survey: Survey, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    take({"single": "a"})

    def killed(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            read_columns(survey)

    assert _in_order(survey, "single") == [0]

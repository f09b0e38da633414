"""Each method's ballot: read from a form, said in words, counted, and counted again from its file."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict

from rapport.deciding.methods.ballots import METHODS
from rapport.deciding.models import Ballot, Count, Phase, Poll, Tier
from rapport.deciding.papers import papers
from rapport.deciding.papers.answers import ANSWERS
from rapport.people.models import Person

from .voting import keys, vote_on, voters

pytestmark = pytest.mark.django_db

ONE_QUESTION = {"yes_no", "consent", "gradients"}


def _read(poll: Poll, **typed: Any) -> Any:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [str(value)])
    return poll.paper.form(poll, poll.choices, data)


def test_the_answers_are_those_that_are_counted() -> None:
    for method, answers in ANSWERS.items():
        assert set(answers) == set(METHODS[papers.get(method).counting].answers)


def test_yes_or_no(choosing: Phase) -> None:
    poll = vote_on(choosing, "yes_no", ())
    form = _read(poll, answer="yes")

    assert form.is_valid()
    assert form.marks() == {"answer": "yes"}
    assert [str(one.words) for one in poll.paper.in_words(poll, [], form.marks())] == ["Yes"]
    assert not _read(poll).is_valid()
    assert poll.lacking() == []


def test_an_objection_wants_words(choosing: Phase) -> None:
    poll = vote_on(choosing, "consent", ())

    assert "why" in _read(poll, answer="object").errors
    said = _read(poll, answer="object", why="The door would be in the way")
    assert said.is_valid()
    assert said.marks() == {"answer": "object", "why": "The door would be in the way"}


def test_approval_and_its_limit(choosing: Phase) -> None:
    poll = vote_on(choosing, "approval", most=2)
    one, two, three = keys(poll)

    assert _valid(_read(poll, **{"for": [three, one]})) == {"for": [one, three]}
    assert _valid(_read(poll)) == {}
    assert "for" in _read(poll, **{"for": [one, two, three]}).errors


def test_points_dots_and_times(choosing: Phase) -> None:
    score, dots, times = (vote_on(choosing, method) for method in ("score", "dots", "times"))

    assert _valid(_points(score, 5, 0)) == {"points": dict(zip(keys(score), (5, 0), strict=False))}
    assert _valid(_points(dots, 3, 0, 2)) == {"points": {keys(dots)[0]: 3, keys(dots)[2]: 2}}
    assert _points(dots, 3, 3).non_field_errors()
    assert not _points(score, 6).is_valid()
    said = times.paper.in_words(times, times.choices, _valid(_points(times, 2, 1, 0)))
    assert [str(one.words) for one in said] == ["yes", "if need be", "no"]


def _points(poll: Poll, *points: int) -> Any:
    return _read(poll, **{f"points_{key}": n for key, n in zip(keys(poll), points, strict=False)})


def test_ranks_have_gaps_and_equals_only_where_they_can_be_counted(choosing: Phase) -> None:
    strict, equal = vote_on(choosing, "stv"), vote_on(choosing, "schulze")

    first, second, _third = keys(strict)
    assert _valid(_ranks(strict, 3, 1)) == {"order": [[second], [first]]}
    assert _ranks(strict, 1, 1).errors.keys() == {f"rank_{first}", f"rank_{second}"}
    assert _valid(_ranks(equal, 1, 1)) == {"order": [keys(equal)[:2]]}


def _ranks(poll: Poll, *places: int) -> Any:
    return _read(poll, **{f"rank_{key}": n for key, n in zip(keys(poll), places, strict=False)})


def _valid(form: Any) -> Any:
    assert form.is_valid(), form.errors
    return form.marks()


def _some_ballots(poll: Poll) -> list[dict[str, Any]]:
    one, two, three = keys(poll) if poll.method not in ONE_QUESTION else ("", "", "")
    answers = list(ANSWERS.get(poll.method, {}))[:3]
    return {
        "approval": [{"for": [one, two]}, {"for": [two]}, {"for": [three]}, {}],
        "score": [{"points": {one: 5, two: 4}}, {"points": {three: 1, two: 5}}, {}],
        "dots": [{"points": {one: 3, two: 2}}, {"points": {three: 5}}, {}],
        "times": [{"points": {one: 2, two: 1, three: 0}}, {"points": {one: 0, two: 2}}, {}],
    }.get(
        poll.method,
        [{"answer": answer} for answer in answers] + [{"answer": answers[0]}, {}]
        if answers
        else [{"order": [[one], [two]]}, {"order": [[two], [three]]}, {"order": [[two], [one]]}, {}],
    )


@pytest.mark.parametrize("method", [paper.method for paper in papers if paper.counting])
def test_the_exported_file_gives_the_same_winners(
    method: str, choosing: Phase, ben: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    poll = vote_on(choosing, method, () if method in ONE_QUESTION else ("Fountain", 'A "bench"', "Shade, trees"))
    poll.phase.process.vote_tier = Tier.ANYONE
    ballots = _some_ballots(poll)
    for marks, voter in zip(ballots, voters(poll.process, len(ballots), ben), strict=True):
        Ballot.objects.cast(poll, marks, participant=voter)

    count = Count.objects.take(poll)

    rules = poll.fixed
    for ending, text in poll.paper.files(rules, [one.marks for one in poll.ballots.all()], "Hours").items():
        file = tmp_path / f"ballots.{ending}"
        file.write_text(text)
        call_command("count", file, method=poll.paper.counting, seed="spring", json=True)
        said = json.loads(capsys.readouterr().out)
        assert said["winners"] == count.winners
        assert said["ballots"] == len(ballots)

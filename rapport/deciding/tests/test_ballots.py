import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as some

from rapport.deciding.methods.ballot_files import read_blt, read_marks, write_blt
from rapport.deciding.methods.ballots import Beforehand, Marks, Ranked, Result, count
from rapport.deciding.methods.ballots.schulze import pairwise, strongest_paths

# "Food for a party", the worked example of Wikipedia's article on the single transferable vote (20 guests, 3 kinds).
PARTY = """5 3
4 1 0
2 2 1 0
8 3 4 0
4 3 5 0  # chocolate, then sweets
1 4 0
1 5 0
0
"Oranges"
"Pears"
"Chocolate"
"Strawberries"
"Sweets"
"Food for a party"
"""

# Schulze 2011, section 3, example 1: 45 voters.
SCHULZE = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
# The capital of Tennessee, as in Wikipedia's article on instant run-off, in hundredths of the voters.
TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}


def _ranked(counts: dict[str, int]) -> Ranked:
    return Ranked.of([order for order, number in counts.items() for _ in range(number)])


@pytest.fixture
def party(tmp_path: Path) -> Path:
    (tmp_path / "party.blt").write_text(PARTY)
    return tmp_path / "party.blt"


def test_the_published_example_of_stv_is_counted_as_published(party: Path) -> None:
    answer = _counted(party, "stv")

    stages = [step for step in answer["steps"] if "votes" in step]
    assert answer["winners"] == ["Chocolate", "Oranges", "Strawberries"]
    assert stages[0]["quota"] == 6
    assert [list(stage["votes"].values()) for stage in stages] == [
        [4, 2, 12, 1, 1],
        [4, 2, 6, 5, 3],
        [6, 0, 6, 5, 3],
        [6, 0, 6, 5, 0],
    ]
    assert [stage["not_transferable"] for stage in stages] == [0, 0, 0, 3]
    assert answer["steps"][-1]["what"] == "last seats"


def test_a_surplus_moves_on_in_five_decimals_cut_off() -> None:
    """Seven papers with a surplus of one: each is worth 0.14285, and 0.00005 of it are lost."""
    ballots = _ranked({"AB": 4, "AC": 3, "B": 2, "C": 3, "D": 1, "E": 1})

    result = count("stv", ballots, Beforehand(seats=2))

    surplus = next(step for step in result.steps if step["what"] == "surplus")
    assert surplus["surplus"] == 2
    assert surplus["votes"]["B"] == 2 + 4 * 0.28571
    assert surplus["not_transferable"] == pytest.approx(2 - 7 * 0.28571)


def test_a_tie_is_decided_by_the_latest_earlier_stage_where_they_differed() -> None:
    ballots = _ranked({"A": 10, "B": 6, "C": 5, "DC": 1, "E": 3})

    result = count("stv", ballots, Beforehand(seats=1))

    exclusions = [step for step in result.steps if step["what"] == "exclusion"]
    assert [step["of"] for step in exclusions] == ["D", "E", "C", "B"][: len(exclusions)]
    assert exclusions[2]["tie_by"] == "earlier stage"
    assert exclusions[2]["tied"] == ["B", "C"]


def test_a_lot_can_be_drawn_again_from_its_seed() -> None:
    ballots = Ranked.of([["A"], ["B"]])

    first = count("irv", ballots, Beforehand(seed="river"))

    assert first.steps[1]["tie_by"] == "lot"
    assert count("irv", ballots, Beforehand(seed="river")) == first
    assert {count("irv", ballots, Beforehand(seed=str(n))).winners for n in range(20)} == {("A",), ("B",)}


def test_the_instant_run_off_of_tennessee() -> None:
    result = count("irv", _ranked(TENNESSEE), Beforehand())

    assert result.winners == ("K",)
    assert [step.get("excluded") for step in result.steps[1:]] == ["C", "N", None]
    assert result.steps[-1]["votes"] == {"K": 58, "M": 42}


def test_the_example_of_schulze_is_counted_as_he_published_it() -> None:
    ballots = _ranked(SCHULZE)

    paths = strongest_paths(pairwise(ballots))

    assert count("schulze", ballots, Beforehand(seats=5)).winners == tuple("EACBD")
    assert paths.tolist() == [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ]


@settings(max_examples=100, deadline=None)
@given(some.lists(some.permutations("ABCD").flatmap(lambda p: some.integers(0, 4).map(lambda n: p[:n]))))
def test_no_vote_is_lost_and_no_seat_is_filled_twice(rankings: list[list[str]]) -> None:
    ballots = Ranked.of(rankings, "ABCD")
    valid = sum(bool(ranking) for ranking in rankings)

    for seats in (1, 2, 3):
        result = count("stv", ballots, Beforehand(seats=seats))
        for step in result.steps:
            if "votes" in step:
                assert sum(step["votes"].values()) + step["not_transferable"] == pytest.approx(valid)
        assert len(set(result.winners)) == len(result.winners) == (seats if valid else 0)


@settings(max_examples=100, deadline=None)
@given(some.lists(some.permutations("ABCD"), min_size=1))
def test_who_would_win_against_everybody_wins_by_schulze(rankings: list[list[str]]) -> None:
    ballots = Ranked.of(rankings, "ABCD")
    above = pairwise(ballots)
    best = [at for at in range(4) if np.all(np.delete(above[at] > above[:, at], at))]

    winner = count("schulze", ballots, Beforehand()).winners[0]

    assert not best or winner == "ABCD"[best[0]]


def test_yes_needs_the_majority_that_was_agreed() -> None:
    answers = ["yes"] * 6 + ["no"] * 3 + ["abstain"] * 5

    assert count("yesno", answers, Beforehand()).winners == ("yes",)
    assert count("yesno", answers, Beforehand(majority=Fraction(2, 3))).winners == ("yes",)
    assert count("yesno", answers, Beforehand(majority=Fraction(3, 4))).winners == ("no",)
    assert count("yesno", ["yes", "no"], Beforehand()).winners == ("no",)
    assert count("yesno", ["abstain"], Beforehand()).winners == ()


def test_below_the_quorum_it_is_counted_and_nothing_is_decided() -> None:
    result = count("approval", Marks.of([{"bench": 1}]), Beforehand(quorum=2))

    assert (result.winners, result.why) == ((), "quorum")
    assert result.steps[1]["approvals"] == {"bench": 1}


def test_one_objection_stands_in_the_way_of_consent_unless_agreed_otherwise() -> None:
    answers = ["consent", "concern", "object"]

    assert count("consent", answers, Beforehand()).why == "objections"
    assert count("consent", answers, Beforehand(objections=1)).winners == ("accepted",)
    assert count("consent", ["abstain"], Beforehand()).why == "nobody"


def test_gradients_show_how_far_people_go_along() -> None:
    answers = ["endorse", "endorse", "support with reservations", "serious disagreement"]

    result = count("gradients", answers, Beforehand(majority=Fraction(3, 4)))

    assert result.winners == ("accepted",)
    assert (result.steps[1]["support"], result.steps[1]["median"]) == (3, "endorse")
    assert count("gradients", [*answers, "veto"], Beforehand()).why == "objections"


def test_marks_are_added_up_and_ties_are_told() -> None:
    approvals = Marks.of([{"bench": 1, "herbs": 1}, {"herbs": 1}, {"pond": 1}])
    scores = Marks.of([{"bench": 5, "herbs": 3}, {"bench": 0, "herbs": 2}])
    dotted = Marks.of([{"bench": 3}, {"herbs": 1}, {"herbs": 2}])
    when = Marks.of([{"Mon": 2, "Tue": 1}, {"Mon": 2, "Tue": 2}, {"Tue": 1}, {"Mon": 1}], ["Mon", "Tue"])

    assert count("approval", approvals, Beforehand(seats=2)).winners[0] == "herbs"
    assert _last(count("score", scores, Beforehand())) == ("bench", "highest scores")
    assert _last(count("dots", dotted, Beforehand(most=3))) == ("herbs", "voters")
    assert _last(count("times", when, Beforehand())) == ("Mon", "yes")
    with pytest.raises(ValueError, match="ballot 1 has 4 dots, more than 3"):
        count("dots", Marks.of([{"bench": 2, "herbs": 2}]), Beforehand(most=3))


def _last(result: Result) -> tuple[str, str]:
    return result.steps[-1]["elected"], result.steps[-1]["tie_by"]


def test_blt_is_read_as_it_was_written(tmp_path: Path) -> None:
    text = '3 1\n-2\n3 1 2=3 0\n1 - 3 0\n2 0\n0\n"A # one"\n"B"\n"C"\n"Title"\n'
    (tmp_path / "ballots.blt").write_text(text)
    read = read_blt(tmp_path / "ballots.blt")

    with (tmp_path / "again.blt").open("w") as file:
        write_blt(file, read.ballots, read.seats, read.title)

    assert read_blt(tmp_path / "again.blt") == read
    assert read.ballots.ballots == ((((0,), (1, 2)), 3), (((2,),), 1), ((), 2))
    assert (read.ballots.withdrawn, read.title) == (frozenset({1}), "Title")


@pytest.mark.parametrize(
    ("text", "method", "winners"),
    [
        ("Bench,Herbs,Pond,count\n1,2,,3\n2,1,3,2\n", "irv", ["Bench"]),
        ("ranking\nBench > Herbs\nHerbs > Bench = Pond\nHerbs\n", "schulze", ["Herbs"]),
        ("voter,Bench,Herbs\n1,x,\n2,yes,no\n3,,1\n", "approval", ["Bench"]),
        ("Bench,Herbs\n5,1\n0,5\n", "score", ["Herbs"]),
        ("Mon,Tue\nyes,maybe\nno,yes\n", "times", ["Tue"]),
        ("answer\nYes\nno\nyes\n", "yesno", ["yes"]),
        ("answer,count\nconsent,12\nconcern,1\n", "consent", ["accepted"]),
    ],
)
def test_csv_of_every_kind_is_counted(text: str, method: str, winners: list[str], tmp_path: Path) -> None:
    (tmp_path / "ballots.csv").write_text(text)

    assert _counted(tmp_path / "ballots.csv", method)["winners"] == winners


@pytest.mark.parametrize(
    ("text", "method", "said"),
    [
        ("", "irv", "no columns"),
        ("A,B\n", "irv", "there are no ballots"),
        ("A,A\n1,2\n", "irv", "two of the same name"),
        ("A,B\n1,second\n", "irv", "line 2, B: “second”"),
        ("A,B\n1,1\n", "stv", "equal ranks"),
        ("A,B\n0,1\n", "irv", "ranks begin at 1"),
        ("A,B\n1,2,3\n", "irv", "more cells than columns"),
        ("ranking\nA > A\n", "irv", "stands twice"),
        ("A,B\n9,1\n", "score", "A: 9 is not between 0 and 5"),
        ("answer\nperhaps\n", "yesno", "ballot 1: “perhaps”"),
        ("A,count\n1,many\n", "irv", "line 2, count"),
    ],
)
def test_csv_that_cannot_be_counted_is_refused(text: str, method: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "ballots.csv").write_text(text)

    _refused(tmp_path / "ballots.csv", method, said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("5 3\n", "five\n", "line 1"),
        ("8 3 4 0", "8 3 9 0", "line 4: “9”"),
        ("8 3 4 0", "8 3 4", "line 4: a ballot"),
        ("8 3 4 0", "8 3 3 0", "stands twice"),
        ('"Pears"', "Pears", "line 10: a name"),
        ('"Pears"\n"Chocolate"\n', "", "3 names|4 names"),
    ],
)
def test_blt_that_cannot_be_counted_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "party.blt").write_text(PARTY.replace(old, new, 1))

    _refused(tmp_path / "party.blt", "stv", said)


@pytest.mark.parametrize("options", [{"seats": 0}, {"majority": "most"}, {"majority": "3/2"}])
def test_rules_that_make_no_sense_are_refused(options: dict[str, Any], party: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("count", party, method="stv", **options)

    assert refused.value.returncode == 2


def test_instant_run_off_fills_one_seat(party: Path) -> None:
    _refused(party, "irv", "elects one", seats=2)


def test_the_log_reads_well_too(party: Path) -> None:
    out = io.StringIO()

    call_command("count", party, method="stv", stdout=out)

    assert "Elected: Chocolate, Oranges, Strawberries" in out.getvalue()


def test_marks_remember_the_options_nobody_marked(tmp_path: Path) -> None:
    (tmp_path / "ballots.csv").write_text("Bench,Herbs\nx,\n")

    assert read_marks(tmp_path / "ballots.csv").sums() == [1, 0]


def _counted(file: Path, method: str, **options: object) -> Any:
    out = io.StringIO()
    call_command("count", file, method=method, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def _refused(file: Path, method: str, said: str, **options: object) -> None:
    with pytest.raises(CommandError, match=said) as refused:
        call_command("count", file, method=method, **options)

    assert refused.value.returncode == 2

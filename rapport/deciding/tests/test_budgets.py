import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as some

from rapport.deciding.methods.budgets import (
    Election,
    EqualShares,
    Greedy,
    Project,
    beside,
    count,
    draw_lots,
    what_my_vote_paid,
    what_would_have_won,
    why,
)
from rapport.deciding.methods.budgets.equal_shares import Utility, equal_shares
from rapport.deciding.methods.pabulib_files import UnreadableBudget, read_budget, write_budget

from .made_votes import SHARED

PABULIB = SHARED / "pabulib"
shared = pytest.mark.skipif(not PABULIB.exists(), reason="needs the pabulib folder in the shared data (RAPPORT_SHARED)")
PLAIN = EqualShares(completion="none")

# Six like the garden's three projects, four the workshop: the street of the many and the street of the few.
GARDEN = ["herbs", "bench", "pond"]


@pytest.fixture
def street() -> Election:
    votes = {f"v{i}": dict.fromkeys(GARDEN, 1) for i in range(6)} | {f"w{i}": {"workshop": 1} for i in range(4)}
    return _election(100, dict.fromkeys([*GARDEN, "workshop"], 33), votes)


def test_greedy_counting_gives_all_to_the_many(street: Election) -> None:
    assert _ids(street, count(street, Greedy())) == GARDEN


def test_equal_shares_gives_each_part_its_part(street: Election) -> None:
    outcome = count(street, PLAIN)

    assert _ids(street, outcome) == ["herbs", "workshop"]
    assert [step.share for step in outcome.steps] == [5.5, 8.25]
    assert [step.payers for step in outcome.steps] == [6, 4]


def test_who_cannot_pay_their_equal_part_pays_what_they_have() -> None:
    votes = {"a": {"cheap": 1, "dear": 1}, "b": {"cheap": 1}, "c": {"dear": 1}, "d": {"dear": 1}}
    election = _election(40, {"cheap": 12, "dear": 20}, votes)

    outcome = count(election, EqualShares("cardinality", "none"))

    assert _ids(election, outcome) == ["cheap", "dear"]
    assert what_my_vote_paid(election, outcome, "a").won == (("cheap", 6), ("dear", pytest.approx(4)))
    assert what_my_vote_paid(election, outcome, "c").won == (("dear", pytest.approx(8)),)
    assert what_my_vote_paid(election, outcome, "a").left == pytest.approx(0)


def test_money_that_is_just_enough_is_enough() -> None:
    """A seventh of one, seven times, after a third was spent: floats would say no."""
    votes: dict[str, dict[str, int]] = {f"v{i}": {"first": 1, "second": 1} for i in range(7)}
    election = _election(1, {"first": Fraction(1, 3), "second": Fraction(2, 3)}, votes)

    assert _ids(election, count(election, PLAIN)) == ["first", "second"]


def test_a_hair_too_little_is_too_little() -> None:
    votes = {f"v{i}": {"only": 1} for i in range(7)}
    election = _election(1, {"only": 1 + Fraction(1, 10**14)}, votes)

    assert count(election, PLAIN).winners == ()


def test_ties_go_to_more_votes_then_to_the_cheaper_then_to_the_lot() -> None:
    votes = {"a": {"x": 1, "y": 1, "z": 1}, "b": {"x": 1, "y": 1, "z": 1}}
    election = _election(100, {"x": 20, "y": 10, "z": 10}, votes)

    drawn = draw_lots(election, "river")
    outcome = count(drawn, PLAIN)

    assert outcome.steps[0].because == "lot"
    assert outcome.steps[1].because == "cost"
    assert _ids(drawn, outcome)[2] == "x"
    assert count(draw_lots(election, "river"), PLAIN).winners == outcome.winners
    assert {_ids(election, count(draw_lots(election, str(seed)), PLAIN))[0] for seed in range(20)} == {"y", "z"}


def test_add1_raises_the_endowment_until_the_next_raise_would_overspend(street: Election) -> None:
    outcome = count(street, EqualShares(completion="add1"))

    assert outcome.cost <= street.budget
    assert outcome.endowment is not None
    assert equal_shares(street, outcome.endowment + 1, "cost").cost > street.budget
    assert _ids(street, outcome) == ["herbs", "bench", "workshop"]


def test_what_is_left_is_filled_up_by_votes() -> None:
    votes = {"a": {"big": 1, "small": 1}, "b": {"big": 1}, "c": {}, "d": {}}
    election = _election(100, {"big": 100, "small": 60}, votes)

    assert count(election, PLAIN).winners == ()
    filled = count(election, EqualShares(completion="votes"))
    assert _ids(election, filled) == ["big"]
    assert [step.kind for step in filled.steps] == ["filled", "passed over"]


def test_the_comparison_takes_greedy_where_more_voters_get_more_from_it(street: Election) -> None:
    outcome = count(street, EqualShares(completion="none", compare=True))

    assert outcome.note == "greedy"
    assert _ids(street, outcome) == GARDEN


def test_points_weigh() -> None:
    votes = {"a": {"x": 9, "y": 1}, "b": {"x": 1, "y": 9}, "c": {"y": 1, "x": 1}}
    election = _election(30, {"x": 15, "y": 16}, votes)

    outcome = count(election, PLAIN)

    paid = {name: dict(what_my_vote_paid(election, outcome, name).won) for name in "abc"}
    assert _ids(election, outcome)[0] == "x"
    assert paid["a"]["x"] == pytest.approx(10)
    assert paid["b"]["x"] == pytest.approx(paid["c"]["x"])


@settings(max_examples=300, deadline=None)
@given(some.data(), some.sampled_from(["cost", "cardinality"]))
def test_floats_with_fractions_where_it_is_close_are_as_good_as_fractions(data: Any, utility: Utility) -> None:
    names = [f"p{i}" for i in range(data.draw(some.integers(1, 6)))]
    costs = {name: data.draw(some.integers(1, 12)) for name in names}
    points = some.dictionaries(some.sampled_from(names), some.integers(1, data.draw(some.integers(1, 3))))
    votes = {f"v{i}": data.draw(points) for i in range(data.draw(some.integers(1, 8)))}
    election = _election(data.draw(some.integers(1, 30)), costs, votes)

    outcome = count(election, EqualShares(utility, "none"))

    assert _ids(election, outcome) == _by_the_book(election, utility)


def _by_the_book(election: Election, utility: str) -> list[str]:
    """The method as it is written down, in fractions throughout and without any haste."""
    voters = [dict(election.ballots[ballot]) for ballot in election.ballot_of]
    money = [election.budget / len(voters)] * len(voters)
    won: list[int] = []
    while True:
        rates: dict[int, Fraction] = {}
        for at, project in enumerate(election.projects):
            unit = project.cost if utility == "cost" else Fraction(1)
            able = [(money[i], voters[i][at] * unit) for i in range(len(voters)) if at in voters[i]]
            if at in won or not able or sum(each for each, _ in able) < project.cost:
                continue
            candidates = [each / worth for each, worth in able] + [
                (project.cost - sum(m for m, w in able if m < rate * w)) / rest
                for rate in [m / w for m, w in able]
                if (rest := sum(w for m, w in able if m >= rate * w))
            ]
            rates[at] = min(r for r in candidates if sum(min(m, r * w) for m, w in able) >= project.cost)
        if not rates:
            return [election.projects[at].id for at in won]
        best = min(rates.values())
        chosen = min((at for at in rates if rates[at] == best), key=election.order_in_a_tie)
        unit = election.projects[chosen].cost if utility == "cost" else Fraction(1)
        for i, ballot in enumerate(voters):
            money[i] -= min(money[i], best * ballot.get(chosen, Fraction(0)) * unit)
        won.append(chosen)


def test_why_a_project_won_or_not_can_be_told_in_money(street: Election) -> None:
    outcome = count(street, PLAIN)

    won, lost = why(street, outcome, "herbs"), why(street, outcome, "bench")

    assert (won.place, won.payers, won.most_paid) == (1, 6, 5.5)
    assert lost.behind == pytest.approx(27)
    assert lost.missing == pytest.approx(6)
    assert lost.more_voters == 4
    assert why(street, count(street, Greedy()), "workshop").missing == pytest.approx(32)


def test_what_would_have_changed_it_was_counted_again(street: Election) -> None:
    outcome = count(street, PLAIN)

    would = what_would_have_won(street, PLAIN, outcome, "bench")

    at = street.position["bench"]
    assert would.cost is not None and would.votes is not None
    assert at in count(street.with_cost(at, would.cost), PLAIN).winners
    assert at in count(street.with_support(at, range(6, 6 + would.votes)), PLAIN).winners
    with pytest.raises(ValueError):
        what_would_have_won(street, PLAIN, outcome, "herbs")


def test_two_outcomes_stand_side_by_side(street: Election) -> None:
    greedy, shares = beside(street, {"greedy": count(street, Greedy()), "shares": count(street, PLAIN)})

    assert (greedy.got_nothing, shares.got_nothing) == (0.4, 0.0)
    assert shares.only_here == ("workshop",)
    assert (greedy.preferred_by, shares.preferred_by) == (0.6, 0.4)


PB = """META
key;value
description;Our street
budget;100
vote_type;{type}
num_votes;2
PROJECTS
project_id;cost;name;votes
herbs;40;"Herbs; and more";2
bench;70;Bench;1
VOTES
voter_id;vote;points
1;herbs,bench;3,1
2;herbs;5
"""


def test_a_file_of_pabulib_is_read_and_written_again(tmp_path: Path) -> None:
    (tmp_path / "street.pb").write_text(PB.format(type="approval"))
    read = read_budget(tmp_path / "street.pb")
    outcome = count(read.election, Greedy())

    with (tmp_path / "again.pb").open("w") as file:
        write_budget(file, read.election, read.meta, outcome)
    again = read_budget(tmp_path / "again.pb")

    assert read.differences == ()
    assert read.election.projects[0].name == "Herbs; and more"
    assert again.election.projects == read.election.projects
    assert again.election.ballots == read.election.ballots
    assert again.published == {"herbs": 1, "bench": 0}


@pytest.mark.parametrize(("kind", "scores"), [("cumulative", [8, 1]), ("approval", [2, 1]), ("ordinal", [3, 1])])
def test_points_are_read_as_the_kind_of_vote_has_them(kind: str, scores: list[int], tmp_path: Path) -> None:
    (tmp_path / "street.pb").write_text(PB.format(type=kind))

    election = read_budget(tmp_path / "street.pb").election

    assert [support.score for support in election.supports] == scores


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("META\n", "", "line 1"),
        ("budget;100", "budget;much", "line 4, budget: “much”"),
        ("budget;100", "other;100", "META says no budget"),
        ("{type}", "guess", "line 5, vote_type: “guess”"),
        ("herbs;40", "herbs;", "line 9, cost: is empty"),
        ("herbs;40", "herbs;-1", "line 9, cost"),
        ("bench;70", "herbs;70", "line 10, project_id: “herbs” stands twice"),
        ("2;herbs;5", "2;pond;5", "line 14, vote: there is no project “pond”"),
        ("2;herbs;5", "2;herbs,herbs;5,1", "line 14, vote"),
        ("2;herbs;5", "2;herbs;5,1", "line 14, points: 2 for 1"),
        ("VOTES", "ANSWERS", "there is no part VOTES"),
        ("PROJECTS", "VOTES", "stands twice"),
    ],
)
def test_a_file_that_cannot_be_counted_is_refused_with_line_and_field(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "street.pb").write_text(PB.replace(old, new, 1).replace("{type}", "cumulative"))

    with pytest.raises(UnreadableBudget, match=said):
        read_budget(tmp_path / "street.pb")


def test_where_a_file_differs_from_its_ballots_both_are_told(tmp_path: Path) -> None:
    text = PB.format(type="approval").replace("num_votes;2", "num_votes;3").replace("Bench;1", "Bench;9")
    (tmp_path / "street.pb").write_text(text)

    differences = read_budget(tmp_path / "street.pb").differences

    assert len(differences) == 2
    assert "num_votes is said to be 3" in differences[0]
    assert "bench is said to have 9" in differences[1]


def test_the_command_answers_in_json_and_in_words(tmp_path: Path) -> None:
    (tmp_path / "street.pb").write_text(PB.format(type="approval"))
    out = io.StringIO()

    answer = _tallied(tmp_path / "street.pb", rule="greedy", why="bench", beside=True)
    call_command("tally", tmp_path / "street.pb", stdout=out)

    assert answer["winners"] == ["herbs"]
    assert answer["cost"] == 40
    assert [step["what"] for step in answer["steps"]] == ["elected", "passed over"]
    assert answer["why"]["would_have_won"]["cost"] == pytest.approx(60, abs=1)
    assert [one["name"] for one in answer["beside"]] == ["greedy", "equalshares"]
    assert "1 project for 40 of 100" in out.getvalue()


@pytest.mark.parametrize("text", ["", "nonsense", PB.format(type="approval").split("1;herbs")[0]])
def test_the_command_refuses_what_it_cannot_count(text: str, tmp_path: Path) -> None:
    (tmp_path / "street.pb").write_text(text)

    with pytest.raises(CommandError) as refused:
        call_command("tally", tmp_path / "street.pb")

    assert refused.value.returncode == 2


@shared
def test_assen_2024_is_counted_as_published() -> None:
    answer = _tallied(PABULIB / "Netherlands_Assen_2024.pb", rule="equalshares")

    assert len(answer["winners"]) == 9
    assert answer["cost"] == 76_700
    assert set(answer["winners"]) == _published("Netherlands_Assen_2024.pb")


@shared
def test_wieliczka_2023_is_counted_as_published() -> None:
    answer = _tallied(PABULIB / "Poland_Wieliczka_2023_Green_Budget.pb", rule="equalshares", completion="add1u")

    assert len(answer["winners"]) == 30
    assert answer["cost"] == 995_079
    assert set(answer["winners"]) == _published("Poland_Wieliczka_2023_Green_Budget.pb")


@shared
def test_stopping_as_soon_as_nothing_fits_gives_wieliczka_another_project() -> None:
    election = read_budget(PABULIB / "Poland_Wieliczka_2023_Green_Budget.pb").election

    assert len(count(election, EqualShares(completion="add1", until="exhaustive")).winners) == 31


@shared
@pytest.mark.parametrize("name", ["Andrzejow", "Baluty_Centrum", "Chojny", "Koziny", "Mileszki", "Nr_33"])
def test_greedy_counting_in_lodz_is_as_published(name: str) -> None:
    file = f"Poland_Lodz_2020_{name}.pb"

    assert set(_tallied(PABULIB / file, rule="greedy")["winners"]) == _published(file)


def _election(budget: int, costs: dict[str, Any], votes: dict[str, dict[str, int]]) -> Election:
    return Election.of(budget, [Project(name, Fraction(cost)) for name, cost in costs.items()], votes)


def _ids(election: Election, outcome: Any) -> list[str]:
    return [election.projects[at].id for at in outcome.winners]


def _published(file: str) -> set[str]:
    return {name for name, elected in read_budget(PABULIB / file).published.items() if elected}


def _tallied(file: Path, **options: object) -> Any:
    out = io.StringIO()
    call_command("tally", file, json=True, stdout=out, **options)
    return json.loads(out.getvalue())

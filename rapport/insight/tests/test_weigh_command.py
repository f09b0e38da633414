"""`rapport weigh`: what a stranger types who wants to check us against R, and what they read when a file is wrong."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from .api_schools import FOLDER, SCHOOL_TYPES, SCHOOL_WIDE, needs_the_schools

DIGITS = 1e-4


def margins_file(path: Path, kind: str, margins: dict[str, dict[str, float]]) -> Path:
    with path.open("w", newline="") as file:
        rows = [(name, level, figure) for name, levels in margins.items() for level, figure in levels.items()]
        csv.writer(file).writerows([("variable", "level", kind), *rows])
    return path


def weigh(*arguments: object) -> dict[str, Any]:
    out = io.StringIO()
    call_command("weigh", *(str(one) for one in arguments), "--json", stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def estimates(*whats: str) -> list[str]:
    return [word for what in whats for word in ("--estimate", what)]


def found(answer: dict[str, Any]) -> dict[tuple[str, str | None], tuple[float, float]]:
    return {(one["name"], one["level"]): (one["estimate"], one["se"]) for one in answer["estimates"]}


@needs_the_schools
def test_clusters_raked_to_the_population(tmp_path: Path) -> None:
    margins = margins_file(tmp_path / "m.csv", "count", {"stype": SCHOOL_TYPES, "sch.wide": SCHOOL_WIDE})
    asked = estimates("mean:api00", "total:enroll", "share:stype")

    answer = weigh(
        FOLDER / "apiclus1.csv", "--cluster", "dnum", "--fpc", "fpc", "--weight", "pw", "--margins", margins, *asked
    )

    assert set(answer) == {"estimates", "weights"}
    assert set(answer["weights"]) == {"deff_kish", "n_effective", "converged"}
    assert all(set(one) == {"name", "level", "estimate", "se", "deff"} for one in answer["estimates"])
    assert answer["weights"]["converged"] is True
    by_name = found(answer)
    assert by_name["mean:api00", None] == pytest.approx((641.23025, 23.70364), rel=DIGITS)
    assert by_name["total:enroll", None] == pytest.approx((3647300, 400602.72), rel=DIGITS)
    assert by_name["share:stype", "H"] == pytest.approx((755 / 6194, 0), abs=1e-9)


@needs_the_schools
def test_clusters_post_stratified(tmp_path: Path) -> None:
    margins = margins_file(tmp_path / "m.csv", "count", {"stype": SCHOOL_TYPES})
    drawing = ["--cluster", "dnum", "--fpc", "fpc", "--weight", "pw", "--margins", margins]

    answer = weigh(FOLDER / "apiclus1.csv", *drawing, *estimates("mean:api00", "total:enroll"))

    assert found(answer)["mean:api00", None] == pytest.approx((642.31079, 23.92049), rel=DIGITS)
    assert found(answer)["total:enroll", None] == pytest.approx((3680892.9, 406292.64), rel=DIGITS)


@needs_the_schools
def test_strata_with_each_kind_of_estimate() -> None:
    drawing = ["--strata", "stype", "--fpc", "fpc", "--weight", "pw"]
    asked = estimates("mean:api00", "share:awards", "quantile:api00:0.5", "ratio:api.stu:enroll")

    answer = weigh(FOLDER / "apistrat.csv", *drawing, *asked)

    by_name = found(answer)
    assert by_name["mean:api00", None] == pytest.approx((662.2873632, 9.4089408), rel=DIGITS)
    assert by_name["share:awards", "Yes"][0] == pytest.approx(0.638936, rel=DIGITS)
    assert by_name["quantile:api00:0.5", None] == pytest.approx((668, 13.18405579), rel=DIGITS)
    assert by_name["ratio:api.stu:enroll", None] == pytest.approx((0.8369568869, 0.007757103167), rel=DIGITS)
    assert [one["name"] for one in answer["estimates"]] == [
        "mean:api00", "share:awards", "share:awards", "quantile:api00:0.5", "ratio:api.stu:enroll",
    ]  # fmt: skip
    assert answer["estimates"][0]["deff"] == pytest.approx(1.20446, rel=DIGITS)


@needs_the_schools
def test_two_stages_whose_weights_follow_from_their_populations() -> None:
    drawing = ["--cluster", "dnum+snum", "--fpc", "fpc1+fpc2"]

    answer = weigh(FOLDER / "apiclus2.csv", *drawing, *estimates("mean:api00", "total:enroll"))

    assert found(answer)["mean:api00", None] == pytest.approx((670.81181, 30.09903), rel=DIGITS)
    assert found(answer)["total:enroll", None] == pytest.approx((2639272.9, 799637.77), rel=DIGITS)


@needs_the_schools
def test_unequal_probabilities_given_as_fractions() -> None:
    """R 4.1-1: svydesign(id = ~1, fpc = ~p, data = election_pps, pps = "brewer")."""
    answer = weigh(FOLDER / "election_pps.csv", "--fpc", "p", *estimates("total:Bush"))

    assert found(answer)["total:Bush", None] == pytest.approx((64518472.38, 2447628.889), rel=DIGITS)


@needs_the_schools
def test_unequal_start_weights_are_raked_as_r_rakes_them(tmp_path: Path) -> None:
    """R 4.1-1: rake(svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc), ..., epsilon = 1e-9)."""
    margins = margins_file(
        tmp_path / "m.csv", "count", {"sch.wide": SCHOOL_WIDE, "comp.imp": {"No": 1712, "Yes": 4482}}
    )
    drawing = ["--strata", "stype", "--fpc", "fpc", "--weight", "pw", "--margins", margins]

    answer = weigh(FOLDER / "apistrat.csv", *drawing, *estimates("mean:api00", "total:enroll"))

    assert found(answer)["mean:api00", None] == pytest.approx((662.75, 9.3507), rel=DIGITS)
    assert found(answer)["total:enroll", None] == pytest.approx((3653897, 138670), rel=DIGITS)


PEOPLE = """age,gender,visits,branch,drawn
1,f,3,North,0.5
1,m,5,South,0.5
2,f,NA,North,0.5
2,m,1,North,0.5
2,f,2,South,0.5
2,m,,South,0.5
"""
MARGINS = "variable,level,share\nage,1,50%\nage,2,50%\ngender,f,60\ngender,m,40\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text(PEOPLE)
    return path


@pytest.fixture
def margins(tmp_path: Path) -> Path:
    path = tmp_path / "margins.csv"
    path.write_text(MARGINS)
    return path


def test_shares_keep_the_total_of_the_start_weights(people: Path, margins: Path) -> None:
    answer = weigh(people, "--margins", margins, *estimates("total:age", "share:gender", "mean:visits"))

    by_name = found(answer)
    assert by_name["total:age", None][0] == pytest.approx(6 * 1.5)
    assert by_name["share:gender", "f"][0] == pytest.approx(0.6)
    assert by_name["mean:visits", None][0] > 0


def test_shares_take_the_population_that_was_drawn_from(people: Path, margins: Path) -> None:
    answer = weigh(people, "--margins", margins, "--fpc", "drawn", *estimates("total:age"))

    assert found(answer)["total:age", None][0] == pytest.approx(12 * 1.5)


def test_two_columns_can_be_one_margin(people: Path, tmp_path: Path) -> None:
    joint = {"age+gender": {"1+f": 1, "1+m": 2, "2+f": 3, "2+m": 4}}

    answer = weigh(people, "--margins", margins_file(tmp_path / "j.csv", "count", joint), *estimates("share:gender"))

    assert found(answer)["share:gender", "m"] == pytest.approx((0.6, 0), abs=1e-9)


def test_levels_of_numbers_stand_by_size_and_may_be_written_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("floor,x\n10,1\n2,1\n1,1\n")
    margins = margins_file(tmp_path / "m.csv", "count", {"floor": {"1.0": 1, "2.0": 1, "10.0": 2}})

    answer = weigh(path, "--margins", margins, *estimates("share:floor"))

    assert [(one["level"], one["estimate"]) for one in answer["estimates"]] == [("1", 0.25), ("2", 0.25), ("10", 0.5)]


def test_names_with_a_colon_or_a_plus(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("a:b,c+d\n1,1\n2,1\n3,2\n")

    answer = weigh(path, "--cluster", "c+d", *estimates("mean:a:b", "ratio:a:b:c+d", "quantile:a:b:0.5"))

    assert [one["estimate"] for one in answer["estimates"]] == [2, 1.5, 2]


def test_without_anything_it_is_a_simple_random_sample(people: Path) -> None:
    answer = weigh(people, *estimates("mean:visits"))

    assert answer["weights"] == {"deff_kish": 1.0, "n_effective": 6.0, "converged": True}
    assert answer["estimates"][0]["estimate"] == pytest.approx(11 / 4)


def test_people_who_chose_to_answer_get_no_standard_error(people: Path) -> None:
    out = io.StringIO()

    call_command("weigh", str(people), "--self-selected", "--estimate", "mean:visits", stdout=out)

    assert weigh(people, "--self-selected", *estimates("mean:visits"))["estimates"][0]["se"] is None
    assert "Indicative: people who chose to answer" in out.getvalue()


def test_a_readable_table(people: Path, margins: Path) -> None:
    out, notes = io.StringIO(), io.StringIO()
    asked = ["--margins", str(margins), "--strata", "branch", *estimates("mean:visits", "share:gender")]

    call_command("weigh", str(people), *asked, stdout=out, stderr=notes)

    lines = out.getvalue().splitlines()
    assert lines[0].split() == [
        "Estimate", "Level", "Value", "Standard", "error", "95", "%", "interval", "Design", "effect", "n",
    ]  # fmt: skip
    assert lines[2].startswith("share:gender  f")
    assert "0.600000" in lines[2]
    assert any(line.startswith("All margins are met after") for line in lines)
    assert notes.getvalue() == ""


def test_what_one_should_know_is_said_beside_the_figures(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("age,x,s\n" + "young,1,a\n" + "old,2,b\n" * 30)
    margins = margins_file(tmp_path / "m.csv", "share", {"age": {"young": 0.9, "old": 0.1}})
    notes = io.StringIO()
    asked = ["--margins", str(margins), "--strata", "s", "--estimate", "mean:x"]

    call_command("weigh", str(path), *asked, stdout=io.StringIO(), stderr=notes)

    assert "cost more than half of the answers" in notes.getvalue()
    assert "1 stratum has only one unit; the rule for it is “adjust”" in notes.getvalue()


def test_weights_can_be_trimmed(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("age,gender\n" + "young,f\n" * 3 + "young,m\n" + "old,f\n" * 20 + "old,m\n" * 20)
    targets = {"age": {"young": 0.5, "old": 0.5}, "gender": {"f": 0.4, "m": 0.6}}
    margins = margins_file(tmp_path / "m.csv", "share", targets)

    free, trimmed = (
        weigh(path, "--margins", margins, *how, *estimates("share:age")) for how in ([], ["--trim", "0.2:3"])
    )

    assert free["weights"]["converged"] is True
    assert trimmed["weights"]["converged"] is False
    assert trimmed["weights"]["deff_kish"] < free["weights"]["deff_kish"]


def test_a_file_of_another_office_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes("café;x\nsí;1\nno;3\n".encode("cp1252"))

    answer = weigh(path, *estimates("mean:x", "share:café"))

    assert found(answer)["share:café", "sí"][0] == 0.5


# Whatever is wrong is said with its file, row and column, and nothing else is


def refused(*arguments: object) -> str:
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("weigh", *(str(one) for one in arguments), stdout=out, stderr=out)
    assert caught.value.returncode == 2
    assert out.getvalue() == ""
    return str(caught.value)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("1,f,many,North,0.5", "answers.csv, row 8, column “visits”: “many” is not a number."),
        ("1,f,inf,North,0.5", "answers.csv, row 8, column “visits”: A number must have an end."),
        (
            "3,f,1,North,0.5",
            "answers.csv, row 8, column “age”: “3” is not a level of this margin. Its levels",
        ),
        (",f,1,North,0.5", "answers.csv, row 8, column “age”: Nothing was answered, but it is a margin."),
        ("1,f,1,,0.5", "answers.csv, row 8, column “branch”: Every row needs one."),
        ("1,f,1,North,0", "answers.csv, row 8, column “drawn”: There must be a number above 0."),
        ("1,f,1,North,", "answers.csv, row 8, column “drawn”: There must be a number above 0."),
        ("1,f,1,North,9", "answers.csv, row 2, column “drawn”: Some are population sizes"),
        ("1,f,1,North,0.5,7", "answers.csv: Row 8 has more cells than there are columns."),
    ],
)
def test_answers_that_are_refused(cells: str, said: str, people: Path, margins: Path) -> None:
    people.write_text(PEOPLE + cells + "\n")

    words = refused(people, "--margins", margins, "--strata", "branch", "--fpc", "drawn", "--estimate", "mean:visits")

    assert words.startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("variable,level\nage,1\n", "margins.csv: There is no column “share”. The file has: variable, level."),
        ("variable,share\nage,1\n", "margins.csv: There is no column “level”."),
        ("variable,level,share\n", "margins.csv: There is no row"),
        ("variable,level,share\nage,1,0.5\nage,2,0.3\n", "margins.csv, row 2, column “share”: The shares"),
        ("variable,level,share\nage,1,half\nage,2,0.5\n", "margins.csv, row 2, column “share”: “half” is not a number"),
        ("variable,level,count\nage,1,-5\nage,2,5\n", "margins.csv, row 2, column “count”: “-5” is not a number of 0"),
        ("variable,level,count\nage,1,0\nage,2,0\n", "margins.csv, row 2, column “count”: Something must be more"),
        ("variable,level,count\nage,1,5\nage,1,5\n", "margins.csv, row 3, column “level”: “1” is there twice."),
        ("variable,level,count\n,1,5\n", "margins.csv, row 2, column “variable”: Every row names its variable."),
        ("variable,level,count\nheight,1,5\n", "answers.csv: There is no column “height”."),
        (
            "variable,level,count\nage,1,5\nage,2,5\nage,3,5\n",
            "margins.csv, row 4, column “level”: Nobody who answered is “3”. Join it with “2”",
        ),
        ("variable,level,count\nage,1,5\nage,2,0\n", "margins.csv, row 3, column “level”: Some who answered are “2”"),
        (
            "variable,level,count\nage,1,5\nage,2,5\ngender,f,5\ngender,m,9\n",
            "margins.csv, row 4, column “count”: The counts of “age” add up to 10, those of “gender” to 14.",
        ),
    ],
)  # fmt: skip
def test_margins_that_are_refused(text: str, said: str, people: Path, margins: Path) -> None:
    margins.write_text(text)

    assert refused(people, "--margins", margins, "--estimate", "mean:visits").startswith(said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--estimate", "mode:age"], "“mode:age” is none of mean:C, total:C"),
        (["--estimate", "mean:"], "“mean:” is none of"),
        (["--estimate", "mean:height"], "answers.csv: There is no column “height”. The file has: age, gender"),
        (["--estimate", "mean:gender"], "answers.csv, row 2, column “gender”: “f” is not a number."),
        (["--estimate", "quantile:age:2"], "quantile:age:2: a quantile ends in a number between 0 and 1"),
        (["--estimate", "quantile:age"], "quantile:age: a quantile ends in"),
        (["--estimate", "ratio:age"], "ratio:age: a ratio names two columns"),
        (["--estimate", "mean:age", "--fpc", "drawn+age"], "--fpc names more stages than --cluster."),
        (["--estimate", "mean:age", "--fpc", "age"], "answers.csv, row 2, column “age”: More were drawn (6)"),
        (["--estimate", "mean:age", "--strata", "visits"], "answers.csv, row 4, column “visits”: Every row needs one"),
    ],
)  # fmt: skip
def test_requests_that_are_refused(arguments: list[str], said: str, people: Path) -> None:
    assert refused(people, *arguments).startswith(said)


def test_a_lonely_unit_can_be_refused(people: Path) -> None:
    people.write_text(PEOPLE + "1,f,1,East,0.5\n")

    words = refused(people, "--strata", "branch", "--lonely", "fail", "--estimate", "mean:age")

    assert words == "A stratum has only one unit at stage 1."


def test_a_column_without_answers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("x,y\n1,NA\n2,\n")

    for what in ("mean:y", "share:y", "quantile:y:0.5", "ratio:y:x"):
        assert refused(path, "--estimate", what) == f"{what}: nobody answered, or only with 0."


@pytest.mark.parametrize("text", ["", "a,a\n1,2\n"])
def test_files_that_are_no_tables(text: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(text)

    assert refused(path, "--estimate", "mean:a").startswith("answers.csv: ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv", "--estimate", "mean:a") == "none.csv: No such file or directory"


def test_trimming_without_room(people: Path, margins: Path) -> None:
    assert refused(people, "--margins", margins, "--trim", "2:3", "--estimate", "mean:age").startswith(
        "--trim leaves no room"
    )
    with pytest.raises(CommandError, match="two numbers"):
        weigh(people, "--trim", "2", "--estimate", "mean:age")

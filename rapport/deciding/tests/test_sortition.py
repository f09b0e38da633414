import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rapport.deciding.methods.sortition import NoPanel, Quota, chances, draw_panel

# Sixty volunteers: many from the centre, few young people, as it goes.
VOLUNTEERS = {
    f"v{i}": {"age": "young" if i % 10 == 0 else "old", "part": "hill" if i % 4 == 0 else "centre"} for i in range(60)
}
QUOTAS = [
    Quota("age", "young", 4, 6),
    Quota("age", "old", 6, 8),
    Quota("part", "hill", 6, 6),
    Quota("part", "centre", 6, 6),
]


@pytest.mark.parametrize("seed", ["a", "b", "c", "d", "e"])
def test_a_panel_meets_every_quota(seed: str) -> None:
    panel = draw_panel(VOLUNTEERS, QUOTAS, 12, seed)

    assert len(set(panel.members)) == 12
    for quota in QUOTAS:
        assert quota.least <= panel.counts[quota.category, quota.value] <= quota.most


def test_whoever_knows_the_seed_draws_the_same_panel() -> None:
    assert draw_panel(VOLUNTEERS, QUOTAS, 12, "dice 4 2 6") == draw_panel(VOLUNTEERS, QUOTAS, 12, "dice 4 2 6")
    assert draw_panel(VOLUNTEERS, QUOTAS, 12, "dice 4 2 6") != draw_panel(VOLUNTEERS, QUOTAS, 12, "dice 4 2 5")


def test_the_draw_does_not_run_into_a_wall() -> None:
    """Only one pair fills both quotas, and the first lots may well be others."""
    volunteers = {f"x{i}": {"a": "1", "b": "1"} for i in range(20)} | {"only": {"a": "2", "b": "2"}}
    quotas = [Quota("a", "2", 1, 1), Quota("b", "2", 1, 1)]

    for seed in range(10):
        assert "only" in draw_panel(volunteers, quotas, 2, str(seed)).members


def test_people_of_one_kind_have_equal_chances_and_all_add_up_to_the_panel() -> None:
    found = chances(VOLUNTEERS, QUOTAS, 12, draws=30)

    assert sum(found.values()) == pytest.approx(12)
    assert found["v1"] == found["v3"]
    assert found["v10"] > found["v1"]


@pytest.mark.parametrize(
    ("quotas", "size", "said"),
    [
        ([], 100, "60 volunteers are not enough"),
        ([Quota("age", "young", 9, 9)], 12, "age young: at least 9 are wanted, and there are 6"),
        ([Quota("age", "young", 3, 2)], 12, "at least 3 and at most 2"),
        ([Quota("age", "young", 6, 6), Quota("age", "old", 9, 9)], 12, "age: at least 15"),
        ([Quota("age", "young", 6, 6), Quota("part", "hill", 0, 2)], 12, "cannot all be met"),
        ([Quota("shoe", "43", 1, 1)], 12, "not known: shoe"),
    ],
)
def test_what_cannot_be_drawn_is_said(quotas: list[Quota], size: int, said: str) -> None:
    with pytest.raises(NoPanel, match=said):
        draw_panel(VOLUNTEERS, quotas, size, "seed")


def test_the_command_draws_from_files(tmp_path: Path) -> None:
    lines = [f"{name},{one['age']},{one['part']}" for name, one in VOLUNTEERS.items()]
    (tmp_path / "volunteers.csv").write_text("\n".join(["id,age,part", *lines]))
    wanted = [f"{quota.category},{quota.value},{quota.least},{quota.most}" for quota in QUOTAS]
    (tmp_path / "quotas.csv").write_text("\n".join(["category,value,min,max", *wanted]))
    out = io.StringIO()

    asked = {"quotas": tmp_path / "quotas.csv", "size": 12, "seed": "river"}
    call_command("sortition", tmp_path / "volunteers.csv", json=True, stdout=out, **asked)

    answer = json.loads(out.getvalue())
    assert tuple(answer["members"]) == draw_panel(VOLUNTEERS, QUOTAS, 12, "river").members
    (tmp_path / "volunteers.csv").write_text("id,age\nv1,old\nv1,old\n")
    with pytest.raises(CommandError, match="line 3, id") as refused:
        call_command("sortition", tmp_path / "volunteers.csv", **asked)
    assert refused.value.returncode == 2

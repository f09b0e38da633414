from itertools import groupby

from rapport.surveys.methods.drawing import drawn, equal, mark_of, proportional

PARTS = {"north": range(0, 60), "south": range(60, 100)}


def test_the_same_seed_draws_the_same_people_and_another_draws_others() -> None:
    sizes = {"north": 6, "south": 4}

    once, again, other = drawn(PARTS, sizes, "2026-11"), drawn(PARTS, sizes, "2026-11"), drawn(PARTS, sizes, "2026-12")

    assert once == again
    assert once != other
    assert [len(set(places)) for places in once.values()] == [6, 4]
    assert set(once["south"]) <= set(PARTS["south"])


def test_everyone_has_the_same_chance() -> None:
    counts = dict.fromkeys(range(20), 0)
    for seed in range(2_000):
        for place in drawn({"": range(20)}, {"": 5}, str(seed))[""]:
            counts[place] += 1

    # 2,000 draws of a quarter: 500 each, standard deviation 19.4; five of them are 97
    assert all(403 < n < 597 for n in counts.values())


def test_shares_follow_the_size_of_each_part_and_forget_none() -> None:
    assert proportional({"north": 600, "south": 399, "island": 1}, 100) == {"north": 60, "south": 39, "island": 1}
    assert proportional({"north": 3, "south": 2}, 99) == {"north": 3, "south": 2}
    assert proportional({}, 5) == {}


def test_equal_shares_take_from_the_others_what_a_small_part_cannot_give() -> None:
    assert equal({"north": 600, "south": 400, "island": 10}, 100) == {"island": 10, "north": 45, "south": 45}
    assert equal({"north": 2}, 5) == {"north": 2}


def test_a_list_is_known_by_its_mark() -> None:
    lists = [[["a", "b"]], [["a", "b"]], [["ab", ""]], [["a"], ["b"]]]

    assert [len(list(same)) for _mark, same in groupby(map(mark_of, lists))] == [2, 1, 1]

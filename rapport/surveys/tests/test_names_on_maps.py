from rapport.surveys.methods.areas import name_place

_SQUARE = [[0.0, 0.0], [60.0, 0.0], [60.0, 30.0], [0.0, 30.0], [0.0, 0.0]]


def test_a_name_stands_in_the_middle_of_an_area_that_is_wide_enough() -> None:
    assert name_place([_SQUARE], "Riverside") == (30.0, 16.4)


def test_a_name_that_is_too_long_or_an_area_that_is_too_flat_has_none() -> None:
    flat = [[0.0, 0.0], [90.0, 0.0], [90.0, 5.0], [0.0, 5.0]]

    assert name_place([_SQUARE], "The neighbourhood at the river") is None
    assert name_place([flat], "Mill") is None


def test_a_name_keeps_within_the_wider_arm_of_a_bent_area() -> None:
    horseshoe = [
        [0.0, 0.0], [80.0, 0.0], [80.0, 40.0], [40.0, 40.0], [40.0, 10.0], [10.0, 10.0], [10.0, 40.0], [0.0, 40.0],
    ]  # fmt: skip

    assert name_place([horseshoe], "Mill Hill") == (60.0, 21.4)

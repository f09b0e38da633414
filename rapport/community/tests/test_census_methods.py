from math import sqrt

import pytest

from rapport.community.methods import (
    ACS_TABLES,
    STANDARD,
    Columns,
    Form,
    Unknown,
    Verdict,
    change_between,
    estimate_of,
    form_of,
    margin_of,
    read_acs,
    read_mapped,
    share_margin,
    table_of,
    weighted_sum,
)

WIDE = [
    ["GEO_ID", "NAME", *(f"B08201_{n:03}{kind}" for n in range(1, 7) for kind in ("E", "M"))],
    ["Geography", "Geographic Area Name", *(f"{kind}!!Total:" for _n in range(6) for kind in ("Estimate", "Margin"))],
    ["1400000US01", "Tract 1", "1,000", "±50", "100", "30", "400", "40", "300", "40", "150", "30", "50", "20"],
    ["1400000US02", "Tract 2", "900", "60", "-", "**", "400", "40", "300", "40", "150", "30", "50", "20"],
]
INDENT = "\u00a0" * 4
TURNED = [
    ["Label (Grouping)", "Tract 1!!Estimate", "Tract 1!!Margin of Error", "Tract 1!!Percent"],
    ["SEX AND AGE", "", "", ""],
    [f"{INDENT}Total population", "3,000", "*****", "3,000"],
    [f"{INDENT * 2}Under 5 years", "200", "±40", "6.7%"],
    [f"{INDENT * 2}5 to 9 years", "150", "±30", "5.0%"],
    [f"{INDENT * 2}10 to 14 years", "150", "±40", "5.0%"],
    [f"{INDENT * 2}15 to 19 years", "N", "N", "N"],
    [f"{INDENT * 2}20 to 24 years", "180", "±30", "6.0%"],
]


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("1,234", 1234.0, None),
        ("1 234", 1234.0, None),
        ("0", 0.0, None),
        ("-", None, Unknown.TOO_FEW),
        ("**", None, Unknown.TOO_FEW),
        ("N", None, Unknown.HIDDEN),
        ("(X)", None, Unknown.NOT_APPLICABLE),
        ("***", None, Unknown.BOUND),
        ("250,000+", None, Unknown.BOUND),
        ("2,500-", None, Unknown.BOUND),
        ("null", None, Unknown.EMPTY),
        ("", None, Unknown.EMPTY),
        ("-666666666", None, Unknown.TOO_FEW),
        ("-5", None, Unknown.BELOW_ZERO),
        ("about ten", None, Unknown.UNREADABLE),
    ],
)
def test_a_cell_is_a_number_or_says_why_not(text: str, value: float | None, why: Unknown | None) -> None:
    found = estimate_of(text)

    assert (found.value, found.why) == (value, why)


@pytest.mark.parametrize(
    ("text", "value"), [("±123", 123.0), ("*****", 0.0), ("1,050", 1050.0), ("**", None), ("", None)]
)
def test_margins_are_read_with_their_signs(text: str, value: float | None) -> None:
    assert margin_of(text).value == value


def test_the_margin_of_a_sum_is_the_root_of_the_sum_of_squares() -> None:
    found = weighted_sum([(100, 30, 1.0), (200, 40, 0.5)])

    assert found.estimate == 200
    assert found.margin == pytest.approx(sqrt(30**2 + 20**2))


def test_of_several_zeros_only_the_largest_margin_counts() -> None:
    assert weighted_sum([(0, 12, 1.0), (0, 9, 1.0), (50, 5, 1.0)]).margin == pytest.approx(13)


def test_a_sum_with_an_unknown_margin_has_none() -> None:
    found = weighted_sum([(100, None, 1.0), (200, 40, 1.0)])

    assert (found.estimate, found.margin) == (300, None)


def test_the_margin_of_a_share_takes_off_what_the_base_explains() -> None:
    assert share_margin(1000, 100, 4000, 200) == pytest.approx(sqrt(100**2 - 0.25**2 * 200**2) / 4000)
    assert share_margin(3900, 10, 4000, 200) == pytest.approx(sqrt(10**2 + 0.975**2 * 200**2) / 4000)
    assert share_margin(1, 1, 0, 0) is None


@pytest.mark.parametrize(
    ("after", "margin", "verdict"),
    [(180, 30, Verdict.MORE), (20, 30, Verdict.FEWER), (140, 30, Verdict.WITHIN), (500, None, Verdict.UNKNOWN)],
)
def test_a_change_counts_only_beyond_its_margin(after: float, margin: float | None, verdict: Verdict) -> None:
    assert change_between(100, 40, after, margin).verdict == verdict


def test_every_band_that_a_table_fills_is_a_standard_band() -> None:
    known = {(dimension.slug, band.slug) for dimension in STANDARD for band in dimension.bands}

    assert {key for bands in ACS_TABLES.values() for key in bands} <= known


def test_standard_words_are_there_in_three_languages() -> None:
    said = [one.name for one in STANDARD] + [band.name for one in STANDARD for band in one.bands]

    assert all(set(words) == {"en", "es", "ar"} and all(words.values()) for words in said)


def test_lines_of_a_detailed_table_are_never_counted_twice_in_one_dimension() -> None:
    for name, bands in ACS_TABLES.items():
        for dimension in {dimension for dimension, _band in bands}:
            lines = [key for (of, _band), terms in bands.items() for key, _sign in terms if of == dimension]
            assert name.startswith("DP") or len(lines) == len(set(lines)), (name, dimension)


def test_a_wide_download_is_read_and_a_band_with_an_unknown_number_is_refused() -> None:
    found = read_acs(WIDE, table_of(WIDE))

    counted = {(one.area, one.band[1]): (one.estimate, one.margin) for one in found.counted}
    assert form_of(WIDE) == Form.WIDE
    assert counted["1400000US01", "none"] == (100, 30)
    assert counted["1400000US01", "more"] == (500, pytest.approx(sqrt(40**2 + 30**2 + 20**2)))
    assert ("1400000US02", "none") not in counted
    assert [(one.where, one.why) for one in found.refused] == [("Tract 2: vehicle, none", Unknown.TOO_FEW)]


def test_a_turned_download_is_read_by_its_indents() -> None:
    table = table_of(TURNED, "ACSDP5Y2023.DP05-2026-01-01T000000.csv")

    found = read_acs(TURNED, table)

    counted = {one.band[1]: (one.area_name, one.estimate, one.margin) for one in found.counted}
    assert (form_of(TURNED), table) == (Form.TURNED, "DP05")
    assert counted["under5"] == ("Tract 1", 200, 40)
    assert counted["5to14"] == ("Tract 1", 300, 50)
    assert "15to24" not in counted
    assert Unknown.HIDDEN in {one.why for one in found.refused}


def test_a_part_that_no_line_says_is_the_whole_without_the_rest() -> None:
    wide = [
        ["GEO_ID", "NAME", "DP02_0072E", "DP02_0072M", "DP02_0073E", "DP02_0073M"],
        [
            "Geography",
            "Geographic Area Name",
            "Estimate!!DISABILITY STATUS!!Total Civilian Noninstitutionalized Population",
            "Margin of Error!!DISABILITY STATUS!!Total Civilian Noninstitutionalized Population",
            "Estimate!!DISABILITY STATUS!!Total Civilian Noninstitutionalized Population!!With a disability",
            "Margin of Error!!DISABILITY STATUS!!Total Civilian Noninstitutionalized Population!!With a disability",
        ],
        ["0600000US1", "Town", "5000", "*****", "600", "80"],
    ]

    counted = {one.band: one.estimate for one in read_acs(wide, "DP02").counted}

    assert counted == {("disability", "with"): 600, ("disability", "without"): 4400}


def test_long_tables_are_read_with_a_mapping_and_finer_bands_are_added_up() -> None:
    grid = [
        ["TS007 - Age"],
        ["Area code", "Area", "Age", "Count"],
        ["E01", "Ward 1", "0 to 4", "300"],
        ["E01", "Ward 1", "65 to 74", "200"],
        ["E01", "Ward 1", "75 and over", "150"],
        ["E01", "Ward 1", "Total", "5000"],
        ["E02", "Ward 2", "0 to 4", "c"],
    ]
    words = {"0 to 4": ("age", "under5"), "65 to 74": ("age", "65plus"), "75 and over": ("age", "65plus")}

    found = read_mapped(grid, Columns(0, name=1, header=1, band=2, number=3, words=words))

    assert {(one.area, one.band[1]): one.estimate for one in found.counted} == {
        ("E01", "under5"): 300,
        ("E01", "65plus"): 350,
    }
    assert [(one.where, one.why) for one in found.refused] == [("7", Unknown.HIDDEN)]


def test_tables_with_one_column_for_each_band_are_read_too() -> None:
    grid = [["place", "car", "car_moe", "no car"], ["Old Town", "900", "60", "100"], ["", "1", "1", "1"]]
    wide = {1: ("vehicle", "one"), 3: ("vehicle", "none")}

    found = read_mapped(grid, Columns(0, wide=wide, wide_margins={1: 2}))

    assert [(one.area, one.band[1], one.estimate, one.margin) for one in found.counted] == [
        ("Old Town", "one", 900, 60),
        ("Old Town", "none", 100, None),
    ]

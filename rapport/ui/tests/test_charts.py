import re

from django.utils.translation import override

from rapport.ui.charts import Bar, Plot, Series, bars, line


def _themes() -> Plot:
    rows = [Bar("Hours", 40), Bar("Shade", 10), Bar("Toilets", None)]
    return bars("Themes", rows, summary="Hours first", header=("Theme", "Voices"))


def test_bars_are_as_long_as_their_values() -> None:
    lengths = re.findall(r'class="chart__bar" x="([\d.]+)" y="25" width="([\d.]+)"', _themes().svg)

    assert lengths == [("0", "420.0"), ("0", "105.0"), ("0", "0.0")]


def test_bars_start_on_the_right_where_one_reads_from_there() -> None:
    with override("ar"):
        assert 'class="chart__bar" x="315.0" y="25" width="105.0"' in _themes().svg


def test_a_plot_is_named_and_summed_up_for_those_who_do_not_look() -> None:
    svg = _themes().svg

    name, words = re.search(r'aria-labelledby="(\S+) (\S+)"', svg).groups()  # type: ignore[union-attr]
    assert f'<title id="{name}">Themes</title>' in svg
    assert f'<desc id="{words}">Hours first</desc>' in svg


def test_below_a_plot_stands_the_table_that_it_draws() -> None:
    page = _themes().render(csv="/themes.csv")

    assert '<th scope="row">Hours</th><td class="number">40</td>' in page
    assert "not counted" in page
    assert 'href="/themes.csv"' in page


def test_what_was_not_counted_leaves_a_gap_in_the_line() -> None:
    plot = line("Voices", ["May", "June", "July", "August"], [Series("Voices", [1, None, 2, 4])], summary="More")

    path = re.search(r'class="chart__line" d="([^"]+)"', plot.svg).group(1)  # type: ignore[union-attr]
    assert path.count("M") == 2
    assert path.count("L") == 1


def test_a_plot_without_data_says_so_and_does_not_fail() -> None:
    assert "Nothing to draw yet." in bars("Themes", [], summary="", header=("Theme", "Voices")).render()
    assert "Nothing to draw yet." in line("Voices", [], [], summary="").render()
    assert "<svg" in line("Voices", ["May"], [Series("Voices", [0])], summary="").render()


def test_plots_have_no_inline_style() -> None:
    assert "style=" not in _themes().render()

import io
from collections.abc import Callable

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from rapport.ui import listing as module
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing

pytestmark = pytest.mark.django_db
Show = Callable[..., Listing[ContentType]]

COLUMNS = [
    Column("model", "Thing", sort="model"),
    Column("app_label", "Area", sort="app_label"),
    Column("note", "Note", value=lambda thing: "=1+1", only_in_files=True),
]


class Narrowing(Sentence):
    app_label = forms.ChoiceField(
        label="in", choices=[("", "all"), ("garden", "the garden"), ("kitchen", "the kitchen")]
    )
    short = forms.BooleanField(label="with short names")

    def narrow_short(self, rows, value):  # type: ignore[no-untyped-def]
        return rows.filter(model__in=["bench", "tree"])


@pytest.fixture
def show(rf: RequestFactory) -> Show:
    for area, names in {"garden": ["bench", "tree", "lantern"], "kitchen": ["bench", "kettle"]}.items():
        ContentType.objects.bulk_create(ContentType(app_label=area, model=name) for name in names)
    mine = ContentType.objects.filter(app_label__in=["garden", "kitchen"]).order_by("app_label", "model")
    return lambda query="", **more: Listing(
        rf.get(f"/things/?{query}"),
        mine,
        columns=COLUMNS,
        filters=Narrowing,
        search=["model", "app_label"],
        name="things",
        **more,
    )


def names(listing: Listing[ContentType]) -> list[str]:
    return [f"{thing.app_label} {thing.model}" for thing in listing]


def test_every_word_of_a_search_must_be_found_somewhere(show: Show) -> None:
    assert names(show("q=bench+kitchen")) == ["kitchen bench"]
    assert names(show("q=nothing")) == []


def test_filters_narrow_and_say_so_in_words(show: Show) -> None:
    listing = show("app_label=garden&short=on&q=e")

    assert names(listing) == ["garden bench", "garden tree"]
    assert [chip["words"] for chip in listing.chips()] == ["“e”", "the garden", "with short names"]
    assert listing.chips()[1]["url"] == "?short=on&q=e"


def test_a_filter_that_makes_no_sense_is_left_out(show: Show) -> None:
    assert len(names(show("app_label=cellar&page=many&sort=secret"))) == 5


def test_columns_sort_both_ways_and_keep_the_filters_in_the_address(show: Show) -> None:
    listing = show("sort=-model&app_label=garden")

    assert names(listing) == ["garden tree", "garden lantern", "garden bench"]
    assert listing.heads()[0] == {
        "column": COLUMNS[0],
        "url": "?app_label=garden&sort=model",
        "aria_sort": "descending",
    }


def test_pages_turn_and_a_page_too_far_is_the_last_one(show: Show) -> None:
    first, last = show(per_page=2), show("page=99", per_page=2)

    assert (len(first), first.previous, first.next) == (2, "", "?page=2")
    assert (last.number, last.pages, len(last), last.next) == (3, 3, 1, "")


def test_nothing_is_counted_further_than_people_read(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COUNT_TO", 3)

    listing = show(per_page=2)

    assert (listing.is_more_than_counted, listing.counted, listing.pages) == (True, 3, 2)


def test_a_list_costs_two_queries(show: Show) -> None:
    listing = show("q=e&app_label=garden&sort=model")

    with CaptureQueriesContext(connection) as queries:
        list(listing.table()), listing.pages, listing.chips(), listing.heads(), listing.next

    assert len(queries) == 2


def test_a_list_leaves_as_csv_with_its_filters_and_without_formulas(show: Show) -> None:
    listing = show("export=csv&app_label=kitchen")

    assert listing.wants_file
    text = b"".join(listing.file()).decode("utf-8-sig")  # type: ignore[arg-type]
    assert text.splitlines() == ["Thing,Area,Note", "bench,kitchen,'=1+1", "kettle,kitchen,'=1+1"]


def test_a_list_leaves_as_xlsx_without_formulas(show: Show) -> None:
    response = show("export=xlsx&app_label=kitchen").file()

    sheet = load_workbook(io.BytesIO(b"".join(response))).active  # type: ignore[arg-type]
    assert [cell.value for cell in sheet[2]] == ["bench", "kitchen", "'=1+1"]
    assert sheet["C2"].data_type == "s"

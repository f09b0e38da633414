"""Samples of a shelf: drawn, noted on a phone or from a sheet, seen beside the people and an earlier sample."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from threading import Event, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from conftest import SignIn
from rapport.community.models import Band, Dimension, Figure, Topic
from rapport.insight.auditing import AuditResults, collected
from rapport.insight.methods.assessing.shelf_sample import how_many, systematic
from rapport.insight.models import AuditIsOver, CollectionAudit, ItemCategory, ItemQuestion
from rapport.insight.reaching.portrait import portrait
from rapport.insight.reaching.releasing import tables_of
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)
Draw = Callable[..., CollectionAudit]


@pytest.fixture
def language(ben: Person, riverside: Branch) -> ItemQuestion:
    """Of a hundred who live here 60 speak English, 30 Spanish and 10 Arabic."""
    Dimension.objects.ship(["language"])
    question = ItemQuestion.objects.ask("Language")
    bands = {band.slug: band for band in Band.objects.filter(dimension__slug="language")}
    counts: dict[Band, tuple[float, float | None]] = {
        bands["en"]: (600, None), bands["es"]: (300, None), bands["ar"]: (100, None)
    }  # fmt: skip
    Figure.objects.write(counts, branch=riverside, of_day=date(2024, 1, 1), source="Census", by=ben)
    for name, slug in (("English", "en"), ("Spanish", "es"), ("Arabic", "ar")):
        question.add_category({"en": name, "es": f"{name} (es)"}, band=bands[slug])
    return question


@pytest.fixture
def draw(language: ItemQuestion, riverside: Branch, ben: Person) -> Draw:
    def drawn(**fields: Any) -> CollectionAudit:
        told = {"branch": riverside, "shelf_size": 1000, "size": 100, "seed": "a", "of_day": DAY, "by": ben, **fields}
        return CollectionAudit.objects.draw("Picture books", [language], **told)

    return drawn


def called(name: str) -> ItemCategory:
    return next(one for one in ItemCategory.objects.all() if one.name["en"] == name)


def note(audit: CollectionAudit, by: Person, **many: int) -> None:
    """So many items of each language, the rest without a word."""
    words = {str(one): one for one in ItemCategory.objects.all()}
    said = [words[name] for name, n in many.items() for _time in range(n)]
    for place, item in enumerate(audit.items.all()):
        audit.note(item.place, by=by, categories=said[place : place + 1], year=1990 + place % 30)


# ── the sample ──


@pytest.mark.parametrize(
    ("items", "wanted"), [(1000, 278), (5000, 357), (10_000, 370), (50_000, 382), (250_000, 384), (1, 1), (0, 0)]
)
def test_the_size_of_a_sample_is_that_of_the_textbooks(items: int, wanted: int) -> None:
    assert how_many(items, 0.05) == wanted


@pytest.mark.parametrize(("items", "size"), [(1000, 100), (1840, 97), (7, 7), (5, 1), (10_000_000, 1000)])
def test_places_are_spread_over_the_whole_shelf_and_drawn_again_by_the_seed(items: int, size: int) -> None:
    places = systematic(items, size, "some seed")

    assert places == systematic(items, size, "some seed")
    assert len(set(places)) == size and places == sorted(places)
    assert places[0] >= 1 and places[-1] <= items
    steps = {after - before for before, after in pairwise(places)}
    assert all(items // size <= step <= items // size + 1 for step in steps)


def test_every_place_has_the_same_chance() -> None:
    seen = [0] * 21
    for seed in range(4200):
        for place in systematic(21, 5, str(seed)):
            seen[place - 1] += 1

    assert all(abs(n - 1000) < 130 for n in seen)  # 4.6 standard errors


def test_no_more_is_drawn_than_there_is(draw: Draw) -> None:
    with pytest.raises(ValueError, match="no more"), transaction.atomic():
        draw(shelf_size=5, size=6)
    audit = draw(shelf_size=6, size=6)

    with pytest.raises(IntegrityError), transaction.atomic():
        CollectionAudit.objects.filter(pk=audit.pk).update(shelf_size=5)


# ── noting ──


def test_an_item_is_noted_on_a_phone_and_leads_on_to_the_next(draw: Draw, desk: Person, sign_in: SignIn) -> None:
    audit, client = draw(), sign_in(desk)
    first, second = [item.place for item in audit.items.all()][:2]
    arabic = called("Arabic")
    topic = Topic.objects.begin("Animals")
    said = {"name": "E 398 ABC", "year": "2019", "topic": topic.pk, f"q{arabic.question_id}": [arabic.pk]}

    answer = client.post(reverse("insight:audit-item", args=[audit.pk, first]), said)

    assert answer["Location"] == reverse("insight:audit-item", args=[audit.pk, second])
    item = audit.items.get(place=first)
    assert (item.name, item.year, item.topic, list(item.categories.all())) == ("E 398 ABC", 2019, topic, [arabic])
    assert item.noted_by == desk


def test_a_wrong_year_is_told_at_its_field_and_nothing_is_lost(draw: Draw, desk: Person, sign_in: SignIn) -> None:
    audit = draw()
    place = audit.items.all()[0].place

    page = sign_in(desk).post(reverse("insight:audit-item", args=[audit.pk, place]), {"name": "E 1", "year": "19x9"})

    assert page.status_code == 422 and 'value="E 1"' in page.text and 'value="19x9"' in page.text
    assert not audit.noted().exists()


def test_what_is_finished_stays_until_it_is_taken_up_again(draw: Draw, ben: Person) -> None:
    audit = draw()
    place = audit.items.all()[0].place
    audit.finish(by=ben)

    with pytest.raises(AuditIsOver):
        audit.note(place, by=ben, year=2000)
    audit.take_up()
    audit.note(place, by=ben, year=2000)

    assert audit.noted().get().year == 2000


def test_those_of_another_branch_note_nothing(draw: Draw, desk: Person, sign_in: SignIn) -> None:
    audit = draw(branch=Branch.objects.create(slug="hilltop", name="Hilltop"))
    place = audit.items.all()[0].place

    assert (
        sign_in(desk).post(reverse("insight:audit-item", args=[audit.pk, place]), {"year": "2000"}).status_code == 403
    )
    assert not audit.noted().exists()


# ── the sheet ──


def bring(client: Client, audit: CollectionAudit, text: str) -> Any:
    file = SimpleUploadedFile("sheet.csv", text.encode())
    return client.post(reverse("insight:audit-sheets", args=[audit.pk]), {"file": file}, follow=True)


def test_the_sheet_goes_out_blank_and_comes_back_filled(draw: Draw, ben: Person, sign_in: SignIn) -> None:
    audit, client = draw(shelf_size=30, size=5), sign_in(ben)
    Topic.objects.begin({"en": "Animals", "es": "Animales"})
    out = client.get(reverse("insight:audit-items", args=[audit.pk]), {"export": "csv"})
    lines = b"".join(out.streaming_content).decode().lstrip("\ufeff").split("\r\n")  # type: ignore[attr-defined]
    assert lines[0] == "place,item,year,topic,Language,gone" and len(lines) == 7
    places = [line.split(",")[0] for line in lines[1:6]]

    page = bring(
        client,
        audit,
        "place,item,year,topic,language,gone\n"
        f"{places[0]},E 1,2001,animales,English; arabic,\n"
        f"{places[1]},,,,,x\n"
        f"{places[2]},,,,,\n"
        f"{places[3]},,MMXX,,,\n"
        f"{places[4]},,,,Klingon,\n"
        f"{places[0]},again,,,,\n"
        "999,E 9,,,,\n",
    )

    for told in (
        "“MMXX” is no year",
        "“Klingon” is none of your words",
        "stands in the file twice",
        "no place of this",
    ):
        assert told in page.text
    assert not audit.noted().exists()
    client.post(reverse("insight:audit-sheet-taking", args=[audit.pk, audit.sheets.get().pk]))
    first, second = audit.items.get(place=places[0]), audit.items.get(place=places[1])
    assert (first.name, first.year, str(first.topic)) == ("E 1", 2001, "Animals")
    assert {str(one) for one in first.categories.all()} == {"English", "Arabic"}
    assert second.is_gone and audit.sheets.get().grid == []


def test_a_sheet_without_places_is_refused_at_its_field(draw: Draw, ben: Person, sign_in: SignIn) -> None:
    audit = draw()

    page = bring(sign_in(ben), audit, "title,year\nx,2000\n")

    assert page.status_code == 422 and "no column “place”" in page.text and not audit.sheets.exists()


# ── what came of it ──


def test_shares_stand_with_their_interval_beside_the_people(draw: Draw, ben: Person) -> None:
    audit = draw()
    note(audit, ben, English=70, Spanish=10)

    [found] = AuditResults(audit).answered

    english, spanish, arabic = found.lines
    assert (found.said, found.silent) == (80, 20)
    assert (spanish.share.percent, spanish.share.percent_low, spanish.share.percent_high) == (12, 7, 22)
    assert spanish.beside is not None and arabic.beside is not None and english.beside is not None
    assert spanish.beside.index == pytest.approx(10 / 80 / 0.3) and spanish.beside.standing == "missing"
    assert arabic.beside.heard == 0 and arabic.beside.standing == "missing"
    assert english.beside.standing == "more" or english.beside.low < 1 < english.beside.high


def test_what_cannot_be_found_is_no_part_of_the_shares(draw: Draw, ben: Person) -> None:
    audit = draw(size=2)
    one, two = audit.items.all()
    audit.note(one.place, by=ben, categories=[called("Arabic")])
    audit.note(two.place, by=ben, categories=[called("Spanish")], is_gone=True)

    results = AuditResults(audit)

    assert (results.n, results.gone, results.left) == (1, 1, 0)
    assert [line.share.voices for line in results.answered[0].lines] == [0, 0, 1]


def test_a_change_beyond_chance_between_two_samples_is_flagged(draw: Draw, ben: Person) -> None:
    before = draw(of_day=date(2024, 10, 5))
    note(before, ben, English=80, Spanish=10, Arabic=10)
    now = before.again(shelf_size=1200, of_day=DAY, by=ben)
    note(now, ben, English=50, Spanish=38, Arabic=12)

    [found] = AuditResults(now).answered

    assert [line.share.change for line in found.lines] == [-1, 1, 0]
    assert [line.before.percent for line in found.lines if line.before] == [80, 10, 10]
    assert now.questions.get() == before.questions.get() and now.shelf == before.shelf


def test_the_collection_is_a_step_beside_the_people(draw: Draw, ben: Person, riverside: Branch) -> None:
    note(draw(), ben, English=90, Spanish=3, Arabic=7)

    found = portrait("language", riverside, date(2026, 1, 1), date(2026, 12, 31))

    [step] = [one for one in found.steps if one.name == "collection"]
    shown = {slug: cell.row for (slug, _name, _share), cell in zip(found.bands, step.cells, strict=True)}
    assert shown["es"] is not None and (shown["es"].heard, shown["es"].standing) == (3, "missing")
    assert shown["en"] is not None and shown["en"].heard == 90  # small numbers of things give nobody away


def test_items_are_no_people_and_go_out_with_no_numbers_of_people(draw: Draw, ben: Person) -> None:
    note(draw(), ben, English=90)

    assert not [key for key in tables_of(date(2026, 10, 1)) if key[0] == "collection"]


def test_a_question_that_knows_one_band_only_is_compared_with_nothing(draw: Draw, ben: Person) -> None:
    audit = draw()
    ItemCategory.objects.exclude(pk=called("Spanish").pk).update(band=None)
    note(audit, ben, Spanish=50)

    assert list(collected(date(2026, 1, 1), date(2026, 12, 31))) == []


def test_the_page_says_that_a_sample_is_a_sample(draw: Draw, ben: Person, sign_in: SignIn) -> None:
    audit = draw()
    note(audit, ben, English=70, Spanish=10)

    page = sign_in(ben).get(audit.get_absolute_url()).text

    assert "A sample is a sample: 100 of 1000" in page.replace("1,000", "1000")
    assert "12 %" in page and "Never from a name or a face" in page and "Census" in page


def test_the_numbers_are_a_file(draw: Draw, ben: Person, sign_in: SignIn) -> None:
    audit = draw()
    note(audit, ben, English=70, Spanish=10)

    out = sign_in(ben).get(audit.get_absolute_url(), {"export": "csv"})

    lines = b"".join(out.streaming_content).decode().split("\r\n")  # type: ignore[attr-defined]
    assert lines[2].startswith("Language,Spanish,10,80,12.5,")


def test_a_page_costs_the_same_for_few_items_and_for_many(
    draw: Draw, ben: Person, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    few, many, client = draw(size=10), draw(size=400), sign_in(ben)
    for audit in (few, many):
        note(audit, ben, English=8)
        with django_assert_max_num_queries(40):
            client.get(audit.get_absolute_url())


# ── the words ──


def test_the_questions_to_begin_with_come_once(ben: Person, sign_in: SignIn) -> None:
    Dimension.objects.ship()
    starter = reverse("insight:audit-questions-starter")

    assert "3 questions were added" in sign_in(ben).post(starter, follow=True).text
    assert "there already" in sign_in(ben).post(starter, follow=True).text
    assert called("Older people").band == Band.objects.get(slug="65plus")


def test_a_category_that_items_have_stays(draw: Draw, ben: Person, sign_in: SignIn) -> None:
    audit = draw()
    note(audit, ben, Spanish=1)
    spanish, arabic = (called(name) for name in ("Spanish", "Arabic"))

    for one in (spanish, arabic):
        sign_in(ben).post(reverse("insight:audit-category-removal", args=[one.question_id, one.pk]))

    assert set(ItemCategory.objects.values_list("pk", flat=True)) >= {spanish.pk}
    assert not ItemCategory.objects.filter(pk=arabic.pk).exists()


# ── at once ──


@pytest.mark.django_db(transaction=True)
def test_whoever_finishes_waits_for_what_is_just_being_noted(draw: Draw, ben: Person) -> None:
    audit = draw(size=4)
    place = audit.items.all()[0].place
    is_noted, is_finished, was_early = Event(), Event(), []

    def noting() -> None:
        with transaction.atomic():
            audit.note(place, by=ben, year=2001)
            is_noted.set()
            was_early.append(is_finished.wait(0.4))
        connection.close()

    def finishing() -> None:
        is_noted.wait()
        CollectionAudit.objects.get(pk=audit.pk).finish(by=ben)
        is_finished.set()
        connection.close()

    hands = [Thread(target=noting), Thread(target=finishing)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert was_early == [False]
    with pytest.raises(AuditIsOver):
        audit.note(place, by=ben, year=2002)
    assert audit.items.get(place=place).year == 2001

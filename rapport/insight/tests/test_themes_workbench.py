"""The workbench of themes: definitions, parts, suggestions to check, coding together, rounds."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from rapport.insight.coding_results import agreement_of
from rapport.insight.methods.themes.shares import interval, shares
from rapport.insight.models import (
    CodingSample,
    Definition,
    Need,
    Round,
    Suggestion,
    Theme,
    ThemeReader,
)
from rapport.insight.models.theme import Deed
from rapport.insight.reading import read_new_voices
from rapport.listening.models import Voice
from rapport.loop.models import Heard
from rapport.people.models import Person
from rapport.places.models import Branch

from .library_comments import CHILDREN, COMMENTS, HOURS, NOISE
from .test_themes_kept import spoken

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def _said(words: str, language: str = "en") -> int:
    voice = Voice(kind="suggestion", words=words, language=language, channel="web", spoken_at=timezone.now())
    voice.save()
    return voice.pk


@pytest.fixture
def themes(ben: Person) -> dict[str, Theme]:
    return {
        subject: Theme.objects.confirm(
            subject, [_said(text, language) for language, each, text in COMMENTS if each == subject], by=ben
        )
        for subject in (HOURS, NOISE, CHILDREN)
    }


def _suggested(theme: Theme, confidence: float = 0.5, words: str = "Shade") -> Suggestion:
    return theme.suggestions.create(voice_id=_said(words), sureness=confidence, confidence=confidence)


# ── new voices are read ──


def test_new_voices_are_suggested_for_the_themes_that_they_speak_of(themes: dict[str, Theme]) -> None:
    hours = _said("Could you open earlier on Saturdays?")
    noise = _said("Il y a trop de bruit dans la salle de lecture", "fr")
    _said("n/a")
    _said("Please buy the new Percival Everett, more than one.")  # nobody spoke of that before
    _said("Biblioteket stänger för tidigt", "sv")

    assert read_new_voices() == 2
    assert read_new_voices() == 0

    found = {row.voice_id: row for row in Suggestion.objects.all()}
    assert found[hours].theme == themes[HOURS]
    assert found[noise].theme == themes[NOISE]
    assert 0 < found[hours].confidence <= 1
    assert themes[HOURS].voice_count == themes[HOURS].voices().count()  # nothing joins by itself


def test_what_was_learnt_is_kept_until_the_themes_change(themes: dict[str, Theme], ben: Person) -> None:
    _said("Could you open earlier on Saturdays?")
    read_new_voices()
    learnt = ThemeReader.objects.get()

    _said("My kids love the stories")
    read_new_voices()
    assert ThemeReader.objects.get().learnt_from == learnt.learnt_from

    themes[NOISE].discard(by=ben)
    _said("Open on Sundays please")
    read_new_voices()
    assert ThemeReader.objects.get().learnt_from != learnt.learnt_from
    assert Suggestion.objects.filter(theme=themes[NOISE]).count() == 0


def test_without_two_themes_nothing_is_suggested(ben: Person) -> None:
    Theme.objects.confirm("Garden", spoken(5), by=ben)
    _said("Could you open earlier on Saturdays?")

    assert read_new_voices() == 0


# ── a person has the last word ──


def test_yes_no_and_another(themes: dict[str, Theme], ben: Person) -> None:
    yes, no, another = (_suggested(themes[HOURS], n / 10) for n in (1, 2, 3))
    before = themes[HOURS].voice_count

    yes.agree(by=ben)
    no.decline(by=ben)
    another.settle_on(themes[NOISE], by=ben)
    yes.decline(by=ben)  # too late: the first word counts

    assert themes[HOURS].voice_count == before + 1
    assert list(Suggestion.objects.order_by("sureness").values_list("answer", flat=True)) == ["yes", "no", "another"]
    assert themes[NOISE].voices().filter(pk=another.voice_id).exists()
    assert not Suggestion.objects.open().exists()


def test_who_joins_a_theme_in_a_need_is_owed_what_comes_of_it(ben: Person) -> None:
    theme = Theme.objects.confirm("Garden", spoken(2), by=ben)
    need = Need.objects.take_up("A quiet place outdoors", kind="need", by=ben, themes=[theme])
    for key in spoken(3, "Shade"):
        theme.suggestions.create(voice_id=key, sureness=0.95, confidence=0.95)

    assert Suggestion.objects.all().agree_to_all(by=ben) == 3
    assert Suggestion.objects.all().agree_to_all(by=ben) == 0

    assert Heard.objects.filter(loop=need.loop).count() == 5


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_the_first_counts(ben: Person) -> None:
    theme, other = (Theme.objects.confirm(name, spoken(1, name), by=ben) for name in ("Garden", "Noise"))
    suggestion = _suggested(theme)
    start = Barrier(2)

    def answer(verb: Callable[[Suggestion], None]) -> None:
        mine = Suggestion.objects.get(pk=suggestion.pk)
        start.wait()
        verb(mine)
        connection.close()

    both = [
        Thread(target=answer, args=(lambda mine: mine.agree(by=ben),)),
        Thread(target=answer, args=(lambda mine: mine.settle_on(other, by=ben),)),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()

    in_themes = Theme.objects.filter(theme_voices__voice=suggestion.voice_id)
    suggestion.refresh_from_db()
    assert [str(one) for one in in_themes] == ["Garden" if suggestion.answer == "yes" else "Noise"]


def test_the_queue_shows_the_doubtful_ones_first(themes: dict[str, Theme], ben: Person, sign_in: SignIn) -> None:
    _suggested(themes[HOURS], 0.95, "Open longer")
    doubtful = _suggested(themes[HOURS], 0.4, "Hours of noise")
    client = sign_in(ben)

    assert "Hours of noise" in client.get("/desk/suggestions/").content.decode()
    assert "Open longer" in client.get(f"/desk/suggestions/?after={doubtful.pk}").content.decode()
    answer = f"/desk/suggestions/{doubtful.pk}/answer/"
    assert client.post(answer, {"answer": "another", "theme": "x"}).status_code == 302
    assert client.post(answer, {"answer": "another", "theme": themes[NOISE].pk}).status_code == 302
    assert client.post("/desk/suggestions/sure/").status_code == 302
    assert client.post("/desk/suggestions/reading/").status_code == 302
    assert "Nothing waits" in client.get("/desk/suggestions/").content.decode()


def test_a_branch_checks_its_own_voices(
    ben: Person, desk: Person, riverside: Branch, sign_in: SignIn, themes: dict[str, Theme]
) -> None:
    mill = Branch.objects.create(slug="mill", name="Mill Street")
    for key in [*spoken(1, "Here", riverside), *spoken(1, "There", mill)]:
        themes[HOURS].suggestions.create(voice_id=key, sureness=0.5, confidence=0.5)

    page = sign_in(desk).get("/desk/suggestions/").content.decode()

    assert "Here 0" in page
    assert (
        "There 0" not in sign_in(desk).get(f"/desk/suggestions/?after={Suggestion.objects.first().pk}").content.decode()
    )  # type: ignore[union-attr]


# ── the codebook ──


def test_a_definition_is_kept_with_its_earlier_wordings(ben: Person, sign_in: SignIn) -> None:
    theme = Theme.objects.confirm("Garden", spoken(3), by=ben)
    page, client = f"/desk/themes/{theme.pk}/definition/", sign_in(ben)

    assert client.post(page, {"means": ""}).status_code == 422
    for means in ("A green place", "A green place to read"):
        assert (
            client.post(page, {"means": means, "includes": "Shade", "excludes": "", "example": ""}).status_code == 302
        )

    assert Definition.objects.newest_of([theme])[theme.pk].means == "A green place to read"
    assert theme.changes.filter(deed=Deed.DEFINED).count() == 2
    shown = client.get(page).content.decode()
    assert "Earlier wordings" in shown and "Shade" in shown
    assert "A green place to read" in client.get("/desk/codebook/").content.decode()
    assert b"A green place to read" in b"".join(client.get("/desk/codebook/?export=csv"))  # type: ignore[arg-type]


def test_parts_merges_and_splits_are_rows(ben: Person, sign_in: SignIn) -> None:
    keys = spoken(4)
    garden, shade, yard = (Theme.objects.confirm(name, keys, by=ben) for name in ("Garden", "Shade", "Yard"))
    client = sign_in(ben)

    assert client.post(f"/desk/themes/{shade.pk}/place/", {"part_of": garden.pk}).status_code == 302
    assert client.post(f"/desk/themes/{garden.pk}/place/", {"part_of": yard.pk}).status_code == 422
    assert client.post(f"/desk/themes/{yard.pk}/place/", {"part_of": shade.pk}).status_code == 422
    shade.refresh_from_db()
    assert shade.part_of == garden

    garden.merge_into(yard, by=ben)
    shade.refresh_from_db()
    assert shade.part_of == yard
    part = yard.split("Herbs", keys[:1], by=ben)

    told = {(change.deed, change.other) for theme in (garden, shade, yard) for change in theme.changes.all()}
    assert {(Deed.PLACED, garden), (Deed.MERGED, garden), (Deed.SPLIT, part)} <= told
    assert "merged another theme into it" in client.get("/desk/codebook/history/").content.decode()


def test_a_suggestion_moves_with_its_theme(themes: dict[str, Theme], ben: Person) -> None:
    suggestion = _suggested(themes[HOURS])

    themes[HOURS].merge_into(themes[NOISE], by=ben)

    suggestion.refresh_from_db()
    assert suggestion.theme == themes[NOISE]


# ── coding together ──


def test_two_code_the_same_voices_blind_and_see_where_they_differ(
    ben: Person, mona: Person, themes: dict[str, Theme], sign_in: SignIn
) -> None:
    sample = CodingSample.objects.draw("Autumn", Voice.objects.all(), size=10, by=ben, seed=1)
    first, second = sign_in(ben), sign_in(mona)
    page = f"/desk/samples/{sample.pk}/"
    hours, noise = themes[HOURS], themes[NOISE]

    for number, row in enumerate(sample.sampled.all()):
        chosen = hours if number % 2 else noise
        assert first.post(f"{page}sampled/{row.pk}/code/", {"theme": chosen.pk}).status_code == 302
        assert "alpha" not in second.get(page).content.decode()
        chosen = noise if number == 1 else chosen
        assert second.post(f"{page}sampled/{row.pk}/code/", {"theme": chosen.pk}).status_code == 302

    found = agreement_of(sample)
    assert found.compared == 10
    assert found.alpha == pytest.approx(1 - 19 * 2 / (400 - 11 * 11 - 9 * 9))
    assert [row.sampled.order for row in found.differ] == [2]
    assert "Where you differ" in second.get(page).content.decode()

    settled = found.differ[0].sampled
    assert first.post(f"{page}sampled/{settled.pk}/settlement/", {"theme": noise.pk}).status_code == 302
    assert noise.voices().filter(pk=settled.voice_id).exists()


def test_a_sample_is_drawn_and_closed_at_the_desk(ben: Person, themes: dict[str, Theme], sign_in: SignIn) -> None:
    client = sign_in(ben)

    assert client.post("/desk/samples/", {"title": "", "size": 3}).status_code == 422
    assert client.post("/desk/samples/", {"title": "Autumn", "size": 9, "since": "2099-01-01"}).status_code == 422
    assert client.post("/desk/samples/", {"title": "Autumn", "size": 9}).status_code == 302

    sample = CodingSample.objects.get()
    row = sample.sampled.all()[0]
    client.post(f"/desk/samples/{sample.pk}/sampled/{row.pk}/code/", {"theme": "none"})
    assert "Autumn" in client.get("/desk/samples/").content.decode()
    client.post(f"/desk/samples/{sample.pk}/closing/")
    client.post(f"/desk/samples/{sample.pk}/sampled/{row.pk}/code/", {"theme": themes[HOURS].pk})
    assert row.codes.get().theme is None
    assert "nothing to compare yet" in client.get(f"/desk/samples/{sample.pk}/").content.decode()


def test_the_same_seed_draws_the_same_sample(ben: Person) -> None:
    spoken(30)
    draws = [
        CodingSample.objects.draw("A", Voice.objects.all(), size=5, by=ben, seed=3).sampled.values_list(
            "voice", flat=True
        )
        for _time in range(2)
    ]

    assert list(draws[0]) == list(draws[1])


# ── rounds ──


def test_changes_are_named_only_beyond_chance() -> None:
    found = shares([[10, 60], [10, 12], [0, 0]], [200, 200])

    assert [row[1].change for row in found] == [1, 0, 0]
    assert found[0][1].percent == 30
    assert shares([[1]], [0])[0][0].share is None


def test_the_interval_is_wilsons() -> None:
    low, high = interval(10, 100)

    assert (low, high) == (pytest.approx(0.0552, abs=1e-4), pytest.approx(0.1744, abs=1e-4))


def test_rounds_stand_beside_each_other_with_their_numbers(ben: Person, sign_in: SignIn) -> None:
    today = timezone.localdate()
    theme = Theme.objects.confirm("Garden", spoken(6), by=ben)
    part = theme.split("Shade", theme.voices().values_list("pk", flat=True)[:2], by=ben)
    part.place_under(theme, by=ben)
    spoken(4, "Else")
    client = sign_in(ben)
    assert "No round has a name yet" in client.get("/desk/rounds/").content.decode()

    said = {"name": "Now", "first": today - timedelta(days=400), "last": today, "channel": ""}
    assert client.post("/desk/rounds/", {**said, "last": "2001-01-01"}).status_code == 422
    assert client.post("/desk/rounds/", said).status_code == 302

    page = client.get("/desk/rounds/").content.decode()
    assert "60 %" in page and "6 of 10" in page and "4 of 10" in page
    assert "Garden,6,0.6" in b"".join(client.get("/desk/rounds/?export=csv")).decode()  # type: ignore[arg-type]
    assert client.post(f"/desk/rounds/{Round.objects.get().pk}/removal/").status_code == 302
    assert not Round.objects.exists()


@pytest.mark.parametrize("path", ["/desk/suggestions/", "/desk/codebook/", "/desk/codebook/history/", "/desk/samples/"])
def test_pages_ask_as_often_for_many_as_for_few(
    path: str, ben: Person, sign_in: SignIn, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(ben)

    def make(count: int, name: str) -> None:
        for n in range(count):
            theme = Theme.objects.confirm(f"{name} {n}", spoken(2, f"{name} {n}"), by=ben)
            Definition.objects.write(theme, by=ben, means="So")
            _suggested(theme)
            sample = CodingSample.objects.draw(name, theme.voices(), size=2, by=ben)
            sample.sampled.all()[0].code(theme, by=ben)

    make(2, "few")
    client.get(path)  # what every page keeps in memory for a while is there now
    with django_assert_max_num_queries(40) as few:
        client.get(path)
    make(18, "many")
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(path)

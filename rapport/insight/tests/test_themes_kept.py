from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rapport.insight.models import Need, Theme
from rapport.listening.models import Voice
from rapport.loop.models import Heard, Speaker
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def spoken(count: int, words: str = "A quiet garden", branch: Branch | None = None, **fields: Any) -> list[int]:
    now = timezone.now()
    made = Voice.objects.bulk_create(
        Voice(
            kind="suggestion",
            words=f"{words} {n}",
            language="en",
            branch=branch,
            channel="web",
            spoken_at=now - timedelta(days=20 * (n % 12)),
            speaker=Speaker.objects.create(email=f"{words.replace(' ', '')}{n}@example.org", language="en"),
            **fields,
        )
        for n in range(count)
    )
    return [voice.pk for voice in made]


def test_voices_added_to_a_theme_in_a_need_are_heard_too(ben: Person) -> None:
    theme = Theme.objects.confirm("Garden", spoken(2), by=ben)
    need = Need.objects.take_up("A quiet place outdoors", kind="need", by=ben, themes=[theme])

    theme.add(spoken(3, "Shade"), by=ben)

    assert Heard.objects.filter(loop=need.loop).count() == 5
    assert need.voices().count() == Voice.objects.on(need.loop).count() == 5


def test_a_merged_theme_brings_its_voices_and_needs_along(ben: Person) -> None:
    garden, shade = Theme.objects.confirm("Garden", spoken(2), by=ben), Theme.objects.confirm("Shade", [], by=ben)
    shade.add(spoken(3, "Shade"))
    need = Need.objects.take_up("A quiet place outdoors", kind="need", by=ben, themes=[garden])

    garden.merge_into(shade, by=ben)

    assert list(need.themes.all()) == [shade] and need.voices().count() == 5
    assert Heard.objects.filter(loop=need.loop).count() == 5
    with pytest.raises(ValueError):
        garden.merge_into(shade, by=ben)


def test_a_split_leaves_no_voice_in_both(ben: Person) -> None:
    keys = spoken(5)
    theme = Theme.objects.confirm("Garden", keys, by=ben)

    part = theme.split("Herbs", keys[:2], by=ben)

    assert (theme.voice_count, part.voice_count) == (3, 2)
    with pytest.raises(ValueError):
        part.split("All", keys[:2], by=ben)


def test_small_numbers_are_not_shown_in_public(ben: Person) -> None:
    few = Theme.objects.confirm("Garden", spoken(9), by=ben)
    many = Theme.objects.confirm("Shade", spoken(10, "Shade"), by=ben)

    said_few, said_many = (Client().get(f"/themes/{theme.pk}/").content.decode() for theme in (few, many))

    assert "ewer than 10 voices" in said_few and "9 voices" not in said_few
    assert "10 voices" in said_many


def test_only_released_public_voices_are_read_in_public(ben: Person) -> None:
    private = spoken(1, "Secret matter")
    agreed = spoken(1, "Not looked at", is_public=True)
    open_ones = spoken(1, "Shade please", is_public=True, released_at=timezone.now())
    theme = Theme.objects.confirm("Garden", [*private, *agreed, *open_ones], by=ben)
    need = Need.objects.take_up("Shade", kind="desire", by=ben, themes=[theme])

    for path in (f"/themes/{theme.pk}/", f"/needs/{need.pk}/"):
        page = Client().get(path).content.decode()
        assert "Shade please" in page and "Secret matter" not in page and "Not looked at" not in page


def test_a_discarded_theme_has_no_public_page_and_can_be_taken_back(ben: Person, sign_in: SignIn) -> None:
    theme, client = Theme.objects.confirm("Garden", [], by=ben), sign_in(ben)

    client.post(f"/desk/themes/{theme.pk}/discarding/")
    assert Client().get(f"/themes/{theme.pk}/").status_code == 404
    assert client.get(f"/desk/themes/{theme.pk}/").status_code == 200
    client.post(f"/desk/themes/{theme.pk}/discarding/removal/")

    assert Client().get(f"/themes/{theme.pk}/").status_code == 200
    assert [change.deed for change in theme.changes.all()] == ["restored", "discarded", "confirmed"]


def test_the_page_of_a_theme_changes_it(ben: Person, sign_in: SignIn) -> None:
    keys = spoken(4)
    theme, other = Theme.objects.confirm("Garden", keys, by=ben), Theme.objects.confirm("Shade", [], by=ben)
    page, client = f"/desk/themes/{theme.pk}/", sign_in(ben)

    assert client.post(f"{page}name/", {"label_en": ""}).status_code == 422
    assert client.post(f"{page}name/", {"label_en": "Green", "label_es": "Verde"}).status_code == 302
    assert client.post(f"{page}parts/", {"part-label_en": "Herbs"}).status_code == 422
    assert client.post(f"{page}parts/", {"part-label_en": "Herbs", "pick": keys[:1]}).status_code == 302
    assert client.post(f"{page}merging/", {"other": theme.pk}).status_code == 422
    assert client.post(f"{page}merging/", {"other": other.pk}).status_code == 302

    other.refresh_from_db()
    assert other.voice_count == 3
    assert Client().get(f"/themes/{theme.pk}/").url == f"/themes/{other.pk}/"


def test_staff_of_a_branch_read_no_voices_of_another(
    ben: Person, desk: Person, riverside: Branch, sign_in: SignIn
) -> None:
    mill = Branch.objects.create(slug="mill", name="Mill Street")
    keys = spoken(1, "Here", riverside) + spoken(1, "There", mill)
    theme = Theme.objects.confirm("Garden", keys, by=ben)

    for path in (f"/desk/themes/{theme.pk}/", f"/desk/themes/{theme.pk}/?export=csv"):
        answer = sign_in(desk).get(path)
        page = b"".join(answer).decode()
        assert "Here 0" in page and "There 0" not in page and "@example.org" not in page


@pytest.mark.parametrize("path", ["/desk/themes/", "/desk/themes/?export=csv", "/desk/needs/", "/needs/"])
def test_lists_ask_as_often_for_many_as_for_few(
    path: str, ben: Person, sign_in: SignIn, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(ben)

    def make(count: int, name: str) -> None:
        for n in range(count):
            theme = Theme.objects.confirm(f"{name} {n}", spoken(2, f"{name} {n}"), by=ben)
            need = Need.objects.take_up(f"{name} {n}", kind="need", by=ben, themes=[theme])
            need.prioritise(by=ben, size=1, equity=2, fit=3, effort=4, reasons="So")

    make(2, "few")
    client.get(path)  # what every page keeps in memory for a while is there now
    with django_assert_max_num_queries(40) as few:
        assert b"".join(client.get(path))
    make(18, "many")
    with django_assert_num_queries(len(few.captured_queries)):
        assert b"".join(client.get(path))


@pytest.mark.parametrize("path", ["/desk/themes/{theme}/", "/themes/{theme}/", "/desk/needs/{need}/", "/needs/{need}/"])
def test_pages_ask_as_often_for_many_voices_as_for_few(
    path: str, ben: Person, sign_in: SignIn, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    shown = {"is_public": True, "released_at": timezone.now()}
    theme = Theme.objects.confirm("Garden", spoken(12, **shown), by=ben)
    need = Need.objects.take_up("Garden", kind="need", by=ben, themes=[theme])
    address, client = path.format(theme=theme.pk, need=need.pk), sign_in(ben)
    client.get(address)  # what every page keeps in memory for a while is there now

    with django_assert_max_num_queries(40) as few:
        client.get(address)
    theme.add(spoken(120, "More", **shown))
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(address)

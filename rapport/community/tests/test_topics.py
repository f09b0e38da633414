import pytest
from django.db import IntegrityError, transaction

from rapport.community.methods.standard_topics import TOPICS
from rapport.community.methods.topic_codes import BISAC, DEWEY, UDC, is_code, tidy
from rapport.community.models import NoSuchCode, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def cooking(db: None) -> Topic:
    return Topic.objects.begin("Cooking", codes={DEWEY: ["641.5"], BISAC: ["ckb000000"]})


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        (DEWEY, "004"),
        (DEWEY, "641.5956"),
        (DEWEY, "004-006"),
        (DEWEY, "641.5–641.8"),
        (BISAC, "ckb 000000"),
        (UDC, "5"),
        (UDC, "004.8"),
        (UDC, "821.134.2-31"),
        (UDC, "94(460)"),
        (UDC, "58/59"),
        (UDC, "37+316"),
        (UDC, "81:159.9"),
        (UDC, '94(100)"1939/1945"'),
        (UDC, "(038)=111"),
        (UDC, "811.111'36"),
    ],
)
def test_a_code_of_the_form_of_its_scheme_is_taken(scheme: str, code: str) -> None:
    assert is_code(scheme, tidy(scheme, code))


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        (DEWEY, "64"),
        (DEWEY, "641."),
        (DEWEY, "6415"),
        (DEWEY, "006-004"),
        (DEWEY, "Cooking"),
        (DEWEY, "٦٤١"),
        (BISAC, "CKB00000"),
        (BISAC, "CK0000000"),
        (UDC, ""),
        (UDC, "0048"),
        (UDC, "94(460"),
        (UDC, "37+"),
        (UDC, "Cooking"),
    ],
)
def test_what_has_another_form_is_not(scheme: str, code: str) -> None:
    assert not is_code(scheme, tidy(scheme, code))


def test_all_codes_that_are_shipped_have_their_form() -> None:
    every = [one for main in TOPICS for one in (main, *main.parts)]

    assert [c for one in every for scheme, codes in one.codes.items() for c in codes if not is_code(scheme, c)] == []
    assert len({one.slug for one in every}) == len(every)
    assert all(set(one.name) == {"en", "es", "ar"} and all(one.name.values()) for one in every)


def test_shipping_twice_changes_nothing_that_the_library_changed(db: None) -> None:
    came = Topic.objects.ship()
    music = Topic.objects.get(slug="music")
    music.reword(name={"en": "Sound"}, about={}, parent=None, codes={DEWEY: ["781"]})
    Topic.objects.get(slug="games").retire()

    assert Topic.objects.ship() == 0
    assert came == Topic.objects.count() == Topic.objects.current().count() + 1
    assert Topic.objects.get(slug="music").coded() == {DEWEY: ["781"], BISAC: [], UDC: []}


def test_topics_stand_in_order_each_main_one_before_its_parts(cooking: Topic) -> None:
    baking = Topic.objects.begin("Baking", parent=cooking)
    music = Topic.objects.begin("Music")
    soups = Topic.objects.begin("Soups", parent=cooking)

    assert list(Topic.objects.current()) == [cooking, baking, soups, music]


def test_codes_are_kept_tidy_and_found_again(cooking: Topic) -> None:
    assert cooking.coded() == {DEWEY: ["641.5"], BISAC: ["CKB000000"], UDC: []}
    assert list(Topic.objects.of_code(BISAC, " ckb000000")) == [cooking]


def test_a_wrong_code_changes_nothing(cooking: Topic) -> None:
    with pytest.raises(NoSuchCode, match="Dewey"):
        cooking.reword(name={"en": "Food"}, about={}, parent=None, codes={DEWEY: ["64"]})

    cooking.refresh_from_db()
    assert str(cooking) == "Cooking" and cooking.coded()[DEWEY] == ["641.5"]


def test_a_part_has_no_parts(cooking: Topic) -> None:
    baking = Topic.objects.begin("Baking", parent=cooking)
    music = Topic.objects.begin("Music")

    with pytest.raises(ValueError, match="no parts"):
        Topic.objects.begin("Bread", parent=baking)
    with pytest.raises(ValueError, match="no parts"):
        cooking.reword(name=cooking.name, about={}, parent=music, codes={})
    with pytest.raises(ValueError, match="no parts"):
        music.reword(name=music.name, about={}, parent=music, codes={})


def test_the_database_refuses_a_topic_within_itself(cooking: Topic) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=cooking.pk).update(parent=cooking.pk)


def test_a_retired_topic_cannot_be_chosen_until_it_is_taken_back(cooking: Topic) -> None:
    cooking.retire()
    assert not Topic.objects.current().exists()

    cooking.restore()
    assert list(Topic.objects.current()) == [cooking]


def test_merged_topics_are_one_with_all_codes_and_parts(cooking: Topic) -> None:
    food = Topic.objects.begin("Food", codes={DEWEY: ["641.5", "641.3"]})
    baking = Topic.objects.begin("Baking", parent=cooking)

    cooking.merge_into(food)

    baking.refresh_from_db()
    assert baking.parent == food and food.coded() == {DEWEY: ["641.3", "641.5"], BISAC: ["CKB000000"], UDC: []}
    assert list(Topic.objects.current()) == [food, baking] and cooking.merged_into == food


def test_a_topic_can_be_merged_into_its_own_part(cooking: Topic) -> None:
    baking, soups = (Topic.objects.begin(name, parent=cooking) for name in ("Baking", "Soups"))

    cooking.merge_into(baking)

    assert list(Topic.objects.current()) == [baking, soups]
    assert Topic.objects.get(pk=soups.pk).parent == baking and baking.parent is None


def test_a_topic_with_parts_is_not_merged_into_the_part_of_another(cooking: Topic) -> None:
    Topic.objects.begin("Baking", parent=cooking)
    jazz = Topic.objects.begin("Jazz", parent=Topic.objects.begin("Music"))

    with pytest.raises(ValueError, match="no part"):
        cooking.merge_into(jazz)


def test_slugs_differ_and_leave_the_addresses_of_the_desk_free(cooking: Topic) -> None:
    assert [Topic.objects.begin(name).slug for name in ("Cooking", "New", "الطبخ")] == ["cooking-2", "new-2", "topic"]

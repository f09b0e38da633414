import pytest
from django.urls import reverse

from conftest import SignIn
from rapport.community.models import Topic
from rapport.insight.models import Theme
from rapport.insight.models.theme import Deed
from rapport.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def garden(ben: Person) -> Theme:
    return Theme.objects.confirm("A garden", [], by=ben)


@pytest.fixture
def plants(db: None) -> Topic:
    return Topic.objects.begin("Plants", parent=Topic.objects.begin("Nature"))


def test_staff_say_what_a_theme_is_about(garden: Theme, plants: Topic, ben: Person, sign_in: SignIn) -> None:
    page = sign_in(ben).post(reverse("insight:theme-topics", args=[garden.pk]), {"topics": [plants.pk]}, follow=True)

    assert plants.get_absolute_url() in page.text
    assert "Plants" in sign_in(ben).get(garden.get_absolute_url()).text
    assert garden.changes.filter(deed=Deed.TOPICS, words="Plants", by=ben).count() == 1


def test_themes_are_found_by_their_topic_and_by_the_one_above(
    garden: Theme, plants: Topic, ben: Person, sign_in: SignIn
) -> None:
    garden.speak_of([plants], by=ben)
    Theme.objects.confirm("Sundays", [], by=ben)

    page = sign_in(ben).get(reverse("insight:desk-themes"), {"topic": plants.parent_id})

    assert "A garden" in page.text and "Sundays" not in page.text
    assert "A garden" in sign_in(ben).get(plants.parent.get_absolute_url()).text  # type: ignore[union-attr]


def test_a_merged_topic_takes_its_themes_along(garden: Theme, plants: Topic, ben: Person) -> None:
    both, other = Theme.objects.confirm("Seeds", [], by=ben), Topic.objects.begin("Growing")
    garden.speak_of([plants], by=ben)
    both.speak_of([plants, other], by=ben)

    plants.merge_into(other)

    assert list(garden.topics.all()) == [other] and list(both.topics.all()) == [other]


def test_a_merged_theme_gives_its_topics_to_the_other(garden: Theme, plants: Topic, ben: Person) -> None:
    other = Theme.objects.confirm("Shade", [], by=ben)
    garden.speak_of([plants], by=ben)

    garden.merge_into(other, by=ben)

    assert list(other.topics.all()) == [plants]


def test_a_retired_topic_stays_where_it_is_and_cannot_be_chosen_elsewhere(
    garden: Theme, plants: Topic, ben: Person, sign_in: SignIn
) -> None:
    garden.speak_of([plants], by=ben)
    plants.retire()
    other = Theme.objects.confirm("Shade", [], by=ben)

    for theme in (garden, other):
        sign_in(ben).post(reverse("insight:theme-topics", args=[theme.pk]), {"topics": [plants.pk]})

    assert list(garden.topics.all()) == [plants] and not other.topics.exists()

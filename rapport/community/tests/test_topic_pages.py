import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from conftest import SignIn
from rapport.community.models import Topic, TopicList
from rapport.people.models import Person

pytestmark = pytest.mark.django_db
TOPICS = reverse("community:topics")


@pytest.fixture
def cooking(db: None) -> Topic:
    return Topic.objects.begin("Cooking", codes={"dewey": ["641.5"]})


@pytest.fixture
def staff(ben: Person, sign_in: SignIn) -> Client:
    return sign_in(ben)


def bring(staff: Client, text: str) -> Any:
    file = SimpleUploadedFile("topics.csv", text.encode())
    return staff.post(reverse("community:topic-lists"), {"file": file}, follow=True)


def test_staff_begin_with_the_starter_list(staff: Client) -> None:
    assert "There are no topics yet" in staff.get(TOPICS).text

    page = staff.post(reverse("community:topics-starter"), follow=True)

    assert "49 topics were added" in page.text and "CKB000000" in page.text


def test_a_topic_is_added_with_codes_of_each_scheme(staff: Client) -> None:
    form = {"name_en": "Bread", "dewey": "641.815", "bisac": "ckb009000, CKB004000", "udc": "641.5; 664.6"}

    staff.post(reverse("community:topic-new"), form)

    bread = Topic.objects.get()
    assert bread.coded() == {"dewey": ["641.815"], "bisac": ["CKB004000", "CKB009000"], "udc": ["641.5", "664.6"]}


def test_a_wrong_code_is_told_at_its_field_and_nothing_is_lost(staff: Client, cooking: Topic) -> None:
    page = staff.post(cooking.get_absolute_url(), {"name_en": "Kitchen", "dewey": "64", "bisac": "CKB000000"})

    assert page.status_code == 422
    assert "“64” has not the form of a code of Dewey" in page.text and 'value="CKB000000"' in page.text
    assert str(Topic.objects.get()) == "Cooking"


def test_a_topic_with_parts_is_not_placed_under_another(staff: Client, cooking: Topic) -> None:
    Topic.objects.begin("Baking", parent=cooking)
    music = Topic.objects.begin("Music")

    page = staff.post(cooking.get_absolute_url(), {"name_en": "Cooking", "parent": music.pk})

    assert page.status_code == 422 and "cannot be a part itself" in page.text


def test_topics_are_merged_retired_and_taken_back(staff: Client, cooking: Topic) -> None:
    food = Topic.objects.begin("Food")
    staff.post(reverse("community:topic-retirement", args=[food.slug]))
    assert not Topic.objects.get(pk=food.pk).is_current
    staff.post(reverse("community:topic-restoring", args=[food.slug]))

    page = staff.post(reverse("community:topic-merging", args=[cooking.slug]), {"other": food.pk}, follow=True)

    assert "They are one topic now" in page.text and "641.5" in page.text
    assert list(Topic.objects.current()) == [food]


def test_those_of_one_branch_and_those_who_only_see_change_nothing(
    desk: Person, cooking: Topic, sign_in: SignIn
) -> None:
    client = sign_in(desk)

    assert client.get(TOPICS).status_code == 200
    assert client.post(cooking.get_absolute_url(), {"name_en": "x"}).status_code == 403
    assert client.post(reverse("community:topic-retirement", args=[cooking.slug])).status_code in {403, 404}
    assert Topic.objects.get().is_current and str(Topic.objects.get()) == "Cooking"


def test_what_goes_out_comes_in_again_and_changes_nothing(staff: Client) -> None:
    Topic.objects.ship()
    Topic.objects.get(slug="games").retire()
    out = b"".join(staff.get(f"{TOPICS}?export=csv").streaming_content).decode()  # type: ignore[attr-defined]

    page = bring(staff, out)

    told = TopicList.objects.get().preview()
    assert len(list(csv.reader(io.StringIO(out)))) == 50 and "nothing would change" in page.text
    assert (len(told.new), len(told.changed), len(told.same), told.refused) == (0, 0, 49, [])


def test_a_file_is_looked_at_then_taken_in_row_by_row(staff: Client, cooking: Topic) -> None:
    page = bring(
        staff,
        "slug,part_of,name_en,name_es,dewey,retired\n"
        ",Cooking,Baking,Hornear,641.815,\n"
        "cooking,,Food,,641.5;641.3,\n"
        ",,Music,,78,\n"
        ",Nowhere,Jazz,,,\n"
        "baking-2,,,,,\n"
        ",,Old things,,,yes\n"
        ",,Music,,,perhaps\n"
        ",Baking,Bread,,,\n",
    )

    assert Topic.objects.count() == 1
    for said in ("dewey 78 has not the form", "no topic “Nowhere”", "“perhaps” says neither", "a part of a part"):
        assert said in page.text

    staff.post(reverse("community:topic-list-taking", args=[TopicList.objects.get().pk]))

    assert {str(one): str(one.parent or "") for one in Topic.objects.all()} == {
        "Food": "", "Baking": "Food", "Old things": ""
    }  # fmt: skip
    assert Topic.objects.get(slug="cooking").coded()["dewey"] == ["641.3", "641.5"]
    assert not Topic.objects.get(slug="old-things").is_current
    assert TopicList.objects.get().grid == [] and TopicList.objects.get().report["new"] == 2


def test_a_file_without_our_columns_is_refused_at_its_field(staff: Client) -> None:
    page = bring(staff, "Subject,Number\nCooking,641\n")

    assert page.status_code == 422 and "names no column that we know" in page.text
    assert not TopicList.objects.exists()


def test_a_list_is_taken_in_once(staff: Client) -> None:
    bring(staff, "name_en\nMusic\n")
    taking = reverse("community:topic-list-taking", args=[TopicList.objects.get().pk])
    staff.post(taking)

    assert staff.post(taking).status_code == 404
    assert Topic.objects.count() == 1


def test_the_list_of_topics_costs_the_same_for_few_and_for_many(
    staff: Client, django_assert_max_num_queries: Any
) -> None:
    Topic.objects.ship()

    with django_assert_max_num_queries(12):
        staff.get(TOPICS)

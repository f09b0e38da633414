"""The pages of a conversation: voting with and without scripts, the map, the desk, paper and files."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from rapport.deciding.models import (
    Conversation,
    MapDrawing,
    OpinionSheet,
    OpinionVote,
    Participant,
    Phase,
    RejectionReason,
    Statement,
    Tier,
)
from rapport.deciding.opinions.files import exported
from rapport.deciding.tests.opinions import people_vote
from rapport.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
SAID = [f"It should be like this, number {number}" for number in range(24)]


@pytest.fixture
def evenings(choosing: Phase, ben: Person) -> Conversation:
    return Conversation.objects.begin(choosing, "Evenings at the library", by=ben, statements=SAID)


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"There is no {name}"
    return found[1]


def _vote(client: Client, conversation: Conversation, page: str, **headers: str) -> str:
    fields = {name: _field(page, name) for name in ("statement", "first")} | {"vote": "1"}
    answer = client.post(f"{conversation.get_absolute_url()}votes/", fields, headers=headers)
    if answer.status_code == 302:
        return client.get(answer["Location"]).text
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_visitor_votes_until_nothing_is_left_and_is_one_participant(
    evenings: Conversation, client: Client, headers: dict[str, str]
) -> None:
    page = client.get(evenings.get_absolute_url()).text

    for _turn in SAID:
        page = _vote(client, evenings, page, **headers)

    assert "You have voted on all of them" in page
    assert Participant.objects.count() == 1
    assert OpinionVote.objects.count() == len(SAID)


def test_whoever_presses_twice_before_the_cookie_is_there_is_one(evenings: Conversation, client: Client) -> None:
    page = client.get(evenings.get_absolute_url()).text
    for browser in (Client(), Client()):
        _vote(browser, evenings, page)

    assert Participant.objects.count() == 1 == OpinionVote.objects.count()


def test_the_kiosk_knows_each_only_while_they_stand_there(evenings: Conversation, client: Client) -> None:
    url = f"{evenings.get_absolute_url()}votes/"
    for _person in range(2):
        page = client.get(f"{evenings.get_absolute_url()}kiosk/").text
        for _turn in range(3):
            fields = {name: _field(page, name) for name in ("statement", "first", "channel")} | {"vote": "-1"}
            page = client.post(url, fields).text

    assert sorted(Participant.objects.values_list("channel", flat=True)) == ["kiosk", "kiosk"]
    assert OpinionVote.objects.count() == 6
    assert client.cookies.keys() <= {"csrftoken"}


def test_a_vote_asks_the_database_little(
    evenings: Conversation, client: Client, django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("rapport.deciding.opinions.snapshot.REMEMBERED_FOR", 60.0)
    monkeypatch.setattr("rapport.deciding.opinions.snapshot._remembered", {})
    page = _vote(client, evenings, client.get(evenings.get_absolute_url()).text, **{"HX-Request": "true"})

    with django_assert_num_queries(3):  # who, the vote, what they have voted on
        _vote(client, evenings, page, **{"HX-Request": "true"})


def test_where_a_proof_is_wanted_the_door_is_shown(evenings: Conversation, client: Client) -> None:
    page = client.get(evenings.get_absolute_url()).text
    type(evenings.process).objects.update(join_tier=Tier.CARD)

    fields = {name: _field(page, name) for name in ("statement", "first")} | {"vote": "1"}
    answer = client.post(f"{evenings.get_absolute_url()}votes/", fields)

    assert answer.status_code == 302 and "tier=card" in answer["Location"]
    assert not OpinionVote.objects.exists()


def test_the_map_shows_groups_where_there_are_any(evenings: Conversation, client: Client) -> None:
    people_vote(evenings, people=120)

    page = client.get(f"{evenings.get_absolute_url()}map/").text

    assert "There are 2 groups" in page and "about 60 people" in page
    assert page.count("<ellipse") == 2 and "opinion-map__you" not in page


def test_the_map_says_that_there_are_none_where_there_are_none(evenings: Conversation, client: Client) -> None:
    people_vote(evenings, groups=1, people=120)

    page = client.get(f"{evenings.get_absolute_url()}map/").text

    assert "There are no groups" in page and "Group A" not in page
    assert "no more than chance" in page or "rely on" in page


def test_before_enough_people_have_voted_the_map_says_how_many_more(evenings: Conversation, client: Client) -> None:
    people_vote(evenings, people=7)

    page = client.get(f"{evenings.get_absolute_url()}map/").text

    assert "3 more people, and there is a map" in page and "stacked" not in page
    assert "disagree" not in client.get(f"{evenings.get_absolute_url()}figures/").getvalue().decode().split("\n")[1:]


def test_shares_never_tell_how_all_or_none_voted(evenings: Conversation, client: Client) -> None:
    people_vote(evenings, people=120)
    OpinionVote.objects.filter(statement__number=1).update(vote=1)
    evenings.draw()

    page = client.get(f"{evenings.get_absolute_url()}map/").text

    assert "100 %" not in page and "95 % or more" in page


def test_the_map_waits_until_the_end_where_that_was_said(evenings: Conversation, client: Client) -> None:
    Conversation.objects.update(shows_results=False)
    people_vote(evenings, people=120)
    assert "The map comes later" in client.get(f"{evenings.get_absolute_url()}map/").text
    assert client.get(f"{evenings.get_absolute_url()}figures/").status_code == 404

    Phase.objects.update(closes_at=timezone.now())

    assert "There are 2 groups" in client.get(f"{evenings.get_absolute_url()}report/").text


def test_a_page_that_asks_for_what_is_new_gets_nothing_where_nothing_is(evenings: Conversation, client: Client) -> None:
    people_vote(evenings, people=120)
    url = f"{evenings.get_absolute_url()}map/"
    mark = re.search(r"mark=([\d.]+)", client.get(url).text)
    assert mark

    assert client.get(url, {"mark": mark[1]}, headers={"HX-Request": "true"}).status_code == 204
    evenings.draw()
    answer = client.get(url, {"mark": mark[1]}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.text


@pytest.mark.parametrize("path", ["", "map/", "statements/", "mine/"])
def test_pages_ask_as_much_with_many_as_with_few(
    evenings: Conversation, client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _vote(client, evenings, client.get(evenings.get_absolute_url()).text)
    people_vote(evenings, people=150)
    evenings.seed([f"More {number}" for number in range(200)], by=None)

    with django_assert_max_num_queries(8):
        client.get(f"{evenings.get_absolute_url()}{path}")


def test_whoever_adds_a_statement_reads_what_became_of_it(
    evenings: Conversation, client: Client, ben: Person, sign_in: SignIn
) -> None:
    url = f"{evenings.get_absolute_url()}statements/"
    assert client.post(url, {"words": "x" * 141}).status_code == 422
    page = client.post(url, {"words": "It should be like this, number 3"}).text
    assert "Is it one of these?" in page and not Statement.objects.filter(is_seed=False).exists()
    client.post(url, {"words": "Cats should be allowed to sleep here."})
    mine = Statement.objects.get(is_seed=False)
    assert "Waiting to be read" in client.get(url).text

    desk = sign_in(ben)
    assert "Cats should" in desk.get(f"/desk/opinions/{evenings.pk}/queue/").text
    refused = desk.post(f"/desk/statements/{mine.pk}/verdicts/", {"verdict": "reject"})
    assert refused.status_code == 422
    reason = RejectionReason.objects.order_by("order")[2]
    desk.post(f"/desk/statements/{mine.pk}/verdicts/", {"verdict": "reject", "reason": reason.pk})

    page = client.get(url).text
    assert "Not accepted" in page and "not about this question" in page


def test_colleagues_are_not_given_the_same_statement(
    evenings: Conversation, ben: Person, ada: Person, sign_in: SignIn
) -> None:
    someone = Participant.objects.join(evenings.process)
    for words in ("First thing to read", "Second thing to read"):
        evenings.suggest(words, language="en", participant=someone)

    pages = [sign_in(person).get(f"/desk/opinions/{evenings.pk}/queue/").text for person in (ben, ada)]

    assert "taken by Ben" in pages[1]
    shown = [re.findall(r"opinion__words[^>]*>([^<]+)<", page) for page in pages]
    assert shown == [["First thing to read"], ["Second thing to read"]]


def test_the_library_pastes_its_statements(evenings: Conversation, ben: Person, sign_in: SignIn) -> None:
    said = {"seeds": "Una cosa\n\nOtra cosa más\n", "language": "es"}

    sign_in(ben).post(f"/desk/opinions/{evenings.pk}/seeds/", said)

    assert [one.words for one in evenings.statements.filter(language="es")] == [
        {"es": "Una cosa"},
        {"es": "Otra cosa más"},
    ]


def test_a_sheet_of_paper_is_one_participant(evenings: Conversation, desk: Person, sign_in: SignIn) -> None:
    staff, url = sign_in(desk), f"/desk/opinions/{evenings.pk}/"
    shown = staff.get(staff.post(f"{url}paper/", {"copies": 2, "language": "es"})["Location"])
    assert shown.text.count("opinion-sheet__box") == 2 * 3 * len(SAID)

    said = {"channel": "paper", "serial": 2, "s1": "1", "s2": "-1", "s3": "0"}
    assert staff.post(f"{url}entry/", said).status_code == 302
    assert staff.post(f"{url}entry/", said).status_code == 422
    assert staff.post(f"{url}entry/", {"channel": "phone", "s4": "1"}).status_code == 302

    assert sorted(Participant.objects.values_list("channel", "tier")) == [("paper", "on_site"), ("phone", "on_site")]
    assert OpinionVote.objects.count() == 4


def test_two_people_enter_a_sheet_and_settle_where_they_differ(
    evenings: Conversation, desk: Person, ben: Person, sign_in: SignIn
) -> None:
    Conversation.objects.update(is_doubled=True)
    url = f"/desk/opinions/{evenings.pk}/"
    said = {"channel": "paper", "serial": 1, "s1": "1", "s2": "-1"}
    sign_in(desk).post(f"{url}entry/", said)
    assert sign_in(desk).post(f"{url}entry/", said).status_code == 422  # not by the same hand
    sign_in(ben).post(f"{url}entry/", said | {"s2": "0"})
    assert OpinionSheet.objects.get().settled_at is None and not OpinionVote.objects.exists()

    page = sign_in(ben).get(f"{url}settling/?serial=1").text
    assert SAID[1] in page and SAID[0] not in page
    sign_in(ben).post(f"{url}settling/", {"serial": "1", "s2": "0"})

    assert sorted(OpinionVote.objects.values_list("statement__number", "vote")) == [(1, 1), (2, 0)]


def test_every_figure_of_the_map_comes_out_of_the_export(evenings: Conversation, tmp_path: Path) -> None:
    people = people_vote(evenings, people=130)
    statements = list(evenings.statements.all())
    statements[3].reject(None, by=Person.objects.all()[0], words="Too long", again=True)
    evenings.seed(["Nobody has voted on this"], by=None)
    evenings.suggest("Nor on this, but me", language="en", participant=people[0])
    evenings.draw()
    zipfile.ZipFile(io.BytesIO(exported(evenings))).extractall(tmp_path)

    for votes in ("votes.csv", "participants-votes.csv"):
        said = io.StringIO()
        options = ["--comments", str(tmp_path / "comments.csv"), "--fewest", "10", "--json"]
        call_command("opinion_map", "--votes", str(tmp_path / votes), *options, stdout=said)
        answer = json.loads(said.getvalue())
        answer.pop("participants")
        stored = MapDrawing.objects.get().drawn["answer"]
        for one in [*answer["consensus"], *answer["divides"], *(s for g in answer["groups"] for s in g["statements"])]:
            one.pop("text")
        assert answer == stored and stored["groups"]


def test_an_export_is_brought_in_after_a_look_at_it(
    evenings: Conversation, choosing: Phase, ben: Person, sign_in: SignIn
) -> None:
    people_vote(evenings, people=40)
    other = Conversation.objects.begin(choosing, "Another", by=ben)
    staff, url = sign_in(ben), f"/desk/opinions/{other.pk}/import/"

    upload = SimpleUploadedFile("export.zip", exported(evenings))
    page = staff.post(url, {"file": upload, "language": "en"}).text
    assert "24 statements" in page and not other.statements.exists()
    staff.post(url, {"kept": _field(page, "kept")})
    other.draw()

    assert other.statements.count() == 24
    drawn = {row.conversation_id: row for row in MapDrawing.objects.all()}
    assert drawn[other.pk].votes == drawn[evenings.pk].votes
    assert drawn[other.pk].drawn["counts"] == drawn[evenings.pk].drawn["counts"]


@pytest.mark.parametrize(
    "brought",
    [
        ("x.zip", b"PK", "broken"),
        ("x.csv", b"a,b", "neither"),
        ("votes.csv", b"comment-id,voter-id,vote\n1,2,7\n", "line 2, vote"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    evenings: Conversation, ben: Person, client: Client, brought: tuple[str, bytes, str]
) -> None:
    name, content, why = brought
    upload = SimpleUploadedFile(name, content)
    client.force_login(ben)

    answer = client.post(f"/desk/opinions/{evenings.pk}/import/", {"file": upload, "language": "en"})

    assert answer.status_code == 422 and why in answer.text

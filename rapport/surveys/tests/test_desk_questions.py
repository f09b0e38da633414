"""The builder without scripts: what is pressed and typed, and what of it is in the draft."""

import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import FileField
from django.test import Client
from PIL import Image

from conftest import SignIn
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.methods import AnyOf, Comparison, Kind, Question, Questionnaire, Test
from rapport.surveys.models import Picture, Response, Survey

from .garden import garden_questions


@pytest.fixture
def garden(ben: Person, riverside: Branch) -> Survey:
    return Survey.objects.begin(garden_questions(), by=ben, branch=riverside)


@pytest.fixture
def client(ben: Person, sign_in: SignIn) -> Client:
    return sign_in(ben)


def _written(survey: Survey) -> Questionnaire:
    edition = survey.editions.last()
    assert edition is not None
    return edition.questionnaire


def _question(survey: Survey, key: str) -> Question:
    question = _written(survey).question(key)
    assert question is not None
    return question


def _address(survey: Survey, rest: str = "questions/") -> str:
    return f"/desk/surveys/{survey.pk}/{rest}"


def _as_it_stands(client: Client, address: str) -> dict[str, Any]:
    """What the form of a question would send if nothing were changed."""
    editor = client.get(address).context["editor"]
    sent: dict[str, Any] = {}
    for bound in (bound for form in editor.parts for bound in form):
        value = bound.value()
        if value and not isinstance(bound.field, FileField):
            sent[bound.html_name] = "on" if value is True else value
    return sent


def test_saving_a_question_as_it_stands_changes_nothing(garden: Survey, client: Client) -> None:
    before = _written(garden)

    for question in before.questions():
        address = _address(garden, f"questions/{question.key}/")
        answer = client.post(address, _as_it_stands(client, address))
        assert answer.status_code == 302, question.key

    garden = Survey.objects.get()
    assert _written(garden) == before


def test_a_question_is_added_with_its_words_and_opens_for_its_answers(garden: Survey, client: Client) -> None:
    answer = client.post(_address(garden), {"words": "Who with?", "kind": "single", "page": "you"})

    assert answer["Location"] == _address(garden, "questions/who_with/")
    assert _question(garden, "who_with").words == {"en": "Who with?"}
    assert "It has no answers to choose from" in client.get(_address(garden)).text


def test_answers_are_one_line_each(garden: Survey, client: Client) -> None:
    client.post(_address(garden), {"words": "Who with?", "kind": "multiple", "page": "you"})
    address = _address(garden, "questions/who_with/")

    client.post(address, {"words": "Who with?", "kind": "multiple", "choices-more": "Alone\nWith friends\n\nAlone"})
    sent = _as_it_stands(client, address)
    sent |= {"choice1-words": "On my own", "choice2-words": "", "choice1-place": 9, "choice3-is_alone": "on"}
    client.post(address, sent)

    choices = _question(garden, "who_with").choices
    assert [(choice.code, choice.words["en"], choice.is_alone) for choice in choices] == [
        ("alone2", "Alone", True),
        ("alone", "On my own", False),
    ]


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(garden: Survey, client: Client) -> None:
    address = _address(garden, "questions/wish/")

    answer = client.post(address, {"words": "A long new question", "kind": "long", "is_required": "on", "most": "many"})

    assert answer.status_code == 422
    assert "A long new question" in answer.text
    assert "Tell people why" in answer.text
    assert "Write a number here" in answer.text
    assert _question(garden, "wish").words["en"].startswith("You come")


def test_a_condition_is_written_from_answers(garden: Survey, client: Client) -> None:
    address = _address(garden, "questions/wish/")
    sent = _as_it_stands(client, address) | {
        "when-mode": "any",
        "when-t0_answer": "visits=never",
        "when-t0_is": "is",
        "when-t1_answer": "barriers=far",
        "when-t1_is": "is_not",
    }

    client.post(address, sent)

    never, far = Test("visits", Comparison.EQUAL, "never"), Test("barriers", Comparison.LACKS, "far")
    assert _question(garden, "wish").when == AnyOf((never, far))
    assert (
        "Asked only if “How often do you come?” is “Never” or “It is too far” was not chosen"
        in client.get(_address(garden)).text
    )


def test_a_rule_of_its_own_has_its_words(garden: Survey, client: Client) -> None:
    client.post(_address(garden), {"words": "Children", "kind": "number", "page": "you"})
    address = _address(garden, "questions/children/")

    no_value = client.post(address, {"words": "Children", "must-t0_answer": "children=", "must-t0_is": "less"})
    client.post(
        address,
        {
            "words": "Children",
            "must-t0_answer": "children=",
            "must-t0_is": "less",
            "must-t0_value": "20",
            "must_words": "That is a school. Please write to us.",
        },
    )

    question = _question(garden, "children")
    assert no_value.status_code == 422
    assert question.must == Test("children", Comparison.LESS, "20")
    assert question.must_words == {"en": "That is a school. Please write to us."}


def test_importance_and_performance_in_one_click(garden: Survey, client: Client) -> None:
    client.post(_address(garden), {"words": "Services", "kind": "grid", "page": "you"})
    sent = {"words": "Services", "low": 1, "high": 5, "rows-more": "Wi-Fi\nBooks", "both": "1"}

    client.post(_address(garden, "questions/services2/"), sent)

    made = _question(garden, "services2")
    assert [line.key for line in made.rows] == ["wi_fi", "books"]
    assert [line.key for line in made.aspects] == ["importance", "performance"]
    assert made.aspects[0].words["es"] == "Cuánto le importa"


def test_questions_move_by_buttons_and_by_what_dragging_sends(garden: Survey, client: Client) -> None:
    client.post(_address(garden, "questions/services/place/"), {"way": "down"})
    refused = client.post(_address(garden, "questions/wish/place/"), {"page": "you", "before": "visits"}, follow=True)
    client.post(_address(garden, "questions/wish/place/"), {"page": "you", "before": "barriers"})

    keys = [[question.key for question in page.questions] for page in _written(garden).pages]
    assert "This stays as it is" in refused.text
    assert keys == [["visits", "wish", "barriers"], ["services"]]


def test_the_last_change_is_undone_and_done_again(garden: Survey, client: Client) -> None:
    client.post(_address(garden, "questions/wish/removal/"))
    gone = _written(garden).question("wish")
    client.post(_address(garden, "undo/"))
    back = _written(Survey.objects.get()).question("wish")
    client.post(_address(garden, "undo/"))

    assert gone is None
    assert back is not None
    assert _written(Survey.objects.get()).question("wish") is None


def test_what_others_hang_on_is_not_taken_out(garden: Survey, client: Client) -> None:
    page = client.post(_address(garden, "questions/visits/removal/"), follow=True)

    assert "“What keeps you away?”, “You come {visits}. What should the garden be?” looks at the answer" in page.text
    assert _question(garden, "visits")


def test_pages_are_named_shown_to_some_moved_and_taken_out(garden: Survey, client: Client) -> None:
    client.post(
        _address(garden, "pages/garden/"),
        {"title": "The garden", "when-t0_answer": "visits=weekly", "when-t0_is": "is_not"},
    )
    client.post(_address(garden, "pages/"))
    client.post(_address(garden, "pages/page1/place/"), {"way": "up"})
    written = _written(garden)
    client.post(_address(garden, "pages/page1/removal/"))

    assert [page.key for page in written.pages] == ["you", "page1", "garden"]
    assert written.pages[2].title == {"en": "The garden"}
    assert written.pages[2].when == Test("visits", Comparison.UNEQUAL, "weekly")
    assert [page.key for page in _written(Survey.objects.get()).pages] == ["you", "garden"]


def _png() -> bytes:
    file = io.BytesIO()
    picture = Image.new("RGB", (40, 30), "green")
    exif = picture.getexif()
    exif[0x010E] = "taken at home"
    picture.save(file, "PNG", exif=exif)
    return file.getvalue()


def test_a_picture_is_drawn_anew_and_shown_to_anyone(garden: Survey, client: Client) -> None:
    client.post(_address(garden), {"words": "Which seat?", "kind": "picture", "page": "you"})
    address = _address(garden, "questions/which_seat/")
    client.post(address, {"words": "Which seat?", "kind": "picture", "choices-more": "Bench"})
    picture = SimpleUploadedFile("bench.png", _png())

    client.post(address, _as_it_stands(client, address) | {"choice1-picture": picture})
    no_picture = client.post(
        address, _as_it_stands(client, address) | {"choice1-picture": SimpleUploadedFile("x.png", b"nothing")}
    )

    name = _question(garden, "which_seat").choices[0].picture
    shown = Client().get(Picture.objects.get(name=name).get_absolute_url())
    body = b"".join(shown.streaming_content)  # type: ignore[attr-defined]
    assert Image.open(io.BytesIO(body)).format == "WEBP"
    assert b"taken at home" not in body
    assert no_picture.status_code == 422


def test_places_come_from_a_map_or_from_the_branches(garden: Survey, client: Client) -> None:
    client.post(_address(garden), {"words": "Where?", "kind": "place", "page": "you"})
    square = [[[0, 0], [2, 0], [2, 1], [0, 1], [0, 0]]]
    feature = {
        "type": "Feature",
        "properties": {"name": "North"},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    geojson = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    address = _address(garden, "questions/where/areas/")

    client.post(address, {"branches": "on"})
    branches = _question(garden, "where").choices
    client.post(address, {"file": SimpleUploadedFile("areas.geojson", geojson)})
    refused = client.post(address, {"file": SimpleUploadedFile("areas.geojson", b"{}")})

    north = _question(Survey.objects.get(), "where").choices[0]
    assert [choice.code for choice in branches] == ["riverside"]
    assert north.words == {"en": "North"}
    assert north.shape[0][:3] == [[0.0, 75.0], [100.0, 75.0], [100.0, 25.0]]
    assert refused.status_code == 422


def test_an_answer_may_be_inserted_only_after_it_was_given(garden: Survey, client: Client) -> None:
    address = _address(garden, "questions/barriers/")
    sent = _as_it_stands(client, address) | {"words": "You said {wish}?"}

    page = client.post(address, sent, follow=True)

    assert "This stays as it is" in page.text
    assert "{visits}" in client.get(address).text


def _answered(garden: Survey, ben: Person) -> None:
    garden.open(by=ben)
    assert garden.edition is not None
    Response.objects.take(garden, {"visits": "weekly"}, edition=garden.edition, channel=Channel.WEB, language="en")


def test_a_survey_that_is_answered_is_corrected_beside(garden: Survey, ben: Person, client: Client) -> None:
    _answered(garden, ben)
    for key, words in (("wish", "What should the roof be?"), ("barriers", "What stops you?")):
        address = _address(garden, f"questions/{key}/")
        client.post(address, _as_it_stands(client, address) | {"words": words})
    live = Survey.objects.get().edition

    asked = client.get(_address(garden, "publishing/")).text
    no_note = client.post(_address(garden, "publishing/"), {"meaning_wish": "anew"})
    client.post(_address(garden, "publishing/"), {"meaning_wish": "anew", "meaning_barriers": "same", "note": "Roof"})

    survey = Survey.objects.get()
    assert live is not None
    assert live.number == 1
    assert "It was: What keeps you away?" in asked
    assert no_note.status_code == 422
    assert re.search(r'id="anew-wish"[^>]*checked', no_note.text)
    assert survey.edition is not None
    assert (survey.edition.number, survey.edition.note) == (2, "Roof")
    assert (_question(survey, "wish").meaning, _question(survey, "barriers").meaning) == (2, 1)


def test_a_key_that_was_ever_asked_is_not_given_again(garden: Survey, ben: Person, client: Client) -> None:
    _answered(garden, ben)
    client.post(_address(garden, "questions/services/removal/"))

    answer = client.post(_address(garden), {"words": "services", "kind": "long", "page": "you"})

    assert answer["Location"].endswith("/questions/services2/")


def test_there_is_nothing_to_publish_where_nothing_changed(garden: Survey, ben: Person, client: Client) -> None:
    garden.open(by=ben)

    page = client.get(_address(garden, "publishing/"), follow=True)

    assert "There is nothing to publish" in page.text


def test_what_is_not_there_answers_404(garden: Survey, client: Client, ben: Person) -> None:
    for rest in ("questions/nothing/", "pages/nothing/", "questions/nothing/areas/"):
        assert client.get(_address(garden, rest)).status_code == 404
    for rest in ("questions/nothing/removal/", "pages/nothing/removal/", "questions/nothing/place/"):
        assert client.post(_address(garden, rest)).status_code == 404


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_can_be_added_and_opened(kind: Kind, garden: Survey, client: Client) -> None:
    client.post(_address(garden), {"words": "New one", "kind": kind, "page": "you"})
    address = _address(garden, "questions/new_one/")

    page = client.get(address)
    answer = client.post(address, _as_it_stands(client, address))

    assert page.status_code == 200
    assert answer.status_code == 302
    assert _question(garden, "new_one").kind == kind

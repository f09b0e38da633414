"""What must hold of telling whatever people send, and however many."""

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image

from rapport.listening import keeping
from rapport.listening.models import Voice
from rapport.listening.tests.test_tell_form import _filled as filled
from rapport.loop.models import Loop, Speaker, Turn
from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch

SignIn = Callable[[Person], Client]


def _naughty() -> list[str]:
    shared = Path(os.environ.get("RAPPORT_SHARED", Path(__file__).parents[4] / "shared"))
    file = shared / "data" / "naughty_strings" / "blns.json"
    if not file.exists():
        pytest.skip("needs naughty_strings/blns.json in the shared folder (RAPPORT_SHARED)")
    return [text for text in json.loads(file.read_text()) if text.strip()]


def _heard(words: str = "Cold", **known: Any) -> Voice:
    return Voice(**{"kind": "concern", "language": "en", "channel": "web", "words": words, **known}).save_as_heard()


def test_naughty_words_are_kept_as_they_are_or_refused_kindly(
    client: Client, riverside: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in _naughty():
        answer = client.post("/tell/", filled(monkeypatch, words=text, name=text[:120], photo_words=text[:200]))

        assert answer.status_code in (302, 422), text
        if answer.status_code == 302:
            assert client.get(answer["Location"]).status_code == 200, text

    kept = set(Voice.objects.values_list("words", flat=True))
    assert sum(text.strip().replace("\r\n", "\n") in kept for text in _naughty()) > 0.9 * len(_naughty())


@pytest.mark.django_db(transaction=True)
def test_fifty_who_send_at_once_are_all_heard_once(riverside: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [filled(monkeypatch, words=f"Voice {n}") for n in range(50)]

    def send(form: dict[str, Any]) -> int:
        try:
            return Client(REMOTE_ADDR=f"10.0.0.{form['words'].split()[1]}").post("/tell/", form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as hands:
        assert set(hands.map(send, sent)) == {302}

    assert sorted(Voice.objects.values_list("words", flat=True)) == sorted(form["words"] for form in sent)


def test_the_public_list_asks_the_database_as_often_for_many_as_for_few(
    client: Client, riverside: Branch, mona: Person, django_assert_max_num_queries: Any
) -> None:
    loop = Loop.objects.begin("Shade in the garden?", by=mona)
    loop.record(Turn.TAKEN_UP, "We took it up", by=mona)
    asked = []
    for many in (2, 18):
        voices = [_heard(is_public=True, released_at=timezone.now(), branch=riverside) for _n in range(many)]
        loop.hang(voices)
        for path in ("/voices/", f"/voices/?loop={loop.pk}"):
            client.get(path)
            with django_assert_max_num_queries(12) as seen:
                assert client.get(path).status_code == 200
            asked.append(len(seen))

    assert asked[:2] == asked[2:]


def test_a_story_asks_the_database_as_often_for_much_as_for_little(
    client: Client, riverside: Branch, mona: Person, django_assert_max_num_queries: Any
) -> None:
    voice = _heard(branch=riverside)
    asked = []
    for _round in range(2):
        for n in range(5):
            voice.answer(f"Answer {n}", by=mona)
            voice.additions.create(words=f"More {n}")
        client.get(voice.get_absolute_url())
        with django_assert_max_num_queries(12) as seen:
            client.get(voice.get_absolute_url())
        asked.append(len(seen))

    assert asked[0] == asked[1]


def test_the_voices_of_one_loop_are_listed_for_everyone(client: Client, riverside: Branch, mona: Person) -> None:
    on, off = _heard("Shade please", is_public=True), _heard("Quieter please", is_public=True)
    for voice in (on, off):
        voice.let_read(by=mona)
    loop = Loop.objects.begin("Shade in the garden?", by=mona)
    loop.hang([on])
    loop.record(Turn.TAKEN_UP, "We took it up", by=mona)

    page = client.get(f"/voices/?loop={loop.pk}").content.decode()

    assert "Shade please" in page and "Quieter please" not in page
    assert f"/voices/?loop={loop.pk}" in client.get(loop.get_absolute_url()).content.decode()
    for nonsense in ("x", "999999", "-1"):
        assert client.get(f"/voices/?loop={nonsense}").status_code == 200


def test_who_was_held_by_mistake_gets_the_letter_when_released(riverside: Branch, mona: Person) -> None:
    voice = _heard(speaker=Speaker.objects.reached_at(email="rosa@example.org", language="en"))
    voice.hold(because="links")

    voice.release(by=mona)

    assert Letter.objects.get().once == f"voice:{voice.pk}:received"
    voice.refresh_from_db()
    assert voice.acknowledged_at


def test_a_colleague_writes_down_voices_of_their_own_branches_only(
    riverside: Branch, desk: Person, sign_in: SignIn
) -> None:
    hilltop = Branch.objects.create(slug="hilltop", name="Hilltop")
    attic = hilltop.spaces.create(slug="attic", name="Attic")
    sent = {"kind": "concern", "words": "Cold", "channel": "desk", "spoken_on": "2026-01-05"}

    for place in ({"branch": hilltop.pk}, {"space": attic.pk}, {"branch": riverside.pk, "space": attic.pk}):
        assert sign_in(desk).post("/desk/voices/new/", {**sent, **place}).status_code == 422

    assert not Voice.objects.exists()
    assert "Attic" not in sign_in(desk).get("/desk/voices/new/").content.decode()


def test_what_a_speaker_adds_waits_at_the_desk_until_it_is_noted(
    client: Client, riverside: Branch, desk: Person, sign_in: SignIn
) -> None:
    voice = _heard("It is cold here", branch=riverside)
    voice.answer("We look", by=desk)
    client.post(f"{voice.get_absolute_url()}additions/", {"words": "Still cold"})

    assert "It is cold here" in sign_in(desk).get("/desk/voices/?view=added").content.decode()
    assert "view=added" in sign_in(desk).get("/desk/").content.decode()

    voice.note("Read", by=desk)

    assert not Voice.objects.added_to().exists()


def test_what_was_added_is_taken_along_and_stays_without_a_name(riverside: Branch, amina: Person) -> None:
    voice = _heard(speaker=Speaker.objects.behind(amina).first() or Speaker.objects.create(person=amina))
    voice.additions.create(words="Still cold")

    assert [told["added"] for told in keeping.export_voices(amina)] == [["Still cold"]]

    keeping.erase_voices(amina)

    voice.refresh_from_db()
    assert voice.speaker is None
    assert keeping.export_voices(amina) == []


def _photo() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 20), "green").save(file, "JPEG")
    return SimpleUploadedFile("a.jpg", file.getvalue())


@pytest.mark.django_db(transaction=True)
def test_a_photo_goes_when_its_voice_is_not_kept_or_its_speaker_is_erased(
    riverside: Branch, amina: Person, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = Client(raise_request_exception=False)
    sent = filled(monkeypatch, photo=_photo(), reply="mail", email=amina.email)

    with monkeypatch.context() as broken:
        broken.setattr("rapport.listening.telling.say_it_arrived", lambda voice: 1 / 0)
        assert client.post("/tell/", sent).status_code == 500
    assert not Voice.objects.exists()
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]

    client.post("/tell/", {**sent, "photo": _photo()})
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1
    Speaker.objects.update(person=amina)
    keeping.erase_voices(amina)
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]

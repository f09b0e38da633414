"""Telling on the web, on the kiosk and at the desk, and following it afterwards."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from rapport.lib.proof import challenge
from rapport.listening.forms import TellForm
from rapport.listening.models import Channel, Voice
from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch


def _filled(monkeypatch: pytest.MonkeyPatch, **more: Any) -> dict[str, Any]:
    """A form that was opened a minute ago, sent without scripts."""
    with monkeypatch.context() as then:
        import time

        now = time.time()
        then.setattr("rapport.lib.proof.time.time", lambda: now - 60)
        asked = challenge()
    words = "There is no shade in the garden"
    return {"kind": "concern", "words": words, "sent_as": str(uuid.uuid4()), "proof_challenge": asked, **more}


def test_a_neighbour_tells_and_gets_a_slip(client: Client, riverside: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.post("/tell/riverside/garden/?via=poster", _filled(monkeypatch, branch=riverside.pk), follow=True)

    voice = Voice.objects.get()
    assert voice.channel == Channel.POSTER
    assert voice.held_at is None
    assert voice.spoken_code in answer.content.decode()
    assert answer["X-Robots-Tag"].startswith("noindex")


def test_pressing_twice_speaks_once(client: Client, riverside: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = _filled(monkeypatch)

    first, second = client.post("/tell/", sent), client.post("/tell/", sent)

    assert first["Location"] == second["Location"]
    assert Voice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_from_eight_hands_at_once_it_is_one_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = _filled(monkeypatch)

    def send(_n: int) -> str:
        try:
            return str(Client().post("/tell/", sent)["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as hands:
        places = set(hands.map(send, range(8)))

    assert len(places) == 1
    assert Voice.objects.count() == 1


def test_an_address_gets_one_letter_and_the_voice_is_acknowledged(
    client: Client, riverside: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/tell/", _filled(monkeypatch, reply="mail", email="rosa@example.org"))

    voice = Voice.objects.get()
    assert Letter.objects.get().once == f"voice:{voice.pk}:received"
    voice.refresh_from_db()
    assert voice.acknowledged_at


def test_a_doubtful_voice_is_kept_for_a_person(
    client: Client, riverside: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.post("/tell/", _filled(monkeypatch, website="http://x.example"), follow=True)

    assert Voice.objects.get().held_because == "hidden_field"
    assert Voice.objects.get().spoken_code in answer.content.decode()


def test_a_photo_loses_what_the_camera_wrote(
    client: Client, riverside: Branch, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = BytesIO()
    picture = Image.new("RGB", (40, 20), "green")
    exif = Image.Exif()
    exif[0x0110] = "Camera of Rosa"
    picture.save(file, "JPEG", exif=exif)

    client.post("/tell/", _filled(monkeypatch, photo=SimpleUploadedFile("a.jpg", file.getvalue())))

    voice = Voice.objects.get()
    seen = client.get(f"/v/{voice.secret}/photo/")
    content = b"".join(seen.streaming_content)  # type: ignore[arg-type]
    assert b"Camera" not in content
    assert Image.open(BytesIO(content)).format == "WEBP"
    assert client.get(f"/voices/{voice.pk}/photo/").status_code == 404


def test_what_is_no_photo_gets_a_kind_word(client: Client, riverside: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.post("/tell/", _filled(monkeypatch, photo=SimpleUploadedFile("a.jpg", b"<svg/>")))

    assert answer.status_code == 422
    assert "cannot read this as a photo" in answer.content.decode()
    assert "no shade" in answer.content.decode()


def test_the_form_refuses_nul_kindly(db: None) -> None:
    form = TellForm({"kind": "concern", "words": "a\x00b"})

    assert not form.is_valid()
    assert "words" in form.errors


def test_the_code_finds_the_story_in_any_writing(client: Client, riverside: Branch) -> None:
    voice = Voice(kind="concern", words="Cold", language="en", channel="web").save_as_heard()

    answer = client.post("/follow/", {"code": f" {voice.code[:4].lower()} - {voice.code[4:].lower()} "})

    assert answer["Location"] == voice.get_absolute_url()
    page = client.get(voice.get_absolute_url())
    assert page["Referrer-Policy"] == "same-origin"
    assert "Cold" in page.content.decode()


def test_the_speaker_may_add_give_contact_and_take_it_back(client: Client, riverside: Branch) -> None:
    voice = Voice(kind="concern", words="Cold", language="en", channel="web", is_public=True).save_as_heard()
    here = voice.get_absolute_url()

    client.post(f"{here}additions/", {"words": "Still cold"})
    client.post(f"{here}contact/", {"email": "rosa@example.org"})
    voice.refresh_from_db()
    speaker = voice.speaker
    client.post(f"{here}contact/removal/")
    client.post(f"{here}reading/removal/")

    voice.refresh_from_db()
    assert speaker and speaker.email == "rosa@example.org"
    assert voice.speaker is None and not voice.is_public
    assert "Still cold" in client.get(here).content.decode()


def test_the_kiosk_shows_the_receipt_without_an_address(
    client: Client, riverside: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.post("/kiosk/riverside/?language=es", _filled(monkeypatch, branch=riverside.pk))

    assert answer.status_code == 200
    assert Voice.objects.get().spoken_code in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert not client.session.keys()


def test_the_desk_writes_down_slip_after_slip(
    riverside: Branch, desk: Person, sign_in: Callable[[Person], Client]
) -> None:
    sent = {"kind": "concern", "words": "Cold", "channel": "paper", "spoken_on": "2026-01-05", "branch": riverside.pk}

    answer = sign_in(desk).post("/desk/voices/new/", {**sent, "next": "1"})

    assert "channel=paper" in answer["Location"] and "spoken_on=2026-01-05" in answer["Location"]
    assert Voice.objects.get().entered_by == desk


@pytest.mark.parametrize(
    "address",
    ["/tell/", "/tell/riverside/", "/voices/", "/follow/", "/kiosk/riverside/", "/desk/voices/new/", "/desk/printing/",
     "/desk/printing/poster/?language=en&language=ar", "/desk/printing/slip/?language=ar"],
)  # fmt: skip
def test_each_page_opens(address: str, riverside: Branch, desk: Person, sign_in: Callable[[Person], Client]) -> None:
    assert sign_in(desk).get(address).status_code == 200


def test_an_address_begun_and_then_not_wanted_holds_nobody_up(
    client: Client, riverside: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.post("/tell/", _filled(monkeypatch, reply="code", email="noor@"))

    assert answer.status_code == 302
    assert Voice.objects.get().speaker is None

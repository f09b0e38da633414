from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from rapport.configuration import Configuration


@pytest.mark.django_db
def test_a_library_shows_its_own_logo(logo: Path, client: Client) -> None:
    assert 'src="/logo/"' in client.get("/loops/").content.decode()

    answer = client.get("/logo/")

    assert answer["Content-Type"] == "image/svg+xml"
    assert b"".join(answer.streaming_content) == logo.read_bytes()


@pytest.mark.django_db
def test_without_a_logo_the_house_shows_its_sign(client: Client) -> None:
    assert client.get("/logo/").status_code == 404
    assert 'src="/logo/"' not in client.get("/loops/").content.decode()


def test_the_library_is_named_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_LIBRARY", '{"en": "Riverside", "ar": "ريفرسايد"}')
    house = Configuration()

    with translation.override("ar"):
        assert house.library == "ريفرسايد"
    with translation.override("es"):
        assert house.library == "Riverside"


def test_one_name_is_for_all_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_LIBRARY", "Riverside")

    with translation.override("ar"):
        assert Configuration().library == "Riverside"

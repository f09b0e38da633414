from collections.abc import Callable

import pytest
from django.test import Client

from rapport.listening.models import Voice
from rapport.loop.models import Loop, Speaker
from rapport.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def told(words: str, email: str) -> Voice:
    speaker = Speaker.objects.reached_at(email=email, language="en")
    return Voice(kind="concern", language="en", channel="web", words=words, speaker=speaker).save_as_heard()


def test_my_page_shows_what_i_told_and_what_came_of_it(amina: Person, ben: Person, sign_in: SignIn) -> None:
    voice = told("The lamp is too dim", amina.email)
    loop = Loop.objects.begin("Light to read by", by=ben)
    loop.hang([voice])

    page = sign_in(amina).get("/my/").content.decode()

    assert "The lamp is too dim" in page
    assert voice.get_absolute_url() in page
    assert loop.get_absolute_url() in page


def test_my_page_shows_nothing_of_others(amina: Person, sign_in: SignIn) -> None:
    told("The door sticks", "sam@example.org")

    assert "The door sticks" not in sign_in(amina).get("/my/").content.decode()

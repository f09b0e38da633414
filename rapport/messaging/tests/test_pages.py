"""The pages of letters as people see them."""

from collections.abc import Callable
from typing import Any

import pytest

from rapport.loop.models import Heard, Loop, Speaker
from rapport.messaging.models import Letter, LetterState
from rapport.messaging.post import message_of
from rapport.people.models import Person
from rapport.places.models import Branch

Open = Callable[..., Any]
Axe = Callable[[Any], list[str]]


@pytest.fixture
def shade(db: None) -> Heard:
    question = {
        "en": "Is there shade in the garden?",
        "es": "¿Hay sombra en el jardín?",
        "ar": "هل يوجد ظل في الحديقة؟",
    }
    loop = Loop.objects.create(question=question, is_public=True)
    return Heard.objects.create(loop=loop, speaker=Speaker.objects.create(email="amina@example.org", language="ar"))


@pytest.mark.parametrize(
    ("width", "theme", "lang"),
    [(390, "light", "en"), (1280, "dark", "en"), (390, "light", "ar"), (1280, "light", "es")],
)
def test_stopping_and_beginning_again_can_be_read_by_all(
    *, width: int, theme: str, lang: str, open_page: Open, axe: Axe, no_sideways_scroll: Axe, shade: Heard
) -> None:
    page = open_page(f"/stop/{shade.speaker.secret}/?loop={shade.loop_id}", width=width, theme=theme, lang=lang)
    assert axe(page) == []
    assert no_sideways_scroll(page)

    page.locator("main form button").click()
    shade.refresh_from_db()
    assert shade.stopped_at is not None
    assert axe(page) == []

    page.locator("main form button").click()
    shade.refresh_from_db()
    assert shade.stopped_at is None


@pytest.mark.parametrize(("width", "theme", "lang"), [(390, "light", "en"), (1280, "dark", "en"), (390, "dark", "ar")])
def test_the_letters_page_can_be_read_by_all(
    *,
    width: int,
    theme: str,
    lang: str,
    open_page: Open,
    axe: Axe,
    no_sideways_scroll: Axe,
    mona: Person,
    riverside: Branch,
    shade: Heard,
) -> None:
    by_phone = Speaker.objects.create(phone="555 0101", language="en", name="Chen")
    for once, speaker, state in (
        ("sent", shade.speaker, LetterState.SENT),
        ("doubt", shade.speaker, LetterState.DOUBTFUL),
        ("call", by_phone, LetterState.TO_CALL),
    ):
        text = "We put up a sail over the benches. Thank you for telling us."
        letter = Letter.objects.write(
            once, subject="Shade in the garden", text=text, language="en", speaker=speaker, branch=riverside
        )
        Letter.objects.filter(pk=letter.pk).update(state=state)

    page = open_page("/desk/letters/", width=width, theme=theme, lang=lang, person=mona)

    assert axe(page) == []
    assert no_sideways_scroll(page)
    assert page.locator("main form[method=post] button").count() >= 3


@pytest.mark.parametrize(("language", "words"), [("en", "We put up a sail."), ("ar", "وضعنا مظلة فوق المقاعد.")])
def test_a_letter_can_be_read_by_all(language: str, words: str, browser: Any, axe: Axe, db: None) -> None:
    letter = Letter(
        subject=words, text=words, language=language, email="a@example.org", stop_url="https://x.example/stop/"
    )
    page = browser.new_page(viewport={"width": 390, "height": 700})

    page.set_content(str(message_of(letter).alternatives[0][0]))

    assert axe(page) == []
    page.close()

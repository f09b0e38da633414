"""The inbox in a real browser: on a phone, in Arabic, without scripts, and looked at by axe."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from rapport.listening.models import Channel, ReplyTemplate, Voice, VoiceKind
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db(transaction=True)


def _voice(branch: Branch, words: str, language: str = "en", days: int = 0) -> Voice:
    known = {"kind": VoiceKind.CONCERN, "channel": Channel.POSTER, "is_public": True}
    spoken = timezone.now() - timedelta(days=days)
    return Voice(words=words, language=language, branch=branch, spoken_at=spoken, **known).save_as_heard()


@pytest.mark.parametrize(("width", "theme", "lang"), [(1280, "light", "en"), (390, "dark", "ar"), (320, "light", "es")])
def test_the_inbox_and_a_voice_are_for_everyone(
    width: int, theme: str, lang: str, riverside: Branch, mona: Person, open_page: Any, axe: Any
) -> None:
    _voice(riverside, "أريد مكانًا هادئًا للدراسة", "ar", 20).hold(because="too quick")
    voice = _voice(riverside, "The gate is locked: call 0171 555 0199", days=20)
    voice.answer("It is open", by=mona)
    other = _voice(riverside, "The gate is locked at noon", days=9)

    paths = [
        "/desk/voices/",
        "/desk/voices/?view=all&channel=poster",
        "/desk/voices/figures/",
        "/desk/voices/promises/",
    ]
    paths += [f"/desk/voices/{key}/" for key in (voice.pk, other.pk)]
    paths += ["/desk/voices/templates/", f"/desk/voices/chosen/?act=answer&pick={voice.pk}&pick={other.pk}"]
    for path in paths:
        page = open_page(path, width=width, theme=theme, lang=lang, person=mona)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path


def test_a_voice_is_taken_on_and_answered_without_scripts(riverside: Branch, mona: Person, open_page: Any) -> None:
    voice = _voice(riverside, "The gate is locked at noon")
    ReplyTemplate.objects.create(title={"en": "Thanks"}, words={"en": "Thank you, {name}. We unlock it."})

    page = open_page(f"/desk/voices/{voice.pk}/", js=False, person=mona)
    page.get_by_role("button", name="Take it on").click()
    page.get_by_label("Begin with").select_option(label="Thanks")
    page.get_by_role("button", name="Put in these words").click()
    page.get_by_role("button", name="Send the answer").click()

    answer = voice.answers.get()
    assert (answer.words, answer.by) == ("Thank you. We unlock it.", mona)


def test_the_keys_j_and_x_choose_a_voice(riverside: Branch, mona: Person, open_page: Any) -> None:
    _voice(riverside, "The gate is locked at noon")

    page = open_page("/desk/voices/", person=mona)
    page.keyboard.press("j")
    page.keyboard.press("x")

    assert page.locator("[name=pick]").is_checked()
    assert "1 chosen" in page.locator("[data-bulk-count]").inner_text()

"""The first loop, whole: three neighbours speak, and in the end each of them knows what came of it."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rapport.deciding.models import Decision
from rapport.impact.models import Report
from rapport.insight.models import Need, Theme, ThemeProposal
from rapport.listening.models import Status, Voice
from rapport.loop.models import Speaker, Turn
from rapport.messaging.models import Letter, LetterState
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.models import Measure, Program, ProgramKind
from tests.journeys import pressing

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = [
    Turn.TAKEN_UP,
    Turn.ASKED,
    Turn.DECIDED,
    Turn.INFLUENCED,
    Turn.TRYING,
    Turn.ADOPTED,
    Turn.REPORTED,
]
LAYLA, LUCIA, OTTO = "layla@example.org", "lucia@example.org", "555 0142"
NEED = {
    "en": "People want a quiet place to read",
    "es": "La gente quiere un lugar tranquilo para leer",
    "ar": "يريد الناس مكاناً هادئاً للقراءة",
}
DID = {
    "en": "The garden is quiet every morning",
    "es": "El jardín está en silencio cada mañana",
    "ar": "الحديقة هادئة كل صباح",
}


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser writes faster than any neighbour, and would be held for that."""
    monkeypatch.setattr("rapport.listening.doubts.is_old_enough", lambda challenge: True)


@pytest.fixture
def look(open_page: Any, axe: Any, no_sideways_scroll: Any) -> Callable[..., Any]:
    """Open a page as somebody, and find nothing on it that would keep anybody out."""

    def looked(path: str, **how: Any) -> Any:
        page = open_page(path, **how)
        if how.get("js", True):  # axe is a script itself
            fine(page)
        return page

    def fine(page: Any) -> None:
        assert axe(page) == []
        assert no_sideways_scroll(page)

    looked.fine = fine  # type: ignore[attr-defined]
    return looked


def test_the_loop_turns_once_from_three_voices_to_you_said_we_did(
    riverside: Branch,
    desk: Person,
    ben: Person,
    mona: Person,
    sign_in: Callable[[Person], Client],
    look: Any,
    at_once: Any,
    unhurried: None,
) -> None:
    def do_what_waits() -> None:
        with at_once():
            pass

    layla, lucia, otto = _on_a_phone(look), _without_scripts(look), _by_phone(look, desk)
    _answered(look, desk, layla)
    theme = _understood(look, ben, do_what_waits)
    as_ben, as_mona, as_desk = sign_in(ben), sign_in(mona), sign_in(desk)
    need = _taken_up(as_ben, theme)
    decision = _asked(as_ben, need)
    _decided(as_mona, decision)
    _promise_kept(as_ben, decision)
    program = _tried(as_ben, need)
    _counted(as_desk, program)
    _adopted(as_ben, program)
    _reported(as_ben, need)
    do_what_waits()

    assert [str(step.turn) for step in need.loop.steps.all() if Turn(step.turn).is_told] == TOLD
    _all_were_told(need, {LAYLA: "ar", LUCIA: "es", OTTO: "en"})
    _the_story_shows_the_end(look, layla, lucia, otto)
    _end_and_beginning_are_three_clicks_apart(layla, theme, desk)


# ── Listen ──


def _on_a_phone(look: Any) -> Voice:
    page = look("/tell/riverside/", width=390, lang="ar")
    for values in (
        {"kind": "suggestion"},
        {"words": "أريد مكاناً هادئاً للقراءة في الحديقة من دون ضجيج"},
        {},
        {"reply": "mail", "email": LAYLA, "name": "ليلى", "is_public": True},
    ):
        pressing.fill(page.locator("form[data-steps]"), **values)
        if "reply" not in values:
            page.locator("[data-next]").click()
    page.locator(".tell__send button").click()
    page.wait_for_url("**/receipt/")
    look.fine(page)
    return Voice.objects.get(speaker__email=LAYLA)


def _without_scripts(look: Any) -> Voice:
    page = look("/tell/riverside/", js=False, lang="es")
    form = page.locator("form.tell__form")
    said = "Quisiera un sitio tranquilo para leer, en el jardín hay demasiado ruido"
    pressing.fill(form, kind="concern", words=said, reply="mail", email=LUCIA)
    page.locator(".tell__send button").click()
    page.wait_for_url("**/receipt/")
    return Voice.objects.get(speaker__email=LUCIA)


def _by_phone(look: Any, desk: Person) -> Voice:
    page = look("/desk/voices/new/", person=desk)
    form = page.locator("main form.form")
    said = "Could there be a quiet place to read, perhaps in the garden? It is so loud inside"
    pressing.fill(form, channel="phone", kind="question", words=said, reply="phone", phone=OTTO)
    pressing.fill(form, branch=Branch.objects.get().pk, language="en")
    form.get_by_role("button", name=re.compile("Save$")).click()
    page.wait_for_url(re.compile(r"/desk/voices/\d+/$"))
    return Voice.objects.get(speaker__phone=OTTO)


def _answered(look: Any, desk: Person, voice: Voice) -> None:
    page = look(f"/desk/voices/{voice.pk}/", person=desk)
    page.get_by_label("Your answer").fill("شكراً، سننظر في ذلك")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_role("heading", name="Answered", exact=True).wait_for()
    voice.refresh_from_db()
    assert voice.is_answered


# ── Understand ──


def _understood(look: Any, ben: Person, do_what_waits: Callable[[], None]) -> Theme:
    page = look("/desk/themes/", person=ben)
    pressing.ask_for_themes(page)
    do_what_waits()
    assert ThemeProposal.objects.get().voice_count == 3
    page.reload()
    look.fine(page)
    if page.locator("[name=pick]").count() > 1:  # a person knows that they are one
        for pick in page.locator("[name=pick]").all():
            pick.check()
        page.get_by_role("button", name="Merge into one").click()
        page.locator("article.group:only-of-type").wait_for()
    assert not Theme.objects.exists(), "Nothing is a theme before a person says so"
    pressing.name_and_confirm(page, 0, {"en": "A quiet place", "es": "Un lugar tranquilo", "ar": "مكان هادئ"})
    page.get_by_text("1 theme is confirmed.").wait_for()
    theme = Theme.objects.get()
    assert theme.voices().count() == 3
    return theme


def _taken_up(ben: Client, theme: Theme) -> Need:
    path = pressing.link(ben, f"/desk/themes/{theme.pk}/", f"/desk/needs/new/?theme={theme.pk}")
    pressing.send(ben, path, sentence=NEED, kind="desire")
    return Need.objects.get()


# ── Decide ──


def _asked(ben: Client, need: Need) -> Decision:
    path = pressing.link(ben, f"/desk/needs/{need.pk}/", f"/desk/decisions/new/?need={need.pk}")
    pressing.send(
        ben,
        path,
        question="Should the garden be quiet in the mornings?",
        promise="consult",
        open_words="Which hours",
        decider="The branch manager",
        by_when=_day(14),
    )
    return Decision.objects.get()


def _decided(mona: Client, decision: Decision) -> None:
    page = f"/desk/decisions/{decision.pk}/"
    said = {"decided": "The garden is quiet until noon", "reasons": "Three of you asked", "goes_ahead": "yes"}
    pressing.send(mona, page, "/ruling/", **said)
    refused = mona.post(f"{page}closing/", follow=True)
    assert "First publish how what people said influenced this" in refused.text
    decision.refresh_from_db()
    assert decision.is_open


def _promise_kept(ben: Client, decision: Decision) -> None:
    page = f"/desk/decisions/{decision.pk}/"
    pressing.send(ben, page, "/influence/", said="You asked for mornings, so it is the mornings")
    pressing.send(ben, page, "/closing/")
    decision.refresh_from_db()
    assert not decision.is_open


# ── Deliver and measure ──


def _tried(ben: Client, need: Need) -> Program:
    path = pressing.link(ben, f"/desk/needs/{need.pk}/", f"/desk/programs/new/?need={need.pk}")
    page = pressing.send(ben, path, title="Quiet mornings in the garden", kind=ProgramKind.values[0])
    pressing.send(ben, page, "/pilot/", hypothesis="If we keep it quiet, more people will read", review_on=_day(30))
    pressing.send(ben, page, "/pilot/measures/", name="Readers each morning", green=8, amber=4)
    pressing.send(ben, page, "/pilot/start/")
    program = Program.objects.get()
    assert program.need == need
    _measures_are_locked(program, ben)
    branch = Branch.objects.get().pk
    pressing.send(ben, page, "/sessions/", day=_day(-8), starts="09:00", ends="11:00", branch=branch, times=2)
    assert program.sessions.count() == 2
    return program


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _measures_are_locked(program: Program, ben: Client) -> None:
    measure = Measure.objects.get()
    answer = ben.post(f"/desk/programs/{program.pk}/pilot/measures/{measure.pk}/removal/", follow=True)
    assert "what it is measured by stays as it is" in answer.text
    assert Measure.objects.count() == 1


def _counted(desk: Client, program: Program) -> None:
    first, second = program.sessions.order_by("starts_at")
    assert first.total is None
    pressing.send(desk, f"/desk/sessions/{first.pk}/", "/heads/", **{"19+": 0})
    pressing.send(desk, f"/desk/sessions/{second.pk}/", "/heads/", **{"19+": 11, "6-11": 2})
    first, second = program.sessions.order_by("starts_at")
    assert (first.by_band, first.total, second.total) == ({"19+": 0}, 0, 13), "None came is not uncounted"


def _adopted(ben: Client, program: Program) -> None:
    page = f"/desk/programs/{program.pk}/"
    pressing.send(ben, page, "/readings/", value=11)
    evidence = {"en": "None came, and then thirteen", "es": "No vino nadie, y luego trece"}
    pressing.send(ben, page, "/verdict/", choice="adopt", evidence=evidence)


# ── Report back ──


def _reported(ben: Client, need: Need) -> None:
    page = pressing.link(ben, "/desk/reports/", f"/desk/loops/{need.loop.pk}/")
    path = pressing.link(ben, page, f"{page}report/")
    pressing.send(ben, path, said=NEED, could="yes", did=DID)
    assert Report.objects.get().loop == need.loop


def _all_were_told(need: Need, languages: dict[str, str]) -> None:
    steps = [step for step in need.loop.steps.all() if Turn(step.turn).is_told]
    for reached, language in languages.items():
        speaker = Speaker.objects.get(phone=reached) if reached == OTTO else Speaker.objects.get(email=reached)
        letters = Letter.objects.filter(speaker=speaker, once__startswith="step:")
        assert {letter.once for letter in letters} == {f"step:{step.pk}:{speaker.pk}" for step in steps}
        assert {letter.language for letter in letters} == {language}
        assert {letter.state for letter in letters} == {LetterState.TO_CALL if reached == OTTO else LetterState.SENT}
    _in_the_post(NEED, DID, len(steps))


def _in_the_post(need: dict[str, str], did: dict[str, str], turns: int) -> None:
    for address, language in ((LAYLA, "ar"), (LUCIA, "es")):
        about = [letter for letter in mail.outbox if letter.to == [address] and need[language] in letter.subject]
        assert len(about) == turns
        assert sum(did[language] in letter.body for letter in about) == 1
    assert not [letter for letter in mail.outbox if not set(letter.to) <= {LAYLA, LUCIA}]


def _the_story_shows_the_end(look: Any, *voices: Voice) -> None:
    for voice, lang in zip(voices, ("ar", "es", "en"), strict=True):
        page = look(voice.get_absolute_url(), width=390, lang=lang)
        assert DID[lang] in page.locator("main").text_content()
        assert Voice.objects.get(pk=voice.pk).status == Status.DONE
    pair = look("/you-said-we-did/").locator("main")
    assert NEED["en"] in pair.inner_text() and DID["en"] in pair.inner_text()


def _end_and_beginning_are_three_clicks_apart(voice: Voice, theme: Theme, desk: Person) -> None:
    report = Report.objects.get()
    neighbour, colleague = Client(), Client()
    colleague.force_login(desk)
    at_desk = reverse("listening:desk-voice", args=[voice.pk])
    loop_at_desk = reverse("impact:desk-loop", args=[report.loop_id])

    assert _clicks(neighbour, voice.get_absolute_url(), report.get_absolute_url()) <= 3
    assert _clicks(neighbour, report.get_absolute_url(), theme.get_absolute_url()) <= 3
    assert _clicks(colleague, at_desk, loop_at_desk) <= 3
    assert _clicks(colleague, loop_at_desk, at_desk) <= 3


def _clicks(client: Client, start: str, goal: str, most: int = 3) -> int:
    """How many links of the pages themselves (not of their frame) lead from one to the other."""
    reached = {start}
    for clicks in range(1, most + 1):
        reached = {link for path in reached for link in _links(client, path)}
        if goal in reached:
            return clicks
    return most + 1


def _links(client: Client, path: str) -> Iterator[str]:
    main = client.get(path).text.partition("<main")[2].partition("</main>")[0]
    return (link.replace("&amp;", "&") for link in re.findall(r'<a\s[^>]*href="(/[^"#]*)"', main))

"""What a proposal and a theme show beside typical voices: parts, dissent, near-copies, what was merged; and Today."""

from collections.abc import Callable

import pytest
from django.test import Client

from conftest import AtOnce
from rapport.insight.models import ProposedTheme, Theme, ThemeProposal
from rapport.insight.tests.library_comments import COMMENTS
from rapport.listening.models import Voice
from rapport.people.models import Person

from .test_themes_kept import spoken

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def _group(ben: Person, keys: list[int], **told: object) -> ProposedTheme:
    proposal = ThemeProposal.objects.create(by=ben, voice_count=len(keys), done_at="2026-01-01T00:00Z")
    said = {"order": 0, "label": {"en": "Shade"}, "voices": keys, "typical": keys[:1], "n": len(keys), **told}
    return proposal.proposed.create(**said)


def test_near_copies_are_found_and_kept_with_a_proposal(ben: Person, at_once: AtOnce) -> None:
    texts = [(text, language) for language, _subject, text in COMMENTS]
    texts += [
        ("We would like the library to open on Sundays!", "en"),
        ("we would like the library to open on sundays", "en"),
    ]
    made = Voice.objects.bulk_create(
        Voice(kind="suggestion", words=text, language=language, channel="web") for text, language in texts
    )

    with at_once():
        proposal = ThemeProposal.objects.propose({"view": "all"}, by=ben)

    copies = [set(same) for group in proposal.proposed.all() for same in group.copies]
    assert {voice.pk for voice in made[-2:]} in copies


def test_a_group_shows_its_parts_its_dissent_and_its_copies_as_one(ben: Person, sign_in: SignIn) -> None:
    keys = spoken(6, "More shade")
    parts = [{"label": "Sails", "n": 4, "typical": keys[:1]}, {"label": "Trees", "n": 2, "typical": keys[4:5]}]
    group = _group(ben, keys, dissenting=keys[5:], parts=parts, copies=[keys[:3]])
    client = sign_in(ben)

    page = client.get(f"/desk/proposals/{group.proposal_id}/").content.decode()
    assert "Sails" in page and "Trees" in page
    assert "Who says something else" in page
    assert "2 of them are near-copies of others." in page
    page = client.get(f"/desk/proposals/{group.proposal_id}/groups/{group.pk}/").content.decode()
    assert "and 2 near-copies" in page and "says something else" in page
    assert f'value="{keys[0]}"' in page and f'value="{keys[1]}"' not in page


def test_copies_go_along_when_their_first_is_moved(ben: Person, sign_in: SignIn) -> None:
    keys = spoken(6, "More shade")
    group = _group(ben, keys, copies=[keys[:3]])

    sign_in(ben).post(f"/desk/proposals/{group.proposal_id}/groups/{group.pk}/voices/", {"pick": keys[0], "to": ""})

    group.refresh_from_db()
    own = group.proposal.proposed.exclude(pk=group.pk).get()
    assert (own.voices, group.voices) == (keys[:3], keys[3:])
    assert (own.copies, group.copies) == ([keys[:3]], [])


def test_a_theme_keeps_who_says_something_else_and_what_was_merged_into_it(ben: Person, sign_in: SignIn) -> None:
    keys = spoken(5, "More shade")
    theme = _group(ben, keys, dissenting=keys[4:]).confirm(by=ben)
    sun = Theme.objects.confirm("Less sun", spoken(2, "Sun"), by=ben)
    sun.merge_into(theme, by=ben)

    page = sign_in(ben).get(f"/desk/themes/{theme.pk}/").content.decode()

    assert "Who says something else" in page and page.count("More shade 4") == 3  # its label too
    assert "Merged into it" in page and f"/desk/themes/{sun.pk}/" in page


def test_voices_to_check_stand_on_today(ben: Person, sign_in: SignIn) -> None:
    theme = Theme.objects.confirm("Garden", spoken(2), by=ben)
    client = sign_in(ben)
    assert "Voices to check" not in client.get("/desk/").content.decode()

    theme.suggestions.create(voice_id=spoken(1, "Shade")[0], sureness=0.5, confidence=0.5)

    assert "1 voice waits for your word on its theme" in client.get("/desk/").content.decode()

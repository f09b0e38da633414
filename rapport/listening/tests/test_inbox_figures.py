from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.listening.figures import answer_figures, figures_by
from rapport.listening.models import Voice, VoiceKind
from rapport.listening.tests.test_inbox_voice import a_voice
from rapport.people.models import Person
from rapport.places.models import Branch

LONG_AGO = timezone.now() - timedelta(days=100)


def _answered_after(days: float, branch: Branch, by: Person, **fields: object) -> Voice:
    voice = a_voice(branch, spoken_at=LONG_AGO, **fields)
    voice.answer("Yes", by=by, at=LONG_AGO + timedelta(days=days))
    return voice


def test_an_unanswered_voice_is_never_counted_as_answered(riverside: Branch, ben: Person) -> None:
    for days in (1, 2, 3, 4):
        _answered_after(days, riverside, ben)
    a_voice(riverside, spoken_at=LONG_AGO)
    a_voice(riverside)

    figures = answer_figures(Voice.objects.all())

    assert (figures.voices, figures.answered) == (6, 4)
    assert figures.share == pytest.approx(4 / 6)
    assert figures.median_days == pytest.approx(2.5, abs=1e-3)
    assert figures.ninetieth_days == pytest.approx(3.7, abs=1e-3)
    assert figures.answered_in_time == pytest.approx(4 / 5)  # the fresh one still runs
    assert figures.acknowledged_in_time is not None


def test_merged_and_held_voices_are_left_out(riverside: Branch, ben: Person) -> None:
    one, merged, held = a_voice(riverside), a_voice(riverside), a_voice(riverside)
    merged.merge_into(one, by=ben)
    held.hold(because="too quick")

    figures = answer_figures(Voice.objects.all())

    assert (figures.voices, figures.answered, figures.median_days) == (1, 0, None)


def test_nothing_said_gives_nothing_to_count(db: None) -> None:
    figures = answer_figures(Voice.objects.all())

    assert (figures.voices, figures.share, figures.median_days, figures.answered_in_time) == (0, None, None, None)


def test_figures_by_kind_and_branch_come_in_one_query(
    riverside: Branch, ben: Person, django_assert_num_queries: object
) -> None:
    _answered_after(2, riverside, ben)
    _answered_after(6, riverside, ben, kind=VoiceKind.PRAISE)
    a_voice(None)

    with django_assert_num_queries(1):  # type: ignore[operator]
        parts = figures_by(Voice.objects.all(), "branch_id", "kind")

    assert parts["branch_id"][riverside.pk].answered == 2
    assert parts["branch_id"][None].answered == 0
    assert parts["kind"][VoiceKind.PRAISE].median_days == pytest.approx(6, abs=1e-3)

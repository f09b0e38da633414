import csv
import json
import os
from pathlib import Path

import pytest
from sklearn.metrics import adjusted_mutual_info_score

from rapport.insight.methods.themes import meaning
from rapport.insight.methods.themes.grouping import bounds
from rapport.insight.methods.themes.proposal import Proposal
from rapport.insight.methods.themes.themes import assign, centre_of, propose_themes

from .library_comments import CHILDREN, COMMENTS, HOURS, LANGUAGES, NOISE, SUBJECTS, TEXTS

SHARED = Path(os.environ.get("RAPPORT_SHARED", Path(__file__).resolve().parents[4] / "shared"))
NHS = SHARED / "data" / "comments_nhs" / "comments_4000.csv"


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    return propose_themes(TEXTS, LANGUAGES)


def test_the_four_subjects_are_found_whatever_the_language(proposal: Proposal) -> None:
    found = [place.theme for place in proposal.places]

    assert len(proposal.themes) == len(set(SUBJECTS))
    assert adjusted_mutual_info_score(SUBJECTS, found) > 0.85
    assert all({code for code, _ in theme.languages} == {"en", "es", "ar"} for theme in proposal.themes)


def test_a_theme_has_phrases_and_voices_in_each_of_its_languages(proposal: Proposal) -> None:
    for theme in proposal.themes:
        assert {phrase.language for phrase in theme.phrases} == {"en", "es", "ar"}
        assert {LANGUAGES[i] for i in theme.typical} == {"en", "es", "ar"}
        assert all(proposal.places[i].theme == proposal.themes.index(theme) for i in theme.typical)
        assert len(set(theme.typical)) == len(theme.typical) <= 5


def test_phrases_are_words_that_people_used(proposal: Proposal) -> None:
    said = " ".join(TEXTS).lower()

    assert all(phrase.words.lower() in said for theme in proposal.themes for phrase in theme.phrases)
    assert any(phrase.words == "hora del cuento" for theme in proposal.themes for phrase in theme.phrases)


def test_labels_are_there_and_differ(proposal: Proposal) -> None:
    labels = [theme.label for theme in proposal.themes]

    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_the_largest_theme_comes_first_and_the_counts_add_up(proposal: Proposal) -> None:
    sizes = [theme.voices for theme in proposal.themes]

    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == len(TEXTS)
    assert all(0 <= place.closeness <= 1 for place in proposal.places)


def test_the_same_voices_give_the_same_themes(proposal: Proposal) -> None:
    assert propose_themes(TEXTS, LANGUAGES) == proposal


def test_a_proposal_survives_its_way_through_json(proposal: Proposal) -> None:
    assert Proposal.from_json(json.loads(json.dumps(proposal.as_json()))) == proposal


def test_languages_that_are_not_named_are_guessed(proposal: Proposal) -> None:
    guessed = propose_themes(TEXTS)

    assert [place.theme for place in guessed.places] == [place.theme for place in proposal.places]


def test_near_copies_count_as_voices_but_do_not_make_a_theme() -> None:
    copies = ["Open on Sundays!", "open on sundays", "OPEN ON SUNDAYS"] * 20

    proposal = propose_themes([*TEXTS, *copies], k=4)

    themes = {place.theme for place in proposal.places[len(TEXTS) :]}
    assert len(themes) == 1
    assert sum(theme.voices for theme in proposal.themes) == len(TEXTS) + 60
    hours = [place.theme for place, subject in zip(proposal.places, SUBJECTS, strict=False) if subject == HOURS]
    assert hours.count(themes.pop()) >= len(hours) - 1


def test_shouted_voices_join_the_others() -> None:
    shouted = [text.upper() if language != "ar" else text for language, _, text in COMMENTS]

    proposal = propose_themes([*TEXTS, *shouted], [*LANGUAGES, *LANGUAGES], k=4)

    told = [place.theme for place in proposal.places]
    assert told[: len(TEXTS)] == told[len(TEXTS) :]


def test_who_says_nothing_is_in_no_theme() -> None:
    proposal = propose_themes([*TEXTS, "", "n/a", "nothing", "nada", "لا شيء", "-"])

    assert [place.theme for place in proposal.places[len(TEXTS) :]] == [None] * 6
    assert None not in {place.theme for place in proposal.places[: len(TEXTS)]}


@pytest.mark.parametrize("texts", [[], [""], ["nothing", "-"]])
def test_nothing_to_group_gives_no_themes(texts: list[str]) -> None:
    proposal = propose_themes(texts)

    assert proposal.themes == ()
    assert len(proposal.places) == len(texts)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 13, 21, 30])
def test_a_handful_of_voices_gives_a_few_themes(count: int) -> None:
    texts = TEXTS[::5][:count] + TEXTS[1::7][: max(0, count - 10)]

    proposal = propose_themes(texts)

    assert 1 <= len(proposal.themes) <= bounds(max(count, 3))[1]
    assert sum(theme.voices for theme in proposal.themes) == len(texts)


def test_voices_that_all_say_the_same_are_one_theme() -> None:
    proposal = propose_themes(["More large print books"] * 7, k=3)

    assert [theme.voices for theme in proposal.themes] == [7]


def test_the_number_of_themes_can_be_asked_for() -> None:
    assert len(propose_themes(TEXTS, k=7).themes) == 7
    assert len(propose_themes(TEXTS, k=1).themes) == 1
    assert len(propose_themes(TEXTS[:3], k=50).themes) == 3


def test_the_number_of_themes_stays_readable() -> None:
    assert bounds(3) == (2, 2)
    assert bounds(100) == (5, 9)
    assert bounds(100_000) == (8, 30)


def test_new_voices_find_the_theme_that_a_person_confirmed() -> None:
    subjects = [HOURS, NOISE, CHILDREN]
    centres = [centre_of([text for _, each, text in COMMENTS if each == subject]) for subject in subjects]

    places = assign(
        ["OPEN ON SATURDAY EVENING", "Il y a trop de bruit", "孩子们喜欢故事时间", "Parking is dear", "no"], centres
    )

    assert [place.theme for place in places] == [0, 1, 2, None, None]
    assert places[0].closeness > places[3].closeness


def test_a_theme_without_a_centre_takes_no_voices() -> None:
    assert [place.theme for place in assign(TEXTS[:2], [(), ()])] == [None, None]
    assert assign([], [centre_of(TEXTS)]) == []


def test_languages_that_the_encoder_does_not_know_get_themes_of_their_own() -> None:
    swedish = [
        "Biblioteket stänger för tidigt",
        "Längre öppettider på kvällen",
        "Biblioteket stänger tidigt på lördagar",
    ]

    proposal = propose_themes([*TEXTS, *swedish], [*LANGUAGES, *["sv"] * 3], k=5)

    own = {place.theme for place in proposal.places[-3:]}
    assert own.isdisjoint(place.theme for place in proposal.places[:-3])
    assert {proposal.themes[theme].read_by for theme in own if theme is not None} == {"words"}
    assert assign(swedish, [centre_of(TEXTS)], ["sv"] * 3)[0].theme is None


def test_themes_are_proposed_without_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "_encoder", lambda: None)

    proposal = propose_themes(TEXTS, LANGUAGES)

    assert {theme.read_by for theme in proposal.themes} == {"words"}
    assert {theme.centre for theme in proposal.themes} == {()}


@pytest.mark.skipif(not NHS.exists(), reason="needs comments_4000.csv in the shared folder (RAPPORT_SHARED)")
def test_themes_agree_with_the_people_who_labelled_4000_comments() -> None:
    with NHS.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    labels = [row["label"] for row in rows]

    proposal = propose_themes([row["feedback"] for row in rows], k=len(set(labels)) - 1)

    found = [-1 if place.theme is None else place.theme for place in proposal.places]
    assert adjusted_mutual_info_score(labels, found) >= 0.15

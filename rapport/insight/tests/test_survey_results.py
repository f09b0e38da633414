"""What the answers say, against numbers that were worked out by hand, and what stays hidden."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import numpy as np
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rapport.insight.models import Cut, SurveyPublication, Weighing
from rapport.insight.results.behind import TooFew, behind, conditions
from rapport.insight.results.ground import Ground, ground_of
from rapport.insight.results.importance import quadrants
from rapport.insight.results.questions import Result, result_of
from rapport.insight.results.tables import table_of
from rapport.insight.results.variables import variable
from rapport.insight.results.weights import CannotWeigh, made
from rapport.insight.voicing import make_voices, words_matching
from rapport.listening.models import Channel, Voice
from rapport.loop.models import Speaker, Turn
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Response, Sampling, Survey

pytestmark = pytest.mark.django_db
Fill = Callable[..., list[Response]]


def _result(ground: Ground, name: str, *, is_public: bool = False) -> Result:
    column = ground.columns.column(name)
    assert column is not None
    return result_of(ground, column, is_public=is_public)


def _counts(result: Result) -> list[int | None]:
    return [row.count for row in result.rows]


def test_shares_are_of_those_who_answered(survey: Survey, fill: Fill) -> None:
    fill((6, {"sunday": "yes", "when": ["yes", "no"]}), (2, {"sunday": "no", "when": ["no"]}), (2, {}))

    ground = ground_of(survey)
    single, several = _result(ground, "sunday"), _result(ground, "when")

    assert (single.n, _counts(single)) == (8, [6, 2, 0])
    assert [row.share for row in single.rows] == [0.75, 0.25, 0]
    assert (several.n, _counts(several)) == (8, [6, 8, 0])
    assert [row.share for row in several.rows] == [0.75, 1, 0]


def test_a_question_that_nobody_answered_has_no_numbers(survey: Survey, fill: Fill) -> None:
    fill((3, {"sunday": "yes"}))

    assert _result(ground_of(survey), "scale").rows == []


def test_a_scale_has_its_upper_two_steps_and_its_middle(survey: Survey, fill: Fill) -> None:
    fill((4, {"scale": 5}), (2, {"scale": 4}), (3, {"scale": 2}), (1, {"scale": "na"}))

    facts = dict(_result(ground_of(survey), "scale").facts)

    assert facts == {"upper two steps": "67 %", "median": "4", "applies to": "9"}


def test_only_a_sample_drawn_at_random_has_margins(survey: Survey, fill: Fill) -> None:
    fill((30, {"sunday": "yes", "scale": 5}), (20, {"sunday": "no", "scale": 2}))
    assert all(row.interval is None for row in _result(ground_of(survey), "sunday").rows)

    survey.sampling = Sampling.DRAWN
    survey.save()
    result = _result(ground_of(survey), "scale")

    # Wilson (1927): 30 of 50
    assert dict(result.facts)["95 % interval (Wilson)"] == "46 % – 72 %"
    assert all(row.interval is not None for row in _result(ground_of(survey), "sunday").rows)


def test_a_ranking_has_mean_ranks(survey: Survey, fill: Fill) -> None:
    fill((2, {"order": ["yes", "no"]}), (1, {"order": ["no", "yes", "maybe"]}))

    ranks = [row.rank for row in _result(ground_of(survey), "order").rows]

    assert ranks == [pytest.approx(4 / 3), pytest.approx(5 / 3), 3]


def test_numbers_have_mean_and_quartiles(survey: Survey, fill: Fill) -> None:
    fill(*((1, {"home": n}) for n in (1, 1, 2, 4, 12)))

    facts = dict(_result(ground_of(survey), "home").facts)

    assert (facts["mean"], facts["median"]) == ("4.0", "2.0")


def test_a_grid_says_what_to_work_on_first(survey: Survey, fill: Fill) -> None:
    row = {"services.wifi.importance": 5, "services.wifi.performance": 2,
           "services.books.importance": 3, "services.books.performance": 4}  # fmt: skip
    fill((12, row))
    ground = ground_of(survey)
    question = ground.columns.questionnaire.question("services")
    assert question is not None

    found = quadrants(ground, question)

    assert found is not None
    assert [(one.words, one.gap.gap.estimate, one.gap.opportunity, one.quadrant, one.n) for one in found.services] == [
        ("Wi-Fi", 3, 8, "work on this first", 12),
        ("Books", -1, 3, "perhaps more than is needed", 12),
    ]


def test_answers_are_weighed_to_the_community(survey: Survey, fill: Fill, ben: Person, community: None) -> None:
    fill((30, {"age": "old", "sunday": "no"}), (10, {"age": "young", "sunday": "yes"}))
    Weighing.objects.settle(survey, by=ben, dimensions=["age"])

    ground = ground_of(survey, is_weighed=True)

    assert ground.weighed is not None
    report = ground.weighed.weighting.report()
    rows = _result(ground, "sunday").rows
    assert [row.weighed for row in rows[:2]] == [pytest.approx(0.5), pytest.approx(0.5)]
    assert [row.share for row in rows[:2]] == [0.25, 0.75]
    # weights 2 (10 times) and 2/3 (30 times): deff = 40 (40 + 13.333) / 40^2
    assert report.deff_kish == pytest.approx(4 / 3)


def test_whoever_did_not_say_keeps_their_share(survey: Survey, fill: Fill, community: None) -> None:
    fill((20, {"age": "old"}), (10, {"age": "young"}), (10, {}))

    weighed = made(ground_of(survey).columns, ["age"], branch=None)

    after = np.bincount(weighed.margins[0].codes, weighed.weighting.weights) / 40
    assert after.tolist() == pytest.approx([0.375, 0.375, 0.25])


def test_a_band_of_which_nobody_answered_is_counted_with_its_neighbour(
    survey: Survey, fill: Fill, community: None
) -> None:
    fill((20, {"age": "old"}))
    columns = ground_of(survey).columns

    with pytest.raises(CannotWeigh) as lacking:
        made(columns, ["age"], branch=None)

    assert [lack.value for lack in lacking.value.lacks] == ["age:young:old"]
    assert made(columns, ["age"], branch=None, joins={"age": [["young", "old"]]}).weighting.converged


def test_what_stands_out_is_marked_and_tested(survey: Survey, fill: Fill) -> None:
    fill(
        (40, {"age": "old", "sunday": "no"}), (10, {"age": "old", "sunday": "yes"}),
        (10, {"age": "young", "sunday": "no"}), (40, {"age": "young", "sunday": "yes"}),
    )  # fmt: skip
    ground = ground_of(survey)
    rows, by = variable(ground, "sunday"), variable(ground, "age")
    assert rows and by

    table = table_of(ground, rows, by)

    (_yes, yes), (_no, no), _maybe = table.cells
    assert [(cell.count, cell.stands_out) for cell in [*yes, *no]] == [(40, 1), (10, -1), (10, -1), (40, 1)]
    assert table.totals == [50, 50]
    assert table.tested is not None
    assert table.tested.cramers_v == pytest.approx(0.6)  # chi-square 36 of 100
    assert "only of those who answered" in table.tested.label


def test_a_small_cell_is_not_given_away_by_what_is_left(survey: Survey, fill: Fill) -> None:
    fill(
        (30, {"age": "old", "sunday": "no"}), (3, {"age": "old", "sunday": "yes"}),
        (20, {"age": "young", "sunday": "no"}), (20, {"age": "young", "sunday": "yes"}),
    )  # fmt: skip
    ground = ground_of(survey)
    rows, by = variable(ground, "sunday"), variable(ground, "age")
    assert rows and by

    table = table_of(ground, rows, by)

    assert table.totals == [None, None]
    assert [cell.count for _words, cells in table.cells for cell in cells if not cell.is_hidden] == [0, 0]


def test_a_part_of_few_people_shows_nothing(survey: Survey, fill: Fill) -> None:
    fill((30, {"age": "old"}), (3, {"age": "young"}))
    ground = ground_of(survey)

    for level in ("young", "old"):  # of all but three, what is left of everybody is those three
        assert ground.narrowed(conditions(ground, [f"age~{level}"])[0]).is_too_few


def test_answers_behind_a_number_open_only_where_nobody_is_singled_out(survey: Survey, fill: Fill) -> None:
    fill((20, {"age": "old", "sunday": "no"}), (1, {"age": "young", "sunday": "no"}))
    ground = ground_of(survey)
    no, old = conditions(ground, ["sunday~no", "age~old"])

    assert behind(ground, [no]).sum() == 21
    with pytest.raises(TooFew):
        behind(ground, [no, old])  # beside the 21 these 20 would give the one away


def test_open_words_become_voices_once(survey: Survey, fill: Fill, ben: Person, riverside: Branch) -> None:
    fill((1, {"wish": "Shade, please"}), (1, {"wish": "Call me at 555 010 7788"}), (1, {}), branch=riverside)
    ground = ground_of(survey)
    column = ground.columns.column("wish")
    assert column is not None

    first = make_voices(ground, column, words_matching(ground, column), by=ben)
    again = make_voices(ground, column, words_matching(ground, column), by=ben)

    assert (first, again) == (2, 0)
    assert {voice.words for voice in Voice.objects.on(survey.loop)} == {"Shade, please", "Call me at 555 010 7788"}
    assert {(voice.channel, voice.branch, voice.speaker) for voice in Voice.objects.all()} == {
        (Channel.SURVEY, riverside, None)
    }
    assert len(words_matching(ground, column, "SHADE")) == 1


def test_only_where_answers_have_names_a_voice_has_a_speaker(survey: Survey, fill: Fill, ben: Person) -> None:
    survey.is_named = True
    survey.save()
    noor = Speaker.objects.reached_at(email="noor@example.org", language="en")
    fill((1, {"wish": "Shade"}), speaker=noor)
    ground = ground_of(survey)
    column = ground.columns.column("wish")
    assert column is not None

    make_voices(ground, column, words_matching(ground, column), by=ben)

    assert Voice.objects.get().speaker == noor
    assert survey.loop.heard.filter(speaker=noor).exists()


def test_who_spoke_is_told_once_what_was_heard(survey: Survey, ben: Person) -> None:
    for said in ("Open on Sunday", "Open on Sundays"):
        SurveyPublication.objects.publish(survey, said, by=ben)

    assert survey.loop.steps.filter(turn=Turn.TAKEN_UP).count() == 1
    assert str(SurveyPublication.objects.get().findings) == "Open on Sundays"


def test_the_public_page_hides_small_numbers_and_says_whom_it_speaks_for(
    survey: Survey, fill: Fill, ben: Person, client: Client
) -> None:
    fill((25, {"sunday": "yes"}), (12, {"sunday": "no"}), (2, {"sunday": "maybe"}))
    _came(1)
    page = reverse("insight:survey-results", args=[survey.slug])
    assert client.get(page).status_code == 404

    publication = SurveyPublication.objects.publish(survey, "Open on Sunday", by=ben)
    html = client.get(page).content.decode()

    assert "Indicative: people who chose to answer" in html
    assert "64 % · 25" in html
    assert "31 % · 12" not in html
    assert html.count("too few to show") >= 2
    assert "When the answers came" not in html  # most days have few answers
    publication.take_back()
    assert client.get(page).status_code == 404


def _came(days_ago: int) -> None:
    """Whatever came until now came on that day."""
    today = timezone.localdate()
    Response.objects.filter(on=today).update(on=today - timedelta(days=days_ago))


def test_published_numbers_do_not_move_with_each_answer(
    survey: Survey, fill: Fill, ben: Person, client: Client
) -> None:
    """Whoever looks each day would read off what the one said who came since yesterday."""
    page = reverse("insight:survey-results", args=[survey.slug])
    fill((25, {"sunday": "yes"}), (12, {"sunday": "no"}), (20, {"sunday": "maybe"}))
    _came(5)
    SurveyPublication.objects.publish(survey, "Open on Sunday", by=ben, at=timezone.now() - timedelta(days=4))
    before = _numbers(client, page)

    fill((4, {"sunday": "no"}))
    _came(2)
    SurveyPublication.objects.publish(survey, "Open on Sunday", by=ben)
    assert _numbers(client, page) == before  # only four more: they wait
    fill((2, {"sunday": "yes"}), (20, {"sunday": "maybe"}))
    _came(1)
    SurveyPublication.objects.publish(survey, "Open on Sunday", by=ben)

    assert before == [25, 12, 20]
    assert _numbers(client, page) == [None, None, 40]  # two, and four, came to those since


def _numbers(client: Client, page: str) -> list[int | None]:
    parts = client.get(page).context["parts"]
    ((result, _plot),) = next(part.results for part in parts if part.question.key == "sunday")
    return [row.count for row in result.rows]


def test_what_is_known_of_a_survey_elsewhere_counts_until_the_same_day(survey: Survey, fill: Fill) -> None:
    fill((40, {"sunday": "yes"}))
    _came(1)
    first = Cut.objects.take(survey)
    fill((2, {"sunday": "yes"}))

    again = Cut.objects.take(survey, today=timezone.localdate() + timedelta(days=1))

    assert again == first
    assert (first.came_since(), first.earlier) == (2, [])


def test_sums_that_would_give_a_hidden_answer_away_are_left_out_in_public(survey: Survey, fill: Fill) -> None:
    """The upper two steps less the one that is shown would be the one that is hidden."""
    fill((3, {"scale": 1}), (12, {"scale": 2}), (40, {"scale": 3}), (50, {"scale": 4}), (6, {"scale": 5}))

    assert _result(ground_of(survey), "scale").facts
    assert not _result(ground_of(survey), "scale", is_public=True).facts


def test_a_question_that_few_answered_says_so(survey: Survey, fill: Fill, ben: Person, client: Client) -> None:
    fill((30, {"sunday": "yes"}), (3, {"sunday": "no", "wish": "Shade", "home": 2}))
    _came(1)
    SurveyPublication.objects.publish(survey, "Open on Sunday", by=ben)

    html = client.get(reverse("insight:survey-results", args=[survey.slug])).content.decode()

    assert "A few wrote in their own words" in html
    assert "Fewer than 10 people answered this" in html
    assert ">3 answered" not in html


def test_few_answers_have_no_public_numbers(survey: Survey, fill: Fill, ben: Person, client: Client) -> None:
    fill((settings.HOUSE.threshold - 1, {"sunday": "yes"}))
    _came(1)
    SurveyPublication.objects.publish(survey, "Open on Sunday", by=ben)

    html = client.get(reverse("insight:survey-results", args=[survey.slug])).content.decode()

    assert "100 %" not in html
    assert "Fewer than 10 people have answered so far" in html


def test_the_page_of_results_costs_the_same_however_many_answered(
    survey: Survey,
    fill: Fill,
    sign_in: Callable[[Person], Client],
    ben: Person,
    django_assert_num_queries: Callable[..., object],
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(ben)
    pages: Sequence[str] = ["desk-results", "desk-crosstab", "desk-codebook"]
    costs = []
    for times in (3, 30):
        fill((times, {"age": "old", "sunday": "no", "scale": 3, "wish": "Shade"}))
        for page in pages:
            client.get(reverse(f"insight:{page}", args=[survey.pk]))  # fills the columns
        with CaptureQueriesContext(
            connection,
        ) as queries:
            for page in pages:
                client.get(reverse(f"insight:{page}", args=[survey.pk]))
        costs.append(len(queries))

    assert costs[0] == costs[1]

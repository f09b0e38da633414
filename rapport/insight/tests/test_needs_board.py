from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from rapport.insight.answering import Answer, AnswersNeed, answers_need, beside
from rapport.insight.board import rows_of
from rapport.insight.methods.assessing.strength import Check, Grade, Known, strength
from rapport.insight.models import (
    AlreadyPublished,
    Assessment,
    Asset,
    AssetKind,
    Evidence,
    EvidenceKind,
    Need,
    Segment,
    Source,
    Theme,
    Weights,
)
from rapport.insight.tests.test_themes_kept import spoken
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Survey

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
TODAY = date(2026, 11, 28)
SCORES = {"size": 5, "equity": 1, "fit": 3, "effort": 2}


@pytest.fixture
def need(ben: Person) -> Need:
    theme = Theme.objects.confirm("Garden", spoken(3), by=ben)
    return Need.objects.take_up("A quiet place outdoors", kind="need", by=ben, themes=[theme])


@pytest.mark.parametrize(
    ("known", "grade"),
    [
        (Known(), Grade.UNKNOWN),
        (Known(frozenset({"solicited"}), people=3, newest=date(2019, 1, 1)), Grade.WEAK),
        (Known(frozenset({"solicited"}), people=30, newest=TODAY), Grade.FAIR),
        (Known(frozenset({"solicited"}), people=300, newest=TODAY, is_like=True), Grade.FAIR),
        (Known(frozenset({"solicited", "observed"}), people=29, newest=date(2019, 1, 1)), Grade.WEAK),
        (Known(frozenset({"solicited", "observed"}), people=30, newest=TODAY), Grade.STRONG),
        (Known(frozenset({"solicited", "observed"}), 1, people=30, newest=TODAY, is_like=True), Grade.DISPUTED),
    ],
)
def test_evidence_is_called_strong_by_four_questions(known: Known, grade: Grade) -> None:
    assert strength(known, TODAY).grade == grade


def test_evidence_is_recent_for_two_years() -> None:
    on_the_day = strength(Known(newest=TODAY - timedelta(days=730)), TODAY)
    after = strength(Known(newest=TODAY - timedelta(days=731)), TODAY)

    assert on_the_day.is_yes(Check.RECENT) and not after.is_yes(Check.RECENT)


def test_the_kind_of_evidence_follows_from_its_source_unless_somebody_says_otherwise(need: Need) -> None:
    walk = need.evidence.create(source=Source.WALK, words="Lights out")
    counted = need.evidence.create(source=Source.ATTENDANCE, words="26 children", kind=EvidenceKind.INFERRED)
    other = need.evidence.create(source=Source.OTHER, words="A rumour")

    assert (walk.kind, counted.kind, other.kind) == ("observed", "inferred", "")


def test_the_board_says_what_is_known_with_each_voice_counted_once(need: Need, ben: Person) -> None:
    need.add_theme(Theme.objects.confirm("Shade", [voice.pk for voice in need.voices()], by=ben), by=ben)
    need.evidence.create(source=Source.WALK, words="Lights out", on=timezone.localdate())
    need.evidence.create(source=Source.SURVEY, words="Parents", count=40, on=timezone.localdate())

    row = rows_of([need])[0]

    assert (row.known.voices, row.known.people) == (3, 43)
    assert dict(row.known.kinds) == {EvidenceKind.INFERRED: 0, EvidenceKind.SOLICITED: 2, EvidenceKind.OBSERVED: 1}
    assert row.strength.grade == "strong"


def test_what_speaks_against_a_need_makes_it_disputed(need: Need) -> None:
    need.evidence.create(source=Source.SURVEY, words="Hardly anybody", count=40, is_against=True)

    row = rows_of([need])[0]

    assert row.strength.grade == "disputed" and row.known.people == 3


def test_small_groups_are_hidden_and_with_them_what_would_give_them_away(
    need: Need, ben: Person, answered: Survey
) -> None:
    need.evidence.create(source=Source.SURVEY, words="Sundays", survey=answered)

    tables = rows_of([need])[0].known.tables

    assert [(group.name, group.n) for group in tables[-1].groups] == [("young", None), ("old", None)]


def test_earlier_priorities_keep_the_weights_of_their_day(need: Need, ben: Person, mona: Person) -> None:
    first = need.prioritise(by=ben, reasons="First", **SCORES)
    Weights.objects.create(size=0, equity=9, fit=0, effort=0, why="Equity alone", by=mona)
    second = need.prioritise(by=mona, reasons="Second", **SCORES)

    assert (first.level, second.level) == (2.8, 1.0)
    assert Need.objects.with_level().get().level == pytest.approx(1.9)  # type: ignore[attr-defined]


def test_who_scores_again_is_counted_once_and_others_stay(need: Need, ben: Person, mona: Person) -> None:
    for size in (1, 5):
        need.prioritise(by=ben, reasons="Mine", **SCORES | {"size": size})
    need.prioritise(by=mona, reasons="Hers", **SCORES | {"size": 1})

    scored = rows_of([need])[0].scored

    assert sorted(one.size for one in scored.rows) == [1, 5]
    assert (scored.lowest, scored.highest, scored.level) == (1.6, 2.8, 2.2)
    assert need.priorities.count() == 3


def test_weights_of_nothing_are_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Weights.objects.create(size=0, equity=0, fit=0, effort=0)


def test_only_managers_change_how_we_weigh(ben: Person, mona: Person, sign_in: SignIn, client: Client) -> None:
    new = {"size": 1, "equity": 1, "fit": 1, "effort": 1, "why_en": "All alike"}

    sign_in(ben).post("/desk/needs/weights/", new)
    before = Weights.objects.filter(size=1).count()
    wrong = sign_in(mona).post("/desk/needs/weights/", new | dict.fromkeys(SCORES, 0))
    right = sign_in(mona).post("/desk/needs/weights/", new)

    assert (before, wrong.status_code, right.status_code) == (0, 422, 302)
    assert b"All alike" in client.get("/needs/weighing/").content


def test_dissent_is_noted_and_never_overwritten(need: Need, ben: Person, sign_in: SignIn) -> None:
    page = f"/desk/needs/{need.pk}/dissents/"
    wrong = sign_in(ben).post(page, {"who_en": "The Friends"})
    for why in ("Too loud", "Too dear"):
        sign_in(ben).post(page, {"who_en": "The Friends", "why_en": why})

    assert wrong.status_code == 422 and b"The Friends" in wrong.content
    assert [str(one.why) for one in need.dissents.all()] == ["Too dear", "Too loud"]


def test_an_asset_stands_on_its_own_beside_needs(need: Need, ben: Person, sign_in: SignIn, client: Client) -> None:
    told = {"kind": "places", "words_en": "The yard", "needs": [need.pk], "is_public": "on"}

    made = sign_in(ben).post("/desk/assets/", told)
    asset = Asset.objects.get()

    assert made.url == f"/desk/assets/{asset.pk}/"
    assert b"The yard" in client.get(f"/needs/{need.pk}/").content
    assert b"The yard" in client.get("/needs/board/").content
    assert need.sentence["en"].encode() in client.get(f"/assets/{asset.pk}/").content


def test_an_asset_that_is_kept_to_the_desk_is_read_nowhere_else(need: Need, client: Client) -> None:
    asset = Asset.objects.create(kind=AssetKind.PEOPLE, words="A neighbour", is_public=False)
    asset.needs.add(need)

    assert client.get(f"/assets/{asset.pk}/").status_code == 404
    assert b"A neighbour" not in client.get(f"/needs/{need.pk}/").content


def test_what_a_published_assessment_noted_stays(ben: Person, sign_in: SignIn) -> None:
    one = Assessment.objects.begin("Riverside", by=ben)
    asset = Asset.objects.create(assessment=one, kind=AssetKind.PLACES, words="The pier")
    assert sign_in(ben).post(f"/desk/assets/{asset.pk}/removal/").status_code == 404

    one.publish(summary="Done", limits="None", next_steps="None", by=ben)

    with pytest.raises(AlreadyPublished):
        asset.delete()
    assert asset in Asset.objects.public()


def test_other_areas_say_what_answers_a_need(need: Need, client: Client) -> None:
    told = {need.pk: [Answer("Open yard", "on offer", url="/x/"), Answer("A plan", is_public=False)]}
    ours = answers_need.add(AnswersNeed(name="test", label="Tests", order=1, of=lambda _keys: told))
    try:
        rows = beside([need.pk])[need.pk].answers
        page = client.get(f"/needs/{need.pk}/").content
    finally:
        answers_need.remove(ours)

    assert [len(answers) for _label, answers in rows] == [2]
    assert b"Open yard" in page and b"A plan" not in page


def test_a_rated_service_stands_beside_a_need(
    need: Need, ben: Person, sign_in: SignIn, survey: Survey, fill: Any
) -> None:
    rated = {f"services.{line}.{aspect}": n for line, aspect, n in
             (("wifi", "importance", 5), ("wifi", "performance", 2), ("books", "importance", 3),
              ("books", "performance", 4))}  # fmt: skip
    fill((12, rated))
    sign_in(ben).post(f"/desk/needs/{need.pk}/services/", {"service": f"{survey.pk}:services:wifi"})

    row = rows_of([need])[0]

    assert [(one.service.words, one.service.gap.gap.estimate) for one in row.ratings] == [("Wi-Fi", pytest.approx(3))]
    assert not rows_of([need], public=True)[0].ratings  # its results are not public


def test_the_board_is_sorted_by_priority_and_narrowed_by_group(
    need: Need, ben: Person, riverside: Branch, sign_in: SignIn
) -> None:
    other = Need.objects.take_up("Open on Sundays", kind="need", by=ben)
    need.prioritise(by=ben, reasons="Low", size=1, equity=1, fit=1, effort=1)
    other.prioritise(by=ben, reasons="High", size=5, equity=5, fit=5, effort=5)
    segment = Segment.objects.new_here(by=ben)
    need.touch([segment], by=ben)
    client = sign_in(ben)

    board = client.get("/desk/needs/board/").content.decode()
    narrowed = client.get(f"/desk/needs/board/?segment={segment.pk}").content.decode()
    columns = client.get("/desk/needs/board/?view=columns").content.decode()
    file = b"".join(client.get("/desk/needs/board/?export=csv").streaming_content).decode()  # type: ignore[attr-defined]

    assert board.index("Open on Sundays") < board.index("A quiet place outdoors")
    assert "A quiet place outdoors" in narrowed and "Open on Sundays" not in narrowed
    assert "Understood" in columns
    assert file.index("Open on Sundays") < file.index("A quiet place outdoors")


def test_a_board_of_many_needs_asks_the_database_as_often_as_one_of_few(
    ben: Person, django_assert_max_num_queries: Any
) -> None:
    rows = [Need.objects.take_up(f"Need {n}", kind="need", by=ben) for n in range(12)]
    for one in rows:
        Evidence.objects.create(need=one, source=Source.WALK, words="Seen")

    with django_assert_max_num_queries(20):
        assert len(rows_of(rows)) == 12


def test_one_need_stands_on_one_page(need: Need, ben: Person, sign_in: SignIn) -> None:
    need.disagree("The Friends", "Too loud", by=ben)

    page = sign_in(ben).get(f"/desk/needs/{need.pk}/sheet/?paper=letter").content

    assert b"Too loud" in page and b"paper--letter" in page

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rapport.community.models import Band, Figure
from rapport.insight import keeping
from rapport.insight.assessing import _people, heard_of, lacks_of, rated_in, tables_of
from rapport.insight.hooks import insight_today
from rapport.insight.methods.assessing.checklist import Lack
from rapport.insight.methods.assessing.representation import Standing
from rapport.insight.models import (
    AlreadyPublished,
    Assessment,
    AssessmentSource,
    FieldNote,
    Need,
    NoConsent,
    Publication,
    Theme,
)
from rapport.insight.tests.assessment_ground import asked_survey, of_yesterday, profile_of
from rapport.listening.models import Voice, VoiceKind
from rapport.loop.models import Speaker, Turn
from rapport.people.models import Person, Role
from rapport.places.models import Branch
from rapport.surveys.models import Response

pytestmark = pytest.mark.django_db
Desk = Callable[[Person], Client]
TOLD = {"summary": "People need Wi-Fi", "limits": "We missed the old", "next_steps": "The board decides in May"}


@pytest.fixture
def begun(riverside: Branch, ben: Person) -> Assessment:
    return Assessment.objects.begin(
        "What Riverside needs", by=ben, branch=riverside, lead=ben, decision={"en": "Hours"}
    )


@pytest.fixture
def source(begun: Assessment) -> AssessmentSource:
    return begun.sources.create(kind="interviews", title="Ten talks")


def test_it_begins_with_its_lead_in_the_team_and_nobody_outside_reads_of_it(begun: Assessment, ben: Person) -> None:
    assert [member.person for member in begun.members.all()] == [ben]
    assert not begun.loop.is_public
    assert Client().get(begun.get_absolute_url()).status_code == 404


def test_who_answered_stands_beside_who_lives_there(begun: Assessment, riverside: Branch, ben: Person) -> None:
    profile_of(riverside, ben)
    begun.sources.create(kind="survey", title="The survey", survey=asked_survey(riverside, ben))

    (heard,) = heard_of(begun)

    standings = {row.band: (row.heard, row.standing) for _name, row in heard.rows}
    assert standings["15to24"] == (30, Standing.MORE)
    assert standings["65plus"] == (2, Standing.MISSING)
    assert heard.missing == ["65 and older"]
    assert Lack.MISSING in lacks_of(begun, [heard])


def test_the_whole_librarys_profile_serves_where_the_branch_has_none(begun: Assessment, ben: Person) -> None:
    profile_of(None, ben)
    begun.sources.create(kind="survey", title="The survey", survey=asked_survey(begun.branch, ben))

    assert len(heard_of(begun)) == 1


def test_what_a_survey_does_not_name_belongs_to_its_other(begun: Assessment, riverside: Branch, ben: Person) -> None:
    profile_of(riverside, ben)
    band = Band.objects.get(slug="65plus")
    other = Band.objects.create(dimension=band.dimension, slug="other", name="Other")

    people = _people(list(Figure.objects.newest("age", riverside)), {"15to24": 3, other.slug: 2})

    assert people["other"] == 3000  # 25 to 44, and 65 and older


def test_gaps_show_what_matters_and_is_poor_first(begun: Assessment, riverside: Branch, ben: Person) -> None:
    begun.sources.create(kind="survey", title="The survey", survey=asked_survey(riverside, ben))

    (rated,) = rated_in(begun)

    first, second = rated.table()["services"]
    assert (first["words"]["en"], first["importance"], first["quadrant"]) == ("Wi-Fi", 5.0, "concentrate")
    assert second["n"] == 39  # "does not apply" is no number
    assert rated.label and first["interval"] == []  # whoever wanted to answered: no margin of error


def test_numbers_cost_as_many_queries_for_many_answers_as_for_few(
    begun: Assessment, riverside: Branch, ben: Person, django_assert_num_queries: Any
) -> None:
    profile_of(riverside, ben)
    survey = of_yesterday(asked_survey(riverside, ben))
    begun.sources.create(kind="survey", title="The survey", survey=survey)
    (before,) = tables_of(begun)["heard"]

    with CaptureQueriesContext(connection) as few:
        tables_of(begun)
    more = [
        Response(survey=survey, edition=survey.edition, answers={"age": "25to44"}, language="en") for _n in range(200)
    ]
    Response.objects.bulk_create(more)
    survey.close(by=ben, why="The month is over")
    (after,) = tables_of(begun)["heard"]

    assert before != after
    with django_assert_num_queries(len(few)):
        tables_of(begun)


def test_what_is_published_hides_small_groups(begun: Assessment, riverside: Branch, ben: Person) -> None:
    profile_of(riverside, ben)
    begun.sources.create(kind="survey", title="The survey", survey=of_yesterday(asked_survey(riverside, ben)))

    (table,) = tables_of(begun)["heard"]

    assert [row["share"] for row in table["rows"]] == [75.0, None, None]


def test_publishing_tells_everyone_who_was_heard_once(
    begun: Assessment, source: AssessmentSource, ben: Person, at_once: Callable[[], AbstractContextManager[None]]
) -> None:
    noor = Speaker.objects.reached_at(email="noor@example.org", language="en")
    voice = Voice(kind=VoiceKind.CONCERN, words="No Wi-Fi", language="en", channel="web", speaker=noor).save_as_heard()
    source.themes.add(Theme.objects.confirm("Wi-Fi", [voice.pk], by=ben))

    with at_once():
        begun.publish(by=ben, **TOLD)
    with pytest.raises(AlreadyPublished), at_once():
        begun.publish(by=ben, **TOLD)

    begun.loop.refresh_from_db()
    assert begun.loop.is_public
    assert [heard.speaker for heard in begun.loop.heard.all()] == [noor]
    assert begun.loop.steps.count() == 1


def test_the_needs_among_its_priorities_hear_of_it_and_nobody_twice(
    begun: Assessment, source: AssessmentSource, ben: Person, at_once: Callable[[], AbstractContextManager[None]]
) -> None:
    noor, lia = (Speaker.objects.reached_at(email=f"{name}@example.org", language="en") for name in ("noor", "lia"))
    said = [
        Voice(kind=VoiceKind.CONCERN, words="No Wi-Fi", language="en", channel="web", speaker=who).save_as_heard()
        for who in (noor, lia)
    ]
    both = Theme.objects.confirm("Wi-Fi", [one.pk for one in said], by=ben)
    source.themes.add(Theme.objects.confirm("At home", [said[0].pk], by=ben))
    chosen = [Need.objects.take_up(f"Wi-Fi {n}", kind="need", by=ben, themes=[both]) for n in range(2)]
    tried = Need.objects.take_up("Tried already", kind="need", by=ben, themes=[both])
    tried.loop.record(Turn.TRYING, "We try it", by=ben)
    for need in (*chosen, tried):
        begun.priorities.create(need=need, by=ben)

    with at_once():
        begun.publish(by=ben, **TOLD)

    turns = [[step.turn for step in need.loop.steps.all()] for need in (*chosen, tried)]
    assert turns == [[Turn.TAKEN_UP, Turn.INFLUENCED]] * 2 + [[Turn.TAKEN_UP, Turn.TRYING]]
    first = chosen[0].loop.steps.last()
    assert first is not None and first.beside().count() == 2


def test_what_is_published_stays_as_it_was_read(begun: Assessment, source: AssessmentSource, ben: Person) -> None:
    note = source.notes.create(words="In the car", may_be_quoted=True)
    rows = [source, note, begun.findings.create(sentence="Few have it"), begun.assets.create(words="A carpenter")]
    member = begun.members.get()
    begun.publish(by=ben, **TOLD)

    for changed in (begun, *rows, member):
        with pytest.raises(AlreadyPublished):
            changed.save()
    for gone in (*rows, member):
        with pytest.raises(AlreadyPublished):
            gone.delete()
    with pytest.raises(AlreadyPublished):
        begun.sources.create(kind="walk", title="Late")
    with pytest.raises(AlreadyPublished):
        note.make_voice("In the car", by=ben)


def test_the_database_publishes_once(begun: Assessment, ben: Person) -> None:
    begun.publish(by=ben, **TOLD)

    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(assessment=begun, summary="again", limits="", next_steps="")


def test_a_quote_needs_consent_and_becomes_one_voice(source: AssessmentSource, ben: Person) -> None:
    note = source.notes.create(words="I do my forms in the car", may_be_quoted=False)

    with pytest.raises(NoConsent):
        note.make_voice("In the car", by=ben)
    FieldNote.objects.filter(pk=note.pk).update(may_be_quoted=True)
    first, again = note.make_voice("In the car", by=ben), note.make_voice("Another", by=ben)

    assert first == again
    assert (first.speaker, first.words, first.branch) == (None, "In the car", source.assessment.branch)


def test_notes_go_in_the_night_after_their_time(source: AssessmentSource) -> None:
    source.notes.create(words="Old")
    source.assessment.sources.create(kind="walk", title="Walk").notes.create(words="Kept")
    AssessmentSource.objects.filter(pk=source.pk).update(keep_until=timezone.localdate() - timedelta(days=1))

    assert keeping.clean_notes() == 1
    assert [note.words for note in FieldNote.objects.all()] == ["Kept"]


def test_what_is_kept_about_a_colleague_is_told_and_erased(begun: Assessment, ben: Person) -> None:
    told = keeping.export_membership(ben)
    keeping.erase_membership(ben)

    begun.refresh_from_db()
    assert [row["assessment"] for row in told] == ["What Riverside needs"]
    assert begun.lead is None and not begun.members.exists()


def test_today_reminds_of_the_next_one_until_it_is_begun(begun: Assessment, ben: Person) -> None:
    Assessment.objects.filter(pk=begun.pk).update(next_on=timezone.localdate() + timedelta(days=9))
    begun.publish(by=ben, **TOLD)

    before = insight_today(None, ben)
    Assessment.objects.begin("Again", by=ben, before=begun)

    assert "What Riverside needs" in before
    assert "What Riverside needs" not in insight_today(None, ben)


# ── the pages ──


def test_an_assessment_is_begun_worked_on_and_published_at_the_desk(
    riverside: Branch, ben: Person, sign_in: Desk
) -> None:
    desk = sign_in(ben)
    need = Need.objects.take_up("People need Wi-Fi", kind="need", by=ben, branch=riverside)
    need.prioritise(by=ben, size=4, equity=5, fit=3, effort=2, reasons="Few have it")
    new = {"title_en": "What Riverside needs", "level": "consult", "branch": riverside.pk}

    base = desk.post("/desk/assessments/new/", new)["Location"]
    desk.post(f"{base}sources/", {"kind": "walk", "title_en": "A walk to the harbour"})
    source = AssessmentSource.objects.get()
    note = {"source": source.pk, "words": "No bench", "language": "en", "on": "2024-01-01", "may_be_quoted": "on"}
    desk.post(f"{base}notes/", note)
    desk.post(f"{base}notes/{FieldNote.objects.get().pk}/voice/", {"words": "No bench anywhere"})
    desk.post(
        f"{base}findings/",
        {"sentence_en": "There is no bench", "strength": "weak", "sources": [source.pk], "dissent_en": "Some like it"},
    )
    desk.post(f"{base}assets/", {"kind": "people", "words_en": "A carpenter", "needs": [need.pk]})
    desk.post(f"{base}priorities/", {"need": need.pk})
    pages = {
        part: desk.get(f"{base}{part}").content.decode()
        for part in (
            "",
            "sources/",
            "notes/",
            "reach/",
            "gaps/",
            "assets/",
            "findings/",
            "priorities/",
            "publication/",
            "members/",
            "details/",
        )
    }
    words = {f"{name}_en": text for name, text in TOLD.items()}
    desk.post(f"{base}publication/", words)
    public = Client().get(Assessment.objects.get().get_absolute_url()).content.decode()

    assert Voice.objects.get().words == "No bench anywhere"
    assert "Use at least three kinds of sources" in pages[""]
    assert "A carpenter" in pages["gaps/"] and "3.7" in pages["priorities/"]
    assert "There is no bench" in public and "Some like it" in public and "We missed the old" in public
    assert "A carpenter" in public and "People need Wi-Fi" in public
    assert desk.post(f"{base}findings/", {"sentence_en": "Late", "strength": "weak"}).status_code == 404


@pytest.mark.parametrize(
    ("part", "told", "kept"),
    [
        ("sources/", {"kind": "walk", "title_en": "", "place": "Kept words"}, "Kept words"),
        ("notes/", {"words": "Kept words", "language": "en", "on": "2999-01-01"}, "Kept words"),
        ("findings/", {"sentence_en": "Kept words", "strength": ""}, "Kept words"),
        ("assets/", {"kind": "", "words_en": "Kept words"}, "Kept words"),
        ("priorities/", {"need": "", "dissent_en": "Kept words"}, "Kept words"),
        ("details/", {"title_en": "", "topic": "Kept words"}, "Kept words"),
        ("publication/", {"summary_en": "Kept words"}, "Kept words"),
    ],
)
def test_what_is_wrong_is_asked_again_and_stays(  # noqa: PLR0917
    part: str, told: dict[str, Any], kept: str, begun: Assessment, source: AssessmentSource, ben: Person, sign_in: Desk
) -> None:
    answer = sign_in(ben).post(f"/desk/assessments/{begun.pk}/{part}", told)

    assert answer.status_code == 422
    assert kept in answer.content.decode()


def test_a_row_is_changed_and_taken_out(
    begun: Assessment, source: AssessmentSource, ben: Person, sign_in: Desk
) -> None:
    desk, base = sign_in(ben), f"/desk/assessments/{begun.pk}/sources/{source.pk}/"

    desk.post(base, {"kind": "meeting", "title_en": "A meeting", "limits": "Few came"})
    source.refresh_from_db()
    kind = source.kind
    desk.post(f"{base}removal/")

    assert kind == "meeting" and not begun.sources.exists()


def test_another_branch_finds_nothing_and_the_whole_librarys_is_read_only(
    begun: Assessment, ben: Person, mona: Person, sign_in: Desk
) -> None:
    hilltop = Branch.objects.create(slug="hilltop", name="Hilltop")
    other = Person.objects.create_user("other@example.org", name="Other")
    other.appoint(Role.PROGRAMMER, by=None, branch=hilltop)
    whole = Assessment.objects.begin("The town", by=mona)
    desk = sign_in(other)

    assert desk.get(f"/desk/assessments/{begun.pk}/").status_code == 404
    assert desk.get(f"/desk/assessments/{begun.pk}/sources/").status_code == 404
    assert desk.post(f"/desk/assessments/{begun.pk}/assets/", {"kind": "people"}).status_code == 404
    assert desk.get(f"/desk/assessments/{whole.pk}/").status_code == 200
    assert desk.post(f"/desk/assessments/{whole.pk}/assets/", {"kind": "people"}).status_code == 404
    assert b"What Riverside needs" not in desk.get("/desk/assessments/").content


def test_whoever_only_sees_changes_nothing(begun: Assessment, desk: Person, sign_in: Desk) -> None:
    client, base = sign_in(desk), f"/desk/assessments/{begun.pk}/"

    assert client.get(base).status_code == 200
    assert client.post(f"{base}sources/", {"kind": "walk", "title_en": "x"}).status_code == 404
    assert client.post(f"{base}publication/", TOLD).status_code == 404
    assert client.post(f"{base}details/", {}).status_code == 403


def test_the_next_one_is_compared_with_the_last(
    begun: Assessment, source: AssessmentSource, ben: Person, sign_in: Desk
) -> None:
    begun.publish(by=ben, **TOLD)
    desk = sign_in(ben)

    page = desk.get(f"/desk/assessments/new/?after={begun.pk}").content.decode()
    answer = desk.post(f"/desk/assessments/new/?after={begun.pk}", {"title_en": "Again", "level": "consult"})
    seen = desk.get(answer["Location"]).content.decode()

    assert "will be compared with it" in page
    assert Assessment.objects.get(before=begun).title["en"] == "Again"
    assert "Beside the one before" in seen


def test_the_list_filters_and_exports(begun: Assessment, ben: Person, sign_in: Desk) -> None:
    desk = sign_in(ben)

    assert b"What Riverside needs" in desk.get("/desk/assessments/?state=open").content
    assert b"What Riverside needs" not in desk.get("/desk/assessments/?state=published").content
    assert desk.get("/desk/assessments/?export=csv")["Content-Type"].startswith("text/csv")


def test_a_day_before_the_first_is_asked_again(begun: Assessment, ben: Person, sign_in: Desk) -> None:
    told = {"title_en": "x", "level": "consult", "begins_on": date(2024, 2, 1), "ends_on": date(2024, 1, 1)}

    answer = sign_in(ben).post(f"/desk/assessments/{begun.pk}/details/", told)

    assert answer.status_code == 422 and "The last day is before the first" in answer.content.decode()


def test_what_looks_personal_is_named_before_it_is_published(begun: Assessment, ben: Person, sign_in: Desk) -> None:
    page, told = f"/desk/assessments/{begun.pk}/publication/", {"summary_en": "My name is Ana Ruiz and I need Wi-Fi"}
    told |= {f"{name}_en": words for name, words in TOLD.items() if name != "summary"}

    first = sign_in(ben).post(page, told)
    second = sign_in(ben).post(page, told | {"looked_through": "on"})

    assert first.status_code == 422
    assert "Ana Ruiz" in str(first.context["form"].errors["looked_through"])
    assert 'type="checkbox" name="looked_through"' in first.content.decode()
    assert second.status_code == 302


def test_a_quote_is_proposed_without_names(source: AssessmentSource, ben: Person, sign_in: Desk) -> None:
    note = source.notes.create(words="Frau Hoffmann braucht Licht", language="de", may_be_quoted=True, by=ben)

    page = sign_in(ben).get(f"/desk/assessments/{source.assessment_id}/notes/{note.pk}/")

    assert page.context["quote_form"].initial == {"words": "Frau [Name] braucht Licht"}

from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from rapport.insight.comparing import beside_last_year
from rapport.insight.gathering import facts_of
from rapport.insight.methods.assessing.years import compared
from rapport.insight.models import (
    AlreadyPublished,
    Asset,
    AssetKind,
    Narrative,
    NarrativePublication,
    Need,
    NeedState,
    Section,
    Statement,
    Theme,
)
from rapport.insight.tests.test_themes_kept import spoken
from rapport.listening.models import Voice
from rapport.loop.models import Heard, Turn
from rapport.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def _day(year: int, month: int = 6) -> datetime:
    return timezone.make_aware(datetime(year, month, 1, 10))


def _need(sentence: str, kind: str, year: int, by: Person) -> Need:
    return Need.objects.take_up(sentence, kind=kind, by=by, at=_day(year))


@pytest.fixture
def last(ben: Person) -> Narrative:
    """2025, with three needs: one is answered in 2026, one is given up, one stays."""
    answered = _need("Open on Sundays", "need", 2025, ben)
    given_up = _need("A pool", "desire", 2025, ben)
    _need("A green place", "aspiration", 2025, ben)
    one = Narrative.objects.begin(2025, by=ben)
    one.gather(facts_of(one))
    one.write(Section.HOPES, "We want to meet")
    one.publish("A year of waiting", by=ben)
    answered.loop.record(Turn.DELIVERED, "It is open", by=ben, thing=answered, at=_day(2026))
    given_up.loop.record(Turn.COULD_NOT, "Too dear", by=ben, thing=given_up, at=_day(2026))
    return one


def test_needs_are_compared_by_what_became_of_them() -> None:
    last = {"a": "open", "b": "open", "c": "open", "d": "open", "e": "answered", "f": "open"}
    this = {"a": "answered", "b": "open", "c": "dropped", "e": "answered", "n": "open"}

    found = compared(this, last)

    assert (found.new, found.answered, found.still) == (("n",), ("a",), ("b",))
    assert found.dropped == ("c", "d", "f")


def test_facts_stand_where_their_kind_belongs_and_cite_their_thing(ben: Person) -> None:
    hope, fear = _need("A green place", "aspiration", 2026, ben), _need("They leave", "concern", 2026, ben)
    _need("Not yet", "need", 2027, ben)
    asset = Asset.objects.create(kind=AssetKind.PLACES, words="The yard", at=_day(2024))
    one = Narrative.objects.begin(2026, by=ben)

    one.gather(facts_of(one))

    told = {(row.section, row.thing, row.thing_key) for row in one.statements.all()}
    assert told == {
        ("hopes", "insight.need", hope.pk),
        ("worries", "insight.need", fear.pk),
        ("have", "insight.asset", asset.pk),
    }


def test_themes_are_counted_in_the_voices_of_the_year(ben: Person) -> None:
    voices = spoken(5)
    keys = [getattr(voice, "pk", voice) for voice in voices]
    Voice.objects.filter(pk__in=keys[:2]).update(spoken_at=_day(2025))
    Voice.objects.filter(pk__in=keys[2:]).update(spoken_at=_day(2026))
    Theme.objects.confirm("Garden", keys[:4], by=ben)
    one = Narrative.objects.begin(2026, by=ben)

    one.gather(facts_of(one))

    assert [(row.figure, row.of) for row in one.statements.filter(section=Section.SPOKE)] == [(2, 3)]


def test_a_year_is_laid_beside_the_one_before(last: Narrative, ben: Person) -> None:
    _need("Stories in Arabic", "need", 2026, ben)
    one = Narrative.objects.begin(2026, by=ben)
    one.gather(facts_of(one))

    beside = beside_last_year(one, threshold=10)

    assert beside is not None and beside.before == last
    told = [[str(row) for row in rows] for rows in (beside.new, beside.answered, beside.still, beside.dropped)]
    assert told == [["Stories in Arabic"], ["Open on Sundays"], ["A green place"], ["A pool"]]
    assert beside_last_year(last, threshold=10) is None


def test_a_change_of_a_theme_is_named_only_beyond_chance(ben: Person) -> None:
    for year, much, little in ((2025, 20, 20), (2026, 120, 22)):
        one = Narrative.objects.begin(year, by=ben)
        told = (("Grows", much), ("Stays", little), ("Small", 4))
        one.gather(
            Statement(section=Section.SPOKE, thing="insight.theme", thing_key=key, words=name, figure=n, of=200)
            for key, (name, n) in enumerate(told, 1)
        )
        one.publish("Short", by=ben)

    beside = beside_last_year(one, threshold=10)

    assert beside is not None
    assert [(str(row.statement), row.this.change, row.is_small) for row in beside.themes] == [
        ("Grows", 1, False), ("Stays", 0, False), ("Small", 0, True)
    ]  # fmt: skip


def test_what_somebody_left_out_stays_out(ben: Person) -> None:
    _need("A green place", "aspiration", 2026, ben)
    one = Narrative.objects.begin(2026, by=ben)
    one.gather(facts_of(one))
    one.leave_out(one.statements.get())

    assert one.gather(facts_of(one)) == 0
    assert one.statements.get().is_out


def test_published_it_stays_and_those_who_spoke_are_owed_it(ben: Person) -> None:
    theme = Theme.objects.confirm("Garden", spoken(3), by=ben)
    Need.objects.take_up("A green place", kind="need", by=ben, themes=[theme], at=_day(2026))
    one = Narrative.objects.begin(2026, by=ben)
    one.gather(facts_of(one))

    one.publish("A good year", by=ben)

    assert Heard.objects.filter(loop=one.loop).count() == 3
    with pytest.raises(AlreadyPublished):
        one.write(Section.HOPES, "Something else")
    with pytest.raises(AlreadyPublished):
        one.publish("Again", by=ben)


def test_there_is_one_narrative_a_year_and_place(ben: Person, riverside: object) -> None:
    Narrative.objects.begin(2026, by=ben)
    Narrative.objects.begin(2026, by=ben, branch=riverside)  # type: ignore[arg-type]

    with pytest.raises(IntegrityError), transaction.atomic():
        Narrative.objects.begin(2026, by=ben)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does(ben: Person) -> None:
    one = Narrative.objects.begin(2026, by=ben)
    start, ended = Barrier(2), []

    def publish(number: int) -> None:
        try:
            start.wait()
            Narrative.objects.get(pk=one.pk).publish(f"Number {number}", by=ben)
            ended.append("published")
        except AlreadyPublished:
            ended.append("refused")
        finally:
            connection.close()

    both = [Thread(target=publish, args=[number]) for number in (1, 2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(ended) == ["published", "refused"]
    assert NarrativePublication.objects.count() == 1


def test_a_person_writes_and_publishes_at_the_desk(ben: Person, sign_in: SignIn, client: Client) -> None:
    need = _need("A green place", "aspiration", timezone.localdate().year, ben)
    desk = sign_in(ben)
    desk.post("/desk/narratives/", {"year": timezone.localdate().year})
    one = Narrative.objects.get()
    page = f"/desk/narratives/{one.pk}/"
    again = desk.post("/desk/narratives/", {"year": one.year})
    too_soon = desk.post(f"{page}publication/", {"summary_en": "A good year"})
    desk.post(f"{page}parts/hopes/", {"hopes-words_en": "We want to meet"})
    wrong = desk.post(f"{page}statements/", {"section": "hopes"})
    hidden = client.get(f"/narratives/{one.pk}/").status_code

    desk.post(f"{page}publication/", {"summary_en": "A good year"})

    public = client.get(f"/narratives/{one.pk}/").content.decode()
    assert (again.status_code, too_soon.status_code, wrong.status_code, hidden) == (422, 422, 422, 404)
    assert "We want to meet" in public and f"/needs/{need.pk}/" in public
    assert "We want to meet" in client.get(f"/narratives/{one.pk}/sheet/").content.decode()
    assert desk.post(f"{page}parts/hopes/", {"hopes-words_en": "Other"}).status_code == 302
    assert str(one.parts.get(section="hopes").words) == "We want to meet"


def test_where_a_need_stood_is_read_from_its_story(last: Narrative) -> None:
    one = last.statements.get(words__icontains="Open on Sundays")

    assert one.state == NeedState.OPEN

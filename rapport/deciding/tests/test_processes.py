"""A process: begun, furnished, opened, changed only in what nobody relies on, and read by everyone."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rapport.deciding.missing import lacks_of
from rapport.deciding.models import (
    AlreadyFixed,
    Ballot,
    Decision,
    Method,
    Participant,
    Phase,
    PhaseInUse,
    PhaseKind,
    Poll,
    Process,
    Promise,
    Tier,
    WhyNeeded,
    midnight,
)
from rapport.deciding.starters import STARTERS, starter
from rapport.loop.models import Speaker
from rapport.people.models import Person, Role
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
TODAY = timezone.localdate


def page(process: Process) -> str:
    return f"/decisions/{process.decision_id}/"


def desk_page(process: Process, part: str = "") -> str:
    return f"/desk/decisions/{process.decision_id}/process/{part}"


@pytest.mark.parametrize("slug", [one.slug for one in STARTERS])
def test_a_template_gives_phases_one_after_the_other(slug: str, ben: Person) -> None:
    process = starter(slug).begin({"en": "What should it be?"}, first=TODAY(), by=ben)

    phases = list(process.phases.all())
    assert phases[0].opens_at == midnight(TODAY())
    assert all(one.closes_at == two.opens_at for one, two in pairwise(phases))
    assert phases[-1].kind == PhaseKind.REPORT
    assert process.decision.by_when > max(p.last_day for p in phases if p.kind in {"collect", "shape", "choose"})


def test_a_question_that_was_asked_stays_readable_while_its_process_is_prepared(ben: Person, client: Client) -> None:
    asked = {"promise": Promise.CONSULT, "by_when": TODAY(), "decider": {"en": "The board"}}
    decision = Decision.objects.ask("Longer hours?", by=ben, **asked)

    process = starter("hours").begin_for(decision, first=TODAY(), by=ben)

    assert client.get(page(process)).status_code == 200
    assert "The way to the decision" not in client.get(page(process)).content.decode()
    process.open(by=ben)
    assert "The way to the decision" in client.get(page(process)).content.decode()
    assert decision.loop.steps.count() == 1


def test_a_draft_is_nowhere_in_public(ben: Person, client: Client) -> None:
    process = starter("garden").begin({"en": "What should it be?"}, first=TODAY(), by=ben)

    assert client.get(page(process)).status_code == 404
    assert "What should it be?" not in client.get("/decisions/").content.decode()


def test_what_is_missing_is_listed_and_keeps_it_closed(ben: Person, sign_in: SignIn) -> None:
    process = starter("garden").begin({"en": "What should it be?"}, first=TODAY(), by=ben)
    desk = sign_in(ben)

    desk.post(desk_page(process, "opening/"))

    assert any("Say what is open" in lack.words for lack in lacks_of(process) if lack.is_needed)
    assert not Process.objects.public().exists()
    process.change(decision={"open_words": {"en": "Plants"}})
    desk.post(desk_page(process, "opening/"))
    assert Process.objects.public().get() == process


def test_the_promise_stays_once_people_have_seen_it(garden: Process) -> None:
    with pytest.raises(AlreadyFixed):
        garden.change(decision={"promise": Promise.INFORM})


def test_who_may_vote_stays_once_a_ballot_is_in(garden: Process, choosing: Phase) -> None:
    garden.change(decision={}, vote_tier=Tier.ANYONE)
    poll = Poll.objects.create(phase=choosing, title="A fountain?", method=Method.YES_NO)
    Ballot.objects.cast(poll, {"yes": True}, participant=Participant.objects.join(garden))

    with pytest.raises(AlreadyFixed):
        garden.change(decision={}, vote_tier=Tier.CARD)
    assert Process.objects.get().vote_tier == Tier.ANYONE


def test_days_that_people_have_seen_change_only_with_a_reason(choosing: Phase, ben: Person, client: Client) -> None:
    first, last = timezone.localdate(choosing.opens_at), choosing.last_day + timedelta(days=5)

    with pytest.raises(WhyNeeded):
        choosing.change_days(first, last, by=ben)
    choosing.change_days(first, last, by=ben, why="It snowed")

    assert Phase.objects.get().last_day == last
    assert "It snowed" in client.get(page(choosing.process)).content.decode()


def test_only_an_empty_phase_ahead_is_removed(garden: Process, choosing: Phase, ben: Person) -> None:
    ahead = garden.phases.create(
        kind=PhaseKind.REPORT, opens_at=choosing.closes_at, closes_at=choosing.closes_at + timedelta(days=9)
    )
    poll = Poll.objects.create(phase=ahead, title="A fountain?", method=Method.YES_NO)

    for phase in (choosing, ahead):
        with pytest.raises(PhaseInUse):
            phase.remove()
    poll.delete()
    ahead.remove()

    assert garden.phases.get() == choosing


def test_the_desk_edits_a_phase_and_is_asked_why(choosing: Phase, ben: Person, sign_in: SignIn) -> None:
    desk, url = sign_in(ben), desk_page(choosing.process, f"phases/{choosing.pk}/")
    given = {"kind": "choose", "title_en": "Choose", "first": "2026-01-01", "last": "2027-01-01"}

    refused = desk.post(url, given)
    kept = desk.post(url, given | {"why_en": "The printer was ill"})

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "Tell them why they change" in refused.content.decode()
    assert Phase.objects.get().lengthenings.get().why == {"en": "The printer was ill"}


def test_a_phase_that_ends_before_it_begins_is_refused_at_its_field(
    choosing: Phase, ben: Person, sign_in: SignIn
) -> None:
    url = desk_page(choosing.process, "phases/new/")

    answer = sign_in(ben).post(url, {"kind": "report", "first": "2030-01-02", "last": "2030-01-01"})

    assert answer.status_code == 422
    assert "It ends before it begins" in answer.content.decode()


def test_a_process_is_begun_at_the_desk(ben: Person, sign_in: SignIn) -> None:
    given = {"starter": "school", "question_en": "What should we buy?", "first": TODAY().isoformat()}

    answer = sign_in(ben).post("/desk/processes/new/", given)

    process = Process.objects.get()
    assert answer["Location"] == desk_page(process)
    assert (process.vote_tier, process.phases.count()) == (Tier.ON_SITE, 5)


def test_another_branch_finds_no_process_here(garden: Process, choosing: Phase, sign_in: SignIn) -> None:
    hilltop = Branch.objects.create(slug="hilltop", name="Hilltop")
    other = Person.objects.create_user("other@example.org", name="Other")
    other.appoint(Role.PROGRAMMER, by=None, branch=hilltop)
    desk = sign_in(other)

    parts = ("", "settings/", "preview/", "documents/", f"phases/{choosing.pk}/", "phases/new/")
    assert {desk.get(desk_page(garden, part)).status_code for part in parts} == {404}
    assert desk.post(desk_page(garden, "opening/")).status_code == 404


def test_a_document_is_read_by_all_and_a_page_in_disguise_is_not_taken(
    garden: Process, ben: Person, sign_in: SignIn, client: Client
) -> None:
    desk, url = sign_in(ben), desk_page(garden, "documents/")
    plan = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")
    trick = SimpleUploadedFile("plan.pdf", b"<html><script>")

    desk.post(url, {"title_en": "The plan", "file": plan})
    refused = desk.post(url, {"title_en": "A trick", "file": trick})

    paper = garden.documents.get()
    answer = client.get(paper.get_absolute_url())
    assert refused.status_code == 422
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 plan"
    assert answer["Content-Disposition"].startswith("attachment")
    paper.take_away()


def test_anybody_follows_and_stops(garden: Process, amina: Person, sign_in: SignIn, client: Client) -> None:
    account = sign_in(amina)
    client.post(f"{page(garden)}following/", {"email": "noor@example.org"})
    account.post(f"{page(garden)}following/")
    assert garden.decision.loop.heard.to_be_told().count() == 2

    account.post(f"{page(garden)}following/removal/")
    assert [heard.speaker.email for heard in garden.decision.loop.heard.to_be_told()] == ["noor@example.org"]

    account.post(f"{page(garden)}following/")
    assert garden.decision.loop.heard.to_be_told().count() == 2


def test_nobody_resumes_what_another_stopped(garden: Process, client: Client) -> None:
    noor = Speaker.objects.reached_at(email="noor@example.org")
    assert noor
    garden.follow(noor)
    garden.unfollow(noor)

    client.post(f"{page(garden)}following/", {"email": "noor@example.org"})

    assert not garden.decision.loop.heard.to_be_told().exists()


def test_a_wrong_address_is_refused_at_its_field(garden: Process, client: Client) -> None:
    answer = client.post(f"{page(garden)}following/", {"email": "noor"})

    assert answer.status_code == 422
    assert 'value="noor"' in answer.content.decode()


def test_who_signs_in_is_asked_whether_the_guest_was_they(garden: Process, amina: Person) -> None:
    browser = Client()
    browser.post(f"{page(garden)}taking-part/?tier=anyone", {"way": "now"})
    browser.force_login(amina)
    assert "before you signed in" in browser.get(page(garden)).content.decode()

    browser.post(f"{page(garden)}taking-part/claim/", {"mine": "yes"})

    assert garden.participants.get().person == amina
    assert "before you signed in" not in browser.get(page(garden)).content.decode()


def test_a_guest_that_was_somebody_else_stays_somebody_else(garden: Process, amina: Person) -> None:
    browser = Client()
    browser.post(f"{page(garden)}taking-part/?tier=anyone", {"way": "now"})
    browser.force_login(amina)

    browser.post(f"{page(garden)}taking-part/claim/", {"other": "yes"})

    assert garden.participants.get().person is None


def test_after_voting_nobody_is_asked_again(garden: Process, choosing: Phase, client: Client) -> None:
    client.post(f"{page(garden)}taking-part/?tier=anyone", {"way": "now"})
    poll = Poll.objects.create(phase=choosing, title="A fountain?", method=Method.YES_NO)
    Ballot.objects.take(poll, {"yes": True}, participant=garden.participants.get())

    shown = client.get(page(garden)).content.decode()

    assert ("You have voted" in shown) == ("A fountain?" in shown)


def test_the_page_asks_the_database_as_often_for_ten_times_as_many(
    garden: Process, choosing: Phase, client: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(page(garden)).status_code == 200
        return len(seen)

    def grow(n: int) -> None:
        for number in range(n):
            garden.follow(Speaker.objects.reached_at(email=f"p{garden.participants.count()}-{number}@example.org"))
            Participant.objects.join(garden)

    grow(1)
    queries()  # what is looked up once a minute is known from here on
    few = queries()
    grow(9)

    assert queries() == few


def test_the_list_asks_as_often_for_ten_times_as_many(garden: Process, choosing: Phase, ben: Person) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert "day left" in Client().get("/decisions/").content.decode()
        return len(seen)

    queries()
    few = queries()
    for number in range(9):
        process = starter("garden").begin({"en": f"Question {number}?"}, first=TODAY(), by=ben)
        process.open(by=ben)

    assert queries() == few

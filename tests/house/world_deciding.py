"""What the small world decides: votes, promises, boards and panels."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from rapport.community.models import Dimension
from rapport.deciding.models import (
    Advice,
    BallotPrint,
    Board,
    Commitment,
    Count,
    Method,
    Panel,
    PaperBallot,
    PhaseKind,
    Poll,
    PollOutcome,
    Process,
    Promise,
)
from rapport.places.models import Branch
from tests.house.world_budgets import a_picture

if TYPE_CHECKING:
    from tests.house.world import World


def in_a_month() -> date:
    return timezone.localdate() + timedelta(days=30)


def a_vote(world: "World") -> Poll:
    """Counted, with its outcome said, and with ballots on paper of which two people read one differently."""
    if (there := Poll.objects.filter(method=Method.RUN_OFF).first()) is not None:
        return there
    phase = world.decision.process.phases.get(kind=PhaseKind.CHOOSE)
    poll = Poll.objects.create(phase=phase, title="A bench?", method=Method.RUN_OFF, by=world.ben)
    for title in ("Wood", "Stone"):
        poll.options.create(title=title)
    BallotPrint.make(poll, language="en", copies=2, by=world.ben)
    paper = PaperBallot.of(poll, 1)
    orders: list[list[list[str]]] = [[], [[str(poll.choices[0].pk)]]]
    for turn, order in enumerate(orders, 1):
        paper.readings.create(turn=turn, by=None, marks={"order": order})
    Count.objects.take(poll)
    Count.objects.update(ballots=20)  # so many that the ballots are shown to everybody
    PollOutcome.objects.say(poll, "Wood", by=world.ben)
    return Poll.objects.get(pk=poll.pk)


def a_vote_elsewhere(world: "World") -> Poll:
    """Of another branch; as each vote is found by its process, this one's is asked at Hilltop."""
    asked = {
        "promise": Promise.CONSULT,
        "decider": {"en": "The board"},
        "by_when": in_a_month(),
    }
    process = Process.objects.prepare("A slide?", by=world.ben, branch=world.hilltop, decision=asked)
    now = timezone.now()
    phase = process.phases.create(kind=PhaseKind.CHOOSE, opens_at=now, closes_at=now + timedelta(days=9))
    poll = Poll.objects.create(phase=phase, title="A slide?", method=Method.YES_NO, by=world.ben)
    Count.objects.take(poll)
    return poll


def a_commitment(world: "World", branch: Branch | None = None) -> Commitment:
    """With a step that was made and has its picture."""
    where = branch or world.riverside
    if (there := Commitment.objects.filter(branch=where).first()) is not None:
        return there
    made = Commitment.objects.make(
        "Three benches",
        owner=world.ben,
        due=in_a_month(),
        by=world.ben,
        branch=where,
        milestones=[("Ordered", None)],
    )
    made.milestones.get().reach("They are on their way", by=world.ben, picture=a_picture())
    return made


def a_board(world: "World", branch: Branch | None = None) -> Board:
    """With somebody who applied, a member, a meeting, and advice."""
    where = branch or world.riverside
    if (there := Board.objects.filter(branch=where).first()) is not None:
        return there
    words = {"name": "Teen board", "purpose": "To advise", "promise": "An answer"}
    board = Board.objects.create(kind="teen", size=9, branch=where, **words)
    board.apply("I read a lot", name="Noor", email="noor@example.org")
    board.seat("Sam", by=world.ben)
    meeting = board.meetings.create(starts_at=timezone.now(), place="Here")
    meeting.write_minutes("We spoke", by=world.ben)
    Advice.objects.give(board, "Open longer", to="The library", by=world.ben, meeting=meeting)
    return board


def a_panel(world: "World", branch: Branch | None = None) -> Panel:
    """Called, with somebody in the pot; drawn, where nothing of it is kept by the walk."""
    where = branch or world.riverside
    if (there := Panel.objects.filter(branch=where, draw__isnull=False).first()) is not None:
        return there
    Dimension.objects.ship(["vehicle"])
    panel = Panel.objects.create(title="The garden panel", size=1, branch=where, closes_at=timezone.now())
    panel.ask_for(Dimension.objects.get(slug="vehicle").bands.all())
    panel.open()
    Panel.objects.filter(pk=panel.pk).update(closes_at=timezone.now() + timedelta(days=1))
    panel.refresh_from_db()
    panel.volunteer(
        {"vehicle": Dimension.objects.get(slug="vehicle").bands.all()[0].slug}, name="Noor", email="noor@example.org"
    )
    Panel.objects.filter(pk=panel.pk).update(closes_at=timezone.now())
    panel.draw_lots(by=world.ben)
    return panel

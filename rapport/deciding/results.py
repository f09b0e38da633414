"""What came out of a vote, as it is shown: a sentence, bars, a table, and every step of the count in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.deciding.models import Count, Poll
from rapport.deciding.models.count import marks_of
from rapport.deciding.papers.paper import Outcome
from rapport.deciding.papers.telling import Told
from rapport.lib.publishing import published
from rapport.listening.models import Channel
from rapport.ui.charts import Bar, Plot, bars

_WHAT = {
    "scores": gettext_lazy("Points"),
    "dots": gettext_lazy("Dots"),
    "can come": gettext_lazy("Can come"),
    "highest scores": gettext_lazy("highest points"),
    "voters": gettext_lazy("voters"),
    "yes": gettext_lazy("say yes"),
}


@dataclass(frozen=True)
class Results:
    """Of a count that was taken, or of the ballots so far."""

    poll: Poll
    outcome: Outcome
    shown: dict[str, Any]
    ballots: int
    count: Count | None = None

    @classmethod
    def of(cls, poll: Poll, count: Count) -> "Results":
        return cls(poll, count.outcome, poll.paper.result(poll, poll.choices, count.outcome), count.ballots, count)

    @classmethod
    def so_far(cls, poll: Poll) -> "Results":
        marks = marks_of(poll)
        outcome = poll.paper.counted(poll.fixed, marks)
        return cls(poll, outcome, poll.paper.result(poll, poll.choices, outcome), len(marks))

    @property
    def headline(self) -> str:
        return self.poll.paper.headline(self.poll.choices, self.outcome)

    @property
    def log(self) -> list[Told]:
        return self.poll.paper.log(self.poll.choices, self.outcome)

    @property
    def template(self) -> str:
        return self.poll.paper.results

    @property
    def plot(self) -> Plot | None:
        rows = self.shown.get("bars")
        if not rows:
            return None
        also, also_what = self.shown.get("also", {}), _WHAT.get(self.shown.get("also_what", ""), "")
        drawn = [Bar(label, value, f"{also[label]} {also_what}" if label in also else "") for label, value in rows]
        what = _WHAT.get(self.shown.get("what", ""), _("First places") if self.poll.is_ranked else _("Ballots"))
        summary = _("%(n)s ballots were counted.") % {"n": self.ballots}
        return bars(_("How people voted"), drawn, summary=summary, header=(_("Answer"), what))

    @property
    def channels(self) -> list[tuple[str, int]]:
        """How many voted by which way; nothing of ways that so few took that it would be somebody."""
        turnout = sorted((self.count.turnout if self.count else {}).items(), key=lambda one: -one[1])
        shown = published([n for _channel, n in turnout]).row
        told = [(channel, n) for (channel, _n), n in zip(turnout, shown, strict=True) if n]
        return [(str(Channel(channel).label), n) for channel, n in told]

    @property
    def files(self) -> list[str]:
        return ["csv", "blt"] if self.poll.is_ranked else ["csv", "pb"] if self.poll.is_budget else ["csv"]

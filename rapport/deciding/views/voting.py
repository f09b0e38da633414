"""Voting: fill in the ballot, look at it once more, cast it, and get a receipt that is shown once."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from rapport.deciding.models import AlreadyVoted, Ballot, NotOpen, Option, Participant, Poll, Tier, Turnout
from rapport.deciding.papers import BallotForm
from rapport.deciding.views.polls import around, found
from rapport.deciding.ways_in import channel_of, forget, joining, participant_of, remember
from rapport.lib.limits import at_most
from rapport.listening.models import Channel
from rapport.people.guards import anyone
from rapport.surveys.codes import code_inline, full_address

Page = dict[str, Any]


@dataclass
class Booth:
    """Where somebody fills in a ballot: in their own browser, at a kiosk, or on a device that staff hand them.

    Nothing of the ballot is kept between the steps: it travels in the page, and no page of it is stored anywhere.
    """

    request: HttpRequest
    poll: Poll
    participant: Participant | None
    comes: Callable[[], Participant]  # makes the participant where there is none before the ballot is cast
    frame: str = "ui/page.html"
    channel: str = Channel.WEB
    leave_url: str = ""
    page: Page = field(default_factory=dict)

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self._asked(self._form(None), 200)
        form = self._form(self.request.POST)
        if not form.is_valid() or "change" in self.request.POST:
            return self._asked(form, 200 if form.is_valid() else 422)
        if "cast" in self.request.POST:
            return self._cast(form)
        return self._show("look", form=form, fields=self._fields(), said=self._said(form.marks()))

    @property
    def mine(self) -> Ballot | None:
        """The ballot that this voter may change: only in an open vote."""
        if self.participant is None or self.poll.is_secret:
            return None
        return Ballot.objects.filter(poll=self.poll, participant=self.participant).first()

    def _form(self, data: Any) -> BallotForm:
        mine = self.mine if data is None else None
        return self.poll.paper.form(self.poll, self._options(), data, marks=mine.marks if mine else None)

    def _options(self) -> Sequence[Option]:
        """In this voter's order: drawn when the page is first seen, and the same until the ballot is cast."""
        options = list(self.poll.choices)
        if self.poll.is_shuffled and self.poll.method != "times":
            random.Random(self.order).shuffle(options)  # noqa: S311 - fair, and not secret
        return options

    @property
    def order(self) -> int:
        drawn = self.request.POST.get("order", "")
        if not drawn.isdecimal() or len(drawn) > 9:
            drawn = str(getattr(self, "_drawn", None) or random.SystemRandom().randrange(1, 1_000_000))
            self._drawn = drawn
        return int(drawn)

    def _fields(self) -> list[tuple[str, str]]:
        """What was filled in, to travel on with the page."""
        left_out = {"csrfmiddlewaretoken", "cast", "change", "order", "channel", "name"}
        return [(name, value) for name, values in self.request.POST.lists() if name not in left_out for value in values]

    def _said(self, marks: Mapping[str, Any]) -> Any:
        return self.poll.paper.in_words(self.poll, self.poll.choices, marks)

    def _asked(self, form: BallotForm, status: int) -> HttpResponse:
        return self._show("ballot", form=form, status=status, how=self.poll.paper.how_to(self.poll))

    def _cast(self, form: BallotForm) -> HttpResponse:
        mine = self.mine
        if mine is not None and self.participant is not None:
            Ballot.objects.change(self.poll, form.marks(), participant=self.participant)
            return self._show("changed", said=self._said(form.marks()))
        voter = self.participant or self.comes()
        receipt = Ballot.objects.cast(self.poll, form.marks(), participant=voter)
        name = self.request.POST.get("name", "").strip()[:80]
        if name and not self.poll.is_secret and not voter.name:
            Participant.objects.filter(pk=voter.pk).update(name=name)
        where = f"{full_address(self.poll)}receipt/"
        asks = self.poll.process.asks.exists()
        code = code_inline(f"{where}#{receipt}")
        answer = self._show("cast", receipt=receipt, code=code, where=where, asks_about_you=asks)
        if self.channel == Channel.KIOSK:
            forget(answer, self.poll.process)
        elif self.channel == Channel.WEB:
            remember(answer, voter)
        return answer

    def _show(self, what: str, *, status: int = 200, **page: Any) -> HttpResponse:
        page |= {
            **around(self.poll),
            **self.page,
            "frame": self.frame,
            "channel": self.channel,
            "leave_url": self.leave_url or self.poll.get_absolute_url(),
            "order": self.order,
            "is_change": self.mine is not None,
        }
        return render(self.request, f"deciding/polls/{what}.html", page, status=status)


@sensitive_post_parameters()
@never_cache
@anyone
@at_most("60/10m", name="ballot")
def ballot(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The ballot of whoever is asking; `channel=kiosk` on a screen in the library."""
    poll = found(pk)
    channel = channel_of(request)
    me = participant_of(request, poll.process)
    stopped = _stopped(request, poll, me, channel)
    if stopped is not None:
        return stopped
    booth = Booth(
        request,
        poll,
        me,
        comes=lambda: joining(request, poll.process, channel=channel),
        frame=_frame(channel),
        channel=channel,
        leave_url=reverse("deciding:kiosk", args=[poll.process.decision_id]) if channel == Channel.KIOSK else "",
    )
    try:
        return booth.answer()
    except AlreadyVoted:
        return has_voted(request, poll, channel)
    except NotOpen:
        return not_now(request, poll)


def _stopped(request: HttpRequest, poll: Poll, me: Participant | None, channel: str) -> HttpResponseBase | None:
    """Where there is no ballot to fill in: not now, not yet known at the door, or voted already."""
    if not poll.is_open or poll.counted is not None:
        return not_now(request, poll)
    shown = Tier(me.tier) if me else Tier.ANYONE
    if not Tier(poll.process.vote_tier).is_met_by(shown):
        return _to_the_door(request, poll, channel)
    if me and poll.is_secret and Turnout.objects.filter(poll=poll, participant=me).exists():
        return has_voted(request, poll, channel)
    return None


def _frame(channel: str) -> str:
    return "deciding/taking_part/kiosk_frame.html" if channel == Channel.KIOSK else "ui/page.html"


def not_now(request: HttpRequest, poll: Poll) -> HttpResponse:
    return render(request, "deciding/polls/not_now.html", around(poll))


def _to_the_door(request: HttpRequest, poll: Poll, channel: str) -> HttpResponse:
    """What must be shown before one may vote is shown there, and then it goes on here."""
    door = reverse("deciding:joining", args=[poll.process.decision_id])
    here = reverse("deciding:poll-ballot", args=[poll.pk])
    said = {"channel": channel} if channel != Channel.WEB else {}
    back = f"{here}?{urlencode(said)}" if said else here
    return redirect(f"{door}?{urlencode({'next': back, 'tier': poll.process.vote_tier, **said})}")


def has_voted(request: HttpRequest, poll: Poll, channel: str) -> HttpResponse:
    page = {**around(poll), "channel": channel, "frame": _frame(channel)}
    return render(request, "deciding/polls/has_voted.html", page)

"""A vote as everybody sees it: what it is about and by which rules, then what came out and how it was counted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rapport.deciding.models import Ballot, Poll, Receipt, Turnout
from rapport.deciding.models.count import marks_of
from rapport.deciding.results import Results
from rapport.deciding.ways_in import participant_of
from rapport.people.guards import anyone
from rapport.ui.parts import Crumb


def found(pk: int) -> Poll:
    """A vote that everybody may see; of a draft, nobody learns that it is there."""
    poll = get_object_or_404(Poll.objects.public().with_process(), pk=pk)
    if poll.lacking():
        raise Http404
    return poll


def around(poll: Poll) -> dict[str, Any]:
    """What every page of a vote shows above it."""
    decision = poll.process.decision
    crumbs = [Crumb(str(decision), decision.get_absolute_url())]
    return {"poll": poll, "process": poll.process, "phase": poll.phase, "crumbs": crumbs, "paper": poll.paper}


@anyone
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    vote = found(pk)
    me = participant_of(request, vote.process)
    has_voted = me is not None and Turnout.objects.filter(poll=vote, participant=me).exists()
    page = {**around(vote), "has_voted": has_voted, "turnout": vote.turnout.count(), **_standing(vote)}
    return render(request, "deciding/polls/poll.html", page)


def _standing(poll: Poll) -> dict[str, Any]:
    """Results once it is counted; before, only where it was said beforehand that they are shown."""
    if poll.counted is not None:
        return {
            "results": Results.of(poll, poll.counted),
            "named": _named(poll),
            "recounts": list(poll.counted.recounts.all()[:5]),
            "binding": poll.bindings.first(),
            "said_on_ballots": getattr(poll.counted, "shown_words", None),
        }
    if poll.shows_interim and poll.has_begun and not poll.phase.is_over:
        return {"results": Results.so_far(poll), "is_interim": True}
    return {}


def _named(poll: Poll) -> list[tuple[str, str]]:
    """Who voted how, in a vote of which that was said before: those who gave a name."""
    if poll.is_secret:
        return []
    ballots = Ballot.objects.filter(poll=poll).select_related("participant").order_by("participant__name", "pk")
    return [(str(one.participant or _("somebody")), _in_a_line(poll, one)) for one in ballots]


def _in_a_line(poll: Poll, ballot: Ballot) -> str:
    said = poll.paper.in_words(poll, poll.choices, ballot.marks)
    return "; ".join(f"{one.about}: {one.words}" for one in said) or _("left blank")


@anyone
def ballots_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The ballots in chance order, without receipts, and only where nobody could be known by theirs."""
    vote = found(pk)
    if vote.counted is None or not vote.counted.may_be_read_singly:
        raise Http404
    return file_of(vote, kind)


def file_of(poll: Poll, kind: str) -> HttpResponse:
    files = poll.paper.files(poll.fixed, marks_of(poll), str(poll.title))
    if kind not in files:
        raise Http404
    mime = "text/csv; charset=utf-8" if kind == "csv" else "text/plain; charset=utf-8"
    answer = HttpResponse(files[kind], content_type=mime)
    name = slugify(str(poll.title)) or "ballots"
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


@anyone
def receipts_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A digest of every receipt, sorted: whoever has one can look for it without telling us which."""
    vote = found(pk)
    if vote.counted is None:
        raise Http404
    digests = Receipt.objects.filter(poll=vote).order_by("digest").values_list("digest", flat=True)
    return HttpResponse("".join(f"{one}\n" for one in digests), content_type="text/plain; charset=utf-8")

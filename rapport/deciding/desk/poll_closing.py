"""After a vote: counting again, the outcome in words, looking at it again, and the decision that follows it or not."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rapport.deciding.desk.polls import around, found
from rapport.deciding.forms.polls import BindingForm, OutcomeForm, ReviewForm
from rapport.deciding.models import Binding, Count, Poll, PollOutcome, ShownWords
from rapport.deciding.models.count import marks_of
from rapport.deciding.papers.answers import ANSWERS
from rapport.deciding.results import Results
from rapport.deciding.views.polls import file_of
from rapport.people.guards import PersonRequest, staff_may


def _counted(poll: Poll) -> Count:
    if poll.counted is None:
        raise Http404
    return poll.counted


@staff_may("deciding.see")
def outcome(request: PersonRequest, pk: int) -> HttpResponse:
    """What came out, and all that is still to be said about it."""
    poll = found(request, pk)
    if request.method == "POST":
        return _say(request, poll)
    return _shown(request, poll)


def _shown(request: PersonRequest, poll: Poll, **given: forms.Form) -> HttpResponse:
    results = Results.of(poll, _counted(poll))
    page: dict[str, Any] = {
        **around(request, poll),
        "results": results,
        "outcome_form": OutcomeForm(),
        "review_form": ReviewForm(),
        "binding_form": BindingForm(initial={"decided": results.headline, "follows": "yes"}),
        "binding": poll.bindings.first(),
        "written": _written(poll),
        "shown_words": getattr(poll.counted, "shown_words", None),
        **given,
    }
    return render(request, "deciding/desk/polls/outcome.html", page, status=422 if given else 200)


def _may(request: PersonRequest, poll: Poll, permission: str) -> None:
    if not request.user.has_perm(permission, poll.process.decision):
        raise Http404


def _say(request: PersonRequest, poll: Poll) -> HttpResponse:
    _may(request, poll, "deciding.change")
    _counted(poll)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _shown(request, poll, outcome_form=form)
    given = form.cleaned_data
    return _once(
        request,
        poll,
        lambda: PollOutcome.objects.say(poll, given["said"], by=request.user, review_on=given["review_on"]),
        _("It is public now, and everyone heard is being told."),
    )


def _once(request: PersonRequest, poll: Poll, act: Any, done: str) -> HttpResponse:
    try:
        with transaction.atomic():
            act()
        messages.success(request, done)
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect("deciding:desk-poll-outcome", poll.pk)


@require_POST
@staff_may("deciding.change")
def review(request: PersonRequest, pk: int) -> HttpResponse:
    poll = found(request, pk, "deciding.change")
    said = getattr(poll, "outcome", None)
    if said is None:
        raise Http404
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _shown(request, poll, review_form=form)
    words = form.cleaned_data["said"]
    return _once(request, poll, lambda: said.look_again(words, by=request.user), _("It is public now."))


@require_POST
@staff_may("deciding.rule")
def ruling(request: PersonRequest, pk: int) -> HttpResponse:
    """Record the decision with this vote behind it, or say in public why it goes another way."""
    poll = found(request, pk, "deciding.rule")
    _counted(poll)
    form = BindingForm(request.POST)
    if not form.is_valid():
        return _shown(request, poll, binding_form=form)
    given = form.cleaned_data
    return _once(
        request,
        poll,
        lambda: Binding.objects.decide(poll, by=request.user, **given),
        _("The decision is public now."),
    )


@require_POST
@staff_may("deciding.change")
def recounts(request: PersonRequest, pk: int) -> HttpResponse:
    poll = found(request, pk, "deciding.change")
    again = _counted(poll).again(by=request.user)
    if again.is_same:
        messages.success(request, _("Counted again: the same ballots, the same outcome."))
    else:
        messages.error(request, _("Counted again, and it is not the same. Ask your administrator to look into it."))
    return redirect("deciding:desk-poll", pk)


@require_POST
@staff_may("deciding.change")
def words(request: PersonRequest, pk: int) -> HttpResponse:
    """Which of the words on ballots all may read; those that speak of a person are held back, and how many is said."""
    poll = found(request, pk, "deciding.change")
    count, written = _counted(poll), _written(poll)
    chosen = [one for n, one in enumerate(written) if str(n) in request.POST.getlist("show")]
    ShownWords.objects.update_or_create(
        count=count, defaults={"words": chosen, "held_back": len(written) - len(chosen), "by": request.user}
    )
    messages.success(request, _("These words are public now."))
    return redirect("deciding:desk-poll-outcome", pk)


def _written(poll: Poll) -> list[dict[str, str]]:
    labels = ANSWERS.get(poll.method, {})
    return [
        {"answer": one["answer"], "why": one["why"], "label": str(labels.get(one["answer"], ""))}
        for one in marks_of(poll)
        if one.get("why")
    ]


@require_safe
@staff_may("deciding.rule")
def ballots_file(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    """Also where few voted: for those who answer for the count."""
    poll = found(request, pk, "deciding.rule")
    _counted(poll)
    return file_of(poll, kind)

"""Supporting, commenting, suggesting changes: what people do with the proposals of others."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.deciding.forms.proposals import AmendmentForm, CommentForm, DecliningForm, MailForm, ReplyForm, ReportForm
from rapport.deciding.methods.differences import side_by_side
from rapport.deciding.models import Amendment, Comment, Merging, Participant, Support
from rapport.lib.limits import at_most
from rapport.loop.models import Speaker
from rapport.people.guards import anyone

from .proposal_acts import acting, found_collection, found_proposal, thanks_for_support
from .proposals import around, proposal_page


@anyone
@require_POST
@at_most("60/10m")
def support(request: HttpRequest, pk: int) -> HttpResponse:
    proposal, _known = found_proposal(request, pk)
    back = request.POST.get("back", "")
    where = back if back.startswith("/collections/") else f"{proposal.get_absolute_url()}#support"

    def give(participant: Participant) -> None:
        from django.contrib import messages

        Support.objects.give(proposal, participant)
        messages.success(request, thanks_for_support(proposal))

    return acting(request, proposal.collection, give, back=where)


@anyone
@require_POST
@at_most("60/10m")
def support_removal(request: HttpRequest, pk: int) -> HttpResponse:
    proposal, _known = found_proposal(request, pk)

    def withdraw(participant: Participant) -> None:
        given = proposal.supports.filter(participant=participant).first()
        if given is not None:
            given.withdraw()

    return acting(
        request,
        proposal.collection,
        withdraw,
        back=f"{proposal.get_absolute_url()}#support",
        done=_("You do not support it any more."),
    )


@anyone
@require_POST
@at_most("10/10m")
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody without an account wants to hear what comes of it."""
    proposal, participant = found_proposal(request, pk)
    form = MailForm(request.POST, auto_id="mail_%s")
    if not form.is_valid():
        return proposal_page(request, proposal, participant, mail_form=form)

    def hear(one: Participant) -> None:
        one.hear(Speaker.objects.reached_at(email=form.cleaned_data["email"], language=request.LANGUAGE_CODE))
        one.refresh_from_db()
        for each in Support.objects.filter(participant=one).select_related("proposal__loop"):
            each.proposal.hear([one])
        proposal.hear([one])

    done = _("We write to you when something comes of it.")
    return acting(request, proposal.collection, hear, back=f"{proposal.get_absolute_url()}#support", done=done)


@anyone
@require_POST
@at_most("20/10m")
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """A new comment, or (with `parent`) an answer to one."""
    proposal, participant = found_proposal(request, pk)
    key = request.POST.get("parent", "")
    parent = proposal.comments.shown().filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    form = ReplyForm(request.POST) if parent else CommentForm(request.POST, auto_id="comment_%s")
    if not form.is_valid():
        shown = {"wrong_reply": form} if parent else {"comment_form": form}
        return proposal_page(request, proposal, participant, **shown)
    said = form.cleaned_data

    def say(one: Participant) -> HttpResponse:
        comment = Comment.objects.say(
            proposal,
            said["words"],
            participant=one,
            stance=said.get("stance", ""),
            parent=parent,
            name=said["name"],
            language=request.LANGUAGE_CODE,
        )
        return redirect(comment.get_absolute_url())

    return acting(request, proposal.collection, say, back=f"{proposal.get_absolute_url()}#comments")


@anyone
@at_most("10/10m")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(Comment.objects.shown(), pk=pk)
    proposal, _known = found_proposal(request, comment.proposal_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return acting(
            request,
            proposal.collection,
            lambda one: comment.report(one, why=form.cleaned_data["why"]) and None,
            back=f"{proposal.get_absolute_url()}#comments",
            done=_("Thank you. Somebody of the library looks at it."),
        )
    page = {"comment": comment, "proposal": proposal, "form": form, **around(proposal.collection)}
    return render(request, "deciding/proposals/report.html", page, status=422 if form.errors else 200)


@anyone
@at_most("10/10m")
def amendments(request: HttpRequest, pk: int) -> HttpResponse:
    """Suggest a change: the words as they stand, to be written otherwise."""
    proposal, _participant = found_proposal(request, pk)
    if not proposal.is_public:
        return redirect(proposal)
    form = AmendmentForm(request.POST or None, proposal=proposal)
    if request.method == "POST" and form.is_valid():

        def suggest(one: Participant) -> HttpResponse:
            made = Amendment.objects.suggest(proposal, participant=one, **form.cleaned_data)
            return redirect("deciding:amendment", made.pk)

        done = _("Thank you. The authors see your suggestion and answer it.")
        return acting(request, proposal.collection, suggest, back=proposal.get_absolute_url(), done=done)
    page = {"proposal": proposal, "form": form, **around(proposal.collection)}
    return render(request, "deciding/proposals/amend.html", page, status=422 if form.errors else 200)


@anyone
@at_most("30/10m")
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """One suggested change beside the words as they stand; its authors answer here."""
    shown = get_object_or_404(Amendment.objects.select_related("base"), pk=pk)
    proposal, participant = found_proposal(request, shown.proposal_id)
    form = DecliningForm(request.POST if request.POST.get("act") == "decline" else None)
    if request.method == "POST" and (request.POST.get("act") != "decline" or form.is_valid()):
        return _settled(request, shown, proposal, form)
    title, words = (shown.base.title, shown.base.words) if shown.base else (proposal.own_title, proposal.own_words)
    page: dict[str, Any] = {
        "amendment": shown,
        "proposal": proposal,
        "title": side_by_side(title, shown.title),
        "words": side_by_side(words, shown.words),
        "is_author": proposal.is_by(participant),
        "is_mine": participant is not None and participant.pk == shown.participant_id,
        "is_outdated": shown.is_waiting and (title, words) != (proposal.own_title, proposal.own_words),
        "form": form,
        **around(proposal.collection),
    }
    return render(request, "deciding/proposals/amendment.html", page, status=422 if form.errors else 200)


def _settled(request: HttpRequest, shown: Amendment, proposal: Any, form: DecliningForm) -> HttpResponse:
    act = request.POST.get("act")
    acts = {
        "accept": lambda one: shown.accept(by=one, answer=request.POST.get("answer", "")[:500]),
        "decline": lambda one: shown.decline(by=one, answer=form.cleaned_data["answer"]),
        "take_back": lambda one: shown.take_back(by=one),
    }
    back = shown.proposal.get_absolute_url()
    if act not in acts:
        return redirect(back)
    return acting(request, proposal.collection, acts[act], back=back, done=_("Done. Those who follow it are told."))


@anyone
@require_POST
@at_most("30/10m")
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """An author agrees to a merging, or does not want it."""
    merging = get_object_or_404(Merging, pk=pk)
    shown = found_collection(merging.collection_id)
    part = get_object_or_404(merging.parts.select_related("proposal"), pk=_number(request.POST.get("part")))
    is_yes = request.POST.get("act") == "consent"

    def act(one: Participant) -> None:
        if is_yes:
            merging.consent(part.proposal, by=one)
        else:
            merging.refuse(part.proposal, by=one)

    done = _("Thank you, you agree.") if is_yes else _("Everything stays as it is.")
    back = redirect("deciding:merging", merging.pk)["Location"]
    return acting(request, shown, act, back=back, done=done)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0

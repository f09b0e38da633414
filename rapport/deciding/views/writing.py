"""Writing a proposal: one thing at a time, kept from the first sentence on, sent when it was read again."""

from typing import Any

from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.deciding.forms.proposals import MoreForm, NameForm, TitleForm, WholeForm, WordsForm
from rapport.deciding.models import Authorship, Collection, Moderation, Participant, Proposal
from rapport.deciding.similar import similar_to
from rapport.deciding.ways_in import joining, participant_of, remember
from rapport.lib.later import later
from rapport.lib.limits import at_most
from rapport.people.guards import anyone
from rapport.ui.parts import Step

from .proposal_acts import acting, channel_of, found_collection, found_proposal
from .proposals import around

STEPS = {
    "title": gettext_lazy("Your idea"),
    "words": gettext_lazy("Say more"),
    "similar": gettext_lazy("Is it there already?"),
    "more": gettext_lazy("Where it belongs"),
    "publishing": gettext_lazy("Read it again"),
}


def _steps(here: str) -> list[Step]:
    names = list(STEPS)
    at = names.index(here)
    return [
        Step(label, "done" if place < at else "present" if place == at else "owed")
        for place, label in enumerate(STEPS.values())
    ]


@anyone
@at_most("20/10m")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """The first sentence. From here on there is a draft."""
    collection = found_collection(pk)
    if not collection.is_open:
        return redirect(collection)
    known = participant_of(request, collection.process)
    initial = {"name": known.name.split(" ")[0] if known else "", "title": request.GET.get("title", "")}
    form = TitleForm(request.POST or None, collection=collection, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _begun(request, collection, form.cleaned_data)
    page = {"form": form, "steps": _steps("title"), "step": "title", **around(collection)}
    return render(request, "deciding/proposals/writing.html", page, status=422 if form.errors else 200)


def _begun(request: HttpRequest, collection: Collection, said: dict[str, Any]) -> HttpResponse:
    with transaction.atomic():
        participant = joining(request, collection.process, channel=channel_of(request))
        draft = Proposal.objects.begin(collection, participant=participant, **said)
    answer = redirect("deciding:writing", draft.pk, "words")
    remember(answer, participant)
    return answer


@anyone
@at_most("60/10m")
def writing(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    draft, participant = found_proposal(request, pk)
    if not (participant and draft.is_by(participant) and draft.is_draft) or step not in STEPS:
        return redirect(draft if draft.is_readable else draft.collection)
    return _WRITE[step](request, draft, participant)


def _title(request: HttpRequest, draft: Proposal, participant: Participant) -> HttpResponse:
    mine = draft.authorships.get(participant=participant)
    initial = {"title": draft.own_title, "language": draft.language, "name": mine.name}
    form = TitleForm(request.POST or None, collection=draft.collection, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        Authorship.objects.filter(pk=mine.pk).update(name=said["name"])
        draft.speak(said["language"], by=participant)
        draft.write(by=participant, title=said["title"], words=draft.own_words)
        return redirect("deciding:writing", draft.pk, "words")
    return _page(request, draft, "title", form)


def _words(request: HttpRequest, draft: Proposal, participant: Participant) -> HttpResponse:
    form = WordsForm(request.POST or None, collection=draft.collection, initial={"words": draft.own_words})
    if request.method == "POST" and form.is_valid():
        draft.write(by=participant, title=draft.own_title, words=form.cleaned_data["words"])
        later(draft.read_meaning)
        return redirect("deciding:writing", draft.pk, "similar")
    return _page(request, draft, "words", form)


def _similar(request: HttpRequest, draft: Proposal, participant: Participant) -> HttpResponse:
    """What says nearly the same; where nothing does, straight on."""
    found = _alike(draft)
    if not found:
        return redirect("deciding:writing", draft.pk, "more")
    return _page(request, draft, "similar", similar=found)


def _alike(draft: Proposal) -> list[Proposal]:
    return similar_to(draft.collection, f"{draft.own_title} {draft.own_words}", but=draft)


def _more(request: HttpRequest, draft: Proposal, participant: Participant) -> HttpResponse:
    initial = {
        "category": draft.category_id,
        "branch": draft.branch_id,
        "place": draft.place,
        "picture_words": draft.picture_words,
    }
    form = MoreForm(request.POST or None, request.FILES or None, collection=draft.collection, initial=initial)
    if not form.fields:
        return redirect("deciding:writing", draft.pk, "publishing")
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "picture" or value}
        if said.get("picture"):
            said["picture"].name = "picture.webp"
        draft.write(by=participant, title=draft.own_title, words=draft.own_words, **said)
        return redirect("deciding:writing", draft.pk, "publishing")
    return _page(request, draft, "more", form)


def _publishing(request: HttpRequest, draft: Proposal, participant: Participant) -> HttpResponse:
    if request.method == "POST" and draft.own_words:
        done = (
            _("Thank you. Somebody of the library reads it first; then everybody can.")
            if draft.collection.reads_first
            else _("Thank you. Everybody can read it now.")
        )
        return acting(
            request, draft.collection, lambda one: draft.publish(by=one), back=draft.get_absolute_url(), done=done
        )
    return _page(request, draft, "publishing")


_WRITE = {"title": _title, "words": _words, "similar": _similar, "more": _more, "publishing": _publishing}


def _page(request: HttpRequest, draft: Proposal, step: str, form: Form | None = None, **more: Any) -> HttpResponse:
    page = {
        "proposal": draft,
        "form": form,
        "step": step,
        "steps": _steps(step),
        "invitation": _invitation(request, draft),
        **around(draft.collection),
        **more,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "deciding/proposals/writing.html", page, status=status)


def _invitation(request: HttpRequest, draft: Proposal) -> str:
    return request.build_absolute_uri(reverse("deciding:authors", args=[draft.pk, draft.code]))


@anyone
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody wrote here, with drafts and what was sent back and why; and what they support."""
    collection = found_collection(pk)
    participant = participant_of(request, collection.process)
    rows: list[Proposal] = []
    if participant is not None:
        found = Proposal.objects.filter(collection=collection).of([participant])
        rows = list(found.prefetch_related("authorships").order_by("-at", "-pk"))
    reasons: dict[int, Moderation] = {}
    for one in Moderation.objects.filter(proposal__in=rows, doing__in=["sent_back", "hidden"]).select_related("rule"):
        reasons.setdefault(one.proposal_id or 0, one)
    supported = collection.shown().filter(supports__participant=participant) if participant else []
    page = {
        "participant": participant,
        "mine": [(one, reasons.get(one.pk) if not one.is_readable else None) for one in rows],
        "supported": supported,
        **around(collection),
    }
    return render(request, "deciding/proposals/mine.html", page)


@anyone
@at_most("30/10m")
def editing(request: HttpRequest, pk: int) -> HttpResponse:
    """Authors change what is published, for as long as the collection says."""
    proposal, participant = found_proposal(request, pk)
    if participant is None or not proposal.may_be_edited_by(participant):
        return redirect(proposal)
    if proposal.is_draft:
        return redirect("deciding:writing", proposal.pk, "title")
    initial = {"title": proposal.own_title, "words": proposal.own_words}
    form = WholeForm(request.POST or None, collection=proposal.collection, initial=initial)
    for name in ("language", "name"):
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return acting(
            request,
            proposal.collection,
            lambda one: proposal.write(by=one, title=said["title"], words=said["words"]),
            back=proposal.get_absolute_url(),
            done=_("Changed. What it said before stays in its history."),
        )
    page = {"proposal": proposal, "form": form, **around(proposal.collection)}
    return render(request, "deciding/proposals/editing.html", page, status=422 if form.errors else 200)


@anyone
@at_most("30/10m")
def authors(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Who was shown the code may write with the authors. The code opens the draft for reading, too."""
    rows = Proposal.objects.select_related("collection").prefetch_related("authorships")
    proposal = rows.filter(pk=pk, code=code.replace("-", "").upper()).first()
    if proposal is None:
        return redirect("deciding:decisions")
    collection = found_collection(proposal.collection_id)
    participant = participant_of(request, collection.process)
    form = NameForm(request.POST or None, initial={"name": participant.name.split(" ")[0] if participant else ""})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        return acting(
            request,
            collection,
            lambda one: Authorship.accept(proposal, code, one, name=name) and None,
            back=proposal.get_absolute_url(),
            done=_("You write it together now."),
        )
    page = {"proposal": proposal, "form": form, "is_author": proposal.is_by(participant), **around(collection)}
    return render(request, "deciding/proposals/authors.html", page, status=422 if form.errors else 200)


@anyone
@require_POST
@at_most("30/10m")
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """An author leaves, or (with `withdraw`) the proposal is taken back."""
    proposal, _known = found_proposal(request, pk)
    is_all = bool(request.POST.get("withdraw"))

    def leave(one: Participant) -> None:
        if is_all:
            proposal.withdraw(by=one)
            return
        mine = proposal.authorships.filter(participant=one).first()
        if mine is not None:
            mine.leave()

    done = _("It is withdrawn.") if is_all else _("You are not among its authors any more.")
    return acting(request, proposal.collection, leave, back=proposal.collection.get_absolute_url(), done=done)

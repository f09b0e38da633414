"""The workbench: what the house proposes, and what a person makes of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rapport.insight.desk.forms import LabelForm, ProposalForm
from rapport.insight.models import ProposedTheme, Theme, ThemeProposal
from rapport.insight.models.proposal import MOST_VOICES
from rapport.insight.selection import selected, selection_in_words, selection_of
from rapport.listening.models import Voice
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person

PER_PAGE = 50


@staff_may("insight.change")
def proposals(request: PersonRequest) -> HttpResponse:
    """GET shows which voices are meant; POST lets the house look at them."""
    sent = request.POST if request.method == "POST" else request.GET
    selection = selection_of(sent.dict())
    form = ProposalForm(sent if request.method == "POST" else None, initial={"since": sent.get("since")})
    if request.method == "POST" and form.is_valid():
        said = selection_in_words(selection)
        wanted = form.cleaned_data["wanted"]
        return redirect(ThemeProposal.objects.propose(selection, by=request.user, wanted=wanted, said=said))
    page = {
        "form": form,
        "selection": selection,
        "said": selection_in_words(selection),
        "count": selected(selection, by=request.user).order_by()[: MOST_VOICES + 1].count(),
        "most": MOST_VOICES,
    }
    return render(request, "insight/desk/proposal_new.html", page, status=422 if form.errors else 200)


@staff_may("insight.see")
def proposal(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, _found(request, pk))


def _found(request: PersonRequest, pk: int) -> ThemeProposal:
    return get_object_or_404(ThemeProposal.objects.seen_by(request.user).select_related("by"), pk=pk)


def _shown(request: PersonRequest, proposal: ThemeProposal, forms: dict[int, LabelForm] | None = None) -> HttpResponse:
    rows = list(proposal.proposed.light().filter(merged_into=None).select_related("theme", "decided_by"))
    may_change = request.user.has_perm("insight.change")
    page: dict[str, Any] = {
        "proposal": proposal,
        "open": [_card(group, forms or {}) for group in rows if group.is_undecided],
        "confirmed": [group for group in rows if group.theme_id],
        "discarded": [group for group in rows if group.discarded_at],
        "is_busy": proposal.is_being_worked_out or any(group.halving_since for group in rows),
        "themes": Theme.objects.current().only("label")[:500] if may_change else [],
        "may_change": may_change,
    }
    _quote(page["open"], request.user)
    return render(request, "insight/desk/proposal.html", page, status=422 if forms else 200)


def _card(group: ProposedTheme, forms: dict[int, LabelForm]) -> dict[str, Any]:
    form = forms.get(group.pk) or LabelForm(prefix=f"g{group.pk}", initial={"label": group.label})
    return {"group": group, "form": form, "phrases": group.phrases[:10], "quotes": [], "unlike": []}


def _quote(cards: Iterable[dict[str, Any]], person: Person) -> None:
    """Give each card its typical voices, all in one query."""
    cards = list(cards)
    keys = {key for card in cards for key in [*card["group"].typical, *card["group"].dissenting[:2]]}
    voices = Voice.objects.of_branches(person.branches_where("insight.see")).select_related("branch").in_bulk(keys)
    for card in cards:
        card["quotes"] = [voices[key] for key in card["group"].typical if key in voices][:4]
        card["unlike"] = [voices[key] for key in card["group"].dissenting[:2] if key in voices]


@require_POST
@staff_may("insight.change")
def again(request: PersonRequest, pk: int) -> HttpResponse:
    proposal = _found(request, pk)
    proposal.try_again()
    return redirect(proposal)


# ── acts: one form holds all names, so whatever is pressed, no name that was typed is lost ──


@require_POST
@staff_may("insight.change")
def names(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda groups: _("The names are saved."), needs_a_choice=False)


@require_POST
@staff_may("insight.change")
def confirmation(request: PersonRequest, pk: int) -> HttpResponse:
    def confirm(groups: list[ProposedTheme]) -> str:
        if any(not group.label for group in groups):
            return _("Give each group a name first.")
        for group in groups:
            group.confirm(by=request.user)
        n = len(groups)
        return ngettext("%(n)s theme is confirmed.", "%(n)s themes are confirmed.", n) % {"n": n}

    return _act(request, pk, confirm)


@require_POST
@staff_may("insight.change")
def merging(request: PersonRequest, pk: int) -> HttpResponse:
    def merge(groups: list[ProposedTheme]) -> str:
        if len(groups) < 2:
            return _("Choose at least two groups to merge.")
        merged = ProposedTheme.objects.merge(groups, by=request.user)
        return _("They are one group now: %(name)s.") % {"name": merged}

    return _act(request, pk, merge)


@require_POST
@staff_may("insight.change")
def joining(request: PersonRequest, pk: int) -> HttpResponse:
    def join(groups: list[ProposedTheme]) -> str:
        key = request.POST.get("theme", "")
        theme = Theme.objects.current().filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
        if theme is None:
            return _("Choose the theme that they belong to.")
        for group in groups:
            group.join(theme, by=request.user)
        return _("Their voices belong to “%(theme)s” now.") % {"theme": theme}

    return _act(request, pk, join)


@require_POST
@staff_may("insight.change")
def discarding(request: PersonRequest, pk: int) -> HttpResponse:
    def discard(groups: list[ProposedTheme]) -> str:
        for group in groups:
            group.discard(by=request.user)
        return _("Put aside. You can take them back below.")

    return _act(request, pk, discard)


@require_POST
@staff_may("insight.change")
def halving(request: PersonRequest, pk: int) -> HttpResponse:
    def halve(groups: list[ProposedTheme]) -> str:
        for group in groups:
            group.halve(by=request.user)
        return _("The house looks at it again and proposes two groups.")

    return _act(request, pk, halve)


def _act(request: PersonRequest, pk: int, act: Any, *, needs_a_choice: bool = True) -> HttpResponse:
    proposal = _found(request, pk)
    open_groups = list(proposal.proposed.undecided())
    if wrong := _save_names(request, open_groups):
        return _shown(request, proposal, wrong)
    chosen = {*request.POST.getlist("pick"), request.POST.get("only", "")}
    only = request.POST.get("only")
    groups = [group for group in open_groups if str(group.pk) in ({only} if only else chosen)]
    if needs_a_choice and not groups:
        messages.warning(request, _("Choose one or more groups first."))
    else:
        messages.success(request, act(groups))
    return redirect(proposal)


def _save_names(request: PersonRequest, groups: list[ProposedTheme]) -> dict[int, LabelForm]:
    """Keep every name that was typed; answers with the forms that need another look."""
    wrong: dict[int, LabelForm] = {}
    for group in groups:
        form = LabelForm(request.POST, prefix=f"g{group.pk}")
        if not form.is_sent:
            continue
        if not form.is_valid():
            wrong[group.pk] = form
        elif form.cleaned_data["label"] != group.label:
            group.rename(form.cleaned_data["label"])
    return wrong


@require_POST
@staff_may("insight.change")
def taking_back(request: PersonRequest, pk: int) -> HttpResponse:
    proposal = _found(request, pk)
    group = get_object_or_404(proposal.proposed.exclude(discarded_at=None), pk=_number(request.POST.get("only")))
    group.take_back(by=request.user)
    messages.success(request, _("“%(name)s” is back.") % {"name": group})
    return redirect(proposal)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


# ── one group, with all its voices ──


@staff_may("insight.see")
def group(request: PersonRequest, pk: int, group: int) -> HttpResponse:
    proposal = _found(request, pk)
    found = get_object_or_404(proposal.proposed.select_related("theme"), pk=group)
    folded = found.folded()
    pages = max(1, -(-len(folded) // PER_PAGE))
    number = min(max(1, _number(request.GET.get("page"))), pages)
    keys = list(folded)[(number - 1) * PER_PAGE : number * PER_PAGE]
    seen = Voice.objects.of_branches(request.user.branches_where("insight.see")).select_related("branch").in_bulk(keys)
    page = {
        "proposal": proposal,
        "group": found,
        "voices": [(seen[key], len(folded[key])) for key in keys if key in seen],
        "unlike": set(found.dissenting),
        "number": number,
        "pages": pages,
        "others": proposal.proposed.undecided().light().exclude(pk=found.pk),
        "may_change": found.is_undecided and request.user.has_perm("insight.change"),
    }
    return render(request, "insight/desk/group.html", page)


@require_POST
@staff_may("insight.change")
def moving(request: PersonRequest, pk: int, group: int) -> HttpResponse:
    proposal = _found(request, pk)
    found = get_object_or_404(proposal.proposed.undecided(), pk=group)
    picked = [int(key) for key in request.POST.getlist("pick") if key.isdecimal()]
    folded = found.folded()
    voices = [each for key in picked for each in (key, *folded.get(key, []))]  # near-copies go along
    other = proposal.proposed.undecided().filter(pk=_number(request.POST.get("to"))).first()
    if not voices:
        messages.warning(request, _("Choose one or more voices first."))
    elif other:
        found.hand_over(voices, other)
        messages.success(request, _("They are part of “%(name)s” now.") % {"name": other})
    else:
        _part(request, found, voices)
    return redirect("insight:group", proposal.pk, found.pk)


def _part(request: PersonRequest, group: ProposedTheme, voices: list[int]) -> None:
    try:
        group.part(voices, by=request.user)
    except ValueError:
        messages.warning(request, _("Leave some of the voices in this group, or give the group another name."))
    else:
        messages.success(request, _("They are a group of their own now. Give it a name."))

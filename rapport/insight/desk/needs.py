from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.insight.board import BoardRow, rows_of
from rapport.insight.desk.board_forms import DissentForm, ServiceForm, SpaceForm, TouchesForm
from rapport.insight.desk.forms import AttachForm, EvidenceForm, NeedForm, OwnerForm, PriorityForm, SentenceForm
from rapport.insight.models import Need, NeedKind, Priority, Theme, Weights
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


def _page(need: Need) -> str:
    return reverse("insight:desk-need", args=[need.pk])


class NeedFilters(Sentence):
    kind = forms.ChoiceField(label=gettext_lazy("show"), choices=[("", gettext_lazy("every kind")), *NeedKind.choices])
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any branch")
    )
    state = forms.ChoiceField(
        label=gettext_lazy("that"),
        choices=[
            ("", gettext_lazy("are open or closed")),
            ("open", gettext_lazy("are open")),
            ("closed", gettext_lazy("are closed")),
            ("unowned", gettext_lazy("have no owner")),
            ("unweighed", gettext_lazy("nobody has weighed")),
        ],
    )

    def narrow_state(self, rows: QuerySet[Need], value: str) -> QuerySet[Need]:
        match value:
            case "unowned":
                return rows.filter(owner=None)
            case "unweighed":
                return rows.filter(priorities=None)
        return rows.filter(loop__closing__isnull=value == "open")


def _newest(need: Need) -> Priority | None:
    return next(iter(need.priorities.all()), None)


def _how_far(need: Need) -> str:
    steps = list(need.loop.steps.all())
    return str(steps[-1].get_turn_display()) if steps else ""


COLUMNS = [
    Column("sentence", gettext_lazy("In one sentence"), link=_page),
    Column("kind", gettext_lazy("Kind"), "get_kind_display", sort="kind"),
    Column("owner", gettext_lazy("Owner"), sort="owner__name"),
    Column(
        "level",
        gettext_lazy("Priority"),
        "level",
        sort="level",
        template="insight/desk/level_cell.html",
        number=True,
    ),
    Column(
        "reasons",
        gettext_lazy("Why"),
        lambda need: _newest(need).reasons if _newest(need) else "",  # type: ignore[union-attr]
        only_in_files=True,
    ),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("thread", gettext_lazy("How far"), _how_far, template="insight/desk/thread_cell.html"),
    Column("at", gettext_lazy("Since"), lambda need: timezone.localdate(need.at), sort="at"),
]


@staff_may("insight.see")
def needs(request: PersonRequest) -> HttpResponseBase:
    rows = Need.objects.with_level().select_related("owner", "branch", "loop__closing")
    rows = rows.prefetch_related("priorities", "loop__steps")
    listing = Listing(
        request, rows, columns=COLUMNS, filters=NeedFilters, search=["sentence"], order="-at", name="needs"
    )
    if listing.wants_file:
        return listing.file()
    page = {"listing": listing, "may_change": request.user.has_perm("insight.change")}
    return render(request, "insight/desk/needs.html", page)


@staff_may("insight.change")
def new(request: PersonRequest) -> HttpResponse:
    chosen = [key for key in request.GET.getlist("theme") if key.isdecimal() and len(key) < 19]
    first = Theme.objects.current().filter(pk__in=chosen).first()
    initial = {"themes": chosen, "sentence": first.label if first else None}
    form = NeedForm(request.POST or None, initial=initial, branches=request.user.branches_where("insight.change"))
    if request.method == "POST" and form.is_valid():
        need = Need.objects.take_up(by=request.user, **form.cleaned_data)
        messages.success(request, _("It is taken up, and everyone who spoke of it is being told."))
        return redirect(_page(need))
    return render(request, "insight/desk/need_new.html", {"form": form}, status=422 if form.errors else 200)


@staff_may("insight.see")
def need(request: PersonRequest, pk: int) -> HttpResponse:
    return shown(request, get_object_or_404(_rows(), pk=pk))


def _rows() -> QuerySet[Need]:
    return Need.objects.select_related("owner", "branch", "loop__closing")


def shown(request: PersonRequest, need: Need, **forms: Any) -> HttpResponse:
    themes, row, weights = list(need.themes.all()), rows_of([need])[0], Weights.objects.at()
    may_change = request.user.has_perm("insight.change", need)
    page = {
        "need": need,
        "themes": themes,
        "voice_count": row.known.voices,
        "evidence": row.known.evidence,
        "earlier": row.scored.earlier,
        "ownerships": need.ownerships.select_related("owner", "by"),
        "heard": need.loop.heard.to_be_told().count(),
        "may_change": may_change,
        "row": row,
        "weights": weights,
        **(_forms(row, themes, weights, request.user) if may_change else {}),
        **forms,
    }
    return render(request, "insight/desk/need.html", page, status=422 if forms else 200)


def _forms(row: BoardRow, themes: list[Theme], weights: Weights, person: Person) -> dict[str, Any]:
    need = row.need
    own = next((one for one in row.scored.rows if one.by_id == person.pk), None)
    scored = {name: getattr(own, name) for name in Priority.WEIGHTS} if own else {}
    return {
        "sentence_form": SentenceForm(initial={"sentence": need.sentence, "kind": need.kind}),
        "owner_form": OwnerForm(initial={"owner": need.owner_id}),
        "priority_form": PriorityForm(initial=scored, weights=weights),
        "evidence_form": EvidenceForm(),
        "dissent_form": DissentForm(),
        "touches_form": TouchesForm(initial={"segments": [segment.pk for segment in row.segments]}),
        "space_form": SpaceForm(need=need),
        "service_form": ServiceForm(need=need),
        "attach_form": AttachForm(without=[theme.pk for theme in themes]),
    }


def mine(request: PersonRequest, pk: int) -> Need:
    """The need, if this person may change it; somebody of another branch finds nothing here."""
    found = get_object_or_404(_rows(), pk=pk)
    if not request.user.has_perm("insight.change", found):
        raise Http404
    return found


@require_POST
@staff_may("insight.change")
def sentence(request: PersonRequest, pk: int) -> HttpResponse:
    need = mine(request, pk)
    form = SentenceForm(request.POST)
    if not form.is_valid():
        return shown(request, need, sentence_form=form)
    need.reword(form.cleaned_data["sentence"], kind=form.cleaned_data["kind"])
    return _done(request, need, _("The sentence is saved."))


@require_POST
@staff_may("insight.change")
def owner(request: PersonRequest, pk: int) -> HttpResponse:
    need = mine(request, pk)
    form = OwnerForm(request.POST)
    if not form.is_valid():
        return shown(request, need, owner_form=form)
    need.give_to(form.cleaned_data["owner"], by=request.user)
    return _done(request, need, _("The owner is saved."))


@require_POST
@staff_may("insight.change")
def priorities(request: PersonRequest, pk: int) -> HttpResponse:
    need = mine(request, pk)
    form = PriorityForm(request.POST)
    if not form.is_valid():
        return shown(request, need, priority_form=form)
    scored = need.prioritise(by=request.user, **form.cleaned_data)
    return _done(request, need, _("It weighs %(level)s of 5 now.") % {"level": localize(scored.level)})


@require_POST
@staff_may("insight.change")
def evidence(request: PersonRequest, pk: int) -> HttpResponse:
    need = mine(request, pk)
    form = EvidenceForm(request.POST)
    if not form.is_valid():
        return shown(request, need, evidence_form=form)
    need.evidence.create(by=request.user, **form.cleaned_data)
    return _done(request, need, _("The evidence is noted."))


@require_POST
@staff_may("insight.change")
def evidence_removal(request: PersonRequest, pk: int, evidence: int) -> HttpResponse:
    need = mine(request, pk)
    get_object_or_404(need.evidence, pk=evidence).delete()
    return _done(request, need, _("Taken out."))


@require_POST
@staff_may("insight.change")
def themes(request: PersonRequest, pk: int) -> HttpResponse:
    need = mine(request, pk)
    form = AttachForm(request.POST, without=need.themes.values("pk"))
    if not form.is_valid():
        return shown(request, need, attach_form=form)
    for theme in form.cleaned_data["themes"]:
        need.add_theme(theme, by=request.user)
    return _done(request, need, _("Their voices are evidence now, and who spoke in them will hear what comes of it."))


@require_POST
@staff_may("insight.change")
def theme_removal(request: PersonRequest, pk: int, theme: int) -> HttpResponse:
    need = mine(request, pk)
    need.leave_out(get_object_or_404(need.themes, pk=theme))
    return _done(request, need, _("Its voices are no evidence for this any more. Who spoke still hears the end."))


def _done(request: PersonRequest, need: Need, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(_page(need))

"""People who are asked by name: who is on the list, what came of it, and taking somebody off."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from rapport.lib.tables import UnreadableTable
from rapport.messaging.models import LetterState
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.desk.inviting_forms import DrawForm, PeopleForm, RemindersForm, SendingForm
from rapport.surveys.desk.reach import mine
from rapport.surveys.drawing import DrawnBefore, NoSuchColumn, Plan, new_seed, plan_draw, take_draw
from rapport.surveys.inviting import Report, as_text, count_by, read_people, table_of, take_people
from rapport.surveys.letters import let_letters_go, to_remind
from rapport.surveys.models import Invitation, Survey
from rapport.surveys.views.frame import name_of
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


def _state(invitation: Invitation) -> str:
    if invitation.answered_month:
        return _("answered")
    if invitation.declined_on:
        return _("would rather not")
    if invitation.letter and invitation.letter.state == LetterState.REFUSED:
        return _("could not be delivered")
    if invitation.invited_on is None:
        return _("not asked yet")
    words = ngettext("asked, one reminder", "asked, %(n)s reminders", invitation.reminders_sent)
    return words % {"n": invitation.reminders_sent} if invitation.reminders_sent else _("asked")


class InvitationFilters(Sentence):
    state = forms.ChoiceField(
        label=gettext_lazy("show people who"),
        choices=[
            ("", gettext_lazy("are on the list")),
            ("waiting", gettext_lazy("have not answered")),
            ("answered", gettext_lazy("answered")),
            ("declined", gettext_lazy("would rather not")),
            ("lost", gettext_lazy("got no letter: it came back")),
            ("paper", gettext_lazy("have no e-mail address")),
        ],
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any library")
    )

    def narrow_state(self, rows: QuerySet[Invitation], value: str) -> QuerySet[Invitation]:
        keys = Invitation.objects.all()
        narrowed = {
            "waiting": keys.waiting(),
            "answered": keys.exclude(answered_month=None),
            "declined": keys.filter(answered_month=None).exclude(declined_on=None),
            "lost": keys.waiting().lost(),
            "paper": keys.on_paper(),
        }
        return rows.filter(pk__in=narrowed[value].values("pk"))


COLUMNS = [
    Column("name", gettext_lazy("Name"), str, sort="name"),
    Column("email", gettext_lazy("E-mail"), sort="email"),
    Column("reference", gettext_lazy("Number"), only_in_files=True),
    Column("language", gettext_lazy("Language"), lambda one: name_of(one.language) if one.language else ""),
    Column("branch", gettext_lazy("Library"), "branch.name"),
    Column("stratum", gettext_lazy("Part of the sample"), sort="stratum"),
    Column("state", gettext_lazy("How far"), _state),
    Column("off", gettext_lazy("Off the list"), lambda one: "", template="surveys/desk/invitation_off.html"),
]


@staff_may("surveys.change")
def invitations(request: PersonRequest, pk: int) -> HttpResponseBase:
    survey = mine(request, pk)
    listing = _listing(request, survey)
    if listing.wants_file:
        return listing.file()
    return _shown(request, survey, listing=listing)


def _listing(request: PersonRequest, survey: Survey) -> "Listing[Invitation]":
    rows = survey.invitations.select_related("branch", "letter")
    search = ["name", "email", "reference"]
    return Listing(
        request, rows, columns=COLUMNS, filters=InvitationFilters, search=search, order="pk", name="invitations"
    )


def _shown(request: PersonRequest, survey: Survey, status: int = 200, **more: Any) -> HttpResponse:
    page = {
        "survey": survey,
        "listing": more.pop("listing", None) or _listing(request, survey),
        "asked": survey.invitations.exclude(invited_on=None).count(),
        "to_ask": survey.invitations.to_invite().count(),
        "to_remind": to_remind(survey, timezone.localdate()).count() if hasattr(survey, "sending") else 0,
        "on_paper": survey.invitations.waiting().on_paper().count(),
        "sending": getattr(survey, "sending", None),
        "draw": survey.draws.first(),
        "strata": list(survey.strata.all()),
        "rates": _rates(survey),
        "people_form": PeopleForm(),
        "draw_form": DrawForm(initial={"seed": new_seed()}),
        "sending_form": SendingForm(initial={"from_on": timezone.localdate()}),
        "reminders_form": RemindersForm(
            initial={"reminders": survey.reminders, "days_between_reminders": survey.days_between_reminders}
        ),
        **more,
    }
    return render(request, "surveys/desk/invitations.html", page, status=status)


def _rates(survey: Survey) -> list[tuple[str, list[dict[str, Any]]]]:
    branches = {branch.pk: str(branch) for branch in Branch.objects.all()}
    by_branch, by_language = count_by(survey, "branch"), count_by(survey, "language")
    for row in by_branch:
        row["label"] = branches.get(row["key"], _("no library named"))
    for row in by_language:
        row["label"] = name_of(row["key"]) if row["key"] else _("no language named")
    return [(_("Library"), by_branch), (_("Language"), by_language)] if by_branch else []


@require_POST
@staff_may("surveys.change")
def people(request: PersonRequest, pk: int) -> HttpResponse:
    """Look at a list first; then take it in."""
    survey = mine(request, pk)
    form = PeopleForm(request.POST, request.FILES)
    report = _read(survey, form, request.user) if form.is_valid() else None
    if report is None:
        return _shown(request, survey, 422, people_form=form)
    if "take" in request.POST:
        take_people(report)
        text = ""
    else:
        text = form.cleaned_data["text"]
    again = PeopleForm(initial={"text": text})
    return _shown(request, survey, report=report, people_form=again)


def _read(survey: Survey, form: PeopleForm, by: Person) -> Report | None:
    """The list of the form; a file becomes text, so that it can be taken in by a second press."""
    try:
        with table_of(form.cleaned_data["text"], form.cleaned_data["file"]) as table:
            if form.cleaned_data["file"]:
                form.cleaned_data["text"] = as_text(table)
            return read_people(survey, table.rows(), by=by)
    except UnreadableTable as why:
        form.add_error(
            "file" if form.cleaned_data["file"] else "text", _("We cannot read this: %(why)s") % {"why": why}
        )
        return None


@require_POST
@staff_may("surveys.change")
def draws(request: PersonRequest, pk: int) -> HttpResponse:
    """Look at what would be drawn; then draw."""
    survey = mine(request, pk)
    form = DrawForm(request.POST, request.FILES)
    plan = _planned(survey, form, request.user) if form.is_valid() else None
    if plan is None:
        return _shown(request, survey, 422, draw_form=form)
    if "take" not in request.POST:
        return _shown(request, survey, plan=plan, draw_form=DrawForm(initial=form.cleaned_data))
    try:
        drawn = take_draw(
            survey, plan, seed=form.cleaned_data["seed"], column=form.cleaned_data["column"], by=request.user
        )
    except DrawnBefore:
        messages.error(request, _("People were drawn for this survey already. A second draw would spoil the first."))
    else:
        messages.success(request, _("%(n)s people are drawn, and on the list.") % {"n": drawn.drawn})
    return redirect("surveys:desk-invitations", survey.pk)


def _planned(survey: Survey, form: DrawForm, by: Person) -> Plan | None:
    given = form.cleaned_data
    file: UploadedFile[Any] = given["file"]
    try:
        with table_of(file=file) as table:
            report = read_people(survey, table.rows(), by=by)
        return plan_draw(
            report, n=given["n"], seed=given["seed"], column=given["column"], is_equal=bool(given["is_equal"])
        )
    except UnreadableTable as why:
        form.add_error("file", _("We cannot read this: %(why)s") % {"why": why})
    except NoSuchColumn:
        form.add_error("column", _("The list has no column of this name."))
    return None


@require_POST
@staff_may("surveys.change")
def sendings(request: PersonRequest, pk: int) -> HttpResponse:
    """Let the letters go, from a day on."""
    survey = mine(request, pk)
    form = SendingForm(request.POST)
    if form.is_valid() and form.cleaned_data["from_on"] < timezone.localdate():
        form.add_error("from_on", _("This day is over. Choose today or a later day."))
    if form.is_valid() and not hasattr(survey, "opening"):
        form.add_error(None, _("Open the survey first: a letter that leads nowhere is a broken promise."))
    if not form.is_valid():
        return _shown(request, survey, 422, sending_form=form)
    let_letters_go(survey, by=request.user, from_on=form.cleaned_data["from_on"])
    messages.success(request, _("The letters go out from that day on, and reminders after them, by themselves."))
    return redirect("surveys:desk-invitations", survey.pk)


@require_POST
@staff_may("surveys.change")
def reminders(request: PersonRequest, pk: int) -> HttpResponse:
    survey = mine(request, pk)
    form = RemindersForm(request.POST)
    if not form.is_valid():
        return _shown(request, survey, 422, reminders_form=form)
    Survey.objects.filter(pk=survey.pk).update(**form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("surveys:desk-invitations", survey.pk)


@require_POST
@staff_may("surveys.change")
def invitation_removal(request: PersonRequest, pk: int, invitation: int) -> HttpResponse:
    """Off the list, while nothing was sent."""
    survey = mine(request, pk)
    found = get_object_or_404(survey.invitations, Q(invited_on=None), pk=invitation)
    found.delete()
    messages.success(request, _("%(who)s is off the list.") % {"who": found})
    return redirect("surveys:desk-invitations", survey.pk)

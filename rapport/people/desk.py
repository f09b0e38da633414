from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.people.data import period
from rapport.people.forms import AppointmentForm, InvitationForm, PeopleFilters
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Appointment, CleanUp, Invitation, LastAdministrator, Person, Role
from rapport.people.privacy import kept
from rapport.ui.listing import Column, Listing


def _page(person: Person) -> str:
    return reverse("people:person", args=[person.pk])


def _roles(person: Any) -> str:
    return ", ".join(
        _("%(role)s at %(branch)s") % {"role": held, "branch": held.branch} if held.branch else str(held)
        for held in person.held_now
    )


COLUMNS = [
    Column("name", gettext_lazy("Name"), str, sort=("name", "email"), link=_page),
    Column("email", gettext_lazy("E-mail"), sort="email"),
    Column("roles", gettext_lazy("Roles"), _roles),
    Column("joined_on", gettext_lazy("Here since"), sort="joined_on"),
    Column("seen_on", gettext_lazy("Last signed in"), sort="seen_on"),
]


def _seen_by(viewer: Person) -> QuerySet[Person]:
    """Administrators see everyone. Managers see who holds a role, in their own branches where they have some."""
    held = Appointment.objects.current()
    people = Person.objects.prefetch_related(
        Prefetch("appointments", held.select_related("branch"), to_attr="held_now")
    )
    if viewer.has_perm("people.appoint"):
        return people
    mine = viewer.branches_where("people.see_people")
    beside = held if mine is None else held.filter(Q(branch=None) | Q(branch__in=mine))
    return people.filter(pk__in=beside.values("person"))


@staff_may("people.see_people")
def people(request: PersonRequest) -> HttpResponseBase:
    listing = Listing(
        request,
        _seen_by(request.user),
        columns=COLUMNS,
        filters=PeopleFilters,
        search=["name", "email"],
        order="name",
        name="people",
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "people/desk/people.html", {"listing": listing})


@staff_may("people.see_people")
def person(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, get_object_or_404(_seen_by(request.user), pk=pk), AppointmentForm())


def _shown(request: PersonRequest, found: Person, form: AppointmentForm) -> HttpResponse:
    page = {
        "person": found,
        "form": form,
        "record": found.appointments.select_related("branch", "by", "ended_by").order_by("-at"),
        "may_appoint": request.user.has_perm("people.appoint"),
    }
    return render(request, "people/desk/person.html", page, status=422 if form.errors else 200)


@staff_may("people.appoint")
@require_POST
def appointments(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_seen_by(request.user), pk=pk)
    form = AppointmentForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form)
    appointment = found.appoint(form.cleaned_data["role"], by=request.user, branch=form.cleaned_data["branch"])
    messages.success(request, _("%(name)s: %(role)s.") % {"name": found, "role": appointment})
    return redirect(_page(found))


@staff_may("people.appoint")
@require_POST
def appointment_removal(request: PersonRequest, pk: int) -> HttpResponse:
    appointment = get_object_or_404(Appointment.objects.current().select_related("person"), pk=pk)
    try:
        appointment.end(by=request.user)
        messages.success(request, _("The role has ended. The record keeps who held it, and until when."))
    except LastAdministrator:
        messages.error(request, _("This is the last administrator. Appoint somebody else first."))
    return redirect(_page(appointment.person))


@staff_may("people.invite")
def invitations(request: PersonRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        Invitation.objects.invite(by=request.user, **form.cleaned_data)
        messages.success(request, _("The invitation is on its way."))
        return redirect("people:invitations")
    page = {"form": form, "invitations": _invitations_of(request.user)}
    return render(request, "people/desk/invitations.html", page, status=422 if form.errors else 200)


def _invitations_of(viewer: Person) -> QuerySet[Invitation]:
    rows = Invitation.objects.open().select_related("branch", "by")
    mine = viewer.branches_where("people.invite")
    rows = rows if mine is None else rows.filter(branch__in=mine)
    return rows if Role.ADMINISTRATOR in viewer.roles else rows.filter(role__in=viewer.roles_to_invite())


@staff_may("people.invite")
@require_POST
def invitation_removal(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(_invitations_of(request.user), pk=pk).withdraw()
    messages.success(request, _("The invitation no longer works."))
    return redirect("people:invitations")


CLEAN_UP_COLUMNS = [
    Column("at", gettext_lazy("When"), sort="at"),
    Column("name", gettext_lazy("Kind of record"), sort="name"),
    Column("removed", gettext_lazy("Removed"), sort="removed", number=True),
]


@staff_may("people.see_clean_up")
def clean_up(request: PersonRequest) -> HttpResponseBase:
    """The periods, and what the last nights removed."""
    rows = CleanUp.objects.all()
    listing = Listing(request, rows, columns=CLEAN_UP_COLUMNS, search=["name"], order="-at", name="clean-ups")
    if listing.wants_file:
        return listing.file()
    page = {"listing": listing, "records": [(record, period(record)) for record in kept]}
    return render(request, "people/desk/clean_up.html", page)

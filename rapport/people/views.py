from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.people.demo import PARTS
from rapport.people.forms import MyForm
from rapport.people.guards import PersonRequest, anyone, signed_in
from rapport.people.models import Invitation, Person

_BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@signed_in
def arrival(request: PersonRequest) -> HttpResponse:
    """After signing in, everyone lands where their day begins."""
    return redirect("/desk/" if request.user.sees_desk else "/")


@signed_in
def my(request: PersonRequest) -> HttpResponse:
    form = MyForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        answer = redirect("people:my")
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # what one chose for the day gives way to the account
        return answer
    held = request.user.appointments.current().select_related("branch", "by")
    page = {"form": form, "appointments": held, "has_password": request.user.has_usable_password()}
    return render(request, "people/my.html", page, status=422 if form.errors else 200)


@anyone
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One click to be Amina or Ben; the address exists in the demonstration only."""
    if not settings.HOUSE.is_demo:
        raise Http404
    emails = [part.email for part in PARTS]
    person = get_object_or_404(Person, email=request.POST.get("who", "") + "@example.org", email__in=emails)
    login(request, person, backend=_BACKEND)
    return redirect("people:arrival")


@anyone
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.select_related("branch", "by"), secret=secret)
    if not found.is_open:
        return render(request, "people/invitation_over.html", {"invitation": found}, status=410)
    if request.method == "POST":
        return _accept(request, found)
    known = Person.objects.filter(email=found.email.lower()).exists()
    return render(request, "people/invitation.html", {"invitation": found, "known": known})


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The link was mailed to that address, so it proves it; an account that stands already is opened by its own key."""
    if not request.user.is_authenticated and Person.objects.filter(email=invitation.email.lower()).exists():
        return redirect_to_login(request.path)
    with transaction.atomic():
        person = request.user if isinstance(request.user, Person) else _joined(invitation)
        accepted = invitation.accept(by=person)
        transaction.set_rollback(not accepted)
    if not accepted:
        return redirect(request.path)
    if not request.user.is_authenticated:
        login(request, person, backend=_BACKEND)
    messages.success(request, _("Welcome. Your role is yours now."))
    return redirect("people:arrival")


def _joined(invitation: Invitation) -> Person:
    person = Person.objects.create_user(invitation.email, name=invitation.name)
    EmailAddress.objects.filter(user=person).update(verified=True)
    return person

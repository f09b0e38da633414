"""Saying oneself that one is there, by the poster at the door."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.lib.doors import anyone
from rapport.lib.limits import at_most
from rapport.programs.arriving.roster import attendees_at, door_code, is_door_open
from rapport.programs.models import Attendee, Band, Session
from rapport.programs.models.arrival import Arrival, How, WalkIn


class HereForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Your name, as on the registration"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("For several people: one after the other"),
    )
    email = forms.EmailField(
        label=gettext_lazy("The e-mail address that you registered with"),
        required=False,
        help_text=gettext_lazy("Only if two people on the list have the same name"),
    )


class WalkInForm(forms.Form):
    band = forms.ChoiceField(label=gettext_lazy("Age"), choices=Band.choices, initial=Band.GENERAL)
    sent_as = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


@at_most("200/h")
@anyone
def here(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    session = get_object_or_404(Session.objects.public().select_related("program", "branch", "cancellation"), pk=pk)
    if not constant_time_compare(code, door_code(session)):
        raise Http404
    is_open = is_door_open(session) and session.called_off is None
    named, walking = HereForm(), WalkInForm()
    if request.method == "POST" and is_open:
        if "band" in request.POST:
            walking = WalkInForm(request.POST)
            done = _walked_in(session, walking)
        else:
            named = HereForm(request.POST)
            done = _checked_in(session, named)
        if done:
            messages.success(request, done)
            return redirect(request.path)
    page = {"session": session, "is_open": is_open, "named": named, "walking": walking}
    return render(request, "programs/here.html", page, status=422 if named.errors or walking.errors else 200)


def _checked_in(session: Session, form: HereForm) -> str:
    """What to say; empty where the form says what is wrong."""
    if not form.is_valid():
        return ""
    found = _of_that_name(session, form.cleaned_data["name"], form.cleaned_data["email"])
    if not found:
        form.add_error("name", _("Nobody of that name is on the list. Write it as on the registration, or come in."))
        return ""
    if len(found) > 1:
        form.add_error("email", _("Two people have this name. Write the e-mail address of your registration."))
        return ""
    Arrival.objects.check_in(session, found[0], how=How.SELF, by=None)
    return _("Welcome, %(name)s.") % {"name": found[0]}


def _of_that_name(session: Session, name: str, email: str) -> list[Attendee]:
    wanted = " ".join(name.split()).casefold()
    if not wanted:
        return []
    rows = [one for one in attendees_at(session).values() if " ".join(one.name.split()).casefold() == wanted]
    if email and len(rows) > 1:
        rows = [one for one in rows if one.registration.email.casefold() == email.casefold()][:1]
    return rows


def _walked_in(session: Session, form: WalkInForm) -> str:
    if not form.is_valid() or session.ends_at < timezone.now():
        return ""
    WalkIn.objects.get_or_create(
        id=form.cleaned_data["sent_as"], defaults={"session": session, "band": form.cleaned_data["band"]}
    )
    return _("Welcome. You are counted, and nothing else is kept.")

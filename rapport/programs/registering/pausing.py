"""For a household that may not register for some days: until when, why, and a way to say how it came about."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from rapport.lib.doors import secret_page
from rapport.lib.limits import at_most
from rapport.people.guards import anyone
from rapport.programs.models import Pause, Registration


class AppealForm(forms.Form):
    words = forms.CharField(
        label=_("How did it come about?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Something came between, or we were wrong: tell us, and one of us looks at it."),
    )


@secret_page
@at_most("10/h")
@anyone
def pause_page(request: HttpRequest, key: str) -> HttpResponse:
    registration = get_object_or_404(Registration, key=key)
    pause = None if registration.sent_at else Pause.objects.on(registration.contact).first()
    if pause is None:
        return redirect(registration)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not pause.appealed_at:
        pause.say(form.cleaned_data["words"])
        return redirect("programs:registration-pause", key)
    page = {"pause": pause, "form": form}
    return render(request, "programs/registering/paused.html", page, status=422 if form.errors else 200)

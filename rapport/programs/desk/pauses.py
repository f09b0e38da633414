"""Households that may not register for some days: what they say about it, and letting them in again."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.people.guards import PersonRequest, staff_may
from rapport.programs.models import Pause


class LiftForm(forms.Form):
    why = forms.CharField(label=gettext_lazy("Why?"), max_length=300)


@staff_may("programs.register")
def pauses(request: PersonRequest) -> HttpResponse:
    rows = Pause.objects.filter(until__gt=timezone.now()).select_related("registration", "lifted_by")
    form, wrong = LiftForm(auto_id=False), None
    if request.method == "POST":
        key = request.POST.get("pause", "")
        pause = get_object_or_404(rows, pk=int(key) if key.isdecimal() else 0)
        form = LiftForm(request.POST, auto_id=False)
        if form.is_valid():
            pause.lift(by=request.user, why=form.cleaned_data["why"])
            messages.success(request, _("They can register again."))
            return redirect("programs:desk-pauses")
        wrong = pause.pk
    page = {"pauses": rows, "form": form, "wrong": wrong, "plain": LiftForm()}
    return render(request, "programs/desk/registering/pauses.html", page, status=422 if wrong else 200)

"""Somebody wants to know whether their ballot was counted. What is on it nobody learns by this, not even they."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from rapport.deciding.models import Ballot
from rapport.deciding.views.polls import around, found
from rapport.lib.limits import at_most
from rapport.people.guards import anyone


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label=_("Your receipt"),
        max_length=40,
        help_text=_("Twelve letters and figures, with or without the dashes"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )


@sensitive_post_parameters()
@never_cache
@anyone
@at_most("10/10m", name="receipt")
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    poll = found(pk)
    form = ReceiptForm(request.POST or None)
    page = {**around(poll), "form": form, "is_asked": False}
    if form.is_valid():
        page |= {"is_asked": True, "is_there": Ballot.objects.with_receipt(poll, form.cleaned_data["receipt"])}
    return render(request, "deciding/polls/receipt.html", page, status=422 if form.errors else 200)

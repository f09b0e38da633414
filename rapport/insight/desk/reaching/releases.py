"""What goes out as open data: the numbers of a quarter, once, protected or with noise."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.insight.models import AlreadyReleased, OverBudget, PrivacyBudget, Release
from rapport.insight.reaching.releasing import release, tables_of
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person


class ReleaseForm(forms.Form):
    how = forms.ChoiceField(
        label=gettext_lazy("How small numbers are protected"),
        choices=[
            ("hidden", gettext_lazy("Hide small numbers, and others with them, so that none can be worked out")),
            ("noise", gettext_lazy("Add chance to every number (differential privacy), and hide none")),
        ],
        widget=forms.RadioSelect,
        initial="hidden",
    )
    epsilon = forms.DecimalField(
        label=gettext_lazy("Epsilon of each table"),
        min_value=Decimal("0.05"),
        max_value=Decimal(4),
        decimal_places=3,
        initial=Decimal("0.5"),
        required=False,
        help_text=gettext_lazy(
            "Only with chance. The smaller, the safer and the vaguer: at 0.5 a number is off by 2 or so."
        ),
    )


def _may_release(person: Person) -> bool:
    return person.has_perm("insight.change") and person.branches_where("insight.change") is None


@staff_may("insight.see")
def releases(request: PersonRequest) -> HttpResponse:
    form = ReleaseForm(request.POST or None)
    if request.method == "POST":
        if not _may_release(request.user):
            raise PermissionDenied
        if form.is_valid() and _released(request, form):
            return redirect("insight:desk-releases")
    return render(
        request, "insight/desk/reaching/releases.html", _page(request, form), status=422 if form.errors else 200
    )


def _released(request: PersonRequest, form: ReleaseForm) -> bool:
    quarter = Release.objects.due()
    said = form.cleaned_data
    epsilon = said["epsilon"] or Decimal("0.5") if said["how"] == "noise" else None
    if quarter is None:
        messages.info(request, _("The numbers of the last quarter are out already; they never change."))
        return True
    try:
        one = release(quarter, by=request.user, epsilon=epsilon)
        messages.success(request, _("%(quarter)s is out. Anyone can download it.") % {"quarter": one})
    except AlreadyReleased:
        messages.info(request, _("Somebody released it just before you."))
    except OverBudget:
        form.add_error("epsilon", _("The year's privacy budget does not reach for this. Choose less, or hide instead."))
    return form.is_valid()


def _page(request: PersonRequest, form: ReleaseForm) -> dict[str, Any]:
    due = Release.objects.due()
    year = (due or timezone.localdate()).year
    return {
        "form": form,
        "due": Release(quarter=due) if due else None,
        "tables": len(tables_of(due)) if due else 0,
        "budget": PrivacyBudget.objects.filter(year=year).first() or PrivacyBudget(year=year),
        "releases": Release.objects.select_related("by"),
        "may_change": _may_release(request.user),
    }

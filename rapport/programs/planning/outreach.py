"""Outings: a ledger of its own, which enters no count of programs."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet, Sum
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.desk.found import within_reach
from rapport.programs.models import Outreach
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing

_LONG = forms.Textarea({"rows": 3})


class OutreachForm(forms.Form):
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    place = forms.CharField(label=gettext_lazy("Where were you?"), max_length=200)
    host = forms.CharField(label=gettext_lazy("Whose guests were you?"), required=False, max_length=200)
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("From which branch?"), required=False,
        empty_label=gettext_lazy("the whole library"),
    )  # fmt: skip
    audience = forms.CharField(label=gettext_lazy("Whom did you meet?"), required=False, max_length=200)
    languages = forms.CharField(label=gettext_lazy("In which languages?"), required=False, max_length=200)
    staff_hours = forms.DecimalField(
        label=gettext_lazy("Staff hours, of everybody"), required=False, min_value=0, max_digits=6, decimal_places=2
    )
    contacts = forms.IntegerField(
        label=gettext_lazy("With how many people did you speak?"), required=False, min_value=0, max_value=1_000_000
    )
    cards = forms.IntegerField(
        label=gettext_lazy("Library cards issued"), required=False, min_value=0, max_value=1_000_000
    )
    items = forms.IntegerField(
        label=gettext_lazy("Things lent or given away"), required=False, min_value=0, max_value=1_000_000
    )
    ideas = forms.CharField(
        label=gettext_lazy("What ideas did you hear?"), required=False, max_length=8000, widget=_LONG,
        help_text=gettext_lazy("One on each line, in their words. Each becomes a voice in the inbox."),
    )  # fmt: skip
    notes = forms.CharField(label=gettext_lazy("What helps next time?"), required=False, max_length=2000, widget=_LONG)
    follow_up = forms.CharField(label=gettext_lazy("What is to be done?"), required=False, max_length=300)
    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Who does it?"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.staff()  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "ideas"}

    @property
    def heard(self) -> list[str]:
        return list(self.cleaned_data["ideas"].splitlines())


class OutreachFilters(Sentence):
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("from"), empty_label=gettext_lazy("any branch")
    )
    since = forms.ChoiceField(
        label=gettext_lazy("since"),
        choices=[("", gettext_lazy("the beginning")), ("year", gettext_lazy("the first of January"))],
    )

    def narrow_since(self, rows: QuerySet[Outreach], value: str) -> QuerySet[Outreach]:
        return rows.filter(day__year__gte=timezone.localdate().year)


def page_of(outing: Outreach) -> str:
    return reverse("programs:desk-outing", args=[outing.pk])


COLUMNS = [
    Column("place", gettext_lazy("Where"), link=page_of, sort="place"),
    Column("day", gettext_lazy("Day"), sort="day"),
    Column("host", gettext_lazy("Whose guests")),
    Column("branch", gettext_lazy("From"), "branch.name"),
    Column("contacts", gettext_lazy("People spoken with"), number=True, sort="contacts"),
    Column("cards", gettext_lazy("Cards issued"), number=True),
    Column("items", gettext_lazy("Lent or given"), number=True),
    Column("staff_hours", gettext_lazy("Staff hours"), number=True),
    Column("audience", gettext_lazy("Whom we met"), only_in_files=True),
    Column("languages", gettext_lazy("Languages"), only_in_files=True),
    Column("follow_up", gettext_lazy("To be done"), only_in_files=True),
]


@staff_may("programs.count")
def outings(request: PersonRequest) -> HttpResponseBase:
    rows = within_reach(Outreach.objects.all(), request.user, "programs.count").select_related("branch")
    listing = Listing(
        request, rows, columns=COLUMNS, filters=OutreachFilters, order="-day", name="outreach",
        search=["place", "host", "audience"],
    )  # fmt: skip
    if listing.wants_file:
        return listing.file()
    year = rows.order_by().filter(day__year=timezone.localdate().year)
    sums = year.aggregate(contacts=Sum("contacts"), cards=Sum("cards"), items=Sum("items"), hours=Sum("staff_hours"))
    page = {"listing": listing, "sums": sums, "many": year.count()}
    return render(request, "programs/planning/outings.html", page)


@staff_may("programs.count")
def new_outing(request: PersonRequest) -> HttpResponse:
    form = OutreachForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = Outreach.objects.note(by=request.user, ideas=form.heard, language=request.LANGUAGE_CODE, **form.facts)
        messages.success(request, _("Written down. Ideas that you heard are in the inbox now."))
        return redirect(page_of(made))
    page = {"form": form, "outing": None}
    return render(request, "programs/planning/outing.html", page, status=422 if form.errors else 200)


@staff_may("programs.count")
def outing(request: PersonRequest, pk: int) -> HttpResponse:
    rows = within_reach(Outreach.objects.all(), request.user, "programs.count")
    found = get_object_or_404(rows.prefetch_related("voices").select_related("by", "branch"), pk=pk)
    now = {name: getattr(found, name) for name in OutreachForm.base_fields if name != "ideas"}
    form = OutreachForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        Outreach.objects.filter(pk=pk).update(**form.facts)
        found.refresh_from_db()
        found.hear(form.heard, language=request.LANGUAGE_CODE, by=request.user)
        messages.success(request, _("Changed."))
        return redirect(page_of(found))
    page = {"form": form, "outing": found, "voices": found.voices.all()}
    return render(request, "programs/planning/outing.html", page, status=422 if form.errors else 200)

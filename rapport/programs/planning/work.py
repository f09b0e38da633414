"""What the work takes: views of recordings, hours and money of a date, hours there are, and what is not translated."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.programs.desk.found import within_reach
from rapport.programs.models import Effort, HoursThere, Program, Recording, Session
from rapport.programs.models.effort import monday_of, weeks
from rapport.programs.planning.missing import untranslated

_WEEKS_SHOWN = 8


class ViewsForm(forms.Form):
    """One number for each platform. Left empty it was not counted."""

    def __init__(self, data: Any = None, *, recording: Recording) -> None:
        super().__init__(data)
        self.platforms = {f"views-{one.pk}": one.platform for one in recording.views.all()}
        for one in recording.views.all():
            self.fields[f"views-{one.pk}"] = forms.IntegerField(
                label=one.platform, required=False, min_value=0, max_value=2_000_000_000, initial=one.count
            )

    def counts(self) -> dict[str, int | None]:
        return {platform: self.cleaned_data[name] for name, platform in self.platforms.items()}


@staff_may("programs.count")
def recording(request: PersonRequest, pk: int) -> HttpResponse:
    programs = within_reach(Program.objects.all(), request.user, "programs.count")
    rows = Recording.objects.filter(program__in=programs).select_related("program").prefetch_related("views")
    found = get_object_or_404(rows, pk=pk)
    form = ViewsForm(request.POST or None, recording=found)
    if request.method == "POST" and form.is_valid():
        found.note_views(form.counts(), by=request.user)
        messages.success(request, _("Noted."))
        return redirect("programs:desk-program", found.program_id)
    page = {"recording": found, "form": form}
    return render(request, "programs/planning/recording.html", page, status=422 if form.errors else 200)


class EffortForm(forms.Form):
    hours = forms.DecimalField(
        label=gettext_lazy("Staff hours"), required=False, min_value=0, max_digits=6, decimal_places=2
    )
    money = forms.DecimalField(
        label=gettext_lazy("Money"), required=False, min_value=0, max_digits=10, decimal_places=2
    )


@staff_may("programs.count")
@require_POST
def effort(request: PersonRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(within_reach(Session.objects.all(), request.user, "programs.count"), pk=pk)
    form = EffortForm(request.POST, auto_id="effort-%s")
    if form.is_valid():
        Effort.objects.update_or_create(session=session, defaults={**form.cleaned_data, "by": request.user})
        messages.success(request, _("Noted."))
        return redirect("programs:desk-session", pk)
    from rapport.programs.desk.sessions import found_session, shown_session

    return shown_session(request, found_session(request, pk, "programs.count"), effort_form=form)


def effort_of(session: Session) -> dict[str, Any]:
    """What a date was to take, and what it took."""
    took = Effort.objects.filter(session=session).select_related("by").first()
    initial = {"hours": took.hours, "money": took.money} if took else {}
    return {"effort": took, "effort_form": EffortForm(initial=initial, auto_id="effort-%s")}


class HoursForm(forms.Form):
    branch = forms.ModelChoiceField(Branch.objects.none(), label=gettext_lazy("Branch"))
    hours = forms.DecimalField(
        label=gettext_lazy("Hours a week for programs"), min_value=0, max_digits=6, decimal_places=2,
        help_text=gettext_lazy("Of everybody there together, with getting ready and clearing up"),
    )  # fmt: skip
    since = forms.DateField(
        label=gettext_lazy("From the week of"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, request: PersonRequest) -> None:
        super().__init__(data, initial={"since": monday_of(timezone.localdate())})
        keys = request.user.branches_where("programs.approve")
        rows = Branch.objects.all()
        self.fields["branch"].queryset = rows if keys is None else rows.filter(pk__in=keys)  # type: ignore[attr-defined]


@staff_may("programs.see")
def hours(request: PersonRequest) -> HttpResponse:
    """Hours promised in the coming weeks beside those there are; its manager says how many."""
    may_set = request.user.has_perm("programs.approve")
    form = HoursForm(request.POST or None, request=request)
    if request.method == "POST" and may_set and form.is_valid():
        said = form.cleaned_data
        HoursThere.objects.create(
            branch=said["branch"], hours=said["hours"], since=monday_of(said["since"]), by=request.user
        )
        messages.success(request, _("Noted. Whoever plans is warned before more is promised."))
        return redirect("programs:desk-hours")
    branches = list(Branch.objects.all())
    first = monday_of(timezone.localdate())
    found = weeks(branches, first, _WEEKS_SHOWN)
    mondays = [first + timedelta(weeks=n) for n in range(_WEEKS_SHOWN)]
    page = {
        "branches": branches,
        "rows": [(monday, [found[branch.pk, monday] for branch in branches]) for monday in mondays],
        "form": form,
        "may_set": may_set,
    }
    return render(request, "programs/planning/hours.html", page, status=422 if form.errors else 200)


@staff_may("programs.see")
def translations(request: PersonRequest) -> HttpResponse:
    """What is on or to come and lacks its title or its text in a language of the house."""
    page = {"rows": untranslated()}
    return render(request, "programs/planning/translations.html", page)

"""Panels at the desk: the call, its quotas, volunteers on paper, and the draw."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.deciding.forms.panels import PanelForm, QuotaForm, VolunteerEntryForm
from rapport.deciding.methods.sortition import NoPanel
from rapport.deciding.models import AlreadyDrawn, AlreadyVolunteered, NotOpen, Panel
from rapport.deciding.views.panels import shown, take
from rapport.people.guards import PersonRequest, staff_may


def _page(panel: Panel) -> str:
    return reverse("deciding:desk-panel", args=[panel.pk])


def _find(request: PersonRequest, pk: int, permission: str = "deciding.see") -> Panel:
    """A panel of this person's branches; any other is not there."""
    rows = Panel.objects.reached_by(request.user, "deciding.see").select_related("branch", "board", "draw", "phase")
    found = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(permission, found):
        raise PermissionDenied
    return found


@staff_may("deciding.see")
def panels(request: PersonRequest) -> HttpResponse:
    rows = Panel.objects.reached_by(request.user, "deciding.see").select_related("branch", "draw")
    page = {"panels": rows, "may_change": request.user.has_perm("deciding.change")}
    return render(request, "deciding/desk/panels/panels.html", page)


@staff_may("deciding.change")
def new(request: PersonRequest) -> HttpResponse:
    start = {"board": request.GET.get("board", ""), "phase": request.GET.get("phase", "")}
    form = PanelForm(request.POST or None, by=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        bands = told.pop("bands")
        made = Panel.objects.create(by=request.user, **told)
        made.ask_for(bands)
        messages.success(request, _("Look at the quotas, and then call for volunteers."))
        return redirect(_page(made))
    return render(request, "deciding/desk/panels/new.html", {"form": form}, status=422 if form.errors else 200)


@staff_may("deciding.see")
def panel(request: PersonRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    page = {
        "panel": found,
        **shown(found),
        "pot": found.volunteers.all() if found.drawn is None else [],
        "may_change": request.user.has_perm("deciding.change", found),
        "may_enter": request.user.has_perm("deciding.enter", found),
        "may_draw": request.user.has_perm("deciding.rule", found),
    }
    return render(request, "deciding/desk/panels/panel.html", page)


@staff_may("deciding.change")
@require_POST
def opening(request: PersonRequest, pk: int) -> HttpResponse:
    found = _find(request, pk, "deciding.change")
    found.open()
    messages.success(request, _("The call is public, with the seal of the seed."))
    return redirect(_page(found))


@staff_may("deciding.change")
def quota(request: PersonRequest, pk: int, group: int) -> HttpResponse:
    """Another "at least" or "at most", with the reason that anyone reads."""
    found = _find(request, pk)
    here = get_object_or_404(found.quotas.select_related("band__dimension"), pk=group)
    form = QuotaForm(request.POST or None, initial={"least": here.least, "most": here.most})
    if request.method == "POST" and not request.user.has_perm("deciding.change", found):
        raise PermissionDenied
    if request.method == "POST" and found.drawn is not None:
        messages.error(request, _("The lots have been drawn: the quotas stand."))
        return redirect(_page(found))
    if request.method == "POST" and form.is_valid():
        here.change(by=request.user, **form.cleaned_data)
        messages.success(request, _("Changed, with your reason beside it."))
        return redirect(_page(found))
    page = {"panel": found, "quota": here, "form": form}
    return render(request, "deciding/desk/panels/quota.html", page, status=422 if form.errors else 200)


@staff_may("deciding.enter")
def volunteers(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody volunteers at the desk, on paper or by phone."""
    found = _find(request, pk)
    form = VolunteerEntryForm(request.POST or None, panel=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = found.volunteer(by=request.user, **form.told())
            messages.success(request, _("In the pot. Their code to ask with is %(code)s.") % {"code": made.code})
            return redirect(_page(found))
        except AlreadyVolunteered:
            form.add_error(None, _("Somebody with this address is in the pot already."))
        except NotOpen:
            form.add_error(None, _("Volunteers are not taken now."))
    page = {"panel": found, "form": form}
    return render(request, "deciding/desk/panels/volunteers.html", page, status=422 if form.errors else 200)


@staff_may("deciding.rule")
@require_POST
def draw(request: PersonRequest, pk: int) -> HttpResponse:
    found = _find(request, pk, "deciding.rule")
    try:
        found.draw_lots(by=request.user)
        messages.success(request, _("The lots have fallen. Everyone is being told."))
    except NotOpen:
        messages.error(request, _("People can still volunteer. The lots are drawn after the last day."))
    except AlreadyDrawn:
        messages.info(request, _("The lots were drawn before, and they stand."))
    except NoPanel as problem:
        messages.error(request, _("No panel can be drawn: %(why)s. Change a quota, with a reason.") % {"why": problem})
    return redirect(_page(found))


@staff_may("deciding.change")
@require_POST
def seat(request: PersonRequest, pk: int, seat: int) -> HttpResponse:
    """Somebody answered by phone or at the desk."""
    found = _find(request, pk, "deciding.change")
    volunteers = found.volunteers.select_related("seat__draw", "panel")
    take(request, get_object_or_404(volunteers, seat=seat), accepts=request.POST.get("answer") == "yes")
    return redirect(_page(found))

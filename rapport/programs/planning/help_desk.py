"""The staff's calendar of help one to one: times, who comes, how it went. Counted apart from programs."""

from datetime import timedelta

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.programs.desk.found import within_reach
from rapport.programs.models import HelpBooking, HelpEnd, HelpSlot, HelpTopic, Taken
from rapport.programs.planning.help_forms import EndForm, GiveForm, SlotsForm, TopicForm
from rapport.programs.planning.help_letters import tell_booked, tell_cancelled

_DAYS_BACK = 14


@staff_may("programs.count")
def calendar(request: PersonRequest) -> HttpResponse:
    return _shown(request)


def _shown(request: PersonRequest, **forms: Form) -> HttpResponse:
    since = timezone.now() - timedelta(days=_DAYS_BACK)
    slots = within_reach(HelpSlot.objects.filter(ends_at__gte=since), request.user, "programs.count")
    slots = slots.select_related("branch", "person", "booking__topic", "booking__outcome").prefetch_related("topics")
    bookings = within_reach(HelpBooking.objects.all(), request.user, "programs.count").select_related("topic", "person")
    year = bookings.met().order_by().filter(starts_at__year=timezone.localdate().year)
    page = {
        "coming": [one for one in slots if one.starts_at > timezone.now()],
        "over": [one for one in slots if one.starts_at <= timezone.now() and one.taken_by],
        "waiting": [(one, GiveForm(topic=one.topic, auto_id=f"give-{one.pk}-%s")) for one in bookings.waiting()],
        "met": year.count(),
        "minutes": year.aggregate(all=Sum("outcome__minutes"))["all"] or 0,
        "topics": HelpTopic.objects.all(),
        "slots_form": SlotsForm(
            initial={"person": request.user, "day": timezone.localdate() + timedelta(days=1)}, auto_id="slots-%s"
        ),
        "may_change": request.user.has_perm("programs.change"),
        **forms,
    }
    return render(request, "programs/help/calendar.html", page, status=422 if forms else 200)


@staff_may("programs.change")
@require_POST
def slots(request: PersonRequest) -> HttpResponse:
    form = SlotsForm(request.POST, auto_id="slots-%s")
    if not form.is_valid():
        return _shown(request, slots_form=form)
    with transaction.atomic():
        made = form.make()
    messages.success(request, _("Times added: %(n)d.") % {"n": made})
    return redirect("programs:desk-help")


@staff_may("programs.change")
@require_POST
def slot_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """A time that nobody has; one that somebody booked is cancelled with them first."""
    slot = get_object_or_404(within_reach(HelpSlot.objects.all(), request.user, "programs.change"), pk=pk)
    if slot.taken_by:
        messages.error(request, _("Somebody has this time. Open their booking and cancel it first."))
    else:
        slot.delete()
        messages.success(request, _("Taken out."))
    return redirect("programs:desk-help")


@staff_may("programs.count")
def booking(request: PersonRequest, pk: int) -> HttpResponse:
    """Who comes and what for; afterwards how it went."""
    rows = within_reach(HelpBooking.objects.all(), request.user, "programs.count")
    found = get_object_or_404(rows.select_related("topic", "branch", "person", "outcome__by", "slot"), pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and found.end is None and form.is_valid():
        try:
            with transaction.atomic():
                found.finish(form.cleaned_data["what"], minutes=form.cleaned_data["minutes"], by=request.user)
        except IntegrityError:
            messages.info(request, _("A colleague has done this just now. Nothing was changed."))
            return redirect("programs:desk-help")
        if form.cleaned_data["what"] == HelpEnd.CANCELLED:
            tell_cancelled(found)
        messages.success(request, _("Noted."))
        return redirect("programs:desk-help")
    return render(
        request, "programs/help/desk_booking.html", {"booking": found, "form": form}, status=422 if form.errors else 200
    )


@staff_may("programs.count")
@require_POST
def given_time(request: PersonRequest, pk: int) -> HttpResponse:
    rows = within_reach(HelpBooking.objects.waiting(), request.user, "programs.count")
    found = get_object_or_404(rows.select_related("topic"), pk=pk)
    form = GiveForm(request.POST, topic=found.topic)
    try:
        if not form.is_valid():
            raise Taken
        found.give(form.cleaned_data["slot"])
        tell_booked(found)
        messages.success(request, _("Given, and the person is told."))
    except Taken:
        messages.error(request, _("This time is not free any more. Choose another one."))
    return redirect("programs:desk-help")


@staff_may("programs.change")
def new_topic(request: PersonRequest) -> HttpResponse:
    return _topic(request, None)


@staff_may("programs.change")
def topic(request: PersonRequest, pk: int) -> HttpResponse:
    return _topic(request, get_object_or_404(HelpTopic, pk=pk))


def _topic(request: PersonRequest, found: HelpTopic | None) -> HttpResponse:
    now = {name: getattr(found, name) for name in TopicForm.base_fields} if found else None
    form = TopicForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        found = found or HelpTopic()
        for name, value in form.cleaned_data.items():
            setattr(found, name, value)
        found.save()
        messages.success(request, _("Kept."))
        return redirect("programs:desk-help")
    page = {"form": form, "topic": found}
    return render(request, "programs/help/topic.html", page, status=422 if form.errors else 200)

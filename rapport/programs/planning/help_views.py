"""Book a librarian: what we help with, a time, and one's own page. No account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from rapport.lib.doors import secret_page
from rapport.lib.limits import at_most
from rapport.people.guards import anyone
from rapport.programs.models import HelpBooking, HelpEnd, HelpSlot, HelpTopic, Taken
from rapport.programs.planning.help_forms import BookForm
from rapport.programs.planning.help_letters import tell_booked, tell_cancelled


@anyone
def help_topics(request: HttpRequest) -> HttpResponse:
    topics = list(HelpTopic.objects.filter(is_offered=True))
    soonest: dict[int, HelpSlot] = {}
    for slot in HelpSlot.objects.free().select_related("branch").prefetch_related("topics"):
        for offered in slot.topics.all():
            soonest.setdefault(offered.pk, slot)
    for topic in topics:
        topic.next = soonest.get(topic.pk)  # type: ignore[attr-defined] # for the page only
    return render(request, "programs/help/topics.html", {"topics": topics})


@at_most("20/h")
@anyone
def book(request: HttpRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(HelpTopic, pk=pk, is_offered=True)
    first = {"language": getattr(request, "LANGUAGE_CODE", "en")}
    if request.user.is_authenticated:
        first |= {"name": request.user.name, "email": request.user.email}
    form = BookForm(request.POST or None, topic=topic, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = _booked(topic, form, first["language"])
            return redirect(made.get_absolute_url())
        except Taken:
            form.add_error("slot", _("Somebody took this time just now. Choose another one."))
    page = {"topic": topic, "form": form, "has_slots": form.fields["slot"].queryset.exists()}  # type: ignore[attr-defined]
    return render(request, "programs/help/book.html", page, status=422 if form.errors else 200)


def _booked(topic: HelpTopic, form: BookForm, language: str) -> HelpBooking:
    said = {**form.cleaned_data, "language": form.cleaned_data["language"] or language}
    made = HelpBooking.objects.book(topic, **said)
    tell_booked(made)
    return made


@at_most("60/h")
@anyone
@secret_page
def booking(request: HttpRequest, key: str) -> HttpResponse:
    """One's own page: when and where, and a button to cancel. Only whoever has the link finds it."""
    rows = HelpBooking.objects.select_related("topic", "branch", "person", "outcome", "slot")
    found = get_object_or_404(rows, key=key)
    may_cancel = found.end is None and (found.starts_at is None or found.starts_at > timezone.now())
    if request.method == "POST" and may_cancel:
        found.finish(HelpEnd.CANCELLED, by=None)
        tell_cancelled(found)
        messages.success(request, _("Cancelled. Thank you for telling us: somebody else can have the time."))
        return redirect(found.get_absolute_url())
    return render(request, "programs/help/booking.html", {"booking": found, "may_cancel": may_cancel})

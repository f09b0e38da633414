"""Who has registered for a date: seen, entered by phone, said yes or no to, cancelled."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.listening.models import Channel
from rapport.people.guards import PersonRequest, staff_may
from rapport.programs.desk.found import within_reach
from rapport.programs.models import Registration, Seat, Seating, SeatState, Session
from rapport.programs.registering.questions import answers_in_words
from rapport.programs.registering.said import stands
from rapport.ui.context import own_name

ORDER = [SeatState.ASKED, SeatState.IN, SeatState.OFFERED, SeatState.WAITING, SeatState.LEFT, SeatState.LET_GO,
         SeatState.REFUSED, SeatState.FULL]  # fmt: skip


def _found(request: PersonRequest, pk: int) -> Session:
    rows = within_reach(Session.objects.all(), request.user, "programs.register")
    return get_object_or_404(
        rows.select_related("program", "branch", "space", "cancellation", "rules", "series"), pk=pk
    )


@staff_may("programs.register")
def registrations(request: PersonRequest, pk: int) -> HttpResponse:
    session = _found(request, pk)
    seating = Seating.objects.open_for(session)
    page = {"session": session, "seating": seating, "groups": _groups(seating), "new_form": NewForm(seating=seating)}
    return render(request, "programs/desk/registering/registrations.html", page)


def _groups(seating: Seating | None) -> list[tuple[SeatState, list[Seat], int]]:
    """By how they stand; those who wait in their order."""
    if seating is None:
        return []
    rows = (
        seating.seats.filter(state__in=ORDER).select_related("registration").prefetch_related("registration__attendees")
    )
    seats = list(rows.order_by("rank", "since", "pk"))
    groups = [(state, [seat for seat in seats if seat.state == state]) for state in ORDER]
    return [(state, found, sum(seat.heads for seat in found)) for state, found in groups if found]


class NewForm(forms.Form):
    channel = forms.ChoiceField(
        label=gettext_lazy("How did they ask?"),
        choices=[(one.value, one.label) for one in (Channel.PHONE, Channel.DESK, Channel.MAIL, Channel.PAPER)],
    )
    heads = forms.IntegerField(label=gettext_lazy("How many come?"), min_value=1, max_value=60, initial=1)

    def __init__(self, data: Any = None, *, seating: Seating | None = None) -> None:
        super().__init__(data, auto_id="new-%s")
        if seating:
            self.fields["heads"].widget.attrs["max"] = seating.rules.most_heads


@staff_may("programs.register")
def new(request: PersonRequest, pk: int) -> HttpResponse:
    """By phone or at the desk; also before the windows open, as somebody of the staff decides."""
    session = _found(request, pk)
    seating = Seating.objects.open_for(session)
    form = NewForm(request.POST or None, seating=seating)
    if seating is None or session.is_over or session.called_off:
        messages.info(request, _("Nobody can register for this date."))
        return redirect("programs:desk-registrations", pk)
    if request.method == "POST" and form.is_valid():
        made = Registration.objects.hold(
            [seating], form.cleaned_data["heads"], language=request.LANGUAGE_CODE, by=request.user,
            channel=form.cleaned_data["channel"],
        )  # fmt: skip
        return redirect(made)
    return render(
        request,
        "programs/desk/registering/new.html",
        {"session": session, "form": form},
        status=422 if form.errors else 200,
    )


def page_of(registration: Registration) -> str:
    return reverse("programs:desk-registration", args=[registration.pk])


def _registration(request: PersonRequest, pk: int) -> Registration:
    found = get_object_or_404(Registration.objects.exclude(sent_at=None).select_related("by", "person"), pk=pk)
    mine = within_reach(Session.objects.all(), request.user, "programs.register")
    dates = mine.filter(seating__seats__registration=found) | mine.filter(series__seating__seats__registration=found)
    get_object_or_404(Session, pk__in=dates.values("pk")[:1])
    return found


class ActForm(forms.Form):
    act = forms.ChoiceField(choices=[(act, act) for act in ("leave", "take-up", "confirm", "approve", "refuse")])
    why = forms.CharField(label=gettext_lazy("What shall they know?"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("act") == "refuse" and not given.get("why", "").strip():
            self.add_error("why", _("Say why, in a kind sentence: they read it."))
        return given


@staff_may("programs.register")
def one(request: PersonRequest, pk: int) -> HttpResponse:
    registration = _registration(request, pk)
    rows = registration.seats.select_related(
        "seating__rules", "seating__session__program", "seating__series__program", "registration"
    )
    seats = list(rows.prefetch_related("turns__by").order_by("seating__begins_at"))
    wrong: ActForm | None = None
    if request.method == "POST":
        form = ActForm(request.POST)
        seat = next((one for one in seats if str(one.pk) == request.POST.get("seat")), None)
        if seat is not None and form.is_valid():
            _act(request, seat, **form.cleaned_data)
            return redirect(page_of(registration))
        wrong = form
    questions = seats[0].seating.rules.questions if seats else []
    page = {
        "registration": registration,
        "seats": [(seat, stands(seat)) for seat in seats],
        "answers": answers_in_words(questions, registration.answers),
        "speaks": own_name(registration.language),
        "act_form": wrong or ActForm(),
    }
    return render(request, "programs/desk/registering/registration.html", page, status=422 if wrong else 200)


def _act(request: PersonRequest, seat: Seat, act: str, why: str) -> None:
    match act:
        case "leave":
            done = seat.leave(by=request.user, why=why)
        case "take-up":
            done = seat.take_up(by=request.user)
        case "confirm":
            done = seat.confirm()
        case "approve":
            done = seat.approve(by=request.user)
        case _:
            done = seat.refuse(by=request.user, why=why)
    if done:
        messages.success(request, _("Done, and the person is told."))
    else:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))

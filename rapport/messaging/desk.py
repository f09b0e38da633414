from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rapport.messaging.models import Letter, LetterState
from rapport.messaging.models.letter import LetterQuerySet
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


class LetterFilters(Sentence):
    state = forms.ChoiceField(label=_("show"), choices=[("", _("all letters")), *LetterState.choices])


COLUMNS = [
    Column("subject", _("Letter"), sort="subject"),
    Column("to", _("To"), lambda letter: letter.email or (letter.speaker.phone if letter.speaker else "")),
    Column("state", _("State"), "get_state_display", sort="state"),
    Column("at", _("Written"), sort="at"),
    Column("sent_at", _("Sent"), sort="sent_at"),
    Column("act", _("What to do"), lambda _letter: "", template="messaging/desk/act.html"),
]


@staff_may("messaging.call")
def letters(request: PersonRequest) -> HttpResponseBase:
    listing = Listing(
        request,
        _seen_by(request),
        columns=COLUMNS,
        filters=LetterFilters,
        search=["subject", "email", "speaker__name", "speaker__phone"],
        order="-at",
        name="letters",
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "messaging/desk/letters.html", {"listing": listing})


def _seen_by(request: PersonRequest) -> LetterQuerySet:
    """All letters of their branches for those who look after them; for the rest of the desk, the calls to make."""
    if request.user.has_perm("messaging.see_letters"):
        return _looked_after_by(request)
    calls = Letter.objects.filter(state=LetterState.TO_CALL).exclude(speaker__stopped_at__isnull=False)
    return calls.of_branches(request.user.branches_where("messaging.call")).select_related("speaker")


def _looked_after_by(request: PersonRequest) -> LetterQuerySet:
    reach = request.user.branches_where("messaging.see_letters")
    return Letter.objects.of_branches(reach).select_related("speaker")


@require_POST
@staff_may("messaging.see_letters")
def sending(request: PersonRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(_looked_after_by(request), pk=pk).send_again(by=request.user)
    return redirect("messaging:letters")


@require_POST
@staff_may("messaging.call")
def arrival(request: PersonRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(_seen_by(request), pk=pk).arrived(by=request.user)
    return redirect("messaging:letters")

from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rapport.messaging.models import Letter, LetterState
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


def _seen_by(request: PersonRequest) -> QuerySet[Letter]:
    """All letters for those who look after them; for the rest of the desk, the calls to make."""
    rows = Letter.objects.select_related("speaker")
    if request.user.has_perm("messaging.see_letters"):
        return rows
    return rows.filter(state=LetterState.TO_CALL).exclude(speaker__stopped_at__isnull=False)


@require_POST
@staff_may("messaging.see_letters")
def again(request: PersonRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(Letter, pk=pk).send_again(by=request.user)
    return redirect("messaging:letters")


@require_POST
@staff_may("messaging.call")
def arrival(request: PersonRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(_seen_by(request), pk=pk).arrived(by=request.user)
    return redirect("messaging:letters")

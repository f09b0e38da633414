"""Who takes part, in numbers; joining for somebody; code cards, the kiosk and the poster."""

import secrets

import segno
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rapport.deciding.coming import Coming
from rapport.deciding.desk.reach import found, mine
from rapport.deciding.forms.participants import DealForm, JoinForForm
from rapport.deciding.models import CodeCard, Participant, Process, ProofKind, SelfDescription
from rapport.deciding.who_takes_part import (
    batches_of,
    by_branch,
    by_tier,
    by_way,
    by_what_they_said,
    cards_to_print,
    missed_in,
)
from rapport.lib.exports import csv_response
from rapport.listening.models import Channel
from rapport.people.guards import PersonRequest, staff_may

_A_SHEET = 8
ENTERED = {Channel.DESK, Channel.PHONE, Channel.PAPER}


@staff_may("deciding.enter")
def participants(request: PersonRequest, pk: int) -> HttpResponseBase:
    process = found(request, pk, "deciding.enter")
    if request.method == "POST":
        return _joined(request, process)
    if request.GET.get("file") == "csv":
        rows = [*by_way(process), *by_tier(process), *by_branch(process)]
        return csv_response("participants", [_("What"), _("Participants")], rows)
    return _page(request, process, JoinForForm(initial={"branch": process.decision.branch_id}, process=process))


def _page(request: PersonRequest, process: Process, form: JoinForForm) -> HttpResponse:
    page = {
        "process": process,
        "form": form,
        "people": process.participants_counted(),
        "ways": by_way(process),
        "tiers": by_tier(process),
        "branches": by_branch(process),
        "said": by_what_they_said(process),
        "missed": missed_in(process),
        "may_change": request.user.has_perm("deciding.change", process.decision),
    }
    return render(request, "deciding/desk/process/participants.html", page, status=422 if form.errors else 200)


def _joined(request: PersonRequest, process: Process) -> HttpResponse:
    form = JoinForForm(request.POST, process=process)
    if not form.is_valid() or not process.is_open:
        if not process.is_open:
            form.add_error(None, _("It is not open to people."))
        return _page(request, process, form)
    said = form.told()
    participant = join_for(process, **form.cleaned_data)
    if participant.since < timezone.localdate() or participant.channel not in ENTERED:
        messages.info(request, _("This card takes part already. Whoever holds it has a code from the first time."))
        return redirect("deciding:desk-participants", process.decision_id)
    SelfDescription.objects.say(participant, said)
    messages.success(request, _("They take part. Give them their code."))
    return redirect("deciding:desk-participant-slip", process.decision_id, participant.pk)


@transaction.atomic
def join_for(process: Process, *, channel: str, number: str = "", **fields: object) -> Participant:
    """Somebody whom a colleague enters; with a card they are the same one whichever way they come."""
    known = Coming(process=process, channel=channel).with_card(number) if number else None
    participant = known or Participant.objects.join(process, channel=channel)
    if participant.channel == channel and participant.since == timezone.localdate():
        Participant.objects.filter(pk=participant.pk).update(**fields)
    if channel != Channel.PHONE:
        participant.show(ProofKind.IN_PERSON, secrets.token_hex(16))
    participant.refresh_from_db()
    return participant


@never_cache
@require_safe
@staff_may("deciding.enter")
def slip(request: PersonRequest, pk: int, participant: int) -> HttpResponse:
    """The code of somebody who was entered today; on other days nobody at the desk can look it up."""
    process = found(request, pk, "deciding.enter")
    entered = process.participants.filter(channel__in=ENTERED, person=None, since=timezone.localdate())
    one = get_object_or_404(entered, pk=participant)
    page = {"process": process, "participant": one, "qr": _qr(_door(process, one.code)), "address": _short(process)}
    return render(request, "deciding/desk/process/slip.html", page)


def _door(process: Process, code: str) -> str:
    joining = reverse("deciding:joining", args=[process.decision_id])
    return f"{settings.HOUSE.address}{joining}?code={code}"


def _short(process: Process) -> str:
    return f"{settings.HOUSE.address}{process.get_absolute_url()}".partition("://")[2].rstrip("/")


def _qr(address: str) -> SafeString:
    return mark_safe(segno.make(address, error="m", micro=False).svg_inline(scale=6, border=2, omitsize=True))


@staff_may("deciding.change")
def code_cards(request: PersonRequest, pk: int) -> HttpResponse:
    process = mine(request, pk)
    form = DealForm(request.POST or None, initial={"branch": process.decision.branch_id})
    if request.method == "POST" and form.is_valid():
        CodeCard.deal(process, by=request.user, **form.cleaned_data)
        messages.success(request, _("The cards are dealt. Print them, and cut them apart."))
        return redirect("deciding:desk-code-cards", pk)
    page = {"process": process, "form": form, "batches": batches_of(process)}
    return render(request, "deciding/desk/process/code_cards.html", page, status=422 if form.errors else 200)


@require_POST
@staff_may("deciding.change")
def code_cards_stop(request: PersonRequest, pk: int) -> HttpResponse:
    process = mine(request, pk)
    CodeCard.stop_batch(process, request.POST.get("batch", ""))
    messages.success(request, _("Nobody comes in by these cards any more. Whoever did, stays."))
    return redirect("deciding:desk-code-cards", pk)


@never_cache
@require_safe
@staff_may("deciding.change")
def code_cards_print(request: PersonRequest, pk: int) -> HttpResponse:
    process = mine(request, pk)
    cards = cards_to_print(process, request.GET.get("batch", ""))
    page = {
        "process": process,
        "sheets": [
            [(card, _qr(_door(process, card.code))) for card in cards[at : at + 8]] for at in range(0, len(cards), 8)
        ],
        "address": _short(process),
    }
    return render(request, "deciding/print/code_cards.html", page)


@require_safe
@staff_may("deciding.see")
def poster(request: PersonRequest, pk: int) -> HttpResponse:
    process = found(request, pk)
    question = process.decision.question
    page = {
        "process": process,
        "phase": process.phase_now(),
        "qr": _qr(f"{settings.HOUSE.address}{process.get_absolute_url()}"),
        "address": _short(process),
        "texts": [(code, question[code]) for code in settings.HOUSE.languages if question.get(code)],
    }
    return render(request, "deciding/print/poster.html", page)

"""Sheets with three boxes for each statement: printed with numbers, entered by the keys a, d and p."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.deciding.desk.opinions import around, mine
from rapport.deciding.forms.opinions import language_choices
from rapport.deciding.models import (
    Conversation,
    OpinionPrint,
    OpinionSheet,
    OpinionVote,
    Participant,
    ProofKind,
    SheetAlreadyEntered,
    Statement,
)
from rapport.listening.models import Channel
from rapport.people.guards import PersonRequest, staff_may

_MOST_COPIES = 200


def _choices() -> list[tuple[str, str, str]]:
    return [("1", "a", _("agree")), ("-1", "d", _("disagree")), ("0", "p", _("not sure"))]


class PrintForm(forms.Form):
    copies = forms.IntegerField(label=gettext_lazy("Copies"), min_value=1, max_value=_MOST_COPIES, initial=20)
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """One paper sheet, or somebody at the desk or on the phone."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[
            (Channel.PAPER, Channel.PAPER.label), (Channel.DESK, Channel.DESK.label),
            (Channel.PHONE, Channel.PHONE.label),
        ],
    )  # fmt: skip
    serial = forms.IntegerField(
        label=gettext_lazy("Number on the sheet"), min_value=1, max_value=2_000_000_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("channel") == Channel.PAPER and not given.get("serial") and "serial" not in self.errors:
            self.add_error("serial", _("The number stands at the top of the sheet."))
        return given


@staff_may("deciding.enter")
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    conversation = mine(request, pk, "deciding.enter")
    form = PrintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        numbers = list(Statement.objects.shown_in(conversation).values_list("number", flat=True))
        run = OpinionPrint.make(conversation, statements=numbers, by=request.user, **form.cleaned_data)
        return redirect(f"{reverse('deciding:desk-opinions-sheets', args=[pk])}?first={run.first}")
    sheets = conversation.sheets.all()
    page = around(request, conversation, "desk-opinions-paper") | {
        "form": form,
        "prints": conversation.prints.select_related("by"),
        "entered": sheets.exclude(settled_at=None).count(),
        "waiting": list(sheets.filter(settled_at=None).prefetch_related("entries")[:100]),
    }
    return render(request, "deciding/desk/opinions/paper.html", page, status=422 if form.errors else 200)


@staff_may("deciding.enter")
def sheets(request: PersonRequest, pk: int) -> HttpResponse:
    """The copies of one print, each with its number."""
    conversation = mine(request, pk, "deciding.enter")
    first = request.GET.get("first", "")
    runs = conversation.prints.all()
    if first.isdecimal() and len(first) < 10:
        runs = runs.filter(first=int(first))
    run = runs.first()
    language = run.language if run else translation.get_language()
    with translation.override(language):
        page = {
            "conversation": conversation,
            "process": conversation.process,
            "run": run,
            "language": language,
            "statements": _on_paper(conversation, run),
        }
        return render(request, "deciding/desk/opinions/sheets.html", page)


def _on_paper(conversation: Conversation, run: OpinionPrint | None) -> list[Statement]:
    """In the order of the paper; without a print those that are voted on now."""
    if run is None:
        return list(Statement.objects.shown_in(conversation))
    by_number = {one.number: one for one in conversation.statements.filter(number__in=run.statements)}
    return [by_number[number] for number in run.statements if number in by_number]


@staff_may("deciding.enter")
def entry(request: PersonRequest, pk: int) -> HttpResponse:
    """All statements of one sheet on one page; Enter keeps it and goes on with the next."""
    conversation = mine(request, pk, "deciding.enter")
    if not conversation.is_open and not conversation.phase.is_over:
        raise Http404
    form = EntryForm(request.POST or None, initial={"channel": request.GET.get("channel") or Channel.PAPER})
    form.fields["serial"].initial = _next_serial(conversation)
    serial = form.cleaned_data.get("serial") if request.method == "POST" and form.is_valid() else None
    run = OpinionPrint.holding(conversation, serial) if serial else None
    statements = _on_paper(conversation, run)
    if request.method == "POST" and form.is_valid() and _entered(request, conversation, form, statements):
        again = f"{reverse('deciding:desk-opinions-entry', args=[pk])}?channel={form.cleaned_data['channel']}"
        return redirect(again)
    said = [(one, request.POST.get(f"s{one.number}", "")) for one in statements]
    page = around(request, conversation, "desk-opinions-paper") | {"form": form, "said": said, "choices": _choices()}
    return render(request, "deciding/desk/opinions/entry.html", page, status=422 if form.errors else 200)


def _next_serial(conversation: Conversation) -> int:
    last = conversation.sheets.order_by("-serial").values_list("serial", flat=True).first()
    return (last or 0) + 1


def _entered(request: PersonRequest, conversation: Conversation, form: EntryForm, statements: list[Statement]) -> bool:
    votes = {one.number: int(request.POST[f"s{one.number}"]) for one in statements
             if request.POST.get(f"s{one.number}") in {"1", "0", "-1"}}  # fmt: skip
    if form.cleaned_data["channel"] == Channel.PAPER:
        serial = form.cleaned_data["serial"]
        try:
            OpinionSheet.enter(conversation, serial, votes, by=request.user)
        except SheetAlreadyEntered:
            form.add_error("serial", _("This sheet has been entered already, or you entered it yourself."))
            return False
        messages.success(request, _("Sheet %(n)s is kept.") % {"n": serial})
        return True
    if not votes:
        form.add_error(None, _("Nothing is marked yet."))
        return False
    someone = Participant.objects.join(conversation.process, channel=form.cleaned_data["channel"])
    someone.show(ProofKind.IN_PERSON, f"opinions:{conversation.pk}:{someone.code}")
    keys = {one.number: one.pk for one in statements}
    OpinionVote.objects.take({keys[number]: vote for number, vote in votes.items()}, participant=someone)
    conversation.ask_for_drawing()
    messages.success(request, _("Kept. Thank them for their time."))
    return True


@staff_may("deciding.enter")
def settling(request: PersonRequest, pk: int) -> HttpResponse:
    """Where two people read a sheet differently, somebody looks at the paper again."""
    conversation = mine(request, pk, "deciding.enter")
    given = request.POST.get("serial") or request.GET.get("serial") or "0"
    serial = int(given) if given.isdecimal() and len(given) < 10 else 0
    if not serial:
        return redirect("deciding:desk-opinions-paper", pk)
    sheet = get_object_or_404(conversation.sheets.filter(settled_at=None), serial=serial)
    apart = sheet.differences()
    if request.method == "POST":
        agreed = dict(sheet.entries.order_by("turn")[0].votes)
        for number, *_read in apart:
            chosen = request.POST.get(f"s{number}", "")
            agreed.pop(str(number), None)
            if chosen in {"1", "0", "-1"}:
                agreed[str(number)] = int(chosen)
        try:
            sheet.settle(agreed)
            messages.success(request, _("Sheet %(n)s is kept.") % {"n": serial})
        except SheetAlreadyEntered:
            messages.info(request, _("A colleague has done this just now. Nothing was changed."))
        return redirect("deciding:desk-opinions-paper", pk)
    by_number = {one.number: one for one in conversation.statements.filter(number__in=[row[0] for row in apart])}
    page = around(request, conversation, "desk-opinions-paper")
    page |= {
        "sheet": sheet,
        "choices": _choices(),
        "said": [(by_number[number], "") for number, *_read in apart if number in by_number],
    }
    return render(request, "deciding/desk/opinions/settling.html", page)

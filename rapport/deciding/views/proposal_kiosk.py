"""Proposals on a screen in the library: to read, and to support with the code of a card."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from rapport.deciding.models import (
    CodeCard,
    Collection,
    EnoughSupports,
    NotOpen,
    NotSupported,
    Participant,
    Proposal,
    Support,
)
from rapport.lib.limits import at_most
from rapport.listening.models import Channel
from rapport.people.guards import anyone

from .proposal_acts import found_collection, thanks_for_support
from .proposals import around


class CodeForm(forms.Form):
    """The code of a card from the library, or the one that somebody was given when they took part."""

    code = forms.CharField(
        label=gettext_lazy("The code on your card"),
        max_length=9,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}),
        help_text=gettext_lazy("You have none? Ask at the desk: it costs nothing, and no name is written down."),
    )

    def __init__(self, *args: object, collection: Collection, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Django's own form takes
        self.collection = collection
        self.participant: Participant | None = None

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).replace("-", "").replace(" ", "").upper()
        self.participant = who_has(self.collection, code)
        if self.participant is None:
            raise forms.ValidationError(_("We do not know this code. Look at it once more, or ask at the desk."))
        return code


def who_has(collection: Collection, code: str, channel: str = Channel.KIOSK) -> Participant | None:
    process = collection.process
    card = CodeCard.objects.filter(process=process, code=code, stopped_at=None).first()
    if card is not None:
        return card.take_part(channel=channel)
    return Participant.objects.filter(process=process, code=code).first()


@never_cache
@anyone
@at_most("60/10m")
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """One at a time, with large signs; nobody stays signed in, since a code is asked for each time."""
    collection = found_collection(pk)
    rows = collection.shown().prefetch_related("authorships").select_related("category", "branch")
    key = request.GET.get("idea", "")
    start = reverse("deciding:proposals-kiosk", args=[pk])
    page = {**around(collection), "start": start}
    if not (key.isdecimal() and len(key) < 19):
        return render(
            request, "deciding/proposals/kiosk.html", {**page, "proposals": rows.order_by("-supporters")[:60]}
        )
    shown = get_object_or_404(rows, pk=key)
    shown.collection = collection
    form = CodeForm(request.POST or None, collection=collection)
    thanks = ""
    if request.method == "POST" and form.is_valid() and form.participant:
        thanks = _given(shown, form, form.participant)
    page = {**page, "proposal": shown, "form": form, "thanks": thanks, "said": _said(shown)}
    return render(request, "deciding/proposals/kiosk_one.html", page, status=422 if form.errors else 200)


def _given(shown: Proposal, form: CodeForm, participant: Participant) -> str:
    try:
        Support.objects.give(shown, participant, channel=Channel.KIOSK)
    except EnoughSupports:
        form.add_error(None, _("You support as many proposals as each person may."))
        return ""
    except (NotOpen, NotSupported):
        form.add_error(None, _("No support is taken at the moment."))
        return ""
    return thanks_for_support(shown)


def _said(shown: Proposal) -> dict[str, list[str]]:
    """A few words of each side."""
    rows = shown.comments.shown().filter(parent=None).order_by("-at")[:40]
    sides: dict[str, list[str]] = {"for": [], "against": []}
    for comment in rows:
        if comment.stance in sides and len(sides[comment.stance]) < 3:
            sides[comment.stance].append(comment.words)
    return sides

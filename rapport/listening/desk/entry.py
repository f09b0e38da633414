"""Writing down a voice for somebody else: from the counter, the phone, a slip of paper, a letter."""

from dataclasses import replace
from datetime import datetime, time
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rapport.listening.forms import EntryForm
from rapport.listening.models import Channel, Voice
from rapport.people.guards import PersonRequest, staff_may

_KEPT = ("branch", "space", "channel", "spoken_on")


@staff_may("listening.enter_voice")
def new(request: PersonRequest) -> HttpResponse:
    form = EntryForm(request.POST or None, request.FILES or None, initial=_kept_from_last(request))
    _only_theirs(form, request)
    if request.method == "POST" and form.is_valid():
        return _after(request, _take_in(form, request))
    return render(request, "listening/desk/new.html", {"form": form}, status=422 if form.errors else 200)


def _kept_from_last(request: PersonRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in _KEPT if request.GET.get(name)}


def _only_theirs(form: EntryForm, request: PersonRequest) -> None:
    allowed = request.user.branches_where("listening.enter_voice")
    if allowed is not None:
        form.only_of(allowed)


def _take_in(form: EntryForm, request: PersonRequest) -> Voice:
    told = form.told(channel=Channel(form.cleaned_data["channel"]))
    day = form.cleaned_data["spoken_on"]
    if day < timezone.localdate():
        told = replace(told, at=timezone.make_aware(datetime.combine(day, time(12))))
    return told.take_in(entered_by=request.user)


def _after(request: PersonRequest, voice: Voice) -> HttpResponse:
    messages.success(request, _("Written down. The code is %(code)s.") % {"code": voice.spoken_code})
    if "next" not in request.POST:
        return redirect("listening:desk-voice", voice.pk)
    kept = {name: request.POST[name] for name in _KEPT if request.POST.get(name)}
    return redirect(f"{reverse('listening:desk-new')}?{urlencode(kept)}")

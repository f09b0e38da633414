"""Proposing a program, and saying "I would come" to one that has no date yet."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from rapport.lib.limits import at_most
from rapport.listening.doubts import doubts_about
from rapport.loop.models import Speaker
from rapport.people.guards import anyone
from rapport.programs.models import InterestList, ProgramProposal

from .forms import JoinForm, ProposeForm


@anyone
@at_most("20/h", name="propose")
def propose(request: HttpRequest) -> HttpResponse:
    form = ProposeForm(request.POST or None, initial=_known(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, "programs/proposing/propose.html", {"form": form}, status=422 if form.errors else 200)
    doubts = doubts_about(request, form.cleaned_data["words"])
    with transaction.atomic():
        voice = form.told(doubts).take_in()
        ProgramProposal.objects.get_or_create(voice=voice, defaults=form.facts())
    return redirect("listening:receipt", voice.secret)


def _known(request: HttpRequest) -> dict[str, str]:
    user = request.user
    return {"email": user.email, "name": user.name} if user.is_authenticated else {}


@anyone
def wanted(request: HttpRequest) -> HttpResponse:
    """What the library would like to do, and who would come."""
    lists = InterestList.objects.open().select_related("program__branch").annotate(n=Count("interests"))
    return render(request, "programs/proposing/wanted.html", {"lists": lists})


@anyone
@at_most("30/h", name="wanted")
def join(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(InterestList.objects.open().select_related("program__branch"), pk=pk)
    form = JoinForm(request.POST or None, initial=_known(request))
    if request.method != "POST" or not form.is_valid():
        page = {"list": found, "form": form}
        return render(request, "programs/proposing/join.html", page, status=422 if form.errors else 200)
    given = form.cleaned_data
    if doubts_about(request, given["note"]):
        form.add_error(None, _("That was quicker than we can follow. Look at it once more, and send it again."))
        return render(request, "programs/proposing/join.html", {"list": found, "form": form}, status=422)
    language = translation.get_language() or ""
    speaker = Speaker.objects.reached_at(email=given["email"], name=given["name"], language=language)
    if speaker is not None:
        found.join(speaker, given["note"])
    messages.success(request, _("You are on the list. As soon as there is a date, you hear of it before others."))
    return redirect("programs:wanted")

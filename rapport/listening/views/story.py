"""A voice's own page, for the one who spoke: no account, only the secret link or the code."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rapport.lib.doors import secret_page
from rapport.lib.limits import limited
from rapport.listening.forms import ContactForm, FollowForm, MoreForm
from rapport.listening.models import Answer, Status, Voice
from rapport.listening.telling import language_to_write, say_it_arrived
from rapport.loop.models import Heard, Loop, Speaker
from rapport.people.guards import anyone
from rapport.ui.thread import Knot


def _find(secret: str) -> Voice:
    voices = Voice.objects.select_related("branch", "space", "speaker", "merged__into")
    return get_object_or_404(voices, secret=secret)


@secret_page
@anyone
@require_safe
def receipt(request: HttpRequest, secret: str) -> HttpResponse:
    voice = _find(secret)
    link = request.build_absolute_uri(voice.get_absolute_url())
    return render(request, "listening/receipt.html", {"voice": voice, "link": link})


@secret_page
@anyone
@require_safe
def story(request: HttpRequest, secret: str) -> HttpResponse:
    return _page(request, _find(secret))


def _page(request: HttpRequest, voice: Voice, status: int = 200, **more: Any) -> HttpResponse:
    page = {
        "voice": voice,
        "knots": _knots(voice),
        "answers": _answers(voice),
        "contact_form": ContactForm(auto_id="contact_%s"),
        "more_form": MoreForm(auto_id="more_%s"),
        **more,
    }
    return render(request, "listening/story.html", page, status=status)


def _answers(voice: Voice) -> list[Answer]:
    return list(Answer.objects.filter(voice__in={voice.pk, voice.matter.pk}).order_by("at"))


def _knots(voice: Voice) -> list[Knot]:
    """What happened to this voice, in the order in which it happened, and what is still owed."""
    knots = [Knot(_("We heard you"), "done", voice.spoken_at, stage="listen")]
    if voice.acknowledged_at:
        knots.append(Knot(_("You were told that it arrived"), "done", voice.acknowledged_at, stage="listen"))
    knots += [
        Knot(_("You added something"), "done", one.at, one.words, stage="listen") for one in voice.additions.all()
    ]
    knots += [Knot(_("We answered"), "done", one.at, one.words, stage="report") for one in _answers(voice)]
    for change in voice.status_changes.all():
        state = "declined" if change.status == Status.DECLINED else "done"
        label = change.get_status_display().capitalize()
        knots.append(Knot(label, state, change.at, change.reason, stage="decide"))  # type: ignore[arg-type]
    knots.sort(key=lambda knot: str(knot.at))
    if not voice.is_answered:
        knots.append(Knot(_("We answer you"), "owed", voice.answer_by, stage="report"))
    return knots


@secret_page
@anyone
@require_safe
def photo(request: HttpRequest, secret: str) -> HttpResponseBase:
    return picture_of(_find(secret))


def picture_of(voice: Voice) -> HttpResponseBase:
    if not voice.photo:
        raise Http404
    response = FileResponse(voice.photo.open(), content_type="image/webp")
    response["Content-Disposition"] = 'inline; filename="photo.webp"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@secret_page
@anyone
@require_POST
def contact(request: HttpRequest, secret: str) -> HttpResponse:
    voice = _find(secret)
    form = ContactForm(request.POST, auto_id="contact_%s")
    if not form.is_valid():
        return _page(request, voice, status=422, contact_form=form)
    if limited(request, "contact", "10/10m"):
        return _too_often(request)
    voice.speaker = Speaker.objects.reached_at(**form.cleaned_data, language=language_to_write(voice.language))
    voice.save(update_fields=["speaker"])
    for loop in Loop.objects.of(voice.matter):
        loop.hear([voice.speaker] if voice.speaker else [])
    if not voice.held_at:
        say_it_arrived(voice)
    messages.success(request, _("We will write to you there."))
    return redirect(voice)


@secret_page
@anyone
@require_POST
def contact_removal(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the speaker off this voice; what else they said keeps its own way to reach them."""
    voice = _find(secret)
    speaker, voice.speaker = voice.speaker, None
    voice.save(update_fields=["speaker"])
    if speaker and not Voice.objects.filter(speaker=speaker).exists():
        Heard.objects.filter(Q(speaker=speaker)).delete()
        speaker.forget()
    messages.success(request, _("Your contact is removed. This page still shows what happens."))
    return redirect(voice)


@secret_page
@anyone
@require_POST
def reading_removal(request: HttpRequest, secret: str) -> HttpResponse:
    voice = _find(secret)
    voice.is_public, voice.released_at = False, None
    voice.save(update_fields=["is_public", "released_at"])
    messages.success(request, _("Only the library's people read it now."))
    return redirect(voice)


@secret_page
@anyone
@require_POST
def additions(request: HttpRequest, secret: str) -> HttpResponse:
    voice = _find(secret)
    form = MoreForm(request.POST, auto_id="more_%s")
    if not form.is_valid():
        return _page(request, voice, status=422, more_form=form)
    if limited(request, "addition", "20/10m"):
        return _too_often(request)
    voice.additions.get_or_create(words=form.cleaned_data["words"])
    messages.success(request, _("Thank you. It is added."))
    return redirect(voice)


@secret_page
@anyone
def follow(request: HttpRequest) -> HttpResponse:
    form = FollowForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "listening/follow.html", {"form": form}, status=422 if form.errors else 200)
    if limited(request, "follow", "10/10m"):
        return _too_often(request)
    voice = Voice.objects.filter(code=form.cleaned_data["code"]).first()
    if voice:
        return redirect(voice)
    form.add_error("code", _("We know no voice with this code. Please look at your slip once more."))
    return render(request, "listening/follow.html", {"form": form}, status=422)


def _too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/errors/429.html", status=429)

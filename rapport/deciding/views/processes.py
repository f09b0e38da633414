"""The public page of a process, and following it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rapport.deciding.forms.taking_part import FollowForm, NameForm
from rapport.deciding.models import Document, Participant, Process
from rapport.deciding.views.taking_part import found
from rapport.deciding.ways_in import forget, guest_of, participant_of
from rapport.deciding.what_now import now_of, parts_of
from rapport.lib.limits import at_most
from rapport.loop.models import Heard, Speaker
from rapport.people.guards import PersonRequest, anyone, signed_in


def shown(request: HttpRequest, process: Process, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a process for this visitor; for staff before it is opened, as it will be (`is_preview`)."""
    participant = participant_of(request, process)
    parts = parts_of(process, participant, all_of_it=bool(more.get("is_preview")))
    page = {
        "process": process,
        "decision": process.decision,
        "parts": parts,
        "now": now_of(parts),
        "present": next((part for part in reversed(parts) if part.state == "present"), None),
        "following": next((part for part in parts if part.state == "ahead"), None),
        "participant": participant,
        "asks_about_you": participant is not None and process.asks.exists(),
        "guest": _guest(request, process),
        "documents": process.documents.all(),
        "people": process.participants_counted(),
        "followers": process.decision.loop.heard.to_be_told().count(),
        "is_followed": _is_followed(request, process, participant),
        "follow_form": FollowForm(auto_id="follow_%s"),
        "name_form": NameForm(auto_id="name_%s", initial={"name": participant.name if participant else ""}),
        **more,
    }
    return render(request, "deciding/process.html", page, status=status)


def _guest(request: HttpRequest, process: Process) -> Participant | None:
    """Somebody who took part from this browser before signing in: perhaps it was they."""
    if not request.user.is_authenticated:
        return None
    guest = guest_of(request, process)
    return guest if guest and guest.person_id is None else None


def _speaker(request: HttpRequest, participant: Participant | None) -> Speaker | None:
    if request.user.is_authenticated:
        return Speaker.objects.reached_at(person=request.user, language=request.user.language)
    return participant.speaker if participant else None


def _is_followed(request: HttpRequest, process: Process, participant: Participant | None) -> bool:
    heard = Heard.objects.filter(loop=process.decision.loop_id, stopped_at=None)
    if request.user.is_authenticated:
        return heard.filter(speaker__in=Speaker.objects.behind(request.user)).exists()
    return bool(participant and participant.speaker_id and heard.filter(speaker=participant.speaker_id).exists())


@anyone
@require_POST
@at_most("20/10m", name="deciding.following")
def following(request: HttpRequest, pk: int) -> HttpResponse:
    process = found(pk)
    participant = participant_of(request, process)
    speaker = _speaker(request, participant)
    if speaker is None:
        form = FollowForm(request.POST, auto_id="follow_%s")
        if not form.is_valid():
            return shown(request, process, status=422, follow_form=form)
        process.follow(Speaker.objects.reached_at(**form.cleaned_data, language=getattr(request, "LANGUAGE_CODE", "")))
    else:
        process.follow(speaker, again=True)
    messages.success(
        request, _("You will hear from us when it goes on, and what came of it. Each letter lets you stop.")
    )
    return redirect(process)


@anyone
@require_POST
def following_removal(request: HttpRequest, pk: int) -> HttpResponse:
    process = found(pk)
    speaker = _speaker(request, participant_of(request, process))
    if speaker is not None:
        process.unfollow(speaker)
    messages.success(request, _("We write no more about this."))
    return redirect(process)


@signed_in
@require_POST
def claim(request: PersonRequest, pk: int) -> HttpResponse:
    """What was done in this browser before signing in: it was I, or it was somebody else."""
    process = found(pk)
    guest = _guest(request, process)
    if guest and request.POST.get("mine"):
        guest.claim(request.user)
        messages.success(request, _("Put together: you take part once, with your account."))
    answer = redirect(process)
    forget(answer, process)
    return answer


@anyone
@require_POST
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """The name beside what they write for others; none is all right."""
    process = found(pk)
    participant = participant_of(request, process)
    form = NameForm(request.POST, auto_id="name_%s")
    if not form.is_valid():
        return shown(request, process, status=422, name_form=form)
    if participant:
        Participant.objects.filter(pk=participant.pk).update(name=form.cleaned_data["name"])
        messages.success(request, _("Written down."))
    return redirect(process)


@anyone
@require_POST
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """This device forgets who took part; with their code they come back from any."""
    process = found(pk)
    answer = redirect(process)
    forget(answer, process)
    messages.success(request, _("This device has forgotten you. With your code you come back from any device."))
    return answer


@never_cache
@anyone
@require_safe
def document(request: HttpRequest, pk: int, document: int) -> HttpResponseBase:
    paper = get_object_or_404(Document, process=found(pk), pk=document)
    return file_of(paper)


def file_of(paper: Document) -> HttpResponseBase:
    """As a file to keep: nothing that somebody uploaded is shown as a page of ours."""
    answer = FileResponse(paper.file.open(), content_type=paper.content_type)
    answer["Content-Disposition"] = f'attachment; filename="document-{paper.pk}.{paper.kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

"""One voice at the desk: what was said, what has been done, and everything that can be done next."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rapport.listening.methods.likeness import most_alike
from rapport.listening.models import Answer, Status, Voice
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person

from .forms import AnswerForm, HolderForm, MergeForm, NoteForm, SpamForm, StatusForm, filled
from .hiding import colleagues, decided, marked, places, proposed
from .inbox import seen_by
from .record import record_of

COMPARED = 400  # how many of the newest voices are looked through for one that says the same


def _find(request: PersonRequest, pk: int, permission: str = "listening.answer_voice") -> Voice:
    voices = seen_by(request.user, permission).select_related(
        "branch", "space", "speaker", "entered_by", "assignment__to", "merged__into"
    )
    return get_object_or_404(voices, pk=pk)


@require_safe
@staff_may("listening.see_inbox")
def voice(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk, "listening.see_inbox"))


def _page(request: PersonRequest, voice: Voice, status: int = 200, **more: Any) -> HttpResponse:
    answers = list(voice.answers.select_related("by"))
    others = list(voice.others.select_related("voice", "by"))
    is_looked_at = voice.is_public and not voice.released_at
    names, known = (colleagues(), places()) if is_looked_at else ([], [])
    page: dict[str, Any] = {
        "voice": voice,
        "answers": answers,
        "others": others,
        "record": record_of(voice, answers, others),
        "pieces": marked(voice.words, names, known),
        "proposed": proposed(voice.words, names, known),
        "similar": _similar(request, voice),
        "answer_form": AnswerForm(voice=voice, initial={"seen": answers[-1].pk if answers else 0}),
        "status_form": StatusForm(initial={"status": voice.status}, auto_id="status_%s"),
        "note_form": NoteForm(auto_id="note_%s"),
        "merge_form": MergeForm(voices=Voice.objects.none(), voice=voice, auto_id="merge_%s"),
        "holder_form": HolderForm(colleagues=Person.objects.staff(), initial={"to": voice.holder}, auto_id="holder_%s"),
        "spam_form": SpamForm(auto_id="spam_%s"),
        "may_answer": request.user.has_perm("listening.answer_voice", voice),
        **more,
    }
    return render(request, "listening/desk/voice.html", page, status=status)


def _similar(request: PersonRequest, voice: Voice) -> list[Voice]:
    """Among the newest of the same language: those that share its rarer words."""
    if voice.held_at:
        return []
    near = seen_by(request.user).in_hand().filter(language=voice.language).exclude(pk=voice.pk)
    near = near.exclude(others__voice=voice)
    rows = list(near.order_by("-spoken_at", "-pk").values_list("pk", "words")[:COMPARED])
    keys = [rows[place][0] for place, _likeness in most_alike(voice.words, [words for _pk, words in rows])]
    found = Voice.objects.select_related("branch").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _there(voice: Voice, part: str = "") -> HttpResponse:
    response = redirect("listening:desk-voice", voice.pk)
    response["Location"] += f"#{part}" if part else ""
    return response


@require_safe
@staff_may("listening.see_inbox")
def photo(request: PersonRequest, pk: int) -> FileResponse:
    """The photo as only those see it who may see the voice."""
    voice = _find(request, pk, "listening.see_inbox")
    if not voice.photo.name or not voice.photo.storage.exists(voice.photo.name):
        raise Http404
    return FileResponse(voice.photo.open("rb"))


@require_POST
@staff_may("listening.answer_voice")
def holder(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it on (`claim`), or give it to a colleague."""
    voice = _find(request, pk)
    if "claim" in request.POST:
        if voice.claim(by=request.user):
            messages.success(request, _("It is yours."))
        else:
            messages.warning(request, _("%(name)s was quicker and has it now.") % {"name": _find(request, pk).holder})
        return _there(voice)
    form = HolderForm(request.POST, colleagues=Person.objects.staff(), auto_id="holder_%s")
    if not form.is_valid():
        return _page(request, voice, 422, holder_form=form)
    voice.assign(form.cleaned_data["to"], by=request.user)
    return _there(voice)


@require_POST
@staff_may("listening.answer_voice")
def answers(request: PersonRequest, pk: int) -> HttpResponse:
    voice = _find(request, pk)
    if "fill" in request.POST:
        return _with_template(request, voice)
    form = AnswerForm(request.POST, voice=voice)
    if not form.is_valid():
        return _page(request, voice, 422, answer_form=form)
    newer = voice.answers.filter(pk__gt=form.cleaned_data["seen"] or 0).select_related("by").last()
    if newer is not None:
        return _meanwhile(request, voice, newer)
    if voice.held_at:
        messages.warning(request, _("It is held for a look. Release it before you answer."))
        return _there(voice)
    said = form.cleaned_data
    voice.matter.answer(said["words"], by=request.user, language="", is_public=said["is_public"])
    messages.success(request, _how_it_goes(voice))
    return _there(voice, "record")


def _how_it_goes(voice: Voice) -> str:
    speaker = voice.speaker
    if speaker is None or not speaker.can_be_reached:
        return _("Answered. They read it with their code; there is no address to write to.")
    if not speaker.email:
        return _("Answered. They left only a phone number: it is on the list of calls.")
    return _("Answered. A letter is on its way.")


def _with_template(request: PersonRequest, voice: Voice) -> HttpResponse:
    """Put the chosen template's words below what was written, if anything was."""
    data = request.POST.copy()
    chosen = AnswerForm(data, voice=voice)
    chosen.is_valid()
    template = chosen.cleaned_data.get("template")
    if template is not None:
        data["words"] = "\n\n".join(part for part in (data.get("words", "").strip(), filled(template, voice)) if part)
    initial = {name: data.get(name) for name in ("template", "words", "is_public", "seen")}
    form = AnswerForm(voice=voice, initial=initial)
    return _page(request, voice, answer_form=form)


def _meanwhile(request: PersonRequest, voice: Voice, newer: Answer) -> HttpResponse:
    """A colleague was quicker: nothing that was typed is lost, and pressing again sends it as a second answer."""
    data = request.POST.copy()
    data["seen"] = str(newer.pk)
    form = AnswerForm(data, voice=voice)
    return _page(request, voice, 409, answer_form=form, newer=newer)


@require_POST
@staff_may("listening.answer_voice")
def notes(request: PersonRequest, pk: int) -> HttpResponse:
    voice = _find(request, pk)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _page(request, voice, 422, note_form=form)
    voice.note(form.cleaned_data["words"], by=request.user)
    return _there(voice, "record")


@require_POST
@staff_may("listening.answer_voice")
def status(request: PersonRequest, pk: int) -> HttpResponse:
    voice = _find(request, pk)
    form = StatusForm(request.POST, auto_id="status_%s")
    if not form.is_valid():
        return _page(request, voice, 422, status_form=form)
    voice.move(Status(form.cleaned_data["status"]), by=request.user, reason=form.cleaned_data["reason"])
    return _there(voice, "record")


@require_POST
@staff_may("listening.answer_voice")
def acknowledgement(request: PersonRequest, pk: int) -> HttpResponse:
    voice = _find(request, pk)
    voice.tell_arrived(by=request.user)
    messages.success(request, _("Noted. The clock for the answer goes on."))
    return _there(voice)


@require_POST
@staff_may("listening.answer_voice")
def merge(request: PersonRequest, pk: int) -> HttpResponse:
    voice = _find(request, pk)
    form = MergeForm(
        request.POST, voices=seen_by(request.user, "listening.answer_voice"), voice=voice, auto_id="merge_%s"
    )
    if not form.is_valid():
        return _page(request, voice, 422, merge_form=form)
    other: Voice = form.cleaned_data["code"]
    voice.merge_into(other, by=request.user)
    messages.success(request, _("Merged. Everyone who spoke stays heard; the work goes on here."))
    return _there(other)


@require_POST
@staff_may("listening.answer_voice")
def merge_removal(request: PersonRequest, pk: int) -> HttpResponse:
    voice = _find(request, pk)
    voice.part(by=request.user)
    return _there(voice)


@require_POST
@staff_may("listening.answer_voice")
def reading(request: PersonRequest, pk: int) -> HttpResponse:
    """Let others read it, if its speaker agreed."""
    voice = _find(request, pk)
    if voice.is_public and not voice.held_at:
        hiding = decided(voice, request.POST, colleagues())
        voice.let_read(by=request.user, hiding=hiding)
        said = _("Others can read it now, without what you hid.") if hiding else _("Others can read it now.")
        messages.success(request, said)
    else:
        messages.warning(request, _("Its speaker did not agree that others read it."))
    return _there(voice)


@require_POST
@staff_may("listening.answer_voice")
def reading_removal(request: PersonRequest, pk: int) -> HttpResponse:
    voice = _find(request, pk)
    voice.take_from_readers(by=request.user)
    return _there(voice)


@require_POST
@staff_may("listening.answer_voice")
def spam(request: PersonRequest, pk: int) -> HttpResponse:
    voice = _find(request, pk)
    form = SpamForm(request.POST, auto_id="spam_%s")
    if not form.is_valid():
        return _page(request, voice, 422, spam_form=form)
    voice.mark_as_spam(by=request.user, why=form.cleaned_data["why"])
    messages.success(request, _("Marked as spam. It stays held and can be released until the clean-up takes it."))
    return redirect("listening:inbox")


@require_POST
@staff_may("listening.answer_voice")
def spam_removal(request: PersonRequest, pk: int) -> HttpResponse:
    voice = _find(request, pk)
    if voice.held_at:
        voice.release(by=request.user)
        messages.success(request, _("Released. Its clocks start now."))
    return _there(voice)

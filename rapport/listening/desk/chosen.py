"""Acts on many voices: first a page that says what will be done, then the deed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from rapport.listening.methods.masking import find
from rapport.listening.models import Merge, Status, Voice
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person

from .forms import AnswerForm, HolderForm, StatusForm, filled
from .hiding import colleagues, marked, places
from .inbox import seen_by

Words = str | Promise
MOST = 200


@dataclass(frozen=True)
class Act:
    """What can be done with many: `asks` are its questions, `does` says in a sentence what was done."""

    title: Callable[[int], Words]
    button: Callable[[int], Words]
    form: Callable[[Any, list[Voice], Person], forms.Form]
    does: Callable[[list[Voice], dict[str, Any], Person], str]
    help: Words = ""


class Nothing(forms.Form):
    """Nothing more to ask."""


class HidingForm(forms.Form):
    """For many voices at once: what looks personal is hidden in all, or left in all."""

    hide = forms.BooleanField(
        label=gettext_lazy("Hide what is marked, by a word such as [name]"), required=False, initial=True
    )


class IntoForm(forms.Form):
    into = forms.ChoiceField(label=gettext_lazy("Go on with"), widget=forms.RadioSelect)

    def __init__(self, data: Any, voices: list[Voice]) -> None:
        super().__init__(data, initial={"into": voices[0].pk if voices else None})
        self.fields["into"].choices = [(str(voice.pk), f"{voice.spoken_code} · {voice}") for voice in voices]  # type: ignore[attr-defined]


def _assign(voices: list[Voice], said: dict[str, Any], by: Person) -> str:
    for voice in voices:
        voice.assign(said["to"], by=by)
    words = {"n": len(voices), "name": said["to"]}
    if said["to"] is None:
        return ngettext("%(n)d voice was put back.", "%(n)d voices were put back.", len(voices)) % words
    return ngettext("%(n)d voice is with %(name)s now.", "%(n)d voices are with %(name)s now.", len(voices)) % words


def _move(voices: list[Voice], said: dict[str, Any], by: Person) -> str:
    status = Status(said["status"])
    for voice in voices:
        voice.move(status, by=by, reason=said["reason"])
    words = {"n": len(voices), "status": status.label}
    return (
        ngettext("%(n)d voice now stands at “%(status)s”.", "%(n)d voices now stand at “%(status)s”.", len(voices))
        % words
    )


def _answer(voices: list[Voice], said: dict[str, Any], by: Person) -> str:
    together = uuid4()
    voices = [voice for voice in voices if not voice.held_at and not hasattr(voice, "merged")]
    for voice in voices:
        words = _personal(said["words"], voice)
        voice.answer(words, by=by, is_public=said["is_public"], together=together)
    return ngettext("%(n)d voice was answered.", "%(n)d voices were answered.", len(voices)) % {"n": len(voices)}


def _personal(words: str, voice: Voice) -> str:
    from rapport.lib.translated import Words as Spoken
    from rapport.listening.models import ReplyTemplate

    return filled(ReplyTemplate(words=Spoken({voice.language: words})), voice)


def _let_read(voices: list[Voice], said: dict[str, Any], by: Person) -> str:
    agreed = [voice for voice in voices if voice.is_public and voice.released_at is None]
    names, known = colleagues(), places()
    for voice in agreed:
        voice.let_read(by=by, hiding=find(voice.words, names, known) if said["hide"] else ())
    return ngettext(
        "%(n)d voice can be read by others now.", "%(n)d voices can be read by others now.", len(agreed)
    ) % {"n": len(agreed)}


def _release(voices: list[Voice], said: dict[str, Any], by: Person) -> str:
    held = [voice for voice in voices if voice.held_at]
    for voice in held:
        voice.release(by=by)
    return ngettext("%(n)d voice is in the queue now.", "%(n)d voices are in the queue now.", len(held)) % {
        "n": len(held)
    }


def _merge(voices: list[Voice], said: dict[str, Any], by: Person) -> str:
    into = next(voice for voice in voices if str(voice.pk) == said["into"])
    busy = set(Merge.objects.filter(into__in=voices).values_list("into", flat=True)) - {into.pk}
    done = 0
    for voice in voices:
        if voice.pk != into.pk and voice.pk not in busy and not hasattr(voice, "merged"):
            voice.merge_into(into, by=by)
            done += 1
    words = {"n": done, "code": into.spoken_code}
    return ngettext("%(n)d voice was merged into %(code)s.", "%(n)d voices were merged into %(code)s.", done) % words


def _colleagues(person: Person) -> Any:
    return Person.objects.staff()


def _n(one: Any, many: Any) -> Callable[[int], Words]:
    return lambda n: ngettext(one, many, n) % {"n": n}


ACTS: dict[str, Act] = {
    "assign": Act(
        lambda n: ngettext("Assign %(n)d voice", "Assign %(n)d voices", n) % {"n": n},
        lambda n: ngettext("Assign %(n)d voice", "Assign %(n)d voices", n) % {"n": n},
        lambda data, voices, person: HolderForm(data, colleagues=_colleagues(person)),
        _assign,
    ),
    "status": Act(
        lambda n: ngettext("Say where %(n)d voice stands", "Say where %(n)d voices stand", n) % {"n": n},
        lambda n: ngettext("Set it for %(n)d voice", "Set it for %(n)d voices", n) % {"n": n},
        lambda data, voices, person: StatusForm(data, initial={"status": Status.UNDER_REVIEW}),
        _move,
    ),
    "answer": Act(
        lambda n: ngettext("Answer %(n)d voice", "Answer %(n)d voices with one text", n) % {"n": n},
        lambda n: ngettext("Answer %(n)d voice", "Answer %(n)d voices", n) % {"n": n},
        lambda data, voices, person: AnswerForm(data),
        _answer,
        gettext_lazy(
            "Each voice gets the answer as its own, with {name}, {code} and {branch} filled in. "
            "Whoever spoke more than once gets one letter."
        ),
    ),
    "reading": Act(
        lambda n: ngettext("Let others read %(n)d voice", "Let others read %(n)d voices", n) % {"n": n},
        lambda n: ngettext("Let others read %(n)d voice", "Let others read %(n)d voices", n) % {"n": n},
        lambda data, voices, person: HidingForm(data),
        _let_read,
        gettext_lazy(
            "Only those whose speaker agreed. Look once more whether anyone is named: what is marked looks personal."
        ),
    ),
    "release": Act(
        lambda n: ngettext("Release %(n)d held voice", "Release %(n)d held voices", n) % {"n": n},
        lambda n: ngettext("Release %(n)d voice: not spam", "Release %(n)d voices: not spam", n) % {"n": n},
        lambda data, voices, person: Nothing(data),
        _release,
        gettext_lazy("They come into the queue, and their clocks start now."),
    ),
    "merge": Act(
        lambda n: ngettext("Merge %(n)d voice", "Merge %(n)d voices", n) % {"n": n},
        lambda n: ngettext("Merge %(n)d voice", "Merge %(n)d voices into one", n) % {"n": n},
        lambda data, voices, person: IntoForm(data, voices),
        _merge,
        gettext_lazy("The work goes on with one of them, and everyone who spoke hears back."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may("listening.answer_voice")
def chosen(request: PersonRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    act = ACTS.get(asked.get("act", ""))
    voices = _picked(request, asked)
    if act is None or not voices:
        messages.info(request, _("Choose some voices first, then say what to do with them."))
        return redirect(_back(request))
    form = act.form(_data(request), voices, request.user)
    if request.method == "POST" and "fill" not in request.POST and form.is_valid():
        with transaction.atomic():
            said = act.does(voices, form.cleaned_data, request.user)
        messages.success(request, said)
        return redirect(_back(request))
    page = {
        "act": act,
        "name": asked["act"],
        "voices": voices,
        "form": form,
        "back": _back(request),
        "list": asked.get("list", ""),
    }
    if asked["act"] == "reading":
        names, known = colleagues(), places()
        page["shown"] = [(voice, marked(voice.words, names, known)) for voice in voices]
    page |= {"title": act.title(len(voices)), "button": act.button(len(voices))}
    return render(request, "listening/desk/chosen.html", page, status=422 if form.errors else 200)


def _picked(request: PersonRequest, asked: Any) -> list[Voice]:
    keys = [int(key) for key in asked.getlist("pick")[:MOST] if key.isascii() and key.isdigit() and len(key) < 19]
    voices = seen_by(request.user, "listening.answer_voice").filter(pk__in=keys)
    return list(voices.select_related("branch", "speaker", "merged").order_by("spoken_at", "pk"))


def _data(request: PersonRequest) -> Any:
    """The template's words go into the field while nothing is written yet; whoever wrote keeps what they wrote."""
    if request.method != "POST":
        return None
    return request.POST


def _back(request: HttpRequest) -> str:
    """The list as it was, with its filters: only ever our own inbox."""
    kept = (request.POST or request.GET).get("list", "")
    return reverse("listening:inbox") + (kept if kept.startswith("?") else "")

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from rapport.listening.models import Status, Voice, VoiceKind, VoiceQuerySet
from rapport.loop.models import Loop
from rapport.loop.stories import loops_of_many, small_threads
from rapport.people.guards import anyone
from rapport.places.models import Branch
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing, words_of

from .story import picture_of


class VoiceFilters(Sentence):
    kind = forms.ChoiceField(label=_("show"), choices=[("", _("everything")), *VoiceKind.choices])
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("about"), empty_label=_("any library"))
    status = forms.ChoiceField(label=_("that is"), choices=[("", _("anywhere on its way")), *Status.choices])
    loop = forms.ModelChoiceField(Loop.objects.public(), widget=forms.HiddenInput)

    def narrow_loop(self, rows: VoiceQuerySet, loop: Loop) -> VoiceQuerySet:
        return rows.on(loop)


COLUMNS = [
    Column("words", _("Words"), "words_for_others"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("branch", _("Branch"), "branch.name"),
    Column("status", _("Status"), "get_status_display"),
    Column("spoken_at", _("Said on"), sort="spoken_at"),
]


def _saying(rows: QuerySet[Voice], text: str) -> VoiceQuerySet:
    found = Voice.objects.filter(pk__in=rows.values("pk")) if not isinstance(rows, VoiceQuerySet) else rows
    for word in words_of(text):
        found = found.saying_openly(word)
    return found


@anyone
@require_safe
def voices(request: HttpRequest) -> HttpResponseBase:
    rows = Voice.objects.public().select_related("branch").order_by("-released_at")
    listing = Listing(request, rows, columns=COLUMNS, filters=VoiceFilters, search=_saying, per_page=20, name="voices")
    if listing.wants_file:
        return listing.file()
    page = {
        "listing": listing,
        "shown": _with_threads(listing.rows),
        "on_loop": _loop(listing),
    }
    return render(request, "listening/voices.html", page)


def _loop(listing: Listing[Voice]) -> Loop | None:
    """The loop that the list is narrowed to."""
    chosen = listing.filters.cleaned_data if listing.filters and listing.filters.is_valid() else {}
    return chosen.get("loop")


def _with_threads(voices: list[Voice]) -> list[Voice]:
    """Each voice with the small thread of its newest public loop, in three queries for all."""
    loops = loops_of_many("listening.voice", [voice.pk for voice in voices])
    for voice in voices:
        public = [loop for loop in loops.get(voice.pk, []) if loop.is_public]
        voice.loop = public[-1] if public else None  # type: ignore[attr-defined]
        voice.dots = small_threads(public[-1:]).get(public[-1].pk) if public else None  # type: ignore[attr-defined]
    return voices


@anyone
@require_safe
def public_photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    return picture_of(get_object_or_404(Voice.objects.public(), pk=pk))

"""Posters with a code to scan, and paper slips that ask what the web form asks."""

from typing import Any

import segno
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from rapport.listening.forms import NOTES, by_branch
from rapport.listening.models import VoiceKind
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch, Space
from rapport.ui.context import own_name


class PrintForm(forms.Form):
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Library"), required=False, empty_label=_("All of them")
    )
    space = forms.ModelChoiceField(
        Space.objects.select_related("branch"),
        label=_("Part of it"),
        required=False,
        help_text=_("A poster for one part asks about that part."),
    )
    language = forms.MultipleChoiceField(label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = settings.HOUSE.languages
        self.fields["space"].choices = by_branch(Space.objects.select_related("branch"))  # type: ignore[attr-defined]
        self.fields["language"].choices = [(code, own_name(code)) for code in codes]  # type: ignore[attr-defined]


@require_safe
@staff_may("listening.enter_voice")
def printing(request: PersonRequest) -> HttpResponse:
    branches = Branch.objects.prefetch_related("spaces")
    return render(
        request,
        "listening/desk/printing.html",
        {"branches": branches, "form": PrintForm(initial={"language": [translation.get_language()]})},
    )


@require_safe
@staff_may("listening.enter_voice")
def poster(request: PersonRequest) -> HttpResponse:
    branch, space = _place(request)
    url = f"{settings.HOUSE.address}{_where(branch, space)}?via=poster"
    code = mark_safe(segno.make(url, error="m", micro=False).svg_inline(scale=6, border=2, omitsize=True))
    address = url.partition("://")[2].partition("?")[0]
    page = {"place": space or branch, "branch": branch, "code": code, "url": address}
    return render(
        request, "listening/print/poster.html", {**page, "texts": [_poster_words(c) for c in _codes(request)]}
    )


@require_safe
@staff_may("listening.enter_voice")
def slip(request: PersonRequest) -> HttpResponse:
    branch, space = _place(request)
    texts = [_slip_words(code) for code in _codes(request)]
    return render(request, "listening/print/slip.html", {"branch": branch, "space": space, "texts": texts})


def _place(request: PersonRequest) -> tuple[Branch | None, Space | None]:
    number = request.GET.get("space", "")
    if number.isdecimal():
        space = get_object_or_404(Space.objects.select_related("branch"), pk=number)
        return space.branch, space
    number = request.GET.get("branch", "")
    return (get_object_or_404(Branch, pk=number), None) if number.isdecimal() else (None, None)


def _where(branch: Branch | None, space: Space | None) -> str:
    if branch and space:
        return reverse("listening:tell-space", args=[branch.slug, space.slug])
    return reverse("listening:tell-branch", args=[branch.slug]) if branch else reverse("listening:tell")


def _codes(request: PersonRequest) -> list[str]:
    asked = [code for code in request.GET.getlist("language") if code in settings.HOUSE.languages]
    return asked or [translation.get_language() or settings.LANGUAGE_CODE]


def _poster_words(code: str) -> dict[str, Any]:
    with translation.override(code):
        return {
            "code": code,
            "title": translation.gettext("What should we know?"),
            "lead": translation.gettext("Tell us. A person reads it, and you can see what comes of it."),
            "how": translation.gettext("Point your camera here, or ask at the desk for a slip of paper."),
        }


def _slip_words(code: str) -> dict[str, Any]:
    with translation.override(code):
        return {"code": code, "kinds": [(str(label), str(NOTES[VoiceKind(k)])) for k, label in VoiceKind.choices]}

"""Everything that the library wrote itself, and in which language it is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.lib.exports import file_response
from rapport.lib.translated import WordsField
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.ui.context import own_name
from rapport.ui.forms import Sentence, WordsFormField

MAY = "practice.translate"
_SHOWN = 100
_LONG = 80


@dataclass(frozen=True)
class Line:
    """One wording of one thing: what it says, and where it says nothing yet."""

    thing: Model
    field: WordsField

    @property
    def words(self) -> str:
        return str(getattr(self.thing, self.field.name))

    @property
    def language(self) -> str:
        return str(getattr(self.thing, self.field.name).language)

    @property
    def kind(self) -> str:
        return str(self.thing._meta.verbose_name)

    @property
    def missing(self) -> list[str]:
        return [own_name(code) for code in getattr(self.thing, self.field.name).missing()]

    def said_in(self, code: str) -> str:
        return str(getattr(self.thing, self.field.name).get(code, ""))

    @property
    def url(self) -> str:
        return reverse("practice:wording", args=[self.thing._meta.label_lower, self.thing.pk])


def spoken_models() -> dict[str, tuple[type[Model], list[WordsField]]]:
    """Each model of ours that holds words in languages, with those fields, by its label."""
    found = {}
    for model in apps.get_models():
        fields = [f for f in model._meta.concrete_fields if isinstance(f, WordsField) and f.editable]
        if fields and model.__module__.startswith("rapport."):
            found[model._meta.label_lower] = (model, fields)
    return found


class WordsFilters(Sentence):
    missing = forms.ChoiceField(label=gettext_lazy("missing in"))
    kind = forms.ChoiceField(label=gettext_lazy("about"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, own_name(code)) for code in settings.HOUSE.languages]
        kinds = [(label, model._meta.verbose_name_plural) for label, (model, _f) in spoken_models().items()]
        self.fields["missing"].choices = [("", gettext_lazy("any language")), *languages]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", gettext_lazy("everything")), *kinds]  # type: ignore[attr-defined]


@staff_may(MAY)
def words(request: PersonRequest) -> HttpResponseBase:
    filters = WordsFilters(request.GET)
    filters.is_valid()
    asked = filters.cleaned_data
    lines = _lines(request.user, asked.get("kind", ""), asked.get("missing", ""), request.GET.get("q", ""))
    if request.GET.get("export") in ("csv", "xlsx"):
        return _file(request.GET["export"], lines)
    shown = [line for _n, line in zip(range(_SHOWN + 1), lines, strict=False)]
    page = {"filters": filters, "lines": shown[:_SHOWN], "is_more": len(shown) > _SHOWN, "q": request.GET.get("q", "")}
    return render(request, "practice/words.html", page)


def _file(kind: str, lines: Iterator[Line]) -> HttpResponseBase:
    codes = settings.HOUSE.languages
    header = [_("About"), _("What"), *map(own_name, codes)]
    rows = ([line.kind, str(line.field.verbose_name), *map(line.said_in, codes)] for line in lines)
    return file_response(kind, "words", header, rows)


def _lines(person: Person, kind: str, missing: str, q: str) -> Iterator[Line]:
    """Line by line, so that a page asks no more of the database than it shows."""
    for label, (model, fields) in spoken_models().items():
        if kind and label != kind:
            continue
        for field in fields:
            for thing in _lacking(_reachable(model, person), field, missing, q).iterator(chunk_size=_SHOWN):
                yield Line(thing, field)


def _reachable(model: type[Model], person: Person) -> QuerySet[Any]:
    """What belongs to a branch is changed by those who work there; what belongs to none, by all who may translate."""
    rows = model._default_manager.order_by("-pk")
    mine = person.branches_where(MAY)
    if mine is None:
        return rows
    if model._meta.label == "places.Branch":
        return rows.filter(pk__in=mine)
    names = {field.name for field in model._meta.concrete_fields}
    return rows.filter(branch__in=mine) if "branch" in names else rows.none()


def _lacking(rows: QuerySet[Any], field: WordsField, missing: str, q: str) -> QuerySet[Any]:
    """Written in some language, but not in that one (or not in all)."""
    codes = [missing] if missing else settings.HOUSE.languages
    lacks = Q()
    for code in codes:
        lacks |= Q(**{f"{field.name}__{code}__isnull": True}) | Q(**{f"{field.name}__{code}": ""})
    rows = rows.exclude(**{field.name: {}}).filter(lacks)
    return rows.filter(**{f"{field.name}__icontains": q[:200]}) if q else rows


class WordingForm(forms.Form):
    """All words of one thing, each in each language."""

    def __init__(self, *args: Any, thing: Model, fields: list[WordsField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        for field in fields:
            held = getattr(thing, field.name)
            is_long = any(len(text) > _LONG for text in held.values())
            self.fields[field.name] = WordsFormField(
                label=field.verbose_name, required=not field.blank, long=is_long, initial=held
            )

    def save(self) -> None:
        for name, said in self.cleaned_data.items():
            setattr(self.thing, name, said)
        self.thing.save(update_fields=list(self.cleaned_data))


@staff_may(MAY)
def wording(request: PersonRequest, label: str, pk: int) -> HttpResponse:
    model, fields = spoken_models().get(label) or _nothing()
    thing = get_object_or_404(_reachable(model, request.user), pk=pk)
    form = WordingForm(request.POST or None, thing=thing, fields=fields)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("practice:translations")
    page = {"form": form, "thing": thing, "kind": model._meta.verbose_name}
    return render(request, "practice/wording.html", page, status=422 if form.errors else 200)


def _nothing() -> Any:
    raise Http404

"""The codebook: what each theme means, what belongs to it and what does not, and how it came to be so."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.insight.desk.theme_forms import DefinitionForm, PlaceForm
from rapport.insight.desk.theme_tabs import theme_tabs
from rapport.insight.models import Definition, Theme, ThemeChange
from rapport.insight.models.theme import Deed
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


def _page(theme: Theme) -> str:
    return reverse("insight:theme-definition", args=[theme.pk])


class CodebookFilters(Sentence):
    state = forms.ChoiceField(
        label=gettext_lazy("show themes"),
        choices=[("", gettext_lazy("in use")), ("open", gettext_lazy("without a definition"))],
    )

    def narrow_state(self, rows: QuerySet[Theme], value: str) -> QuerySet[Theme]:
        return rows.filter(definitions=None) if value == "open" else rows


def _columns(told: dict[int, Definition]) -> list[Column]:
    def of(name: str) -> Callable[[Theme], object]:
        return lambda theme: getattr(told.get(theme.pk), name, "")

    return [
        Column("label", gettext_lazy("Theme"), link=_page),
        Column("part_of", gettext_lazy("Part of"), lambda theme: str(theme.part_of or "")),
        Column("means", gettext_lazy("Means"), of("means")),
        Column("includes", gettext_lazy("Belongs to it"), of("includes")),
        Column("excludes", gettext_lazy("Does not belong to it"), of("excludes")),
        Column("example", gettext_lazy("Example"), of("example"), only_in_files=True),
        Column("n", gettext_lazy("Voices"), "voice_count", sort="voice_count", number=True),
    ]


@staff_may("insight.see")
def codebook(request: PersonRequest) -> HttpResponseBase:
    told: dict[int, Definition] = {}
    rows = Theme.objects.current().select_related("part_of")
    listing = Listing(
        request, rows, columns=_columns(told), filters=CodebookFilters, search=["label"], order="-n", name="codebook"
    )
    told |= Definition.objects.newest_of(list(listing.narrowed.all()) if listing.wants_file else list(listing.rows))
    if listing.wants_file:
        return listing.file()
    return render(request, "insight/desk/themes/codebook.html", {"listing": listing, "tabs": theme_tabs(request)})


class HistoryFilters(Sentence):
    deed = forms.ChoiceField(
        label=gettext_lazy("show"), choices=[("", gettext_lazy("everything that was done")), *Deed.choices]
    )


_HISTORY = [
    Column("at", gettext_lazy("When"), sort="at"),
    Column("theme", gettext_lazy("Theme"), lambda change: str(change.theme), link=lambda change: _page(change.theme)),
    Column("deed", gettext_lazy("What was done"), "get_deed_display"),
    Column("other", gettext_lazy("With"), lambda change: str(change.other or change.words)),
    Column("by", gettext_lazy("By"), lambda change: str(change.by or "")),
]


@staff_may("insight.see")
def history(request: PersonRequest) -> HttpResponseBase:
    rows = ThemeChange.objects.select_related("theme", "other", "by")
    listing = Listing(
        request, rows, columns=_HISTORY, filters=HistoryFilters, search=["words"], order="-at", name="history-of-themes"
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "insight/desk/themes/history.html", {"listing": listing, "tabs": theme_tabs(request)})


@staff_may("insight.see")
def definition(request: PersonRequest, pk: int) -> HttpResponseBase:
    """GET shows what belongs to the theme; POST writes it anew."""
    theme = get_object_or_404(Theme.objects.select_related("part_of"), pk=pk)
    newest = theme.definitions.select_related("by").first()
    if request.method == "POST" and not request.user.has_perm("insight.change"):
        return redirect(_page(theme))
    form = DefinitionForm(request.POST if request.method == "POST" else None, instance=_copy(newest))
    if request.method == "POST" and form.is_valid():
        Definition.objects.write(theme, by=request.user, **form.cleaned_data)
        messages.success(request, _("Written down. The earlier wording stays in the history."))
        return redirect(_page(theme))
    return _shown(request, theme, form, PlaceForm(theme=theme))


def _copy(definition: Definition | None) -> Definition:
    said = ("means", "includes", "excludes", "example")
    return Definition(**{name: getattr(definition, name) for name in said}) if definition else Definition()


def _shown(request: PersonRequest, theme: Theme, form: DefinitionForm, place_form: PlaceForm) -> HttpResponseBase:
    wordings = list(theme.definitions.select_related("by"))
    page = {
        "theme": theme,
        "definition": wordings[0] if wordings else None,
        "earlier": wordings[1:],
        "subthemes": theme.subthemes.all(),
        "changes": theme.changes.select_related("by", "other"),
        "form": form,
        "place_form": place_form,
        "tabs": theme_tabs(request),
        "may_change": theme.is_current and request.user.has_perm("insight.change"),
    }
    status = 422 if form.errors or place_form.errors else 200
    return render(request, "insight/desk/themes/definition.html", page, status=status)


@require_POST
@staff_may("insight.change")
def place(request: PersonRequest, pk: int) -> HttpResponseBase:
    theme = get_object_or_404(Theme.objects.current().select_related("part_of"), pk=pk)
    form = PlaceForm(request.POST, theme=theme)
    if form.is_valid():
        try:
            theme.place_under(form.cleaned_data["part_of"], by=request.user)
        except ValueError:
            form.add_error("part_of", _("It has parts itself. Let those stand on their own first."))
        else:
            return redirect(_page(theme))
    return _shown(request, theme, DefinitionForm(instance=_copy(theme.definitions.first())), form)

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from rapport.community.models import Topic
from rapport.community.topic_field import TopicField
from rapport.insight.desk.forms import MergingForm, ProposalForm, ThemeNameForm
from rapport.insight.desk.portraits import Portrait, portraits
from rapport.insight.desk.theme_tabs import theme_tabs
from rapport.insight.desk.theme_topics import ThemeTopicsForm
from rapport.insight.models import Theme, ThemeProposal
from rapport.listening.models import Voice, VoiceKind, VoiceQuerySet
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.ui import charts
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


def _page(theme: Theme) -> str:
    return reverse("insight:desk-theme", args=[theme.pk])


class ThemeFilters(Sentence):
    state = forms.ChoiceField(
        label=gettext_lazy("show themes"),
        choices=[
            ("", gettext_lazy("in use")),
            ("free", gettext_lazy("that are in no need yet")),
            ("aside", gettext_lazy("put aside or merged")),
        ],
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("heard at"), empty_label=gettext_lazy("any branch")
    )

    topic = TopicField(label=gettext_lazy("about"))

    def narrow_topic(self, rows: QuerySet[Theme], value: Topic) -> QuerySet[Theme]:
        return rows.filter(topics__in=Topic.objects.filter(pk=value.pk).with_parts()).distinct()

    def narrow_state(self, rows: QuerySet[Theme], value: str) -> QuerySet[Theme]:
        return rows.filter(needs=None) if value == "free" else rows

    def narrow_branch(self, rows: QuerySet[Theme], value: Branch) -> QuerySet[Theme]:
        return rows.filter(theme_voices__voice__branch=value).distinct()


def _newest_day(theme: Theme) -> date | None:
    return timezone.localdate(theme.newest_at) if theme.newest_at else None


def _columns(told: dict[int, Portrait]) -> list[Column]:
    return [
        Column("label", gettext_lazy("Theme"), link=_page),
        Column("n", gettext_lazy("Voices"), "voice_count", sort="voice_count", number=True),
        Column("languages", gettext_lazy("Languages"), lambda theme: told[theme.pk].languages_in_words),
        Column("branches", gettext_lazy("Branches"), lambda theme: told[theme.pk].branches_in_words),
        Column("newest", gettext_lazy("Newest voice"), _newest_day, sort="newest_at"),
        Column("needs", gettext_lazy("In the need"), lambda theme: told[theme.pk].needs_in_words),
        Column("at", gettext_lazy("Confirmed"), sort="at", only_in_files=True),
    ]


@staff_may("insight.see")
def themes(request: PersonRequest) -> HttpResponseBase:
    told: dict[int, Portrait] = {}
    aside = request.GET.get("state") == "aside"
    rows = Theme.objects.exclude(merged_into=None, discarded_at=None) if aside else Theme.objects.current()
    listing = Listing(
        request, rows, columns=_columns(told), filters=ThemeFilters, search=["label"], order="-n", name="themes"
    )
    shown = list(listing.narrowed.all()) if listing.wants_file else listing.rows
    told |= {theme.pk: Portrait() for theme in shown} | portraits(shown)
    if listing.wants_file:
        return listing.file()
    page = {
        "listing": listing,
        "form": ProposalForm(),
        "tabs": theme_tabs(request),
        "proposals": ThemeProposal.objects.seen_by(request.user).annotate(groups=Count("proposed"))[:5],
        "may_change": request.user.has_perm("insight.change"),
    }
    return render(request, "insight/desk/themes.html", page)


class VoicesOfTheme(Sentence):
    kind = forms.ChoiceField(label=gettext_lazy("show"), choices=[("", gettext_lazy("every kind")), *VoiceKind.choices])
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any branch")
    )
    language = forms.CharField(label=gettext_lazy("in the language"), widget=forms.TextInput(attrs={"size": 4}))


# Names and addresses of speakers are never part of it: trustees read themes too.
_VOICES = [
    Column("words", gettext_lazy("Words")),
    Column("kind", gettext_lazy("Kind"), "get_kind_display"),
    Column("language", gettext_lazy("Language")),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("spoken_at", gettext_lazy("When"), sort="spoken_at"),
    Column("status", gettext_lazy("Status"), "get_status_display"),
]


def voices_seen(voices: VoiceQuerySet, person: Person) -> VoiceQuerySet:
    return voices.of_branches(person.branches_where("insight.see")).select_related("branch")


@staff_may("insight.see")
def theme(request: PersonRequest, pk: int) -> HttpResponseBase:
    return _shown(request, get_object_or_404(Theme.objects.select_related("merged_into", "part_of"), pk=pk))


def _shown(request: PersonRequest, theme: Theme, **forms: Any) -> HttpResponseBase:
    listing = Listing(
        request,
        voices_seen(theme.voices(), request.user),
        columns=_VOICES,
        filters=VoicesOfTheme,
        search=["words"],
        order="-spoken_at",
        name="voices",
    )
    if listing.wants_file:
        return listing.file()
    page = {
        "theme": theme,
        "listing": listing,
        "portrait": portraits([theme])[theme.pk],
        "plot": months(theme),
        "changes": theme.changes.select_related("by")[:20],
        "definition": theme.definitions.first(),
        "subthemes": theme.subthemes.all(),
        "merged": theme.parts.all(),
        "unlike": voices_seen(theme.voices().filter(pk__in=theme.dissenting), request.user)[:4],
        "topics": theme.topics.all(),
        "topics_form": ThemeTopicsForm(theme=theme),
        "any_topic": Topic.objects.exists(),
        "name_form": ThemeNameForm(initial={"label": theme.label}),
        "part_form": ThemeNameForm(prefix="part"),
        "merging_form": MergingForm(theme=theme),
        "may_change": theme.is_current and request.user.has_perm("insight.change"),
        "may_restore": theme.discarded_at and request.user.has_perm("insight.change"),
        **forms,
    }
    return render(request, "insight/desk/theme.html", page, status=422 if forms else 200)


def months(theme: Theme) -> charts.Plot | None:
    """How many voices spoke of it in each month, the empty months too; None where there is only one month."""
    counted = theme.voices().order_by().annotate(month=TruncMonth("spoken_at")).values_list("month")
    counts = {month.date(): n for month, n in counted.annotate(n=Count("pk"))}
    if len(counts) < 2:
        return None
    marks = _every_month(min(counts), max(counts))[-36:]
    values = [counts.get(month, 0) for month in marks]
    most = max(values)
    best = date_format(marks[values.index(most)], "F Y")
    return charts.line(
        _("Voices by month"),
        [date_format(month, "M Y") for month in marks],
        [charts.Series(_("Voices"), values)],
        summary=ngettext("Most of them, %(n)s, in %(month)s.", "Most of them, %(n)s, in %(month)s.", most)
        % {"n": most, "month": best},
        what=_("Month"),
    )


def _every_month(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    steps = [first.month - 1 + n for n in range(count)]
    return [date(first.year + step // 12, step % 12 + 1, 1) for step in steps]


def _found(pk: int) -> Theme:
    return get_object_or_404(Theme.objects.current(), pk=pk)


@require_POST
@staff_may("insight.change")
def name(request: PersonRequest, pk: int) -> HttpResponseBase:
    theme = _found(pk)
    form = ThemeNameForm(request.POST)
    if not form.is_valid():
        return _shown(request, theme, name_form=form)
    theme.rename(form.cleaned_data["label"], by=request.user)
    messages.success(request, _("The new name is saved."))
    return redirect(_page(theme))


@require_POST
@staff_may("insight.change")
def merging(request: PersonRequest, pk: int) -> HttpResponseBase:
    theme = _found(pk)
    form = MergingForm(request.POST, theme=theme)
    if not form.is_valid():
        return _shown(request, theme, merging_form=form)
    other = form.cleaned_data["other"]
    theme.merge_into(other, by=request.user)
    messages.success(request, _("They are one theme now."))
    return redirect(_page(other))


@require_POST
@staff_may("insight.change")
def parts(request: PersonRequest, pk: int) -> HttpResponseBase:
    theme = _found(pk)
    form = ThemeNameForm(request.POST, prefix="part")
    keys = [int(key) for key in request.POST.getlist("pick") if key.isdecimal()]
    chosen = Voice.objects.filter(pk__in=voices_seen(theme.voices(), request.user).filter(pk__in=keys).values("pk"))
    if form.is_valid():
        try:
            part = theme.split(form.cleaned_data["label"], chosen.values_list("pk", flat=True), by=request.user)
        except ValueError:
            form.add_error(None, _("Choose some of its voices in the list, not none and not all."))
        else:
            messages.success(request, _("They are a theme of their own now."))
            return redirect(_page(part))
    return _shown(request, theme, part_form=form, picked=keys)


@require_POST
@staff_may("insight.change")
def discarding(request: PersonRequest, pk: int) -> HttpResponseBase:
    theme = _found(pk)
    theme.discard(by=request.user)
    messages.success(request, _("Put aside. Its voices stay as they are."))
    return redirect(_page(theme))


@require_POST
@staff_may("insight.change")
def restoring(request: PersonRequest, pk: int) -> HttpResponseBase:
    theme = get_object_or_404(Theme.objects.exclude(discarded_at=None), pk=pk)
    theme.restore(by=request.user)
    messages.success(request, _("It is in use again."))
    return redirect(_page(theme))

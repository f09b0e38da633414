"""This week: what rose, fell or is new, the weeks before it, and the voices behind each line."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.insight.desk.theme_tabs import theme_tabs
from rapport.insight.desk.themes import VoicesOfTheme, voices_seen
from rapport.insight.models import Digest, DigestLine, DigestReader, Suggestion, Trend
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui import charts
from rapport.ui.listing import Column, Listing

_SHOWN_BEFORE = 52


@staff_may("insight.see")
def digests(request: PersonRequest) -> HttpResponse:
    """The newest week, and the list of those before it."""
    return _shown(request, Digest.objects.first())


@staff_may("insight.see")
def digest(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, get_object_or_404(Digest, pk=pk))


def _shown(request: PersonRequest, digest: Digest | None) -> HttpResponse:
    lines = digest.lines_for(request.user) if digest else []
    waiting = Suggestion.objects.open().seen_by(request.user)
    page = {
        "digest": digest,
        "summary": digest.summary(lines) if digest else "",
        "lines": [(line, history(line)) for line in lines],
        "others": Digest.objects.exclude(pk=digest.pk)[:_SHOWN_BEFORE] if digest else [],
        "is_asked_for": DigestReader.objects.filter(person=request.user).exists(),
        "waiting": waiting.count(),
        "tabs": theme_tabs(request),
    }
    return render(request, "insight/desk/digest/digest.html", page)


def history(line: DigestLine) -> charts.Plot:
    """The line's own year, with where it usually lies."""
    weeks = len(line.history)
    days = [line.digest.week - timedelta(weeks=weeks - 1 - place) for place in range(weeks)]
    return charts.line(
        line.what,
        [date_format(day, "j M Y") for day in days],
        [charts.Series(_("People who spoke of it"), line.history)],
        summary=_("Week by week over a year; the band is where it usually lies."),
        what=_("Week of"),
        span=charts.Span(_("usual"), line.low, line.high),
    )


_VOICES = [
    Column("words", gettext_lazy("Words")),
    Column("kind", gettext_lazy("Kind"), "get_kind_display"),
    Column("language", gettext_lazy("Language")),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("spoken_at", gettext_lazy("When"), sort="spoken_at"),
]


@staff_may("insight.see")
def line(request: PersonRequest, pk: int, line: int) -> HttpResponseBase:
    """Exactly the voices that a line was counted from."""
    digest = get_object_or_404(Digest, pk=pk)
    found = next((one for one in digest.lines_for(request.user) if one.pk == line), None)
    if found is None:
        return redirect(digest)
    listing = Listing(
        request,
        voices_seen(found.its_voices(), request.user),
        columns=_VOICES,
        filters=VoicesOfTheme,
        search=["words"],
        order="-spoken_at",
        name="voices",
    )
    if listing.wants_file:
        return listing.file()
    open_ones = Suggestion.objects.open().filter(voice__in=found.voices)
    page = {
        "digest": digest,
        "line": found,
        "plot": history(found),
        "listing": listing,
        "unsaid": open_ones.seen_by(request.user).count() if found.theme_id else 0,
        "fell": found.trend == Trend.FELL,
        "tabs": theme_tabs(request),
    }
    return render(request, "insight/desk/digest/line.html", page)


@require_POST
@staff_may("insight.see")
def subscription(request: PersonRequest) -> HttpResponse:
    """Ask for the digest of each week by mail."""
    DigestReader.objects.get_or_create(person=request.user)
    messages.success(request, _("From the next week on, the digest comes by mail."))
    return redirect("insight:desk-digests")


@require_POST
@staff_may("insight.see")
def subscription_removal(request: PersonRequest) -> HttpResponse:
    DigestReader.objects.filter(person=request.user).delete()
    messages.success(request, _("It does not come by mail any more."))
    return redirect("insight:desk-digests")

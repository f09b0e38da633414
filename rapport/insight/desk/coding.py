"""Two people sort the same voices without a look at each other's work, and then see how far they agree."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.insight.coding_results import agreement_of
from rapport.insight.desk.theme_forms import SampleForm
from rapport.insight.desk.theme_tabs import theme_tabs
from rapport.insight.models import CodingSample, Definition, SampleCode, SampledVoice, Theme
from rapport.listening.models import Voice, VoiceQuerySet
from rapport.people.guards import PersonRequest, staff_may

NONE = "none"


@staff_may("insight.see")
def samples(request: PersonRequest) -> HttpResponse:
    """GET lists the samples; POST draws a new one."""
    branches = request.user.branches_where("insight.change")
    sent = request.POST if request.method == "POST" and request.user.has_perm("insight.change") else None
    form = SampleForm(sent, branches=branches)
    if form.is_valid():
        said = form.cleaned_data
        try:
            sample = CodingSample.objects.draw(
                said["title"], _voices(said), size=said["size"], by=request.user, branch=said["branch"]
            )
        except ValueError:
            form.add_error(None, _("There are no voices there. Choose an earlier day, or any branch."))
        else:
            return redirect(sample)
    page = {
        "form": form,
        "samples": _with_progress(CodingSample.objects.reached_by(request.user)),
        "tabs": theme_tabs(request),
        "may_change": request.user.has_perm("insight.change"),
    }
    return render(request, "insight/desk/themes/samples.html", page, status=422 if form.errors else 200)


def _voices(said: dict[str, Any]) -> VoiceQuerySet:
    voices = Voice.objects.in_hand().exclude(words="")
    if said["branch"]:
        voices = voices.filter(branch=said["branch"])
    if said["since"]:
        voices = voices.filter(spoken_at__gte=timezone.make_aware(datetime.combine(said["since"], time())))
    return voices


def _with_progress(samples: Any) -> list[dict[str, Any]]:
    """Each with its size and with who has coded how many, in two queries more."""
    rows = list(samples.select_related("by", "branch")[:50])
    sizes: dict[int, int] = dict.fromkeys((row.pk for row in rows), 0)
    coders: dict[int, dict[str, int]] = {row.pk: {} for row in rows}
    for sample in SampledVoice.objects.filter(sample__in=rows).order_by().values_list("sample", flat=True):
        sizes[sample] += 1
    codes = SampleCode.objects.filter(sampled__sample__in=rows).order_by("pk").select_related("by", "sampled")
    for code in codes:
        mine = coders[code.sampled.sample_id]
        mine[str(code.by)] = mine.get(str(code.by), 0) + 1
    return [{"sample": row, "size": sizes[row.pk], "coders": coders[row.pk].items()} for row in rows]


def _found(request: PersonRequest, pk: int) -> CodingSample:
    return get_object_or_404(CodingSample.objects.reached_by(request.user), pk=pk)


@staff_may("insight.see")
def sample(request: PersonRequest, pk: int) -> HttpResponse:
    """The next voice to code, or, once that is done, how far the coders agree."""
    found = _found(request, pk)
    may_change = request.user.has_perm("insight.change")
    waiting = found.next_for(request.user) if may_change and not found.closed_at else None
    size = found.sampled.count()
    page: dict[str, Any] = {
        "sample": found,
        "size": size,
        "tabs": theme_tabs(request),
        "may_change": may_change,
        "themes": _defined_themes() if may_change else [],
    }
    if waiting:
        page |= {"sampled": waiting, "done": found.coded_by(request.user)}
        return render(request, "insight/desk/themes/sample_code.html", page)
    if found.is_shown_to(request.user) and (may_change or found.closed_at):
        page |= {"agreement": agreement_of(found)}
    return render(request, "insight/desk/themes/sample.html", page)


def _defined_themes() -> list[dict[str, Any]]:
    themes = list(Theme.objects.current().select_related("part_of").order_by("-voice_count", "pk")[:60])
    told = Definition.objects.newest_of(themes)
    return [
        {"theme": theme, "definition": told.get(theme.pk), "key": str(number) if number < 10 else ""}
        for number, theme in enumerate(themes, 1)
    ]


@require_POST
@staff_may("insight.change")
def code(request: PersonRequest, pk: int, sampled: int) -> HttpResponse:
    found = _found(request, pk)
    voice = get_object_or_404(found.sampled, pk=sampled)
    if found.closed_at:
        messages.warning(request, _("This coding is over."))
    elif (said := request.POST.get("theme", "")) == NONE:
        voice.code(None, by=request.user)
    elif theme := _theme(said):
        voice.code(theme, by=request.user)
    else:
        messages.warning(request, _("Choose a theme, or none of them."))
    return redirect(found)


def _theme(key: str) -> Theme | None:
    return Theme.objects.current().filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None


@require_POST
@staff_may("insight.change")
def settlement(request: PersonRequest, pk: int, sampled: int) -> HttpResponse:
    """They talked it over."""
    found = _found(request, pk)
    voice = get_object_or_404(found.sampled, pk=sampled)
    said = request.POST.get("theme", "")
    theme = _theme(said)
    if not found.is_shown_to(request.user):
        messages.warning(request, _("Code your own voices first."))
    elif theme or said == NONE:
        voice.settle(theme, by=request.user)
        messages.success(request, _("Settled."))
    else:
        messages.warning(request, _("Choose a theme, or none of them."))
    return redirect(found)


@require_POST
@staff_may("insight.change")
def closing(request: PersonRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    found.close()
    messages.success(request, _("The coding is over. All see how far the coders agree."))
    return redirect(found)

"""New voices and the themes that the house suggests for them: a person looks at the doubtful ones first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rapport.insight.desk.theme_tabs import theme_tabs
from rapport.insight.models import Answered, Definition, Suggestion, Theme
from rapport.insight.reading import read_new_voices
from rapport.lib.later import later
from rapport.people.guards import PersonRequest, staff_may

SURE = 0.9


@staff_may("insight.see")
def suggestions(request: PersonRequest) -> HttpResponse:
    """One voice at a time; `after` is where somebody went on without an answer."""
    waiting = Suggestion.objects.open().seen_by(request.user)
    shown = waiting.doubtful_first().select_related("voice__branch", "theme", "second")
    skipped = [int(key) for key in request.GET.get("after", "").split(",") if key.isdecimal() and len(key) < 19][-50:]
    suggestion = shown.exclude(pk__in=skipped).first() or shown.first()
    answered = Suggestion.objects.answered().seen_by(request.user)
    page = {
        "suggestion": suggestion,
        "skip": ",".join(map(str, [*skipped, suggestion.pk])) if suggestion else "",
        "definition": Definition.objects.filter(theme=suggestion.theme).first() if suggestion else None,
        "themes": Theme.objects.current().only("label")[:500],
        "waiting": waiting.count(),
        "sure": waiting.filter(confidence__gte=SURE).count(),
        "sure_percent": round(100 * SURE),
        "answered": answered.count(),
        "agreed": answered.filter(answer=Answered.YES).count(),
        "tabs": theme_tabs(request),
        "may_change": request.user.has_perm("insight.change"),
    }
    return render(request, "insight/desk/themes/suggestions.html", page)


@require_POST
@staff_may("insight.change")
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    suggestion = get_object_or_404(Suggestion.objects.seen_by(request.user).select_related("theme"), pk=pk)
    said = request.POST.get("answer")
    if said == Answered.YES:
        suggestion.agree(by=request.user)
    elif said == Answered.NO:
        suggestion.decline(by=request.user)
    else:
        other = _theme(request.POST.get("theme", ""))
        if other is None:
            messages.warning(request, _("Choose the theme that it belongs to."))
            return redirect("insight:suggestions")
        suggestion.settle_on(other, by=request.user)
    return redirect(reverse("insight:suggestions") + (f"?after={after}" if (after := _after(request)) else ""))


def _after(request: PersonRequest) -> str:
    after = request.POST.get("after", "")
    return after if after.replace(",", "").isdecimal() and len(after) < 1000 else ""


def _theme(key: str) -> Theme | None:
    return Theme.objects.current().filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None


@require_POST
@staff_may("insight.change")
def sure_ones(request: PersonRequest) -> HttpResponse:
    """Yes to all of which the house is sure."""
    sure = Suggestion.objects.seen_by(request.user).filter(confidence__gte=SURE)
    n = sure.agree_to_all(by=request.user)
    said = ngettext("%(n)s voice joined its theme.", "%(n)s voices joined their themes.", n) % {"n": n}
    messages.success(request, said)
    return redirect("insight:suggestions")


@require_POST
@staff_may("insight.change")
def reading(request: PersonRequest) -> HttpResponse:
    later(read_new_voices)
    messages.success(request, _("The house reads what is new. Come back in a minute."))
    return redirect("insight:suggestions")

"""Open answers: read, searched, put into themes, and made voices so that who wrote them hears what comes of it."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rapport.insight.desk.surveys.reach import head, looked_at, survey_for
from rapport.insight.desk.surveys.results import told
from rapport.insight.models import ThemeProposal
from rapport.insight.reading import read_new_voices
from rapport.insight.voicing import make_voices, words_matching
from rapport.lib.later import later
from rapport.people.guards import PersonRequest, staff_may

if TYPE_CHECKING:
    from rapport.insight.results.ground import Ground
    from rapport.surveys.methods import Column

_PER_PAGE = 50


@staff_may("surveys.see")
def open_words(request: PersonRequest, pk: int) -> HttpResponse:
    from rapport.insight.results.behind import read
    from rapport.insight.results.variables import title

    survey = survey_for(request, pk)
    ground, narrowing = looked_at(request, survey)
    columns = [one for one in ground.columns.columns() if one.is_own_words]
    column = _column(ground, request.GET.get("question", "")) or next(iter(columns), None)
    q = request.GET.get("q", "").strip()[:200]
    keys = words_matching(ground, column, q) if column and not ground.is_too_few else []
    number = int(request.GET.get("page", "1")) if request.GET.get("page", "1").isdecimal() else 1
    shown = keys[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    page = {
        **head(request, survey, "insight:desk-open-words"),
        **told(ground),
        "narrowing": narrowing,
        "columns": [(one.name, title(ground, one)) for one in columns],
        "column": column,
        "q": q,
        "found": len(keys),
        "answers": list(zip([key.hex() for key in shown], read(ground, shown, column), strict=True)) if column else [],
        "page_number": number,
        "next": number + 1 if number * _PER_PAGE < len(keys) else 0,
    }
    return render(request, "insight/desk/surveys/open_words.html", page)


def _column(ground: "Ground", name: str) -> "Column | None":
    column = ground.columns.column(name)
    return column if column and column.is_own_words else None


@require_POST
@staff_may("surveys.change")
def voices(request: PersonRequest, pk: int) -> HttpResponse:
    """The chosen answers, or all that the search shows, are voices from now on; and perhaps looked at for themes."""
    survey = survey_for(request, pk, "surveys.change")
    ground, _narrowing = looked_at(request, survey)
    column = _column(ground, request.POST.get("question", ""))
    if column is None or ground.is_too_few:
        return redirect("insight:desk-open-words", pk)
    wants_all = request.POST.get("which") == "all"
    keys = words_matching(ground, column, request.POST.get("q", "")[:200])
    chosen = set(request.POST.getlist("pick"))
    keys = keys if wants_all else [key for key in keys if key.hex() in chosen]
    made = make_voices(ground, column, keys, by=request.user)
    if made:
        later(read_new_voices)
    said = ngettext("%(n)s answer is a voice now.", "%(n)s answers are voices now.", made) % {"n": made}
    messages.success(request, said if keys else _("Choose answers first."))
    if keys and request.POST.get("then") == "themes" and request.user.has_perm("insight.change"):
        selection = {"view": "all", "loop": str(survey.loop_id), "channel": "survey"}
        proposal = ThemeProposal.objects.propose(selection, by=request.user, said=str(survey))
        return redirect("insight:proposal", proposal.pk)
    return redirect("insight:desk-open-words", pk)

"""The workspace of a needs assessment: its list, its overview, who was heard, the gaps, and publishing it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.insight.assessing import heard_of, lacks_of, rated_in, tables_of
from rapport.insight.desk.assessment_forms import AssessmentForm, PublicationForm
from rapport.insight.desk.assessment_words import LACK_WORDS, QUADRANTS, STANDINGS
from rapport.insight.models import AlreadyPublished, Assessment
from rapport.lib.translated import words
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.ui.charts import Bar, bars
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing
from rapport.ui.parts import Tab

SEE, CHANGE = "insight.see", "insight.change"
View = Callable[..., HttpResponse]


def page_of(assessment: Assessment) -> str:
    return reverse("insight:desk-assessment", args=[assessment.pk])


class AssessmentFilters(Sentence):
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("show those of"), empty_label=gettext_lazy("any branch")
    )
    state = forms.ChoiceField(
        label=gettext_lazy("that are"),
        choices=[
            ("", gettext_lazy("under way or published")),
            ("open", gettext_lazy("under way")),
            ("published", gettext_lazy("published")),
        ],
    )

    def narrow_state(self, rows: QuerySet[Assessment], value: str) -> QuerySet[Assessment]:
        return rows.filter(publication__isnull=value == "open")


COLUMNS = [
    Column("title", gettext_lazy("What it is to find out"), link=page_of),
    Column("branch", gettext_lazy("Where"), lambda one: one.branch or _("the library as a whole")),
    Column("lead", gettext_lazy("Lead"), sort="lead__name"),
    Column("n_sources", gettext_lazy("Sources"), number=True, sort="n_sources"),
    Column("n_findings", gettext_lazy("Findings"), number=True, sort="n_findings"),
    Column("published", gettext_lazy("Published"), "publication.at", template="insight/desk/published_cell.html"),
    Column("next_on", gettext_lazy("The next one begins"), sort="next_on"),
]


@staff_may(SEE)
def assessments(request: PersonRequest) -> HttpResponseBase:
    rows = Assessment.objects.of_branches(request.user.branches_where(SEE)).select_related(
        "branch", "lead", "publication"
    )
    rows = rows.annotate(n_sources=Count("sources", distinct=True), n_findings=Count("findings", distinct=True))
    search = ["title", "topic"]
    listing = Listing(
        request, rows, columns=COLUMNS, filters=AssessmentFilters, search=search, order="-at", name="assessments"
    )
    if listing.wants_file:
        return listing.file()
    page = {"listing": listing, "may_change": request.user.has_perm(CHANGE)}
    return render(request, "insight/desk/assessments.html", page)


@staff_may(CHANGE)
def new(request: PersonRequest) -> HttpResponse:
    before = _before(request)
    branches = request.user.branches_where(CHANGE)
    initial = {"title": before.title, "branch": before.branch_id, "topic": before.topic} if before else {}
    form = AssessmentForm(request.POST or None, branches=branches, initial={"lead": request.user, **initial})
    if request.method == "POST" and form.is_valid():
        found = Assessment.objects.begin(by=request.user, before=before, **form.cleaned_data)
        messages.success(request, _("It has begun. Now say which sources you will listen to; three kinds at least."))
        return redirect(page_of(found))
    page = {"form": form, "before": before}
    return render(request, "insight/desk/assessment_new.html", page, status=422 if form.errors else 200)


def _before(request: PersonRequest) -> Assessment | None:
    key = request.GET.get("after", "")
    return visible(request).filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None


def visible(request: PersonRequest) -> QuerySet[Assessment]:
    rows = Assessment.objects.select_related("branch", "lead", "publication", "before__publication", "loop__closing")
    return rows.of_branches(request.user.branches_where(SEE))


def found(request: PersonRequest, pk: int, *, to_change: bool = False) -> Assessment:
    """The assessment, if this person may see it (or change it); somebody of another branch finds nothing here."""
    assessment = get_object_or_404(visible(request), pk=pk)
    if to_change and not may_change(request, assessment):
        raise Http404
    return assessment


def may_change(request: PersonRequest, assessment: Assessment) -> bool:
    """A branch's colleague works on their own branch's; those of the whole library are for those who work for it."""
    reach = request.user.branches_where(CHANGE)
    is_theirs = reach is None or assessment.branch_id in reach
    return is_theirs and not assessment.is_published and request.user.has_perm(CHANGE)


def while_open(view: View) -> View:
    """Whoever sends a change a moment after somebody published it is told so."""

    @wraps(view)
    def asked(request: PersonRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, pk, *args, **kwargs)
        except AlreadyPublished:
            messages.info(request, _("Somebody published it just before you, and what is published stays as it is."))
            return redirect("insight:desk-assessment", pk)

    return asked


TABS = [
    ("", gettext_lazy("Overview")),
    ("sources", gettext_lazy("Sources")),
    ("notes", gettext_lazy("Notes")),
    ("reach", gettext_lazy("Who was heard")),
    ("gaps", gettext_lazy("Gaps")),
    ("assets", gettext_lazy("Assets")),
    ("findings", gettext_lazy("Findings")),
    ("priorities", gettext_lazy("Priorities")),
    ("publication", gettext_lazy("Publish")),
]


def tabs(assessment: Assessment, here: str) -> list[Tab]:
    base = page_of(assessment)
    return [Tab(label, f"{base}{part}/" if part else base, part == here) for part, label in TABS]


def frame(request: PersonRequest, assessment: Assessment, here: str) -> dict[str, Any]:
    return {
        "assessment": assessment,
        "tabs": tabs(assessment, here),
        "may_change": may_change(request, assessment),
    }


@staff_may(SEE)
def assessment(request: PersonRequest, pk: int) -> HttpResponse:
    one = found(request, pk)
    missing = lacks_of(one, heard_of(one))
    page = frame(request, one, "") | {
        "lacks": [LACK_WORDS[lack] for lack in missing],
        "done": len(LACK_WORDS) - len(missing),
        "all": len(LACK_WORDS),
        "sources": one.sources.all(),
        "members": one.members.select_related("person", "by"),
        "after": one.after.all(),
        "compared": _compared(one),
    }
    return render(request, "insight/desk/assessment.html", page)


def _compared(one: Assessment) -> list[tuple[str, int, int]]:
    """The numbers of this one beside those of the one before."""
    if one.before is None:
        return []
    counts = [(_("Kinds of sources"), "sources__kind"), (_("Findings"), "findings"), (_("Priorities"), "priorities")]
    both = Assessment.objects.filter(pk__in=[one.pk, one.before.pk]).order_by()
    rows = []
    for label, path in counts:
        numbers = dict(both.values_list("pk").annotate(n=Count(path, distinct=True)))
        rows.append((label, numbers[one.before.pk], numbers[one.pk]))
    return rows


@staff_may(CHANGE)
@while_open
def details(request: PersonRequest, pk: int) -> HttpResponse:
    one = found(request, pk, to_change=request.method == "POST")
    form = AssessmentForm(request.POST or None, instance=one, branches=request.user.branches_where(CHANGE))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(page_of(one))
    page = frame(request, found(request, pk), "") | {"form": form}
    return render(request, "insight/desk/assessment_details.html", page, status=422 if form.errors else 200)


@staff_may(SEE)
def reach(request: PersonRequest, pk: int) -> HttpResponse:
    one = found(request, pk)
    heard = heard_of(one)
    tables = [
        {
            "heard": each,
            "title": words(each.question.words),
            "missing": each.missing,
            "rows": [
                (name, row, 100 * row.share, 100 * row.people, STANDINGS[row.standing]) for name, row in each.rows
            ],
            "plot": _plot(each.rows),
        }
        for each in heard
    ]
    page = frame(request, one, "reach") | {"tables": tables, "has_survey": one.sources.exclude(survey=None).exists()}
    return render(request, "insight/desk/assessment_reach.html", page)


def _plot(rows: Any) -> Any:
    marks = [Bar(name, round(100 * row.index), _("of 100")) for name, row in rows]
    return bars(
        _("For each 100 that would have been their share"),
        marks,
        summary=_("Below 100, fewer answered than live here"),
        header=(_("Group"), _("Heard, of 100")),
    )


@staff_may(SEE)
def gaps(request: PersonRequest, pk: int) -> HttpResponse:
    one = found(request, pk)
    tables = [
        {
            "rated": rated,
            "title": words(rated.question.words),
            "rows": [
                (each.words, each.gap, QUADRANTS[each.gap.quadrant.name], each.n) for each in rated.found.services
            ],
        }
        for rated in rated_in(one)
    ]
    needs = [(row.need, row.need.assets.filter(assessment=one)) for row in one.priorities.select_related("need")]
    return render(
        request, "insight/desk/assessment_gaps.html", frame(request, one, "gaps") | {"tables": tables, "needs": needs}
    )


@staff_may(SEE)
def publication(request: PersonRequest, pk: int) -> HttpResponse:
    one = found(request, pk)
    form = PublicationForm(request.POST or None)
    if request.method == "POST":
        if not may_change(request, one):
            raise Http404
        if form.is_valid():
            return _publish(request, one, form)
    page = frame(request, one, "publication") | {
        "form": form,
        "lacks": [LACK_WORDS[lack] for lack in lacks_of(one, heard_of(one))] if not one.is_published else [],
    }
    return render(request, "insight/desk/assessment_publication.html", page, status=422 if form.errors else 200)


def _publish(request: PersonRequest, one: Assessment, form: PublicationForm) -> HttpResponse:
    try:
        one.publish(by=request.user, tables=tables_of(one), **form.cleaned_data)
        messages.success(request, _("It is published, and everyone who was heard is being told."))
    except AlreadyPublished:
        messages.info(request, _("Somebody published it just before you. Nobody is told twice."))
    return redirect(reverse("insight:assessment-publication", args=[one.pk]))

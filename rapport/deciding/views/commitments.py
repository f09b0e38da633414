"""The register that anyone may read: what the library promised, and what became of it."""

from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import Commitment, Reaching, Standing
from rapport.deciding.models.commitment import CommitmentQuerySet
from rapport.deciding.register import register_of
from rapport.deciding.timelines import timeline_of
from rapport.loop.things import things
from rapport.people.guards import anyone
from rapport.places.models import Branch
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


class CommitmentFilters(Sentence):
    standing = forms.ChoiceField(label=_("show"), choices=[("", _("every promise")), *Standing.choices])
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("at"), empty_label=_("any branch"))

    def narrow_standing(self, rows: CommitmentQuerySet, value: str) -> QuerySet[Commitment]:
        return rows.standing(value)


COLUMNS = [
    Column("words", _("What we promised"), link="get_absolute_url"),
    Column("who", _("Who answers for it"), lambda one: one.who),
    Column("at", _("Promised"), lambda one: one.at.date(), sort="at"),
    Column("due", _("Due"), sort="due"),
    Column("standing", _("Where it stands"), lambda one: one.standing.label),
    Column("first_due", _("Day that was said first"), only_in_files=True),
    Column("kept_on", _("Kept on"), lambda one: one.kept.on if one.kept else None, only_in_files=True),
    Column("see", _("What there is to see"), lambda one: one.kept.words if one.kept else "", only_in_files=True),
    Column("why", _("Why not"), lambda one: one.given_up.why if one.given_up else "", only_in_files=True),
    Column("branch", _("Branch"), "branch.name", only_in_files=True),
    Column("decision", _("Decision"), "decision.question", only_in_files=True),
]


def with_all(rows: CommitmentQuerySet) -> CommitmentQuerySet:
    found: CommitmentQuerySet = rows.select_related("branch", "decision", "keeping", "giving_up").prefetch_related(
        "milestones__reaching"
    )
    return found


@anyone
def commitments(request: HttpRequest) -> HttpResponseBase:
    rows = Commitment.objects.public()
    listing = Listing(
        request, with_all(rows), columns=COLUMNS, filters=CommitmentFilters, search=["words"], order="-due",
        name="commitments",
    )  # fmt: skip
    if listing.wants_file:
        return listing.file()
    page = {"listing": listing, "register": register_of(_at(listing, rows))}
    return render(request, "deciding/commitments/commitments.html", page)


def _at(listing: Listing[Commitment], rows: CommitmentQuerySet) -> CommitmentQuerySet:
    """The figures follow the branch that was chosen, and nothing else: a share of what is late would say nothing."""
    chosen = listing.filters if listing.filters and listing.filters.is_valid() else None
    branch = chosen.cleaned_data["branch"] if chosen else None
    return rows.filter(branch=branch) if branch else rows


@anyone
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    rows = with_all(Commitment.objects.public()).select_related("loop", "decision__process").prefetch_related("changes")
    found = get_object_or_404(rows, pk=pk)
    pictures = [one for one in found.milestones.all() if one.arrival and one.arrival.picture]
    page = {
        "commitment": found,
        "knots": timeline_of(found),
        "pictures": pictures,
        "origins": origins_of(found, "public"),
    }
    return render(request, "deciding/commitments/commitment.html", page)


def origins_of(commitment: Commitment, face: str) -> list[tuple[str, str, str]]:
    """Because of what it was made: the kind of thing, its words, and its page. The decision is named beside it."""
    found = [(things.get(one._meta.label_lower), one) for one in commitment.origins_found()]
    return [
        (str(kind.name), str(one), kind.public(one) if face == "public" else kind.desk(one))
        for kind, one in found
        if one != commitment.decision
    ]


@anyone
def picture(request: HttpRequest, pk: int, milestone: int) -> HttpResponseBase:
    public = Reaching.objects.filter(milestone__commitment__in=Commitment.objects.public())
    found = get_object_or_404(public, milestone__commitment=pk, milestone=milestone)
    if not found.picture:
        raise Http404
    answer = FileResponse(found.picture.open(), content_type="image/webp")
    answer["Content-Disposition"] = 'inline; filename="milestone.webp"'
    return answer


@anyone
def sheet(request: HttpRequest) -> HttpResponse:
    """The register on paper, for the table of a board."""
    rows = with_all(Commitment.objects.public())
    page = {"commitments": rows.order_by("due", "pk")[:500], "register": register_of(Commitment.objects.public())}
    return render(request, "deciding/commitments/sheet.html", page)

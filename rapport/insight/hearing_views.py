"""Whom we hear, in public: the newest release beside who lives here, and every release as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rapport.community.models import Band, Dimension
from rapport.insight.desk.assessment_words import STANDINGS
from rapport.insight.models import PrivacyBudget, Release
from rapport.insight.reached import PLACE, in_order
from rapport.insight.reaching.drawing import of_a_release
from rapport.insight.reaching.releasing import HEADER
from rapport.lib.exports import csv_response, xlsx_response
from rapport.people.guards import anyone
from rapport.places.models import Branch


@anyone
@require_safe
def whom_we_hear(request: HttpRequest) -> HttpResponse:
    releases = list(Release.objects.all())
    newest = releases[0] if releases else None
    page = {
        "newest": newest,
        "tables": _tables(newest.rows) if newest else [],
        "releases": releases,
        "budgets": [one for one in PrivacyBudget.objects.all() if one.spent],
    }
    return render(request, "insight/whom_we_hear.html", page)


def _tables(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One for each step and dimension, of the library as a whole, with words for what the file only numbers."""
    steps = {one.name: str(one.label) for one in in_order()}
    dimensions = {one.slug: str(one) for one in Dimension.objects.all()} | {PLACE: _("Place")}
    names = {(band.dimension.slug, band.slug): str(band) for band in Band.objects.select_related("dimension")}
    names |= {(PLACE, one.slug): str(one) for one in Branch.objects.all()}
    standings = {standing.name.lower(): words for standing, words in STANDINGS.items()}
    tables: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["branch"] == "*":
            says = standings.get(row.get("standing", ""), "")
            name = names.get((row["dimension"], row["band"]), row["band"])
            tables.setdefault((row["step"], row["dimension"]), []).append({**row, "name": name, "says": says})
    return [
        {
            "step": steps.get(step, step),
            "dimension": dimensions.get(dimension, dimension),
            "rows": found,
            "plot": of_a_release(steps.get(step, step), found) if len(found) > 1 else None,
        }
        for (step, dimension), found in tables.items()
    ]


@anyone
@require_safe
def data(request: HttpRequest) -> HttpResponseBase:
    """Every number that was ever released, as it was released."""
    rows = [[row.get(name) for name in HEADER] for one in Release.objects.order_by("quarter") for row in one.rows]
    answer = xlsx_response if request.GET.get("export") == "xlsx" else csv_response
    return answer("whom-we-hear", HEADER, rows)

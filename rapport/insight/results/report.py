"""The numbers of a survey as a tagged PDF in the reader's language: PDF/UA-1 where the fonts have every letter."""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from rapport.insight.models import SurveyPublication
from rapport.insight.results.codebook import codebook_of, rows_of
from rapport.insight.results.ground import Ground
from rapport.insight.results.label import explained
from rapport.lib.translated import words

if TYPE_CHECKING:
    from rapport.insight.desk.surveys.results import Part
    from rapport.ui.charts import Plot

_TEMPLATE = Path(__file__).with_name("report.typ")
# An SVG in a PDF has no page whose stylesheet it could follow.
_STYLE = """<style>
text{font-family:"DejaVu Sans",sans-serif;font-size:15px;fill:#1C2830} .chart__value{fill:#51606A}
.chart__groove{fill:#F2EADC} .chart__bar,.chart__spot{fill:#1F5D4C} .chart__rule{stroke:#857867;stroke-dasharray:2 4}
.chart__floor{stroke:#857867} .chart__line{fill:none;stroke:#1F5D4C;stroke-width:2.5}
.chart__dot{fill:#fff;stroke:#1F5D4C}
.chart__middle{stroke:#857867;stroke-dasharray:4 4}
.chart__ground{fill:#F2EADC} .chart__area{fill:#fff;stroke:#857867;stroke-width:.4} .chart__place{font-size:4px}
.chart__area--1{fill:#dfe9e4} .chart__area--2{fill:#c9dbd3} .chart__area--3{fill:#b0cbc0} .chart__area--4{fill:#98bbae}
</style>"""


def report_of(ground: Ground, parts: "Sequence[Part]") -> bytes:
    import typst

    with TemporaryDirectory() as folder:
        root = Path(folder)
        told = _told(ground, parts, root)
        (root / "report.json").write_text(json.dumps(told, ensure_ascii=False))
        (root / "report.typ").write_text(_TEMPLATE.read_text())
        source, pdf = str(root / "report.typ"), b""
        try:
            pdf = typst.compile(source, root=str(root), pdf_standards=["ua-1"])
        except typst.TypstError:  # a letter that no font of this machine has: still tagged, but not all of PDF/UA
            pdf = typst.compile(source, root=str(root))
        return pdf


def _told(ground: Ground, parts: "Sequence[Part]", root: Path) -> dict[str, Any]:
    header, rows = rows_of(ground, codebook_of(ground))
    publication = SurveyPublication.objects.filter(survey=ground.survey).first()
    name = words(settings.HOUSE.library_name)
    return {
        "language": (get_language() or "en").split("-")[0],
        "rtl": get_language_bidi(),
        "title": str(ground.survey),
        "library": str(name),
        "day": date_format(timezone.localdate(), "DATE_FORMAT"),
        "label": ground.label,
        "explained": explained(ground.survey),
        "answered": _("%(n)s people answered") % {"n": localize(ground.n)},
        "purpose": str(ground.survey.purpose),
        "findings_title": _("What we heard"),
        "findings": str(publication.findings) if publication else "",
        "questions": [_question(part, number, root) for number, part in enumerate(parts)],
        "hidden": _("Answers of fewer than %(n)s people are not shown, nor what would give them away.")
        % {"n": ground.threshold},
        "codebook_title": _("Codebook"),
        "codebook": [header[:6], *([str(cell) for cell in row[:6]] for row in rows)],
        "page": _("Page"),
    }


def _question(part: "Part", number: int, root: Path) -> dict[str, Any]:
    plots = [plot for _result, plot in part.results if plot]
    plots = [part.quadrants, *plots] if part.quadrants else plots
    return {
        "title": part.title,
        "plots": [_plot(plot, f"{number}-{place}", root) for place, plot in enumerate(plots)],
        "open": [f"{one.title}: {_('%(n)s wrote something') % {'n': localize(one.n)}}" for one in part.words if one.n],
        "facts": [f"{name}: {value}" for result, _plot_ in part.results for name, value in result.facts]
        if len(part.results) == 1
        else [],
    }


def _plot(plot: "Plot", name: str, root: Path) -> dict[str, Any]:
    svg = str(plot.svg)
    drawn = svg[: svg.index("</svg>") + 6].replace(">", f' xmlns="http://www.w3.org/2000/svg">{_STYLE}', 1)
    (root / f"{name}.svg").write_text(drawn)
    return {
        "file": f"{name}.svg",
        "title": str(plot.title),
        "summary": str(plot.summary),
        "names": [str(one["label"]) for one in plot.shapes.get("points", [])],  # type: ignore[attr-defined]
        "header": [str(one) for one in plot.header],
        "rows": [["–" if cell is None else str(localize(cell)) for cell in row] for row in plot.rows],
    }

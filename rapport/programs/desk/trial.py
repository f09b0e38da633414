"""What a trial shows at the desk: its measures with their readings, and the evidence they give."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rapport.programs.forms import MeasureForm, ReadingForm, VerdictForm
from rapport.programs.models import Measure, Pilot, Program
from rapport.ui import charts
from rapport.ui.charts import Plot, Series


def trial_of(program: Program) -> dict[str, Any]:
    pilot = program.trial
    if pilot is None:
        return {}
    measures = [_measure(measure) for measure in pilot.measures.all()]
    return {
        "pilot": pilot,
        "measures": measures,
        "measure_form": MeasureForm(auto_id="measure-%s"),
        "verdict_form": VerdictForm(initial={"evidence": evidence_of(pilot)}, auto_id="verdict-%s"),
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {"measure": measure, "plot": _plot(measure), "form": ReadingForm(auto_id=f"reading-{measure.pk}-%s")}


def _plot(measure: Measure) -> Plot | None:
    readings = sorted(measure.readings.all(), key=lambda reading: (reading.at, reading.pk))
    if len(readings) < 2:
        return None
    days = [date_format(timezone.localdate(reading.at), "SHORT_DATE_FORMAT") for reading in readings]
    good = [float(measure.green)] * len(readings)
    return charts.line(
        str(measure),
        days,
        [Series(_("read"), [float(reading.value) for reading in readings]), Series(_("good from"), good)],
        summary=read_words(measure),
        what=_("Day"),
    )


def read_words(measure: Measure) -> str:
    """ "People at each session: 14, good from 12: good" """
    if measure.last is None:
        return _("%(what)s: not measured") % {"what": measure}
    said = {
        "what": measure,
        "value": measure.figure(measure.last.value),
        "green": measure.figure(measure.green),
        "how": measure.colour_words,
    }
    if measure.more_is_better:
        return _("%(what)s: %(value)s (good from %(green)s): %(how)s") % said
    return _("%(what)s: %(value)s (good up to %(green)s): %(how)s") % said


def evidence_of(pilot: Pilot) -> str:
    return "\n".join(read_words(measure) for measure in pilot.measures.all())

"""The work of `rapport weigh`: from two files and a design to estimates, or to the reason why not."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.insight.methods.estimating.estimates import Estimate
from rapport.insight.methods.weighing.designs import Design, ImpossiblePopulation, Lonely, LonelyUnit
from rapport.insight.methods.weighing.margins import EmptyLevel, LevelWithoutPeople
from rapport.insight.methods.weighing.weighting import Caps, Weighting, rake
from rapport.insight.methods.weighing.weights_report import WeightsReport, report
from rapport.insight.weighing_files.answers import Answers, Refused, names_of, parts
from rapport.insight.weighing_files.asked import Asked
from rapport.insight.weighing_files.targets import Margins


@dataclass(frozen=True)
class Drawing:
    """How the answers were drawn, in names of columns; `a+b` names the columns of two stages."""

    strata: str = ""
    cluster: str = ""
    fpc: str = ""
    weight: str = ""
    lonely: Lonely = Lonely.ADJUST
    is_probability: bool = True


@dataclass(frozen=True)
class Line:
    """One line of the result."""

    name: str
    level: str | None
    found: Estimate


@dataclass(frozen=True)
class Result:
    lines: list[Line]
    weights: WeightsReport
    notes: list[str]
    label: str


def weigh(
    path: Path, estimates: list[str], drawing: Drawing, *, margins: Path | None = None, caps: Caps | None = None
) -> Result:
    """Read, weigh and estimate; nothing is written. Raises Refused."""
    names = names_of(path)
    asked = [Asked.read(name, names) for name in estimates]
    targets = Margins.read(margins) if margins else None
    of_design = [drawing.strata, *parts(drawing.cluster, names), *parts(drawing.fpc, names), drawing.weight]
    of_margins = [column for target in targets.targets for column in parts(target.name, names)] if targets else []
    wanted = [*of_design, *of_margins, *(column for one in asked for column in one.columns)]
    answers = Answers.read(path, [name for name in dict.fromkeys(wanted) if name])
    design = _design(answers, drawing, names)
    weighting = _weighting(answers, design, targets, caps) if targets else None
    weighed = design.weighed(weighting) if weighting else design
    lines = [Line(one.name, *found) for one in asked for found in _answered(one, answers, weighed)]
    weights = weighting.report() if weighting else report(design.weights)
    return Result(lines, weights, _notes(weights, design), _label(design))


def _label(design: Design) -> str:
    return "" if design.is_probability else _("Indicative: people who chose to answer")


def _design(answers: Answers, drawing: Drawing, names: list[str]) -> Design:
    fpc = parts(drawing.fpc, names) if drawing.fpc else []
    clusters = parts(drawing.cluster, names) if drawing.cluster else []
    if len(fpc) > max(len(clusters), 1):
        raise Refused(_("--fpc names more stages than --cluster."))
    try:
        return Design.of(
            len(answers),
            weights=answers.above(drawing.weight, 0) if drawing.weight else None,
            strata=answers.units(drawing.strata) if drawing.strata else None,
            clusters=[answers.units(column) for column in clusters],
            fpc=[answers.above(column, 0) for column in fpc],
            is_probability=drawing.is_probability,
            lonely=drawing.lonely,
        )
    except ImpossiblePopulation as problem:
        column = fpc[problem.stage - 1]
        if problem.drawn is None:
            why = _("Some are population sizes (1 or more) and some are fractions; they must be of one kind.")
        else:
            why = _("More were drawn (%(drawn)s) than there are.") % {"drawn": f"{problem.drawn:,.0f}"}
        raise answers.refuse(column, problem.row, why) from problem


def _weighting(answers: Answers, design: Design, targets: Margins, caps: Caps | None) -> Weighting:
    margins = [target.margin(answers) for target in targets.targets]
    whole = targets.total() or design.population() or float(design.weights.sum())
    try:
        return rake(design.weights, margins, total=whole, caps=caps)
    except EmptyLevel as problem:
        why = _("Nobody who answered is “%(level)s”.") % {"level": problem.level}
        if problem.join:
            why += " " + _("Join it with “%(join)s”, here and in the answers.") % {"join": problem.join}
        raise targets.refuse(problem.margin, problem.level, why) from problem
    except LevelWithoutPeople as problem:
        why = _("Some who answered are “%(level)s”, but it has no people.") % {"level": problem.level}
        raise targets.refuse(problem.margin, problem.level, why) from problem
    except ValueError as problem:
        raise Refused(_("--trim leaves no room: its numbers must stand below and above 1.")) from problem


def _answered(one: Asked, answers: Answers, design: Design) -> list[tuple[str | None, Estimate]]:
    try:
        return one.answer(answers, design)
    except LonelyUnit as problem:
        raise Refused(_("A stratum has only one unit at stage %(stage)s.") % {"stage": problem.stage}) from problem


def _notes(weights: WeightsReport, design: Design) -> list[str]:
    """What one should know before one believes the figures."""
    notes = []
    if not weights.converged:
        worst = max(weights.misses, key=lambda name: weights.misses[name])
        said = _("The weights do not meet all margins: “%(variable)s” is off by up to %(miss)s of the population.")
        notes.append(said % {"variable": worst, "miss": f"{weights.misses[worst]:.2%}"})
    if weights.is_costly:
        said = _("The weights cost more than half of the answers (design effect %(deff)s).")
        notes.append(said % {"deff": f"{weights.deff_kish:.2f}"})
        if weights.misses:
            notes.append(_("Join small levels, use fewer margins, or --trim."))
    if alone := design.lonely_units():
        said = ngettext(
            "%(count)s stratum has only one unit; the rule for it is “%(rule)s” (--lonely).",
            "%(count)s strata have only one unit; the rule for them is “%(rule)s” (--lonely).",
            alone,
        )
        notes.append(said % {"count": alone, "rule": design.lonely.value})
    return notes

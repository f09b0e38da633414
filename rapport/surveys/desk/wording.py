"""What the desk says of questions, conditions and changes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.surveys.methods import Change, Flaw, Flawed, Kind, Questionnaire, say
from rapport.surveys.methods.hanging import Hanging

KINDS = {
    Kind.SINGLE: gettext_lazy("one answer of several"),
    Kind.MULTIPLE: gettext_lazy("several answers"),
    Kind.PICTURE: gettext_lazy("one picture of several"),
    Kind.SCALE: gettext_lazy("a scale"),
    Kind.SMILEY: gettext_lazy("smiley faces"),
    Kind.GRID: gettext_lazy("several things on the same scale"),
    Kind.RANKING: gettext_lazy("put in order"),
    Kind.NUMBER: gettext_lazy("a number"),
    Kind.DATE: gettext_lazy("a day"),
    Kind.SHORT: gettext_lazy("a few words"),
    Kind.LONG: gettext_lazy("own words"),
    Kind.PLACE: gettext_lazy("a place on a map"),
    Kind.CONSENT: gettext_lazy("consent"),
    Kind.INFORMATION: gettext_lazy("words to read, no question"),
}

ICONS = {
    Kind.SINGLE: "circle-dot",
    Kind.MULTIPLE: "square-check",
    Kind.PICTURE: "image",
    Kind.SCALE: "sliders-horizontal",
    Kind.SMILEY: "smile",
    Kind.GRID: "grid-3x3",
    Kind.RANKING: "list-ordered",
    Kind.NUMBER: "hash",
    Kind.DATE: "calendar",
    Kind.SHORT: "text-cursor-input",
    Kind.LONG: "message-square",
    Kind.PLACE: "map-pin",
    Kind.CONSENT: "shield-check",
    Kind.INFORMATION: "info",
}

FLAWS = {
    Flaw.NO_QUESTIONS: gettext_lazy("There is no question yet. Add the first one below."),
    Flaw.NO_WORDS: gettext_lazy("It has no words yet. Write what you want to ask."),
    Flaw.KEY_TWICE: gettext_lazy("Two questions have the same short name. Copy this one, and delete the original."),
    Flaw.KEY_ODD: gettext_lazy("Its short name has signs that files cannot hold. Copy it, and delete the original."),
    Flaw.NO_CHOICES: gettext_lazy("It has no answers to choose from. Write them, one line each."),
    Flaw.CODE_TWICE: gettext_lazy(
        "Two of its lines have the same short name (%(what)s). Take one out, and add it anew."
    ),
    Flaw.NO_ROWS: gettext_lazy("It has nothing to rate yet. Write one thing on each line."),
    Flaw.SCALE_ODD: gettext_lazy("Its scale does not work. Take two to eleven steps, or three or five faces."),
    Flaw.BOUNDS_ODD: gettext_lazy("Its smallest value is above its largest (%(what)s). Change one of them."),
    Flaw.ASKS_LATER: gettext_lazy(
        "Its condition looks at an answer not given before it (%(what)s). Move it down, or change the condition."
    ),
}


def flaw_in_words(flawed: Flawed, questionnaire: Questionnaire) -> str:
    question = questionnaire.question(flawed.what.partition(".")[0])
    first = questionnaire.languages[0]
    what = say(question.words, first, first) if question else flawed.what
    return str(FLAWS[flawed.flaw]) % {"what": what}


def refusal_in_words(hanging: list[Hanging], questionnaire: Questionnaire) -> str:
    """Why a change cannot be made, and what to do first."""
    names = ", ".join(f"“{name}”" for name in dict.fromkeys(_where(one, questionnaire) for one in hanging))
    return _("This stays as it is, because %(names)s looks at the answer. Change that condition first.") % {
        "names": names
    }


def _where(hanging: Hanging, questionnaire: Questionnaire) -> str:
    first = questionnaire.languages[0]
    question = questionnaire.question(hanging.where)
    page = next((page for page in questionnaire.pages if page.key == hanging.where), None)
    words = question.words if question else page.title if page else {}
    return say(words, first, first) or hanging.where


_CHANGED = {
    "added": gettext_lazy("“%(question)s” is new"),
    "removed": gettext_lazy("“%(question)s” is not asked any more"),
    "reworded": gettext_lazy("“%(question)s” is said differently and means the same"),
    "changed": gettext_lazy("“%(question)s” means something else now; its answers are counted apart"),
}


def change_in_words(change: Change, before: Questionnaire, after: Questionnaire) -> str:
    return str(_CHANGED[change.what] % {"question": _said(change.key, before, after)})


def _said(key: str, before: Questionnaire, after: Questionnaire) -> str:
    for questionnaire in (after, before):
        question = questionnaire.question(key)
        if question is not None:
            first = questionnaire.languages[0]
            return say(question.words, first, first) or _("a question without words")
    return key

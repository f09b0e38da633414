"""What the desk says of questions, conditions and changes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.surveys.methods import Change, Kind, Questionnaire, say

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

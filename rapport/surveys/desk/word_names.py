"""Where words stand, said so that a translator finds them: "visits:choice:weekly" is "answer 1 to question 3"."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.surveys.methods import Questionnaire

_PARTS = {
    "": gettext_lazy("%(n)s. question"),
    "help": gettext_lazy("%(n)s. help"),
    "why": gettext_lazy("%(n)s. why it has to be answered"),
    "must": gettext_lazy("%(n)s. what is said where the rule does not hold"),
    "step": gettext_lazy("%(n)s. step of the scale"),
    "row": gettext_lazy("%(n)s. thing to rate"),
    "aspect": gettext_lazy("%(n)s. rated for"),
    "choice": gettext_lazy("%(n)s. answer"),
    "picture": gettext_lazy("%(n)s. what the picture shows"),
}


def name_in_words(name: str, questionnaire: Questionnaire) -> str:
    around = {":title": _("Title"), ":welcome": _("Welcome"), ":thanks": _("Thanks")}
    if name in around:
        return around[name]
    if name.startswith(":page:"):
        return _("Title of a page")
    key, _colon, part = name.partition(":")
    numbers = {question.key: n for n, question in enumerate(questionnaire.questions(), 1)}
    return str(_PARTS[part.partition(":")[0]]) % {"n": numbers.get(key, 0)}

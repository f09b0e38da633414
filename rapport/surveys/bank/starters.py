"""What a new survey may begin with."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.surveys.methods import Page, Questionnaire


@dataclass(frozen=True)
class Starter:
    slug: str
    name: str | Promise
    note: str | Promise
    icon: str
    make: Callable[[], Questionnaire]

    def questionnaire(self, language: str) -> Questionnaire:
        """The questions, written in this language first."""
        made = self.make()
        made.languages = [language, *(code for code in made.languages if code != language)]
        return made


def _blank() -> Questionnaire:
    return Questionnaire(languages=[], pages=[Page(key="page1")])


STARTERS = [
    Starter("blank", _("An empty page"), _("You write every question yourself"), "file", _blank),
]


def starter(slug: str) -> Starter:
    return next(one for one in STARTERS if one.slug == slug)

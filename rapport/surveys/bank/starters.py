"""What a new survey may begin with."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.surveys.methods import Page, Questionnaire, Words

from .about import ABOUT
from .barriers import ACCESS, BARRIERS, NON_USERS
from .needs import HOURS, NEEDS, PROGRAMS, SERVICES
from .outcomes import ADULTS, CHILDREN
from .sets import at_home
from .writing import LANGUAGES, QuestionSet, said

_WELCOME = said(
    "It takes a few minutes. You need no account, and nothing leads from your answers to you."
    " | Lleva unos minutos. No necesita una cuenta y nada lleva de sus respuestas a usted."
    " | يستغرق بضع دقائق. لا تحتاج إلى حساب، ولا شيء في إجاباتك يدل عليك."
)
_THANKS = said(
    "Thank you. You will find here what came of it."
    " | Gracias. Aquí encontrará lo que resultó de ello. | شكراً لك. ستجد هنا ما نتج عن ذلك."
)


@dataclass(frozen=True)
class Starter:
    """Sets of questions as the pages of a survey, with a title and the words around them."""

    slug: str
    name: str | Promise
    note: str | Promise
    icon: str
    title: str = ""
    sets: tuple[QuestionSet, ...] = ()

    def questionnaire(self, language: str) -> Questionnaire:
        """The questions, written in this language first, with the other languages in which they ship."""
        pages = [
            Page(key=one.slug, title=_title(one), questions=list(map(at_home, one.questions))) for one in self.sets
        ]
        shipped = [language, *(code for code in LANGUAGES if code != language)] if self.sets else [language]
        words: tuple[Words, Words, Words] = (
            (said(self.title), dict(_WELCOME), dict(_THANKS)) if self.sets else ({}, {}, {})
        )
        title, welcome, thanks = words
        return Questionnaire(
            title=title, welcome=welcome, thanks=thanks, languages=shipped, pages=pages or [Page(key="page1")]
        )


def _title(one: QuestionSet) -> Words:
    """Only the last page, about oneself, says what it is; the others speak for themselves."""
    return said("About you | Sobre usted | عنك") if one is ABOUT else {}


STARTERS = [
    Starter(
        "needs", _("What does our community need?"), _("Needs, what works, what keeps people away"), "sprout",
        "What does our community need? | ¿Qué necesita nuestra comunidad? | ماذا يحتاج مجتمعنا؟",
        (NEEDS, SERVICES, BARRIERS, ABOUT),
    ),
    Starter(
        "non_users", _("Non-users: why not?"), _("For the market, the school gate, the waiting room"), "footprints",
        "Tell us why you do not come | Díganos por qué no viene | أخبرنا لماذا لا تأتي", (NON_USERS, ACCESS, ABOUT),
    ),
    Starter(
        "outcomes", _("How was the program?"), _("Outcomes for adults; two minutes at the end"), "heart-handshake",
        "How was it today? | ¿Cómo fue hoy? | كيف كان اليوم؟", (ADULTS,),
    ),
    Starter(
        "programs", _("Which programs, when?"), _("Topics, forms, the best day and time"), "calendar-heart",
        "What would you come for? | ¿A qué vendría? | ما الذي تأتي من أجله؟", (PROGRAMS, ABOUT),
    ),
    Starter(
        "hours", _("Opening hours"), _("Three questions, and about you"), "clock",
        "When should we be open? | ¿Cuándo deberíamos abrir? | متى ينبغي أن نفتح؟", (HOURS, ABOUT),
    ),
    Starter(
        "children", _("Children's smiley card"), _("Four faces and one line, for six to eleven"), "smile",
        "How was it? | ¿Cómo fue? | كيف كان؟", (CHILDREN,),
    ),
    Starter("blank", _("An empty page"), _("You write every question yourself"), "file"),
]  # fmt: skip


def starter(slug: str) -> Starter:
    return next(one for one in STARTERS if one.slug == slug)

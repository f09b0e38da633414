"""About yourself: always at the end, always as one likes, in the bands of the community profile."""

from django.utils.translation import gettext_lazy as _

from rapport.surveys.methods import Kind, Question

from .writing import RATHER_NOT, QuestionSet, ask, choices

_AGE = ask("age", Kind.SINGLE, "How old are you? | ¿Qué edad tiene? | كم عمرك؟", dimension="age",
    choices=choices("""
5to14 | 14 or younger | 14 años o menos | 14 سنة أو أقل
15to24 | 15 to 24 | De 15 a 24 años | من 15 إلى 24 سنة
25to44 | 25 to 44 | De 25 a 44 años | من 25 إلى 44 سنة
45to64 | 45 to 64 | De 45 a 64 años | من 45 إلى 64 سنة
65plus | 65 or older | 65 años o más | 65 سنة فأكثر
""", RATHER_NOT))  # fmt: skip

_LANGUAGE = ask("home_language", Kind.SINGLE,
    "Which language do you speak most at home? | ¿Qué idioma habla más en casa? | ما اللغة التي تتحدثها غالباً في البيت؟",
    dimension="language", choices=choices("""
en | English | Inglés | الإنجليزية
es | Spanish | Español | الإسبانية
ar | Arabic | Árabe | العربية
zh | Chinese | Chino | الصينية
vi | Vietnamese | Vietnamita | الفيتنامية
other | Another language | Otro idioma | لغة أخرى
""", RATHER_NOT))  # fmt: skip

_HOUSEHOLD = ask("household", Kind.SINGLE,
    "Who lives with you? | ¿Quién vive con usted? | من يعيش معك؟", dimension="household",
    choices=choices("""
alone | Nobody, I live alone | Nadie más | لا أحد، أعيش وحدي
adults | Adults only | Solo personas adultas | بالغون فقط
children | Children under 18 too | También menores de 18 años | أطفال دون 18 سنة أيضاً
""", RATHER_NOT))  # fmt: skip

_NEAREST = ask("neighbourhood", Kind.PLACE,
    "Which library is nearest to your home? | ¿Qué biblioteca está más cerca de su casa? | ما أقرب مكتبة إلى بيتك؟",
    dimension="neighbourhood", choices=choices(RATHER_NOT))  # fmt: skip

_CARD = ask("card", Kind.SINGLE,
    "Do you have a library card? | ¿Tiene tarjeta de la biblioteca? | هل لديك بطاقة مكتبة؟",
    dimension="card", choices=choices("""
yes | Yes | Sí | نعم
lapsed | I had one | Tuve una | كانت لدي بطاقة
no | No | No | لا
""", RATHER_NOT))  # fmt: skip


def _optional(question: Question) -> Question:
    """Each choice is a band of the profile, by the same name; who prefers not to say is in none."""
    for choice in question.choices:
        choice.is_other = False
        choice.is_alone = False
        if question.dimension and choice.code != "rather_not":
            choice.band = choice.code
    return question


_WHY = ask("about_why", Kind.INFORMATION,
    "You may leave these out. They help us to see whom we have not heard yet; nothing leads from them to you."
    " | Puede dejarlas sin contestar. Nos ayudan a ver a quién no hemos escuchado aún; nada lleva de ellas a usted."
    " | يمكنك ترك هذه الأسئلة. إنها تساعدنا على معرفة من لم نسمع منهم بعد، ولا شيء فيها يدل عليك.")  # fmt: skip

ABOUT = QuestionSet(
    "about",
    _("About yourself"),
    _("At the end, all as one likes; the groups are those of your community profile"),
    (_WHY, *map(_optional, (_AGE, _LANGUAGE, _HOUSEHOLD, _NEAREST, _CARD))),
)

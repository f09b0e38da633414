"""The demo town's narratives: last year's, published, and this year's, published too, so that they can be compared."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from rapport.insight.gathering import facts_of
from rapport.insight.models import Narrative, Section
from rapport.people.models import Person

Said = dict[str, str]


def _say(en: str, es: str, ar: str) -> Said:
    return {"en": en, "es": es, "ar": ar}


_LAST = {
    Section.HOPES: _say(
        "People want a town in which one meets. “A place where I do not have to buy anything”, said a woman at the"
        " harbour, and many said it after her.",
        "La gente quiere un pueblo donde encontrarse: «un lugar donde no tenga que comprar nada».",
        "يريد الناس بلدة يلتقون فيها: «مكان لا أضطر فيه إلى شراء شيء».",
    ),
    Section.WORRIES: _say(
        "That the young leave, and that whoever works until six finds every door closed.",
        "Que los jóvenes se vayan, y que quien trabaja hasta las seis encuentre todo cerrado.",
        "أن يرحل الشباب، وأن يجد من يعمل حتى السادسة كل باب مغلقاً.",
    ),
}
_THIS = {
    Section.HOPES: _say(
        "A town that has time: quiet outdoors, stories in every language that is spoken at home, and doors that stand"
        " open on Sundays.",
        "Un pueblo con tiempo: calma al aire libre, cuentos en cada idioma que se habla en casa y puertas abiertas los"
        " domingos.",
        "بلدة لديها وقت: هدوء في الهواء الطلق، وحكايات بكل لغة تُتكلم في البيوت، وأبواب مفتوحة أيام الأحد.",
    ),
    Section.WORRIES: _say(
        "Older readers worry that they are forgotten where everything becomes a screen.",
        "Las personas mayores temen quedar olvidadas donde todo se vuelve pantalla.",
        "يخشى كبار السن أن يُنسوا حيث يصير كل شيء شاشة.",
    ),
    Section.HAVE: _say(
        "More than we knew: gardeners, retired teachers, grandmothers who tell stories, and a yard that nobody uses.",
        "Más de lo que sabíamos: jardineros, docentes jubilados, abuelas que cuentan y un patio que nadie usa.",
        "أكثر مما كنا نعلم: بستانيون ومعلمون متقاعدون وجدات يروين الحكايات وفناء لا يستعمله أحد.",
    ),
    Section.MISSING: _say(
        "We still hear too few young people. In spring we shall go where they are, instead of waiting for them.",
        "Aún oímos a muy pocos jóvenes. En primavera iremos adonde están.",
        "ما زلنا نسمع عدداً قليلاً جداً من الشباب. سنذهب في الربيع إلى حيث هم.",
    ),
    Section.DONE: _say(
        "Sundays came first, because you named them most. Not everything could be done, and we say what could not.",
        "Los domingos fueron lo primero, porque era lo que más pedían. No todo fue posible, y lo decimos.",
        "جاءت أيام الأحد أولاً لأنكم ذكرتموها أكثر من غيرها. لم يكن كل شيء ممكناً، ونحن نقول ذلك.",
    ),
}
_SHORT_LAST = _say(
    "You told us of closed doors and of wanting to meet. We have begun with the hours.",
    "Nos hablaron de puertas cerradas y de querer encontrarse. Empezamos por el horario.",
    "حدثتمونا عن أبواب مغلقة وعن الرغبة في اللقاء. بدأنا بساعات العمل.",
)
_SHORT_THIS = _say(
    "You want quiet, company and open doors. Here is what you have, what you need, and what came of it.",
    "Quieren calma, compañía y puertas abiertas. Esto es lo que tienen, lo que necesitan y lo que pasó.",
    "قلتم إنكم تريدون الهدوء والصحبة والأبواب المفتوحة. هذا ما لديكم وما تحتاجونه وما صار منه.",
)


def fill(cast: Mapping[str, Person]) -> None:
    """Two years, so that the second can be laid beside the first."""
    now = timezone.localtime()
    last = datetime(now.year - 1, 12, 20, 10, tzinfo=now.tzinfo)
    _write(now.year - 1, _LAST, _SHORT_LAST, cast, at=last)
    _write(now.year, _THIS, _SHORT_THIS, cast, at=now)


def _write(year: int, said: Mapping[Section, Said], summary: Said, cast: Mapping[str, Person], *, at: datetime) -> None:
    one = Narrative.objects.begin(year, by=cast["ben"], at=at)
    one.gather(facts_of(one))
    for section, words in said.items():
        one.write(section, words)
    one.publish(summary, by=cast["mona"], at=at)

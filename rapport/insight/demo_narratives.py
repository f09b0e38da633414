"""The demo town's narratives: last year's, published, and this year's, published too, so that they can be compared."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from rapport.insight.gathering import facts_of
from rapport.insight.models import Narrative, Need, NeedKind, Section, Source
from rapport.loop.models import Turn
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


# What was needed last year already: the sentence, its kind, how many said it at a table, and what became of it.
_OLDER: tuple[tuple[Said, NeedKind, int, Turn | None, Said], ...] = (
    (_say("Newcomers need somebody who explains forms", "Quien llega necesita a alguien que explique los formularios",
          "يحتاج القادمون الجدد إلى من يشرح لهم الاستمارات"), NeedKind.NEED, 34, None, {}),
    (_say("People wish for a table where nobody has to buy anything",
          "La gente desea una mesa donde no haya que comprar nada",
          "يتمنى الناس طاولة لا يضطر أحد عندها إلى الشراء"), NeedKind.ASPIRATION, 22, Turn.DELIVERED,
     _say("The long table by the window is open to all, with tea", "La mesa larga está abierta a todos, con té",
          "الطاولة الطويلة عند النافذة مفتوحة للجميع مع الشاي")),
    (_say("The bus should stop at the door in the evening", "El autobús debería parar en la puerta por la tarde",
          "ينبغي أن تتوقف الحافلة عند الباب مساءً"), NeedKind.CONCERN, 15, Turn.COULD_NOT,
     _say("The bus company cannot change its line before 2029", "La empresa no puede cambiar la línea antes de 2029",
          "لا تستطيع شركة الحافلات تغيير خطها قبل 2029")),
)  # fmt: skip


def fill(cast: Mapping[str, Person]) -> None:
    """Two years, so that the second can be laid beside the first."""
    now = timezone.localtime()
    for sentence, kind, said, turn, told in _OLDER:
        _older(sentence, kind, said, turn, told, by=cast["ben"], year=now.year - 1)
    last = datetime(now.year - 1, 12, 20, 10, tzinfo=now.tzinfo)
    _write(now.year - 1, _LAST, _SHORT_LAST, cast, at=last)
    _write(now.year, _THIS, _SHORT_THIS, cast, at=now)


def _older(sentence: Said, kind: NeedKind, said: int, turn: Turn | None, told: Said, *, by: Person, year: int) -> None:
    """Taken up in the autumn of that year, and ended in the next where something came of it."""
    zone = timezone.get_current_timezone()
    need = Need.objects.take_up(sentence, kind=kind, by=by, at=datetime(year, 10, 6, 10, tzinfo=zone))
    need.evidence.create(source=Source.CONVERSATION, words="Said at a table in the library", count=said, by=by,
                         on=date(year, 10, 1))  # fmt: skip
    if turn:
        ended = datetime(year + 1, 1, 20, 10, tzinfo=zone)
        need.loop.record(turn, told, by=by, thing=need, at=ended)
        need.loop.close(by=by, at=ended)


def _write(year: int, said: Mapping[Section, Said], summary: Said, cast: Mapping[str, Person], *, at: datetime) -> None:
    one = Narrative.objects.begin(year, by=cast["ben"], at=at)
    one.gather(facts_of(one))
    for section, words in said.items():
        one.write(section, words)
    one.publish(summary, by=cast["mona"], at=at)

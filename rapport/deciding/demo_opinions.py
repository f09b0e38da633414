"""The demo town says what evenings at the library should be like: two groups that differ, and much that both want."""

import random
from datetime import timedelta

from django.utils import timezone

from rapport.deciding.models import (
    Conversation,
    OpinionVote,
    Participant,
    PhaseKind,
    Process,
    Promise,
    RejectionReason,
    Statement,
    midnight,
)
from rapport.listening.models import Channel
from rapport.people.models import Person

Said = dict[str, str]
_QUIET, _LIVELY = 0, 1

# What is said, and how likely each of the two groups is to agree: those who come to read, and those who come to meet.
STATEMENTS: list[tuple[Said, float, float]] = [
    (
        {
            "en": "The library should stay open until nine on two evenings.",
            "es": "La biblioteca debería abrir hasta las nueve dos tardes.",
            "ar": "ينبغي أن تبقى المكتبة مفتوحة حتى التاسعة مساءين في الأسبوع.",
        },
        0.94,
        0.96,
    ),
    (
        {
            "en": "After seven it should be quiet everywhere.",
            "es": "Después de las siete debería haber silencio en todas partes.",
            "ar": "بعد السابعة ينبغي أن يسود الهدوء في كل مكان.",
        },
        0.9,
        0.08,
    ),
    (
        {
            "en": "There should be music on some evenings.",
            "es": "Algunas tardes debería haber música.",
            "ar": "ينبغي أن تكون هناك موسيقى في بعض الأمسيات.",
        },
        0.15,
        0.93,
    ),
    (
        {
            "en": "Hot tea and coffee belong to an evening.",
            "es": "El té y el café forman parte de una tarde así.",
            "ar": "الشاي والقهوة جزء من الأمسية.",
        },
        0.6,
        0.92,
    ),
    (
        {
            "en": "Children are welcome in the evening, too.",
            "es": "Los niños también son bienvenidos por la tarde.",
            "ar": "الأطفال مرحّب بهم في المساء أيضاً.",
        },
        0.3,
        0.88,
    ),
    (
        {
            "en": "The way from the bus stop must be well lit.",
            "es": "El camino desde la parada debe estar bien iluminado.",
            "ar": "يجب أن يكون الطريق من موقف الحافلة مضاءً جيداً.",
        },
        0.96,
        0.95,
    ),
    (
        {
            "en": "Somebody of the library should be there until the end.",
            "es": "Debería haber alguien de la biblioteca hasta el final.",
            "ar": "ينبغي أن يبقى أحد من المكتبة حتى النهاية.",
        },
        0.9,
        0.86,
    ),
    (
        {
            "en": "Games nights would bring people who never come.",
            "es": "Las noches de juegos traerían a quienes nunca vienen.",
            "ar": "أمسيات الألعاب ستجذب من لا يأتون أبداً.",
        },
        0.28,
        0.94,
    ),
    (
        {
            "en": "I would rather have one room for silence than a silent house.",
            "es": "Prefiero una sala en silencio que toda la casa en silencio.",
            "ar": "أفضّل قاعة للصمت على بيت صامت كله.",
        },
        0.35,
        0.9,
    ),
    (
        {
            "en": "Phones should stay in the bag.",
            "es": "Los móviles deberían quedarse en el bolso.",
            "ar": "ينبغي أن تبقى الهواتف في الحقيبة.",
        },
        0.82,
        0.14,
    ),
    (
        {
            "en": "Students need more tables in the evening.",
            "es": "Los estudiantes necesitan más mesas por la tarde.",
            "ar": "يحتاج الطلاب إلى طاولات أكثر في المساء.",
        },
        0.86,
        0.68,
    ),
    (
        {
            "en": "There should be evenings in Spanish and in Arabic.",
            "es": "Debería haber tardes en español y en árabe.",
            "ar": "ينبغي أن تكون هناك أمسيات بالإسبانية والعربية.",
        },
        0.74,
        0.9,
    ),
    (
        {
            "en": "Evenings should cost nothing.",
            "es": "Las tardes no deberían costar nada.",
            "ar": "ينبغي أن تكون الأمسيات مجانية.",
        },
        0.95,
        0.94,
    ),
    (
        {
            "en": "A reading by candlelight is worth more than a film.",
            "es": "Una lectura a la luz de las velas vale más que una película.",
            "ar": "قراءة على ضوء الشموع خير من فيلم.",
        },
        0.8,
        0.2,
    ),
    (
        {"en": "We should show films.", "es": "Deberíamos proyectar películas.", "ar": "ينبغي أن نعرض أفلاماً."},
        0.2,
        0.86,
    ),
    (
        {
            "en": "Whoever works late should be able to return books at any hour.",
            "es": "Quien trabaja hasta tarde debería poder devolver libros a cualquier hora.",
            "ar": "ينبغي لمن يعمل متأخراً أن يعيد الكتب في أي ساعة.",
        },
        0.92,
        0.9,
    ),
    (
        {
            "en": "Talking in the entrance is fine.",
            "es": "Hablar en la entrada está bien.",
            "ar": "لا بأس بالحديث في المدخل.",
        },
        0.42,
        0.95,
    ),
    (
        {
            "en": "The heating should stay on until the last person leaves.",
            "es": "La calefacción debería seguir hasta que salga la última persona.",
            "ar": "ينبغي أن تبقى التدفئة حتى يخرج آخر شخص.",
        },
        0.84,
        0.8,
    ),
    (
        {
            "en": "Dancing does not belong in a library.",
            "es": "Bailar no es cosa de bibliotecas.",
            "ar": "الرقص لا مكان له في المكتبة.",
        },
        0.84,
        0.1,
    ),
    (
        {
            "en": "Teenagers should plan one evening a month themselves.",
            "es": "Los adolescentes deberían organizar una tarde al mes.",
            "ar": "ينبغي أن يخطط المراهقون أمسية كل شهر بأنفسهم.",
        },
        0.4,
        0.9,
    ),
    (
        {
            "en": "I would come more often if there were a late bus.",
            "es": "Vendría más si hubiera un autobús más tarde.",
            "ar": "سآتي أكثر لو كانت هناك حافلة متأخرة.",
        },
        0.6,
        0.62,
    ),
    (
        {
            "en": "Quiet corners need better lamps.",
            "es": "Los rincones tranquilos necesitan mejores lámparas.",
            "ar": "تحتاج الزوايا الهادئة إلى مصابيح أفضل.",
        },
        0.92,
        0.6,
    ),
    (
        {
            "en": "Eating at the tables is all right.",
            "es": "Comer en las mesas está bien.",
            "ar": "لا بأس بالأكل على الطاولات.",
        },
        0.1,
        0.7,
    ),
    (
        {
            "en": "What was decided should be tried for three months first.",
            "es": "Lo que se decida debería probarse tres meses primero.",
            "ar": "ينبغي تجربة ما يُقرَّر ثلاثة أشهر أولاً.",
        },
        0.88,
        0.86,
    ),
]
_QUESTION: Said = {
    "en": "What should evenings at the library be like?",
    "es": "¿Cómo deberían ser las tardes en la biblioteca?",
    "ar": "كيف ينبغي أن تكون الأمسيات في المكتبة؟",
}
_ABOUT: Said = {
    "en": "From autumn on, two evenings a week are longer. What happens in them is open.",
    "es": "Desde otoño, dos tardes a la semana serán más largas. Lo que pase en ellas está abierto.",
    "ar": "ابتداءً من الخريف تطول أمسيتان في الأسبوع، وما يجري فيهما مفتوح.",
}


def fill(*, by: Person) -> Conversation:
    process = _process(by)
    conversation = Conversation.objects.begin(
        process.phases.get(), _QUESTION, by=by, about=_ABOUT, statements=[said for said, *_odds in STATEMENTS]
    )
    dice = random.Random(9)  # noqa: S311 - the demo is the same each time
    statements = list(conversation.statements.all())
    people = Participant.objects.bulk_create([_somebody(process, n) for n in range(126)])
    votes = [vote for n, one in enumerate(people) for vote in _votes_of(one, n % 9 >= 5, statements, dice)]
    OpinionVote.objects.put(votes)
    _suggested(conversation, people, by)
    conversation.draw()
    return conversation


def _process(by: Person) -> Process:
    today = timezone.localdate()
    asked = {
        "promise": Promise.INVOLVE,
        "open_words": {"en": "All that happens in these two evenings", "es": "Todo lo que pase en esas dos tardes",
                       "ar": "كل ما يجري في هاتين الأمسيتين"},
        "decider": {"en": "The director", "es": "La directora", "ar": "المديرة"},
        "by_when": today + timedelta(days=30),
    }  # fmt: skip
    process = Process.objects.prepare(_QUESTION, by=by, decision=asked, starter="hours")
    process.phases.create(
        kind=PhaseKind.SHAPE,
        title={"en": "Say where you stand", "es": "Di qué piensas", "ar": "قل أين تقف"},
        opens_at=midnight(today - timedelta(days=8)),
        closes_at=midnight(today + timedelta(days=15)),
    )
    process.open(by=by)
    return process


def _somebody(process: Process, number: int) -> Participant:
    channel = (Channel.WEB, Channel.WEB, Channel.KIOSK, Channel.PAPER)[number % 4]
    return Participant(process=process, channel=channel, language=("en", "es", "ar")[number % 3])


def _votes_of(one: Participant, is_lively: bool, statements: list[Statement], dice: random.Random) -> list[OpinionVote]:
    found = []
    for statement, (_said, quiet, lively) in zip(statements, STATEMENTS, strict=True):
        if dice.random() < 0.18:
            continue
        likely = lively if is_lively else quiet
        vote = 0 if dice.random() < 0.08 else (1 if dice.random() < likely else -1)
        found.append(OpinionVote(statement=statement, participant=one, vote=vote))
    return found


def _suggested(conversation: Conversation, people: list[Participant], by: Person) -> None:
    """What people added: one accepted, one not, two that wait to be read."""
    accepted = conversation.suggest(
        "Grandparents could tell how evenings used to be.", language="en", participant=people[0]
    )
    accepted.accept(by=by)
    refused = conversation.suggest("Mr. Miller at the desk should smile more.", language="en", participant=people[1])
    reason = next(iter(RejectionReason.objects.order_by("order")[3:4]), None)
    refused.reject(reason, by=by, words="You can praise or ask about somebody in “Tell us”.")
    conversation.suggest("Una tarde al mes deberíamos cocinar juntos.", language="es", participant=people[2])
    conversation.suggest("أتمنى أمسية للشعر كل شهر.", language="ar", participant=people[3])

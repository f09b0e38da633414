"""The demo town's ideas for its reading garden: written in three languages, supported, argued about, answered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from rapport.deciding.models import (
    Amendment,
    Collection,
    Comment,
    Doing,
    HouseRule,
    Merging,
    OfficialAnswer,
    Outcome,
    Participant,
    PhaseKind,
    Process,
    Proposal,
    Stance,
    Support,
)
from rapport.deciding.models.moderation import moderate
from rapport.listening.models import Channel
from rapport.people.models import Person

Said = dict[str, str]


@dataclass(frozen=True)
class Idea:
    language: str
    title: str
    words: str
    by: str
    category: int
    supporters: int
    channel: str = Channel.WEB
    day: int = -10
    title_in: tuple[tuple[str, str], ...] = ()
    words_in: tuple[tuple[str, str], ...] = ()


CATEGORIES: list[Said] = [
    {"en": "Plants and shade", "es": "Plantas y sombra", "ar": "النباتات والظل"},
    {"en": "Seats and tables", "es": "Asientos y mesas", "ar": "المقاعد والطاولات"},
    {"en": "Quiet and lively hours", "es": "Horas de calma y de bullicio", "ar": "أوقات الهدوء والحركة"},
    {"en": "Children", "es": "Infancia", "ar": "الأطفال"},
]

IDEAS = {
    "pear": Idea(
        "en", "A pear tree in the middle",
        "A tree that gives shade in summer, fruit in autumn and something to look at in winter. Children could see it "
        "grow. My grandmother had one against a wall like ours, and it needed nothing but a cut in February.",
        "Noor", 0, 23, day=-12,
        title_in=(("es", "Un peral en el centro"), ("ar", "شجرة كمثرى في الوسط")),
        words_in=(
            ("es", "Un árbol que dé sombra en verano, fruta en otoño y algo que mirar en invierno."),
            ("ar", "شجرة تعطي الظل صيفاً والثمر خريفاً ومنظراً جميلاً شتاءً."),
        ),
    ),
    "sail": Idea(
        "es", "Un toldo para la sombra",
        "Los árboles tardan años en crecer. Un toldo de tela sobre las mesas daría sombra desde el primer verano.",
        "Rosa", 0, 14, day=-11,
        title_in=(("en", "An awning for shade"),),
        words_in=(("en", "Trees take years to grow. An awning of cloth over the tables would give shade at once."),),
    ),
    "awning": Idea(
        "en", "Shade over the tables from the first summer",
        "We cannot wait for trees. Something made of cloth over the tables, that can be taken down in winter.",
        "Tom", 0, 9, Channel.PAPER, day=-9,
    ),
    "backs": Idea(
        "en", "Benches with backs and arms",
        "I can sit on a bench without a back for ten minutes. With arms I can also stand up again on my own. "
        "Please put at least four of them, two in the sun.",
        "Edith", 1, 21, Channel.PHONE, day=-11,
    ),
    "wheel": Idea(
        "en", "Tables that a wheelchair fits under",
        "Two tables without a bar in the way, and a path between them that is wide enough to turn around.",
        "Sam", 1, 17, day=-8,
    ),
    "fig": Idea(
        "ar", "شجرة تين وشجرة زيتون",
        "التين والزيتون يذكّران كثيرين منا ببيوتهم، ولا يحتاجان إلى ماء كثير.",
        "سمر", 0, 12, day=-10,
        title_in=(("en", "A fig tree and an olive tree"),),
        words_in=(("en", "Figs and olives remind many of us of home, and they need little water."),),
    ),
    "quiet": Idea(
        "en", "Quiet until eleven",
        "In the morning the garden is for reading. From eleven on one may talk and laugh.",
        "Peter", 2, 15, day=-7,
    ),
    "lights": Idea(
        "en", "Lights, so that we can read after work",
        "In October it is dark when I come from work. Warm lamps low over the ground do not disturb the neighbours.",
        "", 2, 8, Channel.KIOSK, day=-6,
    ),
    "tales": Idea(
        "es", "Un rincón para contar cuentos",
        "Un círculo de troncos donde quepan quince niños y una persona que cuenta.",
        "Lucía", 3, 19, day=-9,
        title_in=(("en", "A corner for telling stories"),),
        words_in=(("en", "A circle of logs for fifteen children and somebody who tells."),),
    ),
    "mud": Idea("en", "A mud kitchen", "With real pots. Mud washes off.", "Ida, 8 years", 3, 11, Channel.DESK, day=-8),
    "bees": Idea(
        "en", "Flowers for bees along the south wall",
        "Lavender, thyme, sage. They smell good, too, and the herbs may be picked.",
        "Jo", 0, 13, day=-5,
    ),
    "fountain": Idea(
        "en", "A fountain with lights in all colours",
        "Like the one in front of the shopping centre, with music at the full hour.",
        "Max", 2, 4, day=-10,
    ),
    "shelf": Idea(
        "ar", "رفّ للكتب في الحديقة",
        "رفّ صغير محمي من المطر، نأخذ منه كتاباً ونعيده، بكل لغات الحي.",
        "", 1, 7, day=-6,
        title_in=(("en", "A shelf of books outside"),),
        words_in=(("en", "A small shelf, safe from rain, with books in all languages of the neighbourhood."),),
    ),
    "respaldo": Idea(
        "es", "Bancos con respaldo y brazos",
        "Sin respaldo no aguanto diez minutos. Con brazos puedo levantarme sola.",
        "Pilar", 1, 6, Channel.PAPER, day=-5,
        title_in=(("en", "Benches with a back and arms"),),
        words_in=(("en", "Without a back I cannot sit for ten minutes. With arms I can get up alone."),),
    ),
    "dogs": Idea("en", "A hook for dogs at the gate", "And a bowl of water.", "Billie", 2, 5, day=-4),
}  # fmt: skip

COMMENTS = [
    ("pear", Stance.FOR, "Rosa", "en", "Shade that costs nothing, and it is never out of order."),
    ("pear", Stance.FOR, "Ida, 8 years", "en", "I want to climb it."),
    ("pear", Stance.AGAINST, "Peter", "en", "Pears draw wasps in September, just where we sit."),
    ("pear", Stance.AGAINST, "", "es", "Tardará diez años en dar sombra."),
    ("pear", Stance.QUESTION, "Jo", "en", "Who picks the pears, and who gets them?"),
    ("quiet", Stance.FOR, "Edith", "en", "Finally a place without a telephone."),
    ("quiet", Stance.AGAINST, "Lucía", "en", "Small children are up from six. Where do we go in the morning?"),
    ("backs", Stance.FOR, "Sam", "en", "Arms on both sides, please."),
    ("lights", Stance.AGAINST, "Jo", "en", "Moths and hedgehogs need the dark."),
    ("tales", Stance.FOR, "سمر", "ar", "سأحكي بالعربية إن أردتم."),
]


def fill(garden: Process, *, by: Person, ruled_by: Person) -> Collection:
    collection = _collection(garden, by)
    people = _people(garden)
    ideas = {key: _written(collection, idea, people) for key, idea in IDEAS.items()}
    _supported(ideas, people)
    _argued(ideas, people)
    _merged(ideas, by)
    _answered(ideas, ruled_by)
    spam = _written(collection, Idea("en", "Cheap garden chairs", "Call this number.", "", 1, 0, day=-3), people)
    moderate(spam, Doing.HIDDEN, by=by, rule=HouseRule.objects.order_by("-order").first())
    return collection


def _collection(garden: Process, by: Person) -> Collection:
    collection = Collection.objects.create(
        phase=garden.phases.get(kind=PhaseKind.COLLECT),
        shaping=garden.phases.get(kind=PhaseKind.SHAPE),
        title={
            "en": "Ideas for the reading garden",
            "es": "Ideas para el jardín de lectura",
            "ar": "أفكار لحديقة القراءة",
        },
        about={
            "en": "What should it have? Write your idea, or make one of these better.",
            "es": "¿Qué debe tener? Escribe tu idea o mejora una de estas.",
            "ar": "ماذا ينبغي أن يكون فيها؟ اكتب فكرتك أو حسّن إحدى هذه الأفكار.",
        },
        guiding={
            "en": "What should be different?\nFor whom?\nWhat would it be like on an ordinary Tuesday?",
            "es": "¿Qué debería cambiar?\n¿Para quién?\n¿Cómo sería un martes cualquiera?",
            "ar": "ما الذي ينبغي أن يتغير؟\nلمن؟\nكيف سيكون يوم ثلاثاء عادي؟",
        },
        threshold=15,
        most_supports=5,
        by=by,
    )
    for order, label in enumerate(CATEGORIES):
        collection.categories.create(label=label, order=order)
    return collection


def _people(garden: Process) -> list[Participant]:
    channels = [Channel.WEB] * 18 + [Channel.KIOSK] * 8 + [Channel.PAPER] * 9 + [Channel.DESK] * 5
    return Participant.objects.bulk_create([Participant(process=garden, channel=channel) for channel in channels])


def _written(collection: Collection, idea: Idea, people: list[Participant]) -> Proposal:
    proposal = Proposal.objects.begin(
        collection,
        participant=people[len(idea.title) % len(people)],
        language=idea.language,
        name=idea.by,
        title=idea.title,
        words=idea.words,
        category=collection.categories.all()[idea.category],
        branch=collection.process.decision.branch,
        channel=idea.channel,
        at=_at(idea.day),
    )
    if idea.title_in:
        proposal.translate(dict(idea.title_in), dict(idea.words_in))
    proposal.appear(at=_at(idea.day))
    return proposal


def _supported(ideas: dict[str, Proposal], people: list[Participant]) -> None:
    """Handed out in turn, so that nobody supports more than five."""
    turn = 0
    for key, proposal in ideas.items():
        for _one in range(IDEAS[key].supporters):
            Support.objects.create(
                proposal=proposal,
                participant=people[turn % len(people)],
                channel=people[turn % len(people)].channel,
                is_proven=people[turn % len(people)].channel != Channel.PAPER,
                at=_at(IDEAS[key].day + 2),
            )
            turn += 1
        _count(proposal)


def _count(proposal: Proposal) -> None:
    from rapport.deciding.models.support import recount

    recount(proposal)


def _argued(ideas: dict[str, Proposal], people: list[Participant]) -> None:
    for n, (key, stance, name, language, words) in enumerate(COMMENTS):
        said = Comment.objects.say(
            ideas[key], words, participant=people[n], stance=stance, name=name, language=language, at=_at(-2)
        )
        if words.startswith("Pears draw"):
            Comment.objects.say(
                ideas[key], "There are kinds that ripen in July.", participant=people[20], parent=said, name="Noor"
            )
    change = Amendment.objects.suggest(
        ideas["pear"],
        participant=people[5],
        title="An early pear tree in the middle",
        words=ideas["pear"].own_words.replace("fruit in autumn", "fruit in July"),
        why="An early kind is picked before the wasps come.",
        name="Jo",
    )
    change.accept(by=ideas["pear"].authorships.get().participant, answer="Good idea, thank you.")
    Amendment.objects.suggest(
        ideas["quiet"],
        participant=people[6],
        title="Quiet until ten",
        words="In the morning the garden is for reading. From ten on one may talk and laugh.",
        why="Children cannot wait until eleven.",
        name="Lucía",
    )


def _merged(ideas: dict[str, Proposal], by: Person) -> None:
    both = [Proposal.objects.get(pk=ideas[key].pk) for key in ("sail", "awning")]
    merging = Merging.objects.propose(
        both,
        [
            (
                "Un toldo sobre las mesas",
                "Los árboles tardan años. Un toldo de tela sobre las mesas, que se quita en invierno.",
            )
        ],
        by=by,
        why="Dos ideas que dicen lo mismo en dos idiomas.",
    )
    for one in both:
        merging.consent(one, by=one.authorships.get().participant, at=_at(-2))
    made = Proposal.objects.get(made_by__merging=merging)
    made.translate(
        {"en": "An awning over the tables", "ar": "مظلّة فوق الطاولات"},
        {
            "en": "Trees take years. An awning of cloth over the tables, taken down in winter.",
            "ar": "الأشجار تحتاج إلى سنوات. مظلّة من القماش فوق الطاولات تُرفع في الشتاء.",
        },
    )


def _answered(ideas: dict[str, Proposal], by: Person) -> None:
    def answer(key: str, outcome: Outcome, reason: Said, next_words: Said, **facts: object) -> None:
        OfficialAnswer.objects.give(
            ideas[key], outcome, reason=reason, next_words=next_words, by=by, at=_at(-1), **facts
        )

    answer(
        "backs", Outcome.ACCEPTED,
        {
            "en": "Whoever cannot sit down cannot read. Four benches with backs and arms fit into the budget.",
            "es": "Quien no puede sentarse no puede leer. Cuatro bancos con respaldo caben en el presupuesto.",
            "ar": "من لا يستطيع الجلوس لا يستطيع القراءة. أربعة مقاعد بمسند تناسب الميزانية.",
        },
        {
            "en": "We try three kinds in the hall in spring: come and sit on them.",
            "es": "En primavera probamos tres modelos en la entrada: venid a sentaros.",
            "ar": "نجرّب ثلاثة أنواع في البهو في الربيع: تعالوا واجلسوا عليها.",
        },
        cost=2400, due=_day(160), doer={"en": "Building and grounds", "es": "Mantenimiento", "ar": "قسم المباني"},
    )  # fmt: skip
    answer(
        "pear", Outcome.EVALUATING,
        {
            "en": "We like it. A gardener looks whether the roots harm the old pipe.",
            "es": "Nos gusta. Un jardinero mira si las raíces dañan la tubería vieja.",
            "ar": "أعجبتنا الفكرة. بستاني ينظر هل تضر الجذور بالأنبوب القديم.",
        },
        {"en": "You hear by the end of the month.", "es": "Lo sabréis a fin de mes.", "ar": "نخبركم قبل نهاية الشهر."},
        due=_day(20),
    )  # fmt: skip
    answer(
        "tales", Outcome.PARTLY,
        {
            "en": "There is room for a circle of ten, not of fifteen: the path must stay wide enough for a wheelchair.",
            "es": "Cabe un círculo de diez, no de quince: el camino debe seguir siendo ancho para una silla de ruedas.",
            "ar": "هناك مكان لحلقة من عشرة لا خمسة عشر، فالممر يجب أن يتسع لكرسي متحرك.",
        },
        {},
        cost=300,
    )  # fmt: skip
    answer(
        "fountain", Outcome.REJECTED,
        {
            "en": "Music would end the quiet that most people ask for, and the fountain alone costs the whole budget.",
            "es": "La música acabaría con la calma que pide la mayoría, y la fuente sola cuesta todo el presupuesto.",
            "ar": "الموسيقى تنهي الهدوء الذي يطلبه أكثر الناس، والنافورة وحدها تكلف الميزانية كلها.",
        },
        {},
        cost=14000,
    )  # fmt: skip


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _at(days: int) -> datetime:
    return timezone.localtime().replace(hour=15, minute=0, second=0, microsecond=0) + timedelta(days=days)

"""What the demo town's library promised with its decisions: kept, late, put off, and given up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from rapport.deciding.models import Commitment, Decision
from rapport.people.models import Person

Said = dict[str, str]


def say(en: str, es: str, ar: str) -> Said:
    return {"en": en, "es": es, "ar": ar}


@dataclass(frozen=True)
class Promised:
    """One promise; days are counted back from today, a negative one lies ahead."""

    topic: str
    words: Said
    who: Said
    made: int
    due: int
    steps: list[tuple[Said, int | None]] = field(default_factory=list)  # with the day on which it was reached
    kept: int | None = None
    see: Said = field(default_factory=dict)
    moved: tuple[int, int] | None = None  # when it was said, and the new day
    given_up: int | None = None
    why: Said = field(default_factory=dict)


_MANAGER = say("The branch manager", "La directora de la sede", "مديرة الفرع")
_CHILDREN = say("The children’s librarian", "La bibliotecaria infantil", "أمينة مكتبة الأطفال")
_SELECTOR = say("The selector for adults", "La responsable de compras", "مسؤولة الاقتناء")

PROMISES = (
    Promised(
        "sunday",
        say(
            "Riverside opens on Sundays from one to five",
            "Riverside abre los domingos de una a cinco",
            "تفتح ريفرسايد أيام الأحد من الواحدة إلى الخامسة",
        ),
        _MANAGER,
        238,
        200,
        kept=205,
        see=say(
            "Open since the first Sunday of the month. About ninety people come.",
            "Abierta desde el primer domingo del mes. Vienen unas noventa personas.",
            "مفتوحة منذ أول أحد من الشهر، ويأتي نحو تسعين شخصاً.",
        ),
    ),
    Promised(
        "sunday",
        say(
            "A colleague who speaks Spanish is there on Sundays",
            "Los domingos hay alguien que habla español",
            "زميلة تتحدث الإسبانية حاضرة أيام الأحد",
        ),
        _MANAGER,
        238,
        190,
        kept=160,
        see=say(
            "It took a month longer to find somebody. Lucía is there every Sunday.",
            "Encontrar a alguien llevó un mes más. Lucía está todos los domingos.",
            "استغرق العثور على زميلة شهراً إضافياً، ولوسيا هناك كل أحد.",
        ),
    ),
    Promised(
        "arabic_storytime",
        say(
            "A shelf of picture books in Arabic, at a child’s height",
            "Un estante de álbumes en árabe, a la altura de los niños",
            "رفّ كتب مصوّرة بالعربية على ارتفاع الطفل",
        ),
        _CHILDREN,
        165,
        100,
        steps=[
            (
                say(
                    "Families choose the first thirty titles",
                    "Las familias eligen los treinta primeros",
                    "الأسر تختار أول ثلاثين عنواناً",
                ),
                150,
            ),
            (say("The books are ordered", "Los libros están pedidos", "طُلبت الكتب"), 135),
        ],
        kept=108,
        see=say(
            "Sixty-two books beside the window. Ask for the list.",
            "Sesenta y dos libros junto a la ventana.",
            "اثنان وستون كتاباً قرب النافذة.",
        ),
    ),
    Promised(
        "wifi",
        say("Twelve hotspots that can be borrowed", "Doce puntos de acceso en préstamo", "اثنا عشر جهاز اتصال للإعارة"),
        _MANAGER,
        112,
        60,
        kept=70,
        see=say(
            "Ask at any desk; three weeks each.",
            "En cualquier mostrador; tres semanas.",
            "اطلبوها من أي مكتب، ثلاثة أسابيع.",
        ),
    ),
    Promised(
        "wifi",
        say("A table with sockets under the porch", "Una mesa con enchufes bajo el porche", "طاولة بمقابس تحت الرواق"),
        _MANAGER,
        112,
        40,
        given_up=38,
        why=say(
            "The fire inspector does not allow sockets in the open. There are six more inside, by the windows.",
            "La inspección no permite enchufes al aire libre. Hay seis más dentro, junto a las ventanas.",
            "لا تسمح سلامة الحريق بمقابس في الهواء الطلق. أضفنا ستة في الداخل قرب النوافذ.",
        ),
    ),
    Promised(
        "homework",
        say(
            "Two helpers on each homework afternoon",
            "Dos personas de apoyo cada tarde de deberes",
            "مساعدان في كل عصر للواجبات",
        ),
        _CHILDREN,
        48,
        -20,
        steps=[
            (say("Six volunteers are found", "Hay seis voluntarios", "وُجد ستة متطوعين"), 30),
            (say("They are trained and checked", "Están formados y verificados", "تدرّبوا وتم التحقق منهم"), 9),
            (
                say(
                    "The first month with two on each day",
                    "El primer mes con dos cada día",
                    "الشهر الأول باثنين كل يوم",
                ),
                None,
            ),
        ],
    ),
    Promised(
        "homework",
        say(
            "A quiet room for mathematics on Thursdays",
            "Una sala tranquila para matemáticas los jueves",
            "غرفة هادئة للرياضيات يوم الخميس",
        ),
        _MANAGER,
        48,
        6,
        steps=[
            (
                say(
                    "The meeting room is free on Thursdays", "La sala queda libre los jueves", "القاعة خالية يوم الخميس"
                ),
                20,
            ),
            (say("Tables and a board are in it", "Tiene mesas y pizarra", "فيها طاولات ولوح"), None),
        ],
    ),
    Promised(
        "large_print",
        say(
            "Forty large-print titles stand at Hillcrest",
            "Cuarenta títulos en letra grande en Hillcrest",
            "أربعون عنواناً بأحرف كبيرة في هيلكرست",
        ),
        _SELECTOR,
        22,
        3,
        steps=[
            (
                say(
                    "The list is agreed with the book table",
                    "La lista, acordada con la mesa de lectura",
                    "اتُفق على القائمة مع طاولة القراءة",
                ),
                15,
            ),
            (say("The first twenty are there", "Ya están los veinte primeros", "وصلت العشرون الأولى"), 5),
        ],
        moved=(4, -25),
        why=say(
            "The supplier delivers the Spanish titles four weeks later. The others can be borrowed now.",
            "El proveedor entrega los títulos en español cuatro semanas más tarde. Los demás ya se prestan.",
            "يسلّم المورّد العناوين الإسبانية بعد أربعة أسابيع، والباقي متاح الآن.",
        ),
    ),
)


def fill(decisions: Mapping[str, Decision], *, by: Person, ruled_by: Person) -> list[Commitment]:
    """Promise and live them through; a topic without a decision is passed over."""
    return [_live(one, decisions[one.topic], by, ruled_by) for one in PROMISES if one.topic in decisions]


def _live(promised: Promised, decision: Decision, by: Person, ruled_by: Person) -> Commitment:
    owner = by if promised.steps else ruled_by
    made = Commitment.objects.make(
        promised.words,
        owner=owner,
        owner_words=promised.who,
        due=_day(promised.due),
        by=by,
        decision=decision,
        milestones=[(words, None) for words, _reached in promised.steps],
        at=ago(promised.made),
    )
    for milestone, (_words, reached) in zip(made.milestones.all(), promised.steps, strict=True):
        if reached is not None:
            milestone.reach({}, by=by, at=ago(reached))
    if promised.moved:
        said, new = promised.moved
        made.change(promised.why, due=_day(new), by=by, at=ago(said))
    if promised.kept is not None:
        made.keep(promised.see, by=by, at=ago(promised.kept))
    if promised.given_up is not None:
        made.give_up(promised.why, by=ruled_by, at=ago(promised.given_up))
    return made


def _day(days: int) -> date:
    return timezone.localdate(ago(days))


def ago(days: int) -> datetime:
    return timezone.localtime().replace(hour=17, minute=0, second=0, microsecond=0) - timedelta(days=days)

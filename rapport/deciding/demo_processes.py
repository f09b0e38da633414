"""The demo town decides together: a garden is being shaped, a school chooses, longer evenings are carried out.

Other parts hang what people do on the phases: `phase_of(processes["school"], PhaseKind.CHOOSE)`.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from rapport.deciding.announcing import announce
from rapport.deciding.models import Decision, Phase, PhaseKind, Process, Promise, Tier, midnight
from rapport.loop.models import Loop
from rapport.people.models import Person
from rapport.places.models import Branch

Said = dict[str, str]
Processes = dict[str, Process]


@dataclass(frozen=True)
class Part:
    """A phase: its days counted from today, a negative one lies behind."""

    kind: PhaseKind
    first: int
    last: int
    title: Said
    about: Said = field(default_factory=dict)


GARDEN = (
    Part(
        PhaseKind.COLLECT, -12, -4,
        {"en": "What should it have?", "es": "¿Qué debe tener?", "ar": "ماذا ينبغي أن يكون فيها؟"},
        {"en": "Every idea, large or small", "es": "Cualquier idea, grande o pequeña", "ar": "كل فكرة، كبيرة أو صغيرة"},
    ),
    Part(
        PhaseKind.SHAPE, -3, 9,
        {"en": "Shape the ideas together", "es": "Damos forma a las ideas", "ar": "نصوغ الأفكار معاً"},
        {
            "en": "What belongs together, what is missing, and what do we all agree on?",
            "es": "¿Qué va unido, qué falta y en qué coincidimos?",
            "ar": "ما الذي يجتمع، وما الذي ينقص، وعلى ماذا نتفق جميعاً؟",
        },
    ),
    Part(
        PhaseKind.CHOOSE, 10, 21,
        {"en": "Choose the garden", "es": "Elegimos el jardín", "ar": "نختار الحديقة"},
        {"en": "Everyone has one vote", "es": "Cada persona tiene un voto", "ar": "لكل شخص صوت واحد"},
    ),
    Part(
        PhaseKind.CARRY_OUT, 25, 120,
        {"en": "Build and plant", "es": "Construir y plantar", "ar": "نبني ونزرع"},
    ),
    Part(
        PhaseKind.REPORT, 121, 150,
        {"en": "What became of it", "es": "Qué ha sido de ello", "ar": "ما الذي تحقق"},
    ),
)  # fmt: skip

SCHOOL = (
    Part(
        PhaseKind.COLLECT, -45, -25,
        {"en": "Collect wishes in class", "es": "Reunir deseos en clase", "ar": "نجمع الأمنيات في الصف"},
    ),
    Part(
        PhaseKind.SHAPE, -24, -7,
        {"en": "Find out what it costs", "es": "Averiguar cuánto cuesta", "ar": "نعرف كم تكلّف"},
    ),
    Part(
        PhaseKind.CHOOSE, -6, 8,
        {"en": "Choose what we buy", "es": "Elegir qué compramos", "ar": "نختار ما نشتري"},
        {
            "en": "With the card from your teacher, on a phone or on paper",
            "es": "Con la tarjeta de tu maestra, en el móvil o en papel",
            "ar": "بالبطاقة من معلمتك، على الهاتف أو على الورق",
        },
    ),
    Part(
        PhaseKind.CARRY_OUT, 9, 70,
        {"en": "Order and unpack", "es": "Pedir y desempaquetar", "ar": "نطلب ونفتح الصناديق"},
    ),
    Part(
        PhaseKind.REPORT, 71, 90,
        {"en": "Show what is there", "es": "Enseñar lo que hay", "ar": "نُري ما وصل"},
    ),
)  # fmt: skip

HOURS = (
    Part(
        PhaseKind.COLLECT, -150, -131,
        {"en": "When can you not come?", "es": "¿Cuándo no puedes venir?", "ar": "متى لا تستطيعون المجيء؟"},
    ),
    Part(
        PhaseKind.CHOOSE, -120, -100,
        {"en": "Choose two evenings", "es": "Elegir dos tardes", "ar": "نختار مساءين"},
    ),
    Part(
        PhaseKind.CARRY_OUT, -80, 30,
        {"en": "Open later", "es": "Abrir más tarde", "ar": "نفتح حتى وقت متأخر"},
        {
            "en": "First one evening, then two, as colleagues are found",
            "es": "Primero una tarde y luego dos, según se encuentre personal",
            "ar": "مساء واحد أولاً، ثم مساءان حين نجد زملاء",
        },
    ),
    Part(
        PhaseKind.REPORT, 31, 60,
        {"en": "Did it help?", "es": "¿Ha servido?", "ar": "هل أفاد ذلك؟"},
    ),
)  # fmt: skip

_SCHOOL: dict[str, Any] = {
    "question": {
        "en": "What should our school buy for its reading room?",
        "es": "¿Qué debe comprar nuestra escuela para su sala de lectura?",
        "ar": "ماذا ينبغي أن تشتري مدرستنا لغرفة القراءة؟",
    },
    "promise": Promise.EMPOWER,
    "open_words": {
        "en": "All of the 3,000, for books, games, seats or machines",
        "es": "Los 3000 completos: libros, juegos, asientos o aparatos",
        "ar": "الثلاثة آلاف كلها: كتب وألعاب ومقاعد وأجهزة",
    },
    "closed_words": {
        "en": "It must fit into the room, and be safe",
        "es": "Debe caber en la sala y ser seguro",
        "ar": "يجب أن يتسع له المكان وأن يكون آمناً",
    },
    "decider": {
        "en": "All children of Mill Street School who vote",
        "es": "Todas las niñas y niños de la escuela Mill Street que voten",
        "ar": "كل أطفال مدرسة ميل ستريت الذين يصوّتون",
    },
}
_HOURS: dict[str, Any] = {
    "question": {
        "en": "On which evenings should Hillcrest open longer?",
        "es": "¿Qué tardes debe abrir más tiempo Hillcrest?",
        "ar": "في أي الأمسيات تفتح هيلكرست مدة أطول؟",
    },
    "promise": Promise.COLLABORATE,
    "open_words": {"en": "Which two evenings", "es": "Qué dos tardes", "ar": "أي مساءين"},
    "closed_words": {
        "en": "Two evenings until eight: that is what colleagues can do",
        "es": "Dos tardes hasta las ocho: es lo que puede el personal",
        "ar": "مساءان حتى الثامنة، وهذا ما يستطيعه الزملاء",
    },
    "decider": {
        "en": "The director, with those who voted",
        "es": "La directora, con quienes votaron",
        "ar": "المديرة مع من صوّتوا",
    },
}
_RULED: Said = {
    "en": "Hillcrest opens until eight on Tuesdays and Thursdays.",
    "es": "Hillcrest abre hasta las ocho los martes y los jueves.",
    "ar": "تفتح هيلكرست حتى الثامنة يومي الثلاثاء والخميس.",
}
_REASONS: Said = {
    "en": "These two evenings had the most votes, and buses run until nine on both.",
    "es": "Fueron las dos tardes más votadas, y esos días hay autobús hasta las nueve.",
    "ar": "نال هذان المساءان أكثر الأصوات، وتسير الحافلات فيهما حتى التاسعة.",
}
_INFLUENCE: Said = {
    "en": "We had thought of Mondays. You told us that the bus stops early then, so it became Thursdays.",
    "es": "Pensábamos en los lunes. Nos dijeron que ese día el autobús termina pronto, y fue el jueves.",
    "ar": "كنا نفكر في يوم الاثنين، وقلتم لنا إن الحافلة تتوقف مبكراً، فصار الخميس.",
}


def fill(garden: Decision, *, by: Person, ruled_by: Person) -> Processes:
    """The three processes by their topic: "garden", "school", "hours"."""
    branches = {branch.slug: branch for branch in Branch.objects.all()}
    garden_process = Process.objects.prepare_for(garden, by=by, starter="garden", budget=Decimal(12000))
    _with_parts(garden_process, GARDEN)
    garden_process.open(by=by, at=_at(-12))
    school = asked(_SCHOOL, branches.get("mill-street"), SCHOOL, by=by, starter="school", budget=Decimal(3000))
    hours = asked(_HOURS, branches.get("hillcrest"), HOURS, by=by, starter="hours", vote_tier=Tier.CARD)
    hours.decision.decide(_RULED, reasons=_REASONS, goes_ahead=True, by=ruled_by, at=_at(-95))
    hours.decision.publish_influence(_INFLUENCE, by=by, at=_at(-92))
    processes = {"garden": garden_process, "school": school, "hours": hours}
    for process in processes.values():
        _announce_all(process)
    return processes


def _announce_all(process: Process) -> None:
    """As the town was told when each part began."""
    for phase in process.phases.filter(opens_at__lte=timezone.now()):
        announce(phase, at=max(phase.opens_at, process.opening.at))


def phase_of(process: Process, kind: PhaseKind) -> Phase:
    return process.phases.get(kind=kind)


def asked(
    said: dict[str, Any], branch: Branch | None, parts: tuple[Part, ...], *, by: Person, **fields: Any
) -> Process:
    choosing = next(part for part in parts if part.kind == PhaseKind.CHOOSE)
    decision = {name: value for name, value in said.items() if name != "question"}
    decision["by_when"] = timezone.localdate() + timedelta(days=choosing.last + 5)
    process = Process.objects.prepare(said["question"], by=by, branch=branch, decision=decision, **fields)
    Loop.objects.filter(pk=process.decision.loop_id).update(at=_at(parts[0].first))
    _with_parts(process, parts)
    process.open(by=by, at=_at(parts[0].first))
    return process


def _with_parts(process: Process, parts: tuple[Part, ...]) -> None:
    today = timezone.localdate()
    for part in parts:
        process.phases.create(
            kind=part.kind,
            title=part.title,
            about=part.about,
            opens_at=midnight(today + timedelta(days=part.first)),
            closes_at=midnight(today + timedelta(days=part.last + 1)),
        )


def _at(days: int) -> datetime:
    return timezone.localtime().replace(hour=11, minute=0, second=0, microsecond=0) + timedelta(days=days)

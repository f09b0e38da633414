"""The demo town votes: two evenings were chosen, a corner stays wild, and two votes of the garden run now."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from rapport.deciding.demo_processes import Processes, phase_of
from rapport.deciding.models import (
    Ballot,
    Binding,
    Count,
    Participant,
    Phase,
    PhaseKind,
    Poll,
    PollOutcome,
)
from rapport.deciding.polls_here import begin_poll
from rapport.listening.models import Channel
from rapport.people.models import Person

Said = dict[str, str]
_WAYS = [Channel.WEB] * 6 + [Channel.KIOSK] * 2 + [Channel.DESK, Channel.PHONE, Channel.PAPER, Channel.PAPER]

_EVENINGS: list[Said] = [
    {"en": "Monday until eight", "es": "Lunes hasta las ocho", "ar": "الاثنين حتى الثامنة"},
    {"en": "Tuesday until eight", "es": "Martes hasta las ocho", "ar": "الثلاثاء حتى الثامنة"},
    {"en": "Thursday until eight", "es": "Jueves hasta las ocho", "ar": "الخميس حتى الثامنة"},
    {"en": "Friday until eight", "es": "Viernes hasta las ocho", "ar": "الجمعة حتى الثامنة"},
]
_NAMES: list[Said] = [
    {"en": "The Green Page", "es": "La Página Verde", "ar": "الصفحة الخضراء"},
    {"en": "The Fig Tree Garden", "es": "El Jardín de la Higuera", "ar": "حديقة شجرة التين"},
    {"en": "Quiet Corner", "es": "El Rincón Tranquilo", "ar": "الركن الهادئ"},
    {"en": "The Story Garden", "es": "El Jardín de los Cuentos", "ar": "حديقة الحكايات"},
]


def fill(processes: Processes, *, by: Person) -> list[Poll]:
    """Four votes in three states."""
    garden, hours = processes["garden"], processes["hours"]
    drawn = random.Random("votes of the demo town")  # noqa: S311 - made-up people
    return [
        _evenings(phase_of(hours, PhaseKind.CHOOSE), drawn, by),
        _wild_corner(phase_of(garden, PhaseKind.COLLECT), drawn, by),
        _name(phase_of(garden, PhaseKind.SHAPE), drawn, by),
        _meeting(phase_of(garden, PhaseKind.SHAPE), drawn, by),
    ]


def _evenings(phase: Phase, drawn: random.Random, by: Person) -> Poll:
    title = {
        "en": "Which two evenings should it be?",
        "es": "¿Qué dos tardes deben ser?",
        "ar": "أي مساءين نختار؟",
    }
    poll = begin_poll(phase, title, by=by, starter="several", seats=2, quorum=30, options=_EVENINGS)
    monday, tuesday, thursday, friday = (str(one.pk) for one in poll.choices)
    orders = [
        *[[thursday, tuesday]] * 14, *[[tuesday, thursday, monday]] * 9, *[[tuesday, monday]] * 6,
        *[[monday, thursday]] * 7, *[[friday, thursday, tuesday]] * 5, [],
    ]  # fmt: skip
    _take(poll, [{"order": [[one] for one in order]} if order else {} for order in orders], drawn)
    said = {
        "en": "Tuesday and Thursday. We look for colleagues, and begin with the first evening in spring.",
        "es": "Martes y jueves. Buscamos personal y empezamos con la primera tarde en primavera.",
        "ar": "الثلاثاء والخميس. نبحث عن زملاء، ونبدأ بالمساء الأول في الربيع.",
    }
    _close(poll, said, by=by, days=99, review_in=-3)
    ruling = phase.process.decision.ruled
    if ruling is not None:
        Binding.objects.create(ruling=ruling, poll=poll, follows=True)
    return poll


def _wild_corner(phase: Phase, drawn: random.Random, by: Person) -> Poll:
    title = {
        "en": "Should one corner of the garden stay wild?",
        "es": "¿Debe quedar silvestre un rincón del jardín?",
        "ar": "هل يبقى ركن من الحديقة برياً؟",
    }
    about = {
        "en": "For bees and hedgehogs: nobody mows there. A yes means that the plan keeps six metres for it.",
        "es": "Para abejas y erizos: allí nadie siega. Un sí significa que el plan le reserva seis metros.",
        "ar": "للنحل والقنافذ، فلا يجزّ أحد العشب هناك. نعم تعني أن المخطط يترك له ستة أمتار.",
    }
    poll = begin_poll(phase, title, by=by, starter="yes_no", about=about, quorum=20)
    answers = ["yes"] * 31 + ["no"] * 12 + ["abstain"] * 3
    _take(poll, [{"answer": one} for one in answers], drawn)
    said = {
        "en": "Yes: six metres along the wall stay wild. Those who feared nettles get a path of stone beside it.",
        "es": "Sí: seis metros junto al muro quedan silvestres. Quien teme las ortigas tendrá un sendero de piedra.",
        "ar": "نعم: تبقى ستة أمتار بجانب الجدار برية. ولمن يخشى القرّاص ممر من الحجر بجانبها.",
    }
    _close(poll, said, by=by, days=3, review_in=180)
    return poll


def _name(phase: Phase, drawn: random.Random, by: Person) -> Poll:
    title = {"en": "What shall the garden be called?", "es": "¿Cómo se llamará el jardín?", "ar": "ماذا نسمّي الحديقة؟"}
    where = {
        "en": "The urn stands at the desk of Riverside. We bring a ballot to whoever cannot come: 555 0100.",
        "es": "La urna está en el mostrador de Riverside. A quien no pueda venir le llevamos una papeleta: 555 0100.",
        "ar": "الصندوق عند مكتب ريفرسايد. ونحمل ورقة إلى من لا يستطيع المجيء: ‎555 0100.",
    }
    poll = begin_poll(phase, title, by=by, starter="advice", where_words=where, options=_NAMES)
    one, two, three, four = (str(option.pk) for option in poll.choices)
    chosen = [[one, four], [four], [two, four], [one], [three], [four, one], [two], [one, two, three], []] * 4
    _take(poll, [{"for": sorted(some, key=int)} if some else {} for some in chosen], drawn)
    return poll


def _meeting(phase: Phase, drawn: random.Random, by: Person) -> Poll:
    title = {
        "en": "When do we build the model together?",
        "es": "¿Cuándo construimos juntos la maqueta?",
        "ar": "متى نبني المجسّم معاً؟",
    }
    poll = begin_poll(phase, title, by=by, starter="times")
    for place, (days, hour) in enumerate(((11, 10), (12, 17), (14, 15)), 1):
        day = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)
        poll.options.create(title=_day(day), starts_at=day, order=place)
    keys = [str(one.pk) for one in poll.options.all()]
    marks = [{"points": {key: drawn.choice((0, 1, 2, 2)) for key in keys}} for _voter in range(24)]
    names = ["Amal", "Bea", "Carlos", "Dina", "Emil", "Fatima", "Gus", "Hana"]
    _take(poll, marks, drawn, names=names)
    return poll


def _day(day: datetime) -> Said:
    weekdays = {
        "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        "es": ("Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo"),
        "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    }
    return {code: f"{names[day.weekday()]}, {day:%H:%M}" for code, names in weekdays.items()}


def _take(poll: Poll, marks: Sequence[dict[str, Any]], drawn: random.Random, *, names: Sequence[str] = ()) -> None:
    """So many people vote, each by some way."""
    for number, one in enumerate(marks):
        channel = drawn.choice(_WAYS)
        name = names[number] if number < len(names) else ""
        voter = Participant.objects.join(poll.process, channel=channel, name=name)
        Ballot.objects.take(poll, one, participant=voter)


def _close(poll: Poll, said: Said, *, by: Person, days: int, review_in: int) -> None:
    """Counted so many days ago, with its outcome said, and a day to look at it again."""
    at = timezone.now() - timedelta(days=days)
    Count.objects.take(poll)
    Count.objects.filter(poll=poll).update(at=at)
    PollOutcome.objects.create(
        poll=poll, words=said, review_on=timezone.localdate() + timedelta(days=review_in), by=by, at=at
    )

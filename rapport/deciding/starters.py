"""Templates of processes: phases with lengths, what people can do in each, who may take part, and what is promised.

Plain data in the languages that ship; what a library writes over it is its own. Components are named by their kind; one
that this house does not have is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from rapport.deciding.components import begin, components
from rapport.deciding.models import Decision, Phase, PhaseKind, Process, Promise, Tier, midnight
from rapport.people.models import Person

Said = dict[str, str]


def said(english: str, spanish: str, arabic: str) -> Said:
    return {"en": english, "es": spanish, "ar": arabic}


@dataclass(frozen=True)
class Begin:
    """A component to begin with."""

    kind: str
    title: Said
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    kind: PhaseKind
    days: int
    title: Said
    begins: tuple[Begin, ...] = ()


@dataclass(frozen=True)
class Starter:
    slug: str
    name: str | Lazy
    note: str | Lazy
    icon: str
    promise: Promise
    parts: tuple[Part, ...]
    join_tier: Tier = Tier.ANYONE
    vote_tier: Tier = Tier.REACHED
    question: Said = field(default_factory=dict)
    decider: Said = field(default_factory=dict)

    @property
    def days_to_decide(self) -> int:
        """Until the end of the last phase in which people have a say."""
        own = [part.kind not in {PhaseKind.CARRY_OUT, PhaseKind.REPORT} for part in self.parts]
        last = max((place for place, is_own in enumerate(own) if is_own), default=-1)
        return sum(part.days for part in self.parts[: last + 1])

    @transaction.atomic
    def furnish(self, process: Process, *, first: date, by: Person) -> None:
        """Give a process its phases, one after the other from this day, and begin what people do in them."""
        for part in self.parts:
            phase = process.phases.create(
                kind=part.kind,
                title=part.title,
                opens_at=midnight(first),
                closes_at=midnight(first + timedelta(days=part.days)),
            )
            _begin_all(part, phase, by)
            first += timedelta(days=part.days)

    def begin(self, question: Mapping[str, str], *, first: date, by: Person, **about: Any) -> Process:
        decision = {
            "promise": self.promise,
            "decider": self.decider,
            "by_when": first + timedelta(days=self.days_to_decide + DAYS_TO_RULE),
        }
        process = Process.objects.prepare(question, by=by, decision=decision, **about, **self._fields())
        self.furnish(process, first=first, by=by)
        return process

    def begin_for(self, decision: Decision, *, first: date, by: Person) -> Process:
        process = Process.objects.prepare_for(decision, by=by, **self._fields())
        self.furnish(process, first=first, by=by)
        return process

    def _fields(self) -> dict[str, Any]:
        return {"starter": self.slug, "join_tier": self.join_tier, "vote_tier": self.vote_tier}


def _begin_all(part: Part, phase: Phase, by: Person) -> None:
    for one in part.begins:
        if one.kind in components:
            begin(one.kind, phase, one.title, by=by, **one.settings)


DAYS_TO_RULE = 7
_DIRECTOR = said("The director", "La directora", "المديرة")
_VOTERS = said("Everyone who votes", "Quienes voten", "كل من يصوّت")
_CARRY_OUT = said("Carry it out", "Llevarlo a cabo", "ننفّذه")
_REPORT = said("Say what became of it", "Contar qué ha sido de ello", "نقول ما الذي تحقق")

STARTERS = (
    Starter(
        slug="question",
        name=_("Ask for advice"),
        note=_("One question, three weeks: collect what people say, see where all agree, and answer"),
        icon="message-circle-question-mark",
        promise=Promise.CONSULT,
        decider=_DIRECTOR,
        parts=(
            Part(
                PhaseKind.COLLECT,
                14,
                said("What do you think?", "¿Qué opinas?", "ما رأيكم؟"),
                (Begin("opinions", said("Where do we stand?", "¿Qué pensamos?", "أين نقف؟")),),
            ),
            Part(PhaseKind.SHAPE, 7, said("We read it all", "Lo leemos todo", "نقرأ كل شيء")),
            Part(PhaseKind.REPORT, 21, said("What we answer", "Qué respondemos", "ما نجيب به")),
        ),
    ),
    Starter(
        slug="garden",
        name=_("Make a place together"),
        note=_("A reading garden, a corner, a room: from ideas to what was built, in half a year"),
        icon="trees",
        promise=Promise.COLLABORATE,
        decider=_VOTERS,
        question=said("What should this place be?", "¿Cómo debe ser este lugar?", "كيف ينبغي أن يكون هذا المكان؟"),
        parts=(
            Part(
                PhaseKind.COLLECT,
                21,
                said("Collect ideas", "Reunir ideas", "نجمع الأفكار"),
                (Begin("proposals", said("Your ideas", "Tus ideas", "أفكاركم")),),
            ),
            Part(
                PhaseKind.SHAPE,
                14,
                said("Shape them together", "Darles forma", "نصوغها معاً"),
                (Begin("opinions", said("What do we agree on?", "¿En qué coincidimos?", "على ماذا نتفق؟")),),
            ),
            Part(
                PhaseKind.CHOOSE,
                14,
                said("Choose", "Elegir", "نختار"),
                (Begin("polls", said("Our choice", "Nuestra elección", "اختيارنا"), {"method": "approval"}),),
            ),
            Part(PhaseKind.CARRY_OUT, 90, _CARRY_OUT),
            Part(PhaseKind.REPORT, 30, _REPORT),
        ),
    ),
    Starter(
        slug="hours",
        name=_("Opening hours"),
        note=_("Ask when people can come, and let them rank what the staff can do"),
        icon="clock",
        promise=Promise.INVOLVE,
        decider=_DIRECTOR,
        vote_tier=Tier.CARD,
        question=said("When should we be open?", "¿Cuándo debemos abrir?", "متى ينبغي أن نفتح؟"),
        parts=(
            Part(
                PhaseKind.COLLECT,
                14,
                said("When can you not come?", "¿Cuándo no puedes venir?", "متى لا تستطيعون المجيء؟"),
                (Begin("opinions", said("Your week", "Tu semana", "أسبوعكم")),),
            ),
            Part(
                PhaseKind.CHOOSE,
                14,
                said("Which hours suit you?", "¿Qué horas te convienen?", "أي الساعات تناسبكم؟"),
                (Begin("polls", said("The hours", "El horario", "الساعات"), {"method": "schulze"}),),
            ),
            Part(PhaseKind.CARRY_OUT, 60, said("Try the new hours", "Probar el horario", "نجرّب الساعات الجديدة")),
            Part(PhaseKind.REPORT, 30, _REPORT),
        ),
    ),
    Starter(
        slug="school",
        name=_("A school spends its money"),
        note=_("Children collect wishes, find out what they cost, and vote with code cards or on paper"),
        icon="school",
        promise=Promise.EMPOWER,
        decider=said("All children who vote", "Las niñas y niños que voten", "كل الأطفال الذين يصوّتون"),
        join_tier=Tier.ON_SITE,
        vote_tier=Tier.ON_SITE,
        question=said("What should our school buy?", "¿Qué debe comprar nuestra escuela?", "ماذا تشتري مدرستنا؟"),
        parts=(
            Part(
                PhaseKind.COLLECT,
                21,
                said("Collect wishes", "Reunir deseos", "نجمع الأمنيات"),
                (Begin("proposals", said("Our wishes", "Nuestros deseos", "أمنياتنا")),),
            ),
            Part(PhaseKind.SHAPE, 14, said("Find out what it costs", "Averiguar cuánto cuesta", "نعرف كم تكلّف")),
            Part(
                PhaseKind.CHOOSE,
                10,
                said("Choose what we buy", "Elegir qué compramos", "نختار ما نشتري"),
                (Begin("budgets", said("Our budget", "Nuestro presupuesto", "ميزانيتنا")),),
            ),
            Part(PhaseKind.CARRY_OUT, 60, said("Order and unpack", "Pedir y desempaquetar", "نطلب ونفتح الصناديق")),
            Part(PhaseKind.REPORT, 21, said("Show what is there", "Enseñar lo que hay", "نُري ما وصل")),
        ),
    ),
    Starter(
        slug="teens",
        name=_("A question for the teen board"),
        note=_("The board collects, speaks about it, and agrees by consent; the library answers"),
        icon="users-round",
        promise=Promise.COLLABORATE,
        decider=said(
            "The teen board, with the director", "El consejo joven, con la directora", "مجلس الشباب مع المديرة"
        ),
        join_tier=Tier.REACHED,
        vote_tier=Tier.ON_SITE,
        parts=(
            Part(
                PhaseKind.COLLECT,
                14,
                said("Bring what matters", "Traer lo que importa", "نأتي بما يهم"),
                (Begin("proposals", said("What matters to us", "Lo que nos importa", "ما يهمنا")),),
            ),
            Part(PhaseKind.SHAPE, 14, said("Speak about it", "Hablarlo", "نتحدث عنه")),
            Part(
                PhaseKind.CHOOSE,
                7,
                said("Agree", "Acordar", "نتفق"),
                (Begin("polls", said("Does it stand?", "¿Queda así?", "هل نقبله؟"), {"method": "consent"}),),
            ),
            Part(PhaseKind.CARRY_OUT, 60, _CARRY_OUT),
            Part(PhaseKind.REPORT, 21, _REPORT),
        ),
    ),
)


def starter(slug: str) -> Starter:
    return next((one for one in STARTERS if one.slug == slug), STARTERS[0])

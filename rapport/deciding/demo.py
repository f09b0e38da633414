"""The demo town's decisions: one being asked, one late with its promise, the others kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from rapport.deciding import (
    demo_about,
    demo_boards,
    demo_budgets,
    demo_commitments,
    demo_opinions,
    demo_polls,
    demo_processes,
    demo_proposals,
)
from rapport.deciding.models import Decision, Promise
from rapport.insight.models import Need
from rapport.people.models import Person
from rapport.places.models import Branch

Said = dict[str, str]


@dataclass(frozen=True)
class Plan:
    """One decision as the town lived it; days are counted back from today, a negative one lies ahead."""

    question: Said
    promise: Promise
    open_words: Said
    decider: Said
    asked: int
    due: int
    closed_words: Said = field(default_factory=dict)
    decided: Said = field(default_factory=dict)
    reasons: Said = field(default_factory=dict)
    goes_ahead: bool = True
    influence: Said = field(default_factory=dict)
    ruled: int = 0
    is_put_away: bool = False


_BOARD = {"en": "The library board", "es": "La junta de la biblioteca", "ar": "مجلس المكتبة"}
_DIRECTOR = {"en": "The director", "es": "La directora", "ar": "المديرة"}

PLANS: dict[str, Plan] = {
    "garden": Plan(
        question={
            "en": "What should the reading garden be?",
            "es": "¿Cómo debe ser el jardín de lectura?",
            "ar": "كيف ينبغي أن تكون حديقة القراءة؟",
        },
        promise=Promise.CONSULT,
        open_words={
            "en": "Plants, seats, shade, and when it is quiet",
            "es": "Plantas, asientos, sombra y las horas de silencio",
            "ar": "النباتات والمقاعد والظل وأوقات الهدوء",
        },
        closed_words={
            "en": "The walls stay, and the budget is 12,000",
            "es": "Los muros se quedan y el presupuesto es de 12 000",
            "ar": "تبقى الجدران كما هي، والميزانية ١٢٠٠٠",
        },
        decider=_BOARD,
        asked=12,
        due=-24,
    ),
    "homework": Plan(
        question={
            "en": "How should homework help work after school?",
            "es": "¿Cómo debe funcionar la ayuda con los deberes?",
            "ar": "كيف ينبغي أن تعمل المساعدة في الواجبات المدرسية؟",
        },
        promise=Promise.INVOLVE,
        open_words={
            "en": "Days, subjects, and who helps",
            "es": "Días, materias y quién ayuda",
            "ar": "الأيام والمواد ومن يساعد",
        },
        decider=_DIRECTOR,
        asked=75,
        due=45,
        ruled=48,
        decided={
            "en": "Volunteers help on Tuesdays and Thursdays from four to six, with one hour for mathematics.",
            "es": "Voluntarios ayudan los martes y jueves de cuatro a seis, con una hora de matemáticas.",
            "ar": "يساعد المتطوعون يومي الثلاثاء والخميس من الرابعة إلى السادسة، مع ساعة للرياضيات.",
        },
        reasons={
            "en": "These are the days that most families named, and mathematics the subject that most asked for.",
            "es": "Son los días que más familias nombraron, y las matemáticas lo que más pidieron.",
            "ar": "هذه هي الأيام التي ذكرتها معظم الأسر، والرياضيات أكثر ما طُلب.",
        },
        influence={
            "en": "We had planned Mondays. You told us that football is on Mondays, so we moved it.",
            "es": "Habíamos pensado en los lunes. Nos dijeron que los lunes hay fútbol y lo cambiamos.",
            "ar": "كنا قد خططنا ليوم الاثنين، وقلتم لنا إن فيه كرة القدم، فغيّرناه.",
        },
    ),
    "large_print": Plan(
        question={
            "en": "Which large-print books should we buy first?",
            "es": "¿Qué libros en letra grande compramos primero?",
            "ar": "أي كتب بأحرف كبيرة نشتري أولاً؟",
        },
        promise=Promise.COLLABORATE,
        open_words={"en": "Authors and subjects", "es": "Autores y temas", "ar": "المؤلفون والموضوعات"},
        decider={
            "en": "Readers of the Hillcrest book table together with the selector",
            "es": "Las lectoras de la mesa de Hillcrest junto con la bibliotecaria",
            "ar": "قرّاء طاولة هيلكرست مع أمينة المكتبة",
        },
        asked=60,
        due=20,
        ruled=22,
        decided={
            "en": "Forty titles: crime, local history and poetry, with one shelf in Spanish.",
            "es": "Cuarenta títulos: novela negra, historia local y poesía, con un estante en español.",
            "ar": "أربعون عنواناً: روايات بوليسية وتاريخ محلي وشعر، مع رفّ بالإسبانية.",
        },
        reasons={
            "en": "They were named most often at the table and in the cards.",
            "es": "Fueron los más nombrados en la mesa y en las tarjetas.",
            "ar": "كانت الأكثر ذكراً على الطاولة وفي البطاقات.",
        },
    ),
    "arabic_storytime": Plan(
        question={
            "en": "Should there be a storytime in Arabic?",
            "es": "¿Debe haber una hora del cuento en árabe?",
            "ar": "هل ينبغي أن تكون هناك ساعة حكايات بالعربية؟",
        },
        promise=Promise.INVOLVE,
        open_words={"en": "Day, hour and stories", "es": "Día, hora y cuentos", "ar": "اليوم والساعة والحكايات"},
        decider=_DIRECTOR,
        asked=190,
        due=160,
        ruled=165,
        decided={
            "en": "We try six Saturdays, told by neighbours.",
            "es": "Probamos seis sábados, contados por vecinos.",
            "ar": "نجرّب ستة أيام سبت يرويها جيران.",
        },
        reasons={
            "en": "Eleven families asked, and two offered to tell.",
            "es": "Once familias lo pidieron y dos se ofrecieron a contar.",
            "ar": "طلبته إحدى عشرة أسرة، وعرضت اثنتان أن ترويا.",
        },
        influence={
            "en": "You asked for Saturday morning and for grandparents to be welcome. Both were done.",
            "es": "Pidieron el sábado por la mañana y que los abuelos fueran bienvenidos. Se hicieron ambas cosas.",
            "ar": "طلبتم صباح السبت والترحيب بالأجداد، وقد تمّ الأمران.",
        },
        is_put_away=True,
    ),
    "sunday": Plan(
        question={
            "en": "Should Riverside open on Sundays?",
            "es": "¿Debe abrir Riverside los domingos?",
            "ar": "هل تفتح ريفرسايد أيام الأحد؟",
        },
        promise=Promise.CONSULT,
        open_words={"en": "Which hours", "es": "Qué horas", "ar": "أي ساعات"},
        closed_words={
            "en": "The week's hours stay the same in total",
            "es": "El total de horas semanales no cambia",
            "ar": "يبقى مجموع ساعات الأسبوع كما هو",
        },
        decider=_BOARD,
        asked=270,
        due=235,
        ruled=238,
        decided={
            "en": "Riverside opens on Sundays from one to five and closes earlier on Wednesdays.",
            "es": "Riverside abre los domingos de una a cinco y cierra antes los miércoles.",
            "ar": "تفتح ريفرسايد أيام الأحد من الواحدة إلى الخامسة وتغلق أبكر يوم الأربعاء.",
        },
        reasons={
            "en": "Wednesday evening is the quietest time of the week, and Sunday was asked for most.",
            "es": "La tarde del miércoles es la más tranquila y el domingo lo más pedido.",
            "ar": "مساء الأربعاء أهدأ أوقات الأسبوع، والأحد أكثر ما طُلب.",
        },
        influence={
            "en": "We had thought of the morning. You told us that the afternoon is when families can come.",
            "es": "Pensábamos en la mañana. Nos dijeron que las familias pueden venir por la tarde.",
            "ar": "كنا نفكر في الصباح، وقلتم لنا إن الأسر تستطيع المجيء بعد الظهر.",
        },
        is_put_away=True,
    ),
    "wifi": Plan(
        question={
            "en": "Should the wifi reach the car park at night?",
            "es": "¿Debe llegar el wifi al aparcamiento por la noche?",
            "ar": "هل ينبغي أن تصل الشبكة اللاسلكية إلى موقف السيارات ليلاً؟",
        },
        promise=Promise.CONSULT,
        open_words={"en": "Whether, and until when", "es": "Si se hace y hasta cuándo", "ar": "هل، وحتى متى"},
        decider=_BOARD,
        asked=140,
        due=110,
        ruled=112,
        goes_ahead=False,
        decided={
            "en": "Not this year.",
            "es": "Este año no.",
            "ar": "ليس هذا العام.",
        },
        reasons={
            "en": "The mast would cost 30,000, and the town plans its own in two years.",
            "es": "La antena costaría 30 000 y el municipio planea la suya en dos años.",
            "ar": "تكلفة البرج ٣٠٠٠٠، والبلدية تخطط لبرج خاص بها خلال عامين.",
        },
        influence={
            "en": "Because you told us that the evening matters most, the wifi inside now stays on until closing.",
            "es": "Como nos dijeron que lo importante es la tarde, el wifi interior sigue encendido hasta el cierre.",
            "ar": "لأنكم قلتم إن المساء هو الأهم، تبقى الشبكة في الداخل تعمل حتى الإغلاق.",
        },
        is_put_away=True,
    ),
}


def fill(*, by: Person, ruled_by: Person, needs: Mapping[str, Need]) -> dict[str, Decision]:
    """Ask and decide as the plans say; a topic without a need is passed over."""
    decisions = {topic: _live(plan, by, ruled_by, needs[topic]) for topic, plan in PLANS.items() if topic in needs}
    if "garden" in decisions:
        processes = demo_processes.fill(decisions["garden"], by=by, ruled_by=ruled_by)
        demo_proposals.fill(processes["garden"], by=by, ruled_by=ruled_by)
        demo_polls.fill(processes, by=by)
        demo_budgets.fill(processes["school"], by=by, ruled_by=ruled_by)
        demo_about.fill(processes["garden"])
        demo_opinions.fill(by=by)
    demo_commitments.fill(decisions, by=by, ruled_by=ruled_by)
    demo_boards.fill(decisions, {one.slug: one for one in Branch.objects.all()}, by=by, ruled_by=ruled_by)
    return decisions


def _live(plan: Plan, by: Person, ruled_by: Person, need: Need) -> Decision:
    decision = Decision.objects.ask(
        plan.question,
        by=by,
        need=need,
        promise=plan.promise,
        open_words=plan.open_words,
        closed_words=plan.closed_words,
        decider=plan.decider,
        by_when=_ago(plan.due).date(),
        at=_ago(plan.asked),
    )
    if plan.decided:
        decision.decide(
            plan.decided, reasons=plan.reasons, goes_ahead=plan.goes_ahead, by=ruled_by, at=_ago(plan.ruled)
        )
    if plan.influence:
        decision.publish_influence(plan.influence, by=by, at=_ago(plan.ruled - 3))
    if plan.is_put_away:
        decision.close(by=ruled_by, at=_ago(plan.ruled - 4))
    return decision


def _ago(days: int) -> datetime:
    return timezone.localtime().replace(hour=11, minute=0, second=0, microsecond=0) - timedelta(days=days)

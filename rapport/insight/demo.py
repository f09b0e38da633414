"""What the demo town understood: themes confirmed at a proposal, and needs in several states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from rapport.insight import demo_digests, demo_themes
from rapport.insight.methods.themes.phrases import key_phrases
from rapport.insight.models import (
    Need,
    NeedKind,
    ProposedTheme,
    Source,
    SurveyPublication,
    Theme,
    ThemeProposal,
    Weighing,
)
from rapport.insight.selection import selection_in_words
from rapport.listening.models import Voice
from rapport.people.models import Person
from rapport.surveys.models import Survey

Said = dict[str, str]
_WAITING = ("garden", "teen", "large_print")


@dataclass(frozen=True)
class Plan:
    """One theme of the town and the need that was made of it; days are counted back from today."""

    label: Said
    sentence: Said
    kind: NeedKind
    days: int
    scores: tuple[int, int, int, int] | None = None  # size, equity, fit, effort
    reasons: str = ""
    evidence: tuple[tuple[Source, str, int | None, str], ...] = field(default_factory=tuple)
    is_owned: bool = True


PLANS: dict[str, Plan] = {
    "garden": Plan(
        label={"en": "A quiet place outdoors", "es": "Un lugar tranquilo al aire libre", "ar": "مكان هادئ في الهواء"},
        sentence={
            "en": "People want a green, quiet place to read outdoors",
            "es": "La gente quiere un lugar verde y tranquilo para leer al aire libre",
            "ar": "يريد الناس مكاناً أخضر هادئاً للقراءة في الهواء الطلق",
        },
        kind=NeedKind.DESIRE,
        days=20,
        scores=(4, 3, 4, 3),
        reasons="Many voices from all three branches, and the yard behind Riverside stands empty.",
        evidence=((Source.CONVERSATION, "Neighbours at a table in March named it first", 9, "Notes of the evening"),),
    ),
    "homework": Plan(
        label={"en": "Help with homework", "es": "Ayuda con los deberes", "ar": "المساعدة في الواجبات المدرسية"},
        sentence={
            "en": "Children need somebody to ask when they do their homework",
            "es": "Los niños necesitan a quién preguntar cuando hacen los deberes",
            "ar": "يحتاج الأطفال إلى من يسألونه عند أداء واجباتهم",
        },
        kind=NeedKind.NEED,
        days=85,
        scores=(4, 5, 5, 3),
        reasons="Families who work late told us most; two schools asked for the same.",
        evidence=(
            (Source.ATTENDANCE, "Children alone at the tables on a Tuesday after four", 26, "Counted in May"),
            (Source.CENSUS, "Households in which nobody speaks English very well", 310, "Census, tract 12"),
        ),
    ),
    "large_print": Plan(
        label={"en": "Books that are easier to see", "es": "Libros más fáciles de ver", "ar": "كتب أسهل للقراءة"},
        sentence={
            "en": "Older readers run out of large-print books",
            "es": "A las personas mayores se les acaban los libros en letra grande",
            "ar": "تنفد الكتب ذات الأحرف الكبيرة لدى القراء الأكبر سناً",
        },
        kind=NeedKind.CONCERN,
        days=70,
        scores=(3, 4, 4, 4),
        reasons="One shelf for a whole town, and most of its readers cannot take the bus to another branch.",
    ),
    "arabic_storytime": Plan(
        label={"en": "Stories in Arabic", "es": "Cuentos en árabe", "ar": "حكايات بالعربية"},
        sentence={
            "en": "Families wish for stories in Arabic",
            "es": "Las familias desean cuentos en árabe",
            "ar": "تتمنى الأسر حكايات بالعربية",
        },
        kind=NeedKind.ASPIRATION,
        days=205,
        scores=(3, 5, 4, 4),
        reasons="Eleven families asked, and two offered to tell.",
    ),
    "sunday": Plan(
        label={"en": "Open on Sundays", "es": "Abrir los domingos", "ar": "الفتح أيام الأحد"},
        sentence={
            "en": "Whole families can come only on Sundays",
            "es": "Las familias enteras solo pueden venir los domingos",
            "ar": "لا تستطيع الأسر المجيء مجتمعة إلا أيام الأحد",
        },
        kind=NeedKind.NEED,
        days=285,
        scores=(5, 4, 4, 2),
        reasons="Named more often than anything else that year.",
    ),
    "wifi": Plan(
        label={"en": "Internet after hours", "es": "Internet fuera de horario", "ar": "الإنترنت بعد الدوام"},
        sentence={
            "en": "People without internet at home need it in the evening",
            "es": "Quienes no tienen internet en casa lo necesitan por la tarde",
            "ar": "يحتاج من لا إنترنت لديهم في البيت إليه مساءً",
        },
        kind=NeedKind.NEED,
        days=155,
        scores=(3, 5, 3, 1),
        reasons="Few, but with nowhere else to go for forms and school work.",
    ),
    "ramp": Plan(
        label={"en": "The step at the side door", "es": "El escalón de la puerta lateral", "ar": "درجة الباب الجانبي"},
        sentence={
            "en": "Everyone should get through the door without help",
            "es": "Todo el mundo debe poder entrar sin ayuda",
            "ar": "ينبغي أن يدخل الجميع من الباب دون مساعدة",
        },
        kind=NeedKind.CONCERN,
        days=175,
        scores=(2, 5, 5, 3),
        reasons="A right, not a wish.",
    ),
    "teen": Plan(
        label={"en": "A place for teenagers", "es": "Un sitio para adolescentes", "ar": "مكان خاص بالمراهقين"},
        sentence={
            "en": "Teenagers look for a place where they may be loud",
            "es": "Los adolescentes buscan un sitio donde puedan hacer ruido",
            "ar": "يبحث المراهقون عن مكان يُسمح لهم فيه برفع أصواتهم",
        },
        kind=NeedKind.ASPIRATION,
        days=45,
        is_owned=False,
    ),
}  # fmt: skip


def fill(cast: Mapping[str, Person], topics: Mapping[str, Sequence[Voice]]) -> dict[str, Need]:
    """Confirm one theme a topic and take the needs up; a newer proposal still waits for somebody to decide."""
    by = cast.get("ben") or next(iter(cast.values()))
    heard = {topic: list(topics[topic]) for topic in PLANS if topics.get(topic)}
    groups = zip(heard, _proposal(by, heard).proposed.all(), strict=True)
    needs = {topic: _live(PLANS[topic], by, group) for topic, group in groups}
    _proposal(by, {topic: voices for topic, voices in heard.items() if topic in _WAITING})
    return needs


def _proposal(by: Person, topics: Mapping[str, list[Voice]]) -> ThemeProposal:
    """As the house would have proposed it; the groups are known, so that nothing has to be worked out here."""
    selection = {"view": "all"}
    proposal = ThemeProposal.objects.create(
        selection=selection,
        words=selection_in_words(selection),
        by=by,
        voice_count=sum(map(len, topics.values())),
        seconds=2.4,
        done_at=timezone.now(),
    )
    found = key_phrases([[(voice.words, voice.language) for voice in voices] for voices in topics.values()])
    ProposedTheme.objects.bulk_create(
        _group(proposal, order, voices, [{"words": phrase.words, "language": phrase.language} for phrase in phrases])
        for order, (voices, phrases) in enumerate(zip(topics.values(), found, strict=True))
    )
    return proposal


def _group(proposal: ThemeProposal, order: int, voices: list[Voice], phrases: list[Said]) -> ProposedTheme:
    keys = [voice.pk for voice in voices]
    spoken = [voice.language for voice in voices]
    suggested = " · ".join(phrase["words"] for phrase in phrases[:2])
    return ProposedTheme(
        proposal=proposal,
        order=order,
        label={phrases[0]["language"]: suggested[:1].upper() + suggested[1:]} if phrases else {},
        phrases=phrases,
        languages=sorted(([code, spoken.count(code)] for code in set(spoken)), key=lambda pair: -pair[1]),
        typical=keys[:4],
        voices=keys,
        n=len(keys),
    )


_HEARD = {
    "en": (
        "Hours come first: they matter most to people and please them least. Half of those who do not come every week"
        " name the opening hours. Whoever speaks Arabic at home misses something in their language, and feels less"
        " welcome. Next we try out Sunday hours at one branch, and ask where stories in Arabic should be told."
    ),
    "es": (
        "El horario es lo primero: es lo que más importa y lo que menos gusta. Quienes hablan árabe en casa echan de"
        " menos algo en su idioma. Ahora probaremos a abrir los domingos en una biblioteca."
    ),
    "ar": (
        "ساعات العمل تأتي أولاً: هي الأهم لدى الناس والأقل إرضاءً لهم. ويفتقد من يتحدثون العربية في بيوتهم ما هو"
        " بلغتهم. سنجرب الفتح أيام الأحد في أحد الفروع."
    ),
}


def understand(cast: Mapping[str, Person], survey: Survey) -> None:
    """Weigh the answers to the town's large survey, let some of its open words be heard, and say what was heard."""
    from rapport.insight.results.ground import ground_of
    from rapport.insight.results.weights import dimensions_of
    from rapport.insight.voicing import make_voices, words_matching

    ground = ground_of(survey)
    known = [one.slug for one in dimensions_of(ground.columns.questionnaire, survey.branch)]
    if known:
        Weighing.objects.settle(survey, by=cast["ben"], dimensions=known, high=5.0)
    wish = ground.columns.column("wish")
    if wish is not None:
        make_voices(ground, wish, words_matching(ground, wish)[:20], by=cast["ben"])
    SurveyPublication.objects.publish(survey, _HEARD, by=cast["mona"], is_weighed=bool(known), at=_ago(14))
    demo_themes.fill(cast)
    demo_digests.fill(cast)


def _live(plan: Plan, by: Person, group: ProposedTheme) -> Need:
    theme = group.confirm(plan.label, by=by)
    _was_on(theme, _ago(plan.days + 2))
    need = Need.objects.take_up(plan.sentence, kind=plan.kind, by=by, themes=[theme], at=_ago(plan.days))
    if plan.scores:
        size, equity, fit, effort = plan.scores
        weighed = _ago(plan.days - 3)
        need.prioritise(by=by, size=size, equity=equity, fit=fit, effort=effort, reasons=plan.reasons, at=weighed)
    for source, words, count, cites in plan.evidence:
        need.evidence.create(source=source, words=words, count=count, cites=cites, by=by, on=_ago(plan.days).date())
    if not plan.is_owned:
        need.give_to(None, by=by)
    return need


def _was_on(theme: Theme, at: datetime) -> None:
    Theme.objects.filter(pk=theme.pk).update(at=at)
    theme.changes.update(at=at)


def _ago(days: int) -> datetime:
    return timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=days)

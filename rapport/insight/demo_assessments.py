"""The demo town's needs assessments: one of last year, published, and one under way that is compared with it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from rapport.insight.assessing import tables_of
from rapport.insight.models import Assessment, AssessmentSource, Need
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.methods import Choice, Kind, Line, Page, Question, Questionnaire
from rapport.surveys.models import Response, Survey

Said = dict[str, str]


def _say(en: str, es: str, ar: str) -> Said:
    return {"en": en, "es": es, "ar": ar}


# How many answered of each band of age: the old were easy to reach, the young were not.
ANSWERED = {"15to24": 14, "25to44": 41, "45to64": 52, "65plus": 58}
AGES = {
    "15to24": _say("15 to 24", "De 15 a 24 años", "من 15 إلى 24 سنة"),
    "25to44": _say("25 to 44", "De 25 a 44 años", "من 25 إلى 44 سنة"),
    "45to64": _say("45 to 64", "De 45 a 64 años", "من 45 إلى 64 سنة"),
    "65plus": _say("65 and older", "65 años o más", "65 سنة فأكثر"),
}
# Each service: how it is called, how much it matters and how good it is, each as a sum that answers vary around.
SERVICES = {
    "wifi": (_say("Wi-Fi and computers", "Wifi y ordenadores", "الإنترنت والحواسيب"), 4.4, 3.1),
    "books": (_say("Books and other things to borrow", "Libros y préstamos", "الكتب وما يستعار"), 4.5, 4.3),
    "hours": (_say("Opening hours", "Horario", "ساعات العمل"), 4.2, 2.9),
    "quiet": (_say("A quiet place", "Un lugar tranquilo", "مكان هادئ"), 3.6, 3.9),
    "events": (_say("Programs and events", "Actividades", "الأنشطة والفعاليات"), 3.2, 3.7),
}


def fill(cast: Mapping[str, Person], branches: Mapping[str, Branch], needs: Mapping[str, Need]) -> None:
    ben, mona = cast["ben"], cast["mona"]
    last = _last_year(ben, mona, needs)
    _under_way(ben, branches["riverside"], last)


def _last_year(ben: Person, mona: Person, needs: Mapping[str, Need]) -> Assessment:
    title = _say("What the town needs from its library", "Lo que el municipio necesita de su biblioteca",
                 "ما تحتاجه البلدة من مكتبتها")  # fmt: skip
    decision = _say(
        "The plan and the opening hours of the next two years",
        "El plan y el horario de los próximos dos años",
        "الخطة وساعات العمل للسنتين القادمتين",
    )
    begun = _day(400)
    one = Assessment.objects.begin(
        title, by=ben, lead=mona, decision=decision, begins_on=begun, ends_on=_day(330), next_on=_day(-20), at=_at(400)
    )
    one.members.get_or_create(person=ben, defaults={"by": mona})
    sources = _sources(one, ben)
    _findings(one, ben, sources, needs)
    one.publish(
        summary=_say(
            "You told us that hours and the internet matter most and are not good enough yet.",
            "Nos dijeron que el horario e internet importan más y aún no son lo bastante buenos.",
            "قلتم لنا إن ساعات العمل والإنترنت هما الأهم، وإنهما لم يبلغا بعد ما يكفي.",
        ),
        limits=_say(
            "We heard too few young people, and hardly anybody who never comes.",
            "Oímos a muy pocos jóvenes y a casi nadie que no venga nunca.",
            "سمعنا عدداً قليلاً جداً من الشباب، وبالكاد أحداً ممن لا يأتون أبداً.",
        ),
        next_steps=_say(
            "The board decides about the opening hours in spring. You will hear from us.",
            "La junta decide sobre el horario en primavera. Les informaremos.",
            "يقرر المجلس بشأن ساعات العمل في الربيع، وسنخبركم.",
        ),
        tables=tables_of(one),
        by=mona,
        at=_at(320),
    )
    return one


def _sources(one: Assessment, ben: Person) -> list[AssessmentSource]:
    kept = _day(-300)
    rows: list[dict[str, Any]] = [
        {
            "kind": "survey", "title": _say("The survey of the town", "La encuesta del municipio", "استبيان البلدة"),
            "survey": _survey(ben), "languages": ["en", "es", "ar"], "mode": "mixed",
            "audience": "Everyone from 15 on", "instrument": "Town survey, first edition",
            "limits": "People who chose to answer; too few of the young", "keep_until": kept,
        },
        {
            "kind": "interviews", "title": _say("Twelve interviews", "Doce entrevistas", "اثنتا عشرة مقابلة"),
            "audience": "People whom others trust: a teacher, an imam, a barber, two mothers", "mode": "in_person",
            "recruitment": "Each named the next", "responded": 12, "consent_version": "Consent card 2",
            "limits": "They know their own circles best", "keep_until": kept,
        },
        {
            "kind": "walk", "title": _say("Three walks", "Tres paseos", "ثلاث جولات"),
            "place": "Harbour, Mill Street, Hillcrest",
            "collected_by": "Two of us with a neighbour each", "limits": "On weekdays, by daylight",
        },
        {
            "kind": "census", "title": _say("The community profile", "El perfil de la comunidad", "ملف المجتمع"),
            "limits": "Two years old, and wide margins for small groups",
        },
    ]  # fmt: skip
    return [one.sources.create(by=ben, at=_at(390), **row) for row in rows]


def _survey(ben: Person) -> Survey:
    age = Question(
        key="age", kind=Kind.SINGLE, words=_say("How old are you?", "¿Qué edad tiene?", "كم عمرك؟"), dimension="age",
        choices=[Choice(code=code, words=said, band=code) for code, said in AGES.items()],
    )  # fmt: skip
    services = Question(
        key="services", kind=Kind.GRID,
        words=_say("How much do these matter to you, and how good are they?",
                   "¿Cuánto le importan y qué tal son?", "ما مدى أهميتها لك، وما مدى جودتها؟"),
        rows=[Line(key=key, words=said) for key, (said, _matters, _good) in SERVICES.items()],
        aspects=[Line(key="importance", words=_say("Matters", "Importa", "الأهمية")),
                 Line(key="performance", words=_say("Is good", "Es bueno", "الجودة"))],
    )  # fmt: skip
    title = _say("Your library and you", "Su biblioteca y usted", "مكتبتك وأنت")
    pages = [Page(key="all", questions=[age, services])]
    survey = Survey.objects.begin(Questionnaire(title=title, languages=list(title), pages=pages), by=ben)
    edition = survey.publish(by=ben)
    survey.open(by=ben, at=_at(388))
    bands = [band for band, count in ANSWERED.items() for _number in range(count)]
    for number, band in enumerate(bands):
        row = {"age": band} | {
            f"services.{key}.{aspect}": _around(mean, number, place)
            for place, (key, (_said, matters, good)) in enumerate(SERVICES.items())
            for aspect, mean in (("importance", matters), ("performance", good))
        }
        Response.objects.take(survey, row, edition=edition, channel="web", language="en", on=_day(380 - number % 30))
    survey.close(by=ben, why="The month is over", at=_at(340))
    return survey


def _around(mean: float, number: int, place: int) -> int:
    """An answer from 1 to 5; over many of them the mean comes out, always the same."""
    turn = (number * 7 + place * 3) % 10
    spread = (-1, 0, 0, 0, 1)[(number + place) % 5]
    return max(1, min(5, int(mean) + (turn < round(10 * (mean % 1))) + spread))


def _findings(one: Assessment, ben: Person, sources: list[AssessmentSource], needs: Mapping[str, Need]) -> None:
    survey, interviews, walk, census = sources
    first = one.findings.create(
        sentence=_say("Whole families can come only on Sundays", "Las familias enteras solo pueden venir los domingos",
                      "لا تستطيع الأسر المجيء مجتمعة إلا أيام الأحد"),
        strength="strong", need=needs.get("sunday"), by=ben, at=_at(335),
    )  # fmt: skip
    first.sources.set([survey, interviews, walk])
    second = one.findings.create(
        sentence=_say("Those without internet at home have nowhere to go in the evening",
                      "Quien no tiene internet en casa no tiene adónde ir por la tarde",
                      "من لا إنترنت لديهم في البيت لا يجدون مكاناً يقصدونه مساءً"),
        dissent=_say("Two of those we talked with think that the phone is enough for most.",
                     "Dos de las personas entrevistadas creen que a la mayoría le basta el teléfono.",
                     "يرى اثنان ممن تحدثنا إليهم أن الهاتف يكفي معظم الناس."),
        strength="fair", need=needs.get("wifi"), by=ben, at=_at(334),
    )  # fmt: skip
    second.sources.set([survey, census])
    gifts = [
        ("people", _say("Two retired teachers who would help with homework", "Dos maestras jubiladas que ayudarían con "
                        "los deberes", "معلمتان متقاعدتان مستعدتان للمساعدة في الواجبات"), "homework"),
        ("places", _say("An empty yard behind Riverside", "Un patio vacío detrás de Riverside",
                        "فناء خالٍ خلف ريفرسايد"), "garden"),
        ("stories", _say("Grandmothers who tell stories in Arabic", "Abuelas que cuentan cuentos en árabe",
                         "جدّات يروين الحكايات بالعربية"), "arabic_storytime"),
    ]  # fmt: skip
    for kind, said, topic in gifts:
        asset = one.assets.create(kind=kind, words=said, by=ben, at=_at(333))
        if topic in needs:
            asset.needs.add(needs[topic])
    for topic in ("sunday", "wifi", "homework"):
        if topic in needs:
            one.priorities.create(need=needs[topic], by=ben, at=_at(332))


def _under_way(ben: Person, riverside: Branch, last: Assessment) -> None:
    title = _say("What young people look for", "Lo que buscan los jóvenes", "عمّا يبحث عنه الشباب")
    one = Assessment.objects.begin(
        title, by=ben, branch=riverside, lead=ben, before=last, topic="15 to 24", begins_on=_day(15), at=_at(15)
    )
    walk = one.sources.create(
        kind="walk", title=_say("An evening at the skate park", "Una tarde en la pista", "أمسية في ساحة التزلج"), by=ben
    )
    walk.notes.create(
        words="They sit on the steps because every bench has a sign. One of them reads aloud to the others.",
        place="Skate park", on=_day(9), may_be_quoted=False, by=ben,
    )  # fmt: skip
    talks = one.sources.create(
        kind="interviews",
        title=_say("Talks with seven young people", "Charlas con siete jóvenes", "أحاديث مع سبعة شبان"),
        responded=7, consent_version="Consent card 2", by=ben,
    )  # fmt: skip
    talks.notes.create(
        words="I would come if I did not have to whisper all the time.", place="School yard", on=_day(6),
        may_be_quoted=True, by=ben,
    )  # fmt: skip


def _at(days: int) -> Any:
    return timezone.localtime().replace(hour=11, minute=0, second=0, microsecond=0) - timedelta(days=days)


def _day(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)

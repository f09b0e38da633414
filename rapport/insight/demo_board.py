"""What the demo town weighs its needs by: assets, more scores, dissent, groups, gaps, spaces, and other weights."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from rapport.insight.models import Asset, AssetKind, Need, Segment, Source, Weights
from rapport.people.models import Person
from rapport.places.models import Branch, Space
from rapport.surveys.models import Survey

Said = dict[str, str]


_TOUCHED = ("ar", "new")


def _say(en: str, es: str, ar: str) -> Said:
    return {"en": en, "es": es, "ar": ar}


_ASSETS: tuple[tuple[AssetKind, Said, Said, Said, tuple[str, ...], int], ...] = (
    (AssetKind.PEOPLE,
     _say("A barber who knows everybody", "Un peluquero que conoce a todo el mundo", "حلاق يعرف الجميع"),
     _say("Whoever does not come to us goes to him, and he passes things on.",
          "Quien no viene a la biblioteca va a su local, y él lo cuenta.",
          "من لا يأتي إلينا يذهب إليه، وهو ينقل الأخبار."),
     _say("Mill Street", "Mill Street", "شارع ميل"), ("sunday", "teen"), 420),
    (AssetKind.ASSOCIATIONS,
     _say("The gardeners of Mill Street", "Los jardineros de Mill Street", "بستانيو شارع ميل"),
     _say("They have tools, seedlings and Saturdays.", "Tienen herramientas, plantones y sábados.",
          "لديهم أدوات وشتلات وأيام سبت."),
     _say("Allotments by the river", "Huertos junto al río", "حدائق قرب النهر"), ("garden",), 400),
    (AssetKind.INSTITUTIONS,
     _say("The school's bus", "El autobús de la escuela", "حافلة المدرسة"),
     _say("It stands still from four o'clock on.", "Está parado desde las cuatro.", "تقف من الساعة الرابعة."),
     _say("At the school yard", "En el patio de la escuela", "في ساحة المدرسة"), ("homework", "large_print"), 300),
    (AssetKind.PLACES,
     _say("The benches on the harbour wall", "Los bancos del muelle", "مقاعد رصيف الميناء"),
     _say("Out of the wind, and lit until eleven.", "Sin viento y con luz hasta las once.",
          "بعيدة عن الريح ومضاءة حتى الحادية عشرة."),
     _say("At the harbour", "En el puerto", "في الميناء"), ("garden", "wifi"), 60),
    (AssetKind.EXCHANGE,
     _say("The parents' exchange of clothes and books", "El intercambio de ropa y libros de los padres",
          "تبادل الآباء للملابس والكتب"),
     {}, _say("On the first Saturday of each month", "El primer sábado de cada mes", "أول سبت من كل شهر"), (), 200),
    (AssetKind.STORIES,
     _say("Shoe boxes full of photographs of the harbour", "Cajas de zapatos llenas de fotos del puerto",
          "علب أحذية مليئة بصور الميناء"),
     _say("Three families would show theirs, and tell what one sees.",
          "Tres familias enseñarían las suyas y contarían qué se ve.",
          "ثلاث أسر مستعدة لعرض صورها ورواية ما فيها."),
     _say("In many a cupboard", "En muchos armarios", "في خزائن كثيرة"), ("arabic_storytime",), 210),
)  # fmt: skip


def fill(cast: Mapping[str, Person], branches: Mapping[str, Branch], needs: Mapping[str, Need], asked: Survey) -> None:
    ben, mona = cast["ben"], cast["mona"]
    _assets(ben, branches, needs)
    _weights(mona)
    _scores(cast, needs)
    if "homework" in needs:
        _fullest(needs["homework"], ben, asked)
    for topic, line in (("sunday", "hours"), ("wifi", "wifi"), ("large_print", "books")):
        if topic in needs:
            _rate(needs[topic], line, ben)
    space = Space.objects.filter(slug="garden").first()
    if space and "garden" in needs:
        needs["garden"].spaces.create(
            space=space, words=_say("four chairs, in summer", "cuatro sillas, en verano", "أربعة كراسٍ في الصيف"), by=ben
        )


def _assets(ben: Person, branches: Mapping[str, Branch], needs: Mapping[str, Need]) -> None:
    for kind, words, about, where, topics, days in _ASSETS:
        branch = branches.get("riverside") if "garden" in topics else None
        asset = Asset.objects.create(
            kind=kind, words=words, about=about, where=where, branch=branch, by=ben, at=_ago(days)
        )
        asset.needs.set(needs[topic] for topic in topics if topic in needs)


def _weights(mona: Person) -> None:
    """The first weights held from the beginning; the town chose others in spring, and said why."""
    Weights.objects.update(at=_ago(800))
    why = _say(
        "Whoever is seldom heard shall count more than before. The board agreed in spring.",
        "Quienes apenas son oídos contarán más que antes. La junta lo acordó en primavera.",
        "من نادراً ما يُسمعون سيكون لهم وزن أكبر من ذي قبل. وافق المجلس على ذلك في الربيع.",
    )
    Weights.objects.create(size=3, equity=4, fit=2, effort=1, why=why, by=mona, at=_ago(60))


def _scores(cast: Mapping[str, Person], needs: Mapping[str, Need]) -> None:
    told = (
        ("garden", "mona", (3, 2, 3, 4), "Pleasant, and not what is most urgent."),
        ("homework", "mona", (4, 5, 4, 2), "It needs people every afternoon; we have one."),
        ("homework", "chen", (5, 5, 5, 3), "I see them wait at the door."),
        ("large_print", "mona", (2, 4, 4, 5), "Cheap, and it would be there in a month."),
    )
    for topic, name, (size, equity, fit, effort), reasons in told:
        if topic in needs and name in cast:
            scores = {"size": size, "equity": equity, "fit": fit, "effort": effort}
            needs[topic].prioritise(by=cast[name], reasons=reasons, at=_ago(14), **scores)
    if "garden" in needs:
        needs["garden"].disagree(
            _say("The caretakers", "Los conserjes", "القائمون على المبنى"),
            _say(
                "The yard is where deliveries arrive. Whoever reads there has to move twice a day.",
                "En el patio llegan las entregas. Quien lea allí tendrá que moverse dos veces al día.",
                "تصل الشحنات إلى الفناء، ومن يقرأ هناك سيضطر إلى التنحي مرتين في اليوم.",
            ),
            by=cast["ben"],
            at=_ago(12),
        )


def _fullest(need: Need, ben: Person, asked: Survey) -> None:
    """The need of which most is known; it must still fit on one page."""
    need.evidence.create(source=Source.SURVEY, words="Parents who miss help after school", count=41, survey=asked,
                         cites="The town's survey", by=ben, on=_ago(40).date())  # fmt: skip
    need.evidence.create(source=Source.WALK, words="The only lit room on Mill Street after five is ours", by=ben,
                         on=_ago(75).date())  # fmt: skip
    need.evidence.create(source=Source.STATISTICS, words="Study tables taken on weekdays from three to six, in percent",
                         count=92, by=ben, on=_ago(50).date())  # fmt: skip
    need.disagree(
        _say("A teacher of the primary school", "Una maestra de primaria", "معلمة من المدرسة الابتدائية"),
        _say(
            "Children need to play in the afternoon; help belongs into the lesson.",
            "Por la tarde los niños necesitan jugar; la ayuda corresponde a la clase.",
            "يحتاج الأطفال إلى اللعب بعد الظهر، والمساعدة مكانها الدرس.",
        ),
        by=ben,
        at=_ago(30),
    )
    need.touch(Segment.objects.filter(band__slug__in=_TOUCHED), by=ben)


def _rate(need: Need, line: str, ben: Person) -> None:
    from rapport.insight.rating import services_to_choose

    found = next((value for value, _words in services_to_choose() if value.endswith(f":{line}")), "")
    if found:
        survey, question, name = found.split(":", 2)
        need.services.create(survey_id=int(survey), question=question, line=name, by=ben)


def _ago(days: int) -> datetime:
    return timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=days)

"""The demo town's boards: teenagers with a year of meetings, the Friends, and a panel drawn for the garden."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from rapport.community.models import Band
from rapport.deciding.demo_commitments import Said, ago, say
from rapport.deciding.models import Advice, Board, BoardKind, Commitment, Decision, Panel
from rapport.people.models import Person
from rapport.places.models import Branch

_TEENS = ["Noor", "Sam", "Yara", "Mateo", "Linh", "Ivy", "Omar", "Zoe"]
_ADVICE: tuple[tuple[int, str, Said, Said, Said], ...] = (
    (
        300,
        "fully",
        say(
            "Let us stay until eight before exams",
            "Dejadnos estar hasta las ocho antes de los exámenes",
            "دعونا نبقى حتى الثامنة قبل الامتحانات",
        ),
        say(
            "At home it is loud, and the bus leaves at half past eight.",
            "En casa hay ruido y el autobús sale a las ocho y media.",
            "البيت صاخب، والحافلة تغادر في الثامنة والنصف.",
        ),
        say(
            "Yes: in May and in January, from Monday to Thursday.",
            "Sí: en mayo y enero, de lunes a jueves.",
            "نعم، في أيار وكانون الثاني من الاثنين إلى الخميس.",
        ),
    ),
    (
        210,
        "partly",
        say("A room of our own, without adults", "Una sala solo nuestra, sin adultos", "غرفة لنا وحدنا من دون كبار"),
        say(
            "We want to be loud sometimes, and to paint the walls.",
            "A veces queremos hacer ruido y pintar las paredes.",
            "نريد أحياناً أن نرفع أصواتنا وأن نلوّن الجدران.",
        ),
        say(
            "The attic is yours on three afternoons, in colours you choose. One of us is within call: that is the law.",
            "El desván es vuestro tres tardes y elegís los colores. Alguien de la casa está cerca: lo exige la ley.",
            "العلّية لكم ثلاث مرات في الأسبوع وتختارون ألوانها، وأحدنا قريب لأن القانون يطلب ذلك.",
        ),
    ),
    (
        120,
        "not",
        say("No fines, and no reminders by letter", "Sin multas ni avisos por carta", "لا غرامات ولا رسائل تذكير"),
        say("Our parents open the letters.", "Nuestros padres abren las cartas.", "أهلنا يفتحون الرسائل."),
        say(
            "There are no fines for children any more. The letters stay, but they go to the address that you choose.",
            "Ya no hay multas para menores. Los avisos siguen, pero llegan a la dirección que elijáis.",
            "لم تعد هناك غرامات على الصغار. تبقى الرسائل، لكنها تصل إلى العنوان الذي تختارونه.",
        ),
    ),
    (
        40,
        "",
        say(
            "Phones may charge at every table", "Que se pueda cargar el móvil en cada mesa", "شحن الهواتف عند كل طاولة"
        ),
        say("There are two sockets for all of us.", "Hay dos enchufes para todos.", "هناك مقبسان لنا جميعاً."),
        {},
    ),
)


def fill(decisions: Mapping[str, Decision], branches: Mapping[str, Branch], *, by: Person, ruled_by: Person) -> None:
    riverside = branches.get("riverside")
    _teens(riverside, by=by, ruled_by=ruled_by)
    _friends(by=by, ruled_by=ruled_by)
    if "garden" in decisions:
        _panel(decisions["garden"], by=by, ruled_by=ruled_by)


def _teens(branch: Branch | None, *, by: Person, ruled_by: Person) -> None:
    board = Board.objects.create(
        kind=BoardKind.TEEN,
        name=say("The attic: teens of Riverside", "El desván: jóvenes de Riverside", "العلّية: فتيان ريفرسايد"),
        purpose=say(
            "Whoever is between 12 and 17 says what the library should be for them.",
            "Quienes tienen de 12 a 17 años dicen cómo debe ser la biblioteca para ellos.",
            "من هم بين ١٢ و١٧ سنة يقولون كيف ينبغي أن تكون المكتبة لهم.",
        ),
        promise=say(
            "We answer each advice in public within 30 days, with a reason, and tell you what became of it.",
            "Respondemos a cada consejo en público en 30 días, con motivos, y contamos qué ha sido de él.",
            "نجيب عن كل نصيحة علناً خلال ٣٠ يوماً مع السبب، ونخبركم بما صار.",
        ),
        meets=say(
            "On the first Tuesday of the month, at five, with pizza",
            "El primer martes de mes a las cinco, con pizza",
            "أول ثلاثاء من الشهر في الخامسة، مع بيتزا",
        ),
        decider=say("The members themselves", "Los propios miembros", "الأعضاء أنفسهم"),
        size=10,
        term_months=12,
        asks_for_guardian=True,
        branch=branch,
        by=by,
        since=ago(360).date(),
    )
    terms = [board.seat(name, by=by, since=ago(355 - 30 * (number > 5)).date()) for number, name in enumerate(_TEENS)]
    for term in terms[:6]:
        term.renew(term.until + timedelta(days=365), by=by)
    terms[7].end("Moved to another town", by=by, on=ago(90).date())
    board.apply(
        "I draw comics and would like a table for that.", name="Leila", email="leila@example.org", language="en"
    )
    for month in range(12):
        meeting = board.meetings.create(
            starts_at=ago(340 - 29 * month),
            place=say("The attic", "El desván", "العلّية"),
            by=by,
            agenda=say("What you brought along", "Lo que traéis", "ما أحضرتموه معكم"),
        )
        came = [term.pk for number, term in enumerate(terms) if (number + month) % 4]
        meeting.note_who_came(came, guests=month % 3, by=by)
        minutes = meeting.write_minutes(
            say(
                "We spoke of exams, the attic and the music. Next time each brings one idea.",
                "Hablamos de exámenes, del desván y de la música. La próxima vez, una idea cada cual.",
                "تحدثنا عن الامتحانات والعلّية والموسيقى. في المرة القادمة يحضر كلٌّ فكرة.",
            ),
            by=by,
        )
        if month < 11:
            minutes.approve(by=by)
    board.meetings.create(
        starts_at=ago(-9),
        place=say("The attic", "El desván", "العلّية"),
        by=by,
        agenda=say(
            "Sockets, the summer, and who speaks for us",
            "Enchufes, el verano y quién habla por nosotros",
            "المقابس والصيف ومن يتحدث باسمنا",
        ),
        papers=say(
            "The plan of the first floor, with all sockets",
            "El plano del primer piso con los enchufes",
            "مخطط الطابق الأول",
        ),
    )
    to = say("The director of the library", "La directora de la biblioteca", "مديرة المكتبة")
    meetings = list(board.meetings.past().order_by("starts_at"))
    for days, followed, words, why, answer in _ADVICE:
        at_meeting = min(meetings, key=lambda one: abs((one.starts_at - ago(days)).days))
        advice = Advice.objects.give(board, words, about=why, to=to, by=by, meeting=at_meeting, at=ago(days))
        if followed:
            advice.reply(followed, answer, by=ruled_by, at=ago(days - 18))
        if followed == "partly":
            promise = Commitment.objects.make(
                say(
                    "The attic is painted and furnished as the teens planned it",
                    "El desván, pintado y amueblado como querían",
                    "العلّية مطليّة ومؤثثة كما خطط لها الفتيان",
                ),
                owner=by,
                owner_words=to,
                due=ago(100).date(),
                by=by,
                branch=branch,
                because_of=[advice],
                at=ago(190),
            )
            promise.keep(
                say(
                    "Green, with two sofas and a piano.", "Verde, con dos sofás y un piano.", "خضراء، بأريكتين وبيانو."
                ),
                by=by,
                at=ago(110),
            )


def _friends(*, by: Person, ruled_by: Person) -> None:
    board = Board.objects.create(
        kind=BoardKind.FRIENDS,
        name=say("Friends of the library", "Amigos de la biblioteca", "أصدقاء المكتبة"),
        purpose=say(
            "They raise money, help at the book sale, and tell us what neighbours say.",
            "Reúnen fondos, ayudan en la venta de libros y nos cuentan qué dice el vecindario.",
            "يجمعون المال ويساعدون في بيع الكتب وينقلون إلينا كلام الجيران.",
        ),
        promise=say(
            "They see the budget before it is decided, and get an answer within 14 days.",
            "Ven el presupuesto antes de decidirlo y reciben respuesta en 14 días.",
            "يرون الميزانية قبل إقرارها، ويتلقون الجواب خلال ١٤ يوماً.",
        ),
        meets=say("Four times a year", "Cuatro veces al año", "أربع مرات في السنة"),
        size=15,
        term_months=24,
        answer_days=14,
        by=by,
        since=ago(700).date(),
    )
    for number, name in enumerate(["Dolores Rivera", "Mr Abara", "Ruth Feld", "Hana Sato", "Piotr Nowak"]):
        role = say("chair", "presidenta", "الرئيسة") if number == 0 else {}
        board.seat(name, by=by, since=ago(400).date(), is_named=number < 2, role=role)
    meeting = board.meetings.create(starts_at=ago(60), place=say("Hillcrest", "Hillcrest", "هيلكرست"), by=by)
    meeting.note_who_came(list(board.terms.values_list("pk", flat=True))[:4], guests=7, by=by)
    meeting.write_minutes(
        say("The sale brought in 1,840.", "La venta recaudó 1840.", "جمع البيع ١٨٤٠."), by=by
    ).approve(by=by)
    advice = Advice.objects.give(
        board,
        say(
            "Spend the money of the sale on large print",
            "Gastar lo recaudado en letra grande",
            "ننفق المال على الكتب كبيرة الأحرف",
        ),
        to=say("The library board", "La junta", "مجلس المكتبة"),
        by=by,
        meeting=meeting,
        at=ago(58),
    )
    advice.reply(
        "fully",
        say(
            "Gladly. It pays for twenty more titles.",
            "Con gusto. Da para veinte títulos más.",
            "بسرور، يكفي لعشرين عنواناً.",
        ),
        by=ruled_by,
        at=ago(50),
    )


def _panel(decision: Decision, *, by: Person, ruled_by: Person) -> None:
    """Twelve neighbours look at the ideas for the garden; the lots have fallen, and one could not come."""
    process = getattr(decision, "process", None)
    phase = process.phases.filter(kind="shape").first() if process else None
    panel = Panel.objects.create(
        title=say("Twelve neighbours for the garden", "Doce vecinos para el jardín", "اثنا عشر جاراً للحديقة"),
        about=say(
            "They meet on two Saturdays, look at all ideas, and say which belong together. Lunch and fares are paid.",
            "Se reúnen dos sábados, miran todas las ideas y dicen cuáles van juntas. Se pagan comida y transporte.",
            "يجتمعون يومَي سبت، ينظرون في كل الأفكار ويقولون أيها يجتمع. الغداء والمواصلات علينا.",
        ),
        who_may=say(
            "Whoever is 15 or older and lives in the town",
            "Quien tenga 15 años o más y viva aquí",
            "من عمره ١٥ فأكثر ويسكن المدينة",
        ),
        phase=phase,
        branch=decision.branch,
        size=12,
        closes_at=timezone.now() + timedelta(hours=1),
        by=by,
        seed="a fern in the reading garden",
    )
    bands = Band.objects.select_related("dimension").filter(dimension__slug="age")
    panel.ask_for(band for band in bands.order_by("order") if band.slug not in {"under5", "5to14"})
    panel.open()
    ages = [quota.band.slug for quota in panel.quotas.select_related("band")]
    for number in range(34 if ages else 0):
        age = ages[(number * number + number // 3) % len(ages)]
        panel.volunteer({"age": age}, name=f"Neighbour {number + 1}", channel=["web", "paper", "desk"][number % 3])
    if not ages:
        return
    Panel.objects.filter(pk=panel.pk).update(opened_at=ago(20), closes_at=ago(5))
    panel.refresh_from_db()
    draw = panel.draw_lots(by=ruled_by)
    for number, seat in enumerate(draw.seats.all()):
        if number == 4:
            seat.decline()
        elif number != 9:
            seat.accept()

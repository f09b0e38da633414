"""The questions of the demo town in its three languages, and what people wrote."""

from rapport.surveys.methods import Choice, Comparison, Kind, Line, Page, Question, Questionnaire, Test

AGES = [("15to24", 9), ("25to44", 24), ("45to64", 32), ("65plus", 35)]
# Posters hang where the young do not come.
AGES_INSIDE = [("15to24", 1), ("25to44", 25), ("45to64", 38), ("65plus", 36)]
LANGUAGES = [("en", 78), ("es", 11), ("ar", 5), ("other", 6)]
AWAY = ("hours", "far", "language", "stairs")


def _say(en: str, es: str, ar: str) -> dict[str, str]:
    return {"en": en, "es": es, "ar": ar}


def _choices(**said: dict[str, str]) -> list[Choice]:
    return [Choice(code=code.strip("_"), words=words) for code, words in said.items()]


def _age() -> Question:
    said = {
        "15to24": _say("15 to 24", "De 15 a 24", "من 15 إلى 24"),
        "25to44": _say("25 to 44", "De 25 a 44", "من 25 إلى 44"),
        "45to64": _say("45 to 64", "De 45 a 64", "من 45 إلى 64"),
        "65plus": _say("65 and older", "65 o más", "65 فأكثر"),
    }
    choices = [Choice(code=code, words=words, band=code) for code, words in said.items()]
    words = _say("How old are you?", "¿Qué edad tiene?", "كم عمرك؟")
    return Question(key="age", kind=Kind.SINGLE, words=words, choices=choices, dimension="age")


def _home() -> Question:
    said = {
        "en": _say("English", "Inglés", "الإنجليزية"),
        "es": _say("Spanish", "Español", "الإسبانية"),
        "ar": _say("Arabic", "Árabe", "العربية"),
        "other": _say("Another language", "Otro idioma", "لغة أخرى"),
    }
    choices = [Choice(code=code, words=words, band=code) for code, words in said.items()]
    words = _say("What do you speak at home?", "¿Qué habla en casa?", "ما اللغة التي تتحدثها في البيت؟")
    return Question(key="home", kind=Kind.SINGLE, words=words, choices=choices, dimension="language")


def needs_questions() -> Questionnaire:
    visits = Question(
        key="visits",
        kind=Kind.SINGLE,
        words=_say("How often do you come?", "¿Con qué frecuencia viene?", "كم مرة تأتي إلى المكتبة؟"),
        choices=_choices(
            weekly=_say("Every week", "Cada semana", "كل أسبوع"),
            monthly=_say("Every month", "Cada mes", "كل شهر"),
            rarely=_say("Now and then", "De vez en cuando", "من حين لآخر"),
            never=_say("Never", "Nunca", "أبداً"),
        ),
        is_required=True,
    )
    barriers = Question(
        key="barriers",
        kind=Kind.MULTIPLE,
        words=_say("What keeps you away?", "¿Qué le impide venir?", "ما الذي يمنعك من المجيء؟"),
        choices=[
            *_choices(
                hours=_say("The opening hours", "El horario", "ساعات العمل"),
                far=_say("It is too far", "Está demasiado lejos", "إنها بعيدة جداً"),
                language=_say("Little in my language", "Poco en mi idioma", "القليل بلغتي"),
                stairs=_say("Steps and doors", "Escalones y puertas", "الدرجات والأبواب"),
            ),
            Choice(code="none", words=_say("Nothing", "Nada", "لا شيء"), is_alone=True),
        ],
        when=Test("visits", Comparison.UNEQUAL, "weekly"),
    )
    welcome = Question(
        key="welcome",
        kind=Kind.SCALE,
        words=_say("I feel welcome here", "Aquí me siento bienvenido", "أشعر بالترحيب هنا"),
        ends={
            "1": _say("not at all", "nada", "إطلاقاً"),
            "5": _say("very much", "mucho", "كثيراً"),
        },
    )
    lines = {
        "hours": _say("Opening hours", "Horario", "ساعات العمل"),
        "books": _say("Books", "Libros", "الكتب"),
        "wifi": _say("Internet", "Internet", "الإنترنت"),
        "quiet": _say("Quiet places", "Lugares tranquilos", "أماكن هادئة"),
        "children": _say("For children", "Para niños", "للأطفال"),
        "help": _say("Help with computers", "Ayuda con ordenadores", "المساعدة في الحاسوب"),
    }
    services = Question(
        key="services",
        kind=Kind.GRID,
        words=_say(
            "How much does each matter to you, and how good is it?",
            "¿Cuánto le importa cada cosa y cómo es de buena?",
            "ما أهمية كل منها لك، وما مدى جودتها؟",
        ),
        rows=[Line(key=key, words=words) for key, words in lines.items()],
        aspects=[
            Line(key="importance", words=_say("Matters to me", "Me importa", "مهم لي")),
            Line(key="performance", words=_say("Is good", "Es bueno", "جيد")),
        ],
        may_not_apply=True,
    )
    wishes = Question(
        key="wishes",
        kind=Kind.RANKING,
        words=_say("What should come first?", "¿Qué debería venir primero?", "ما الذي ينبغي أن يأتي أولاً؟"),
        choices=_choices(
            garden=_say("A reading garden", "Un jardín de lectura", "حديقة للقراءة"),
            sunday=_say("Open on Sundays", "Abrir los domingos", "الفتح أيام الأحد"),
            languages=_say("More languages", "Más idiomas", "مزيد من اللغات"),
            tools=_say("Tools to borrow", "Herramientas en préstamo", "أدوات للإعارة"),
        ),
    )
    area = Question(
        key="area",
        kind=Kind.PLACE,
        words=_say("Where do you live?", "¿Dónde vive?", "أين تسكن؟"),
        choices=[
            Choice(code="north", words=_say("North", "Norte", "الشمال"), shape=[[[0, 0], [60, 0], [50, 40], [0, 45]]]),
            Choice(
                code="river",
                words=_say("Riverside", "Ribera", "ضفة النهر"),
                shape=[[[0, 45], [50, 40], [45, 100], [0, 100]]],
            ),
            Choice(
                code="mill",
                words=_say("Mill Street", "Calle Molino", "شارع الطاحونة"),
                shape=[[[50, 40], [100, 55], [100, 100], [45, 100]]],
            ),
            Choice(
                code="hill",
                words=_say("Hillcrest", "La Colina", "التلة"),
                shape=[[[60, 0], [100, 0], [100, 55], [50, 40]]],
            ),
        ],
    )
    household = Question(
        key="household",
        kind=Kind.NUMBER,
        words=_say("How many live in your home?", "¿Cuántos viven en su casa?", "كم شخصاً يعيش في بيتك؟"),
        least="1",
        most="20",
    )
    wish = Question(
        key="wish",
        kind=Kind.LONG,
        words=_say("What else should we know?", "¿Qué más deberíamos saber?", "ماذا ينبغي أن نعرف أيضاً؟"),
    )
    return Questionnaire(
        title=_say("What does our library need?", "¿Qué necesita nuestra biblioteca?", "ماذا تحتاج مكتبتنا؟"),
        welcome=_say(
            "Ten questions, about five minutes.", "Diez preguntas, unos cinco minutos.", "عشرة أسئلة، نحو خمس دقائق."
        ),
        thanks=_say(
            "Thank you. We tell you what we heard.", "Gracias. Le contaremos lo que oímos.", "شكراً. سنخبركم بما سمعناه."
        ),
        languages=["en", "es", "ar"],
        pages=[
            Page(
                key="visits",
                title=_say("You and the library", "Usted y la biblioteca", "أنت والمكتبة"),
                questions=[visits, barriers, welcome],
            ),
            Page(
                key="services", title=_say("What we do", "Lo que hacemos", "ما نقوم به"), questions=[services, wishes]
            ),
            Page(
                key="you",
                title=_say("About you", "Sobre usted", "عنك"),
                questions=[area, household, _age(), _home(), wish],
            ),
        ],
    )


def times_questions() -> Questionnaire:
    times = Question(
        key="times",
        kind=Kind.MULTIPLE,
        words=_say(
            "When could you come to a program?", "¿Cuándo podría venir a una actividad?", "متى يمكنك حضور نشاط؟"
        ),
        choices=_choices(
            morning=_say("On a weekday morning", "Una mañana entre semana", "صباح يوم عمل"),
            evening=_say("On a weekday evening", "Una tarde entre semana", "مساء يوم عمل"),
            saturday=_say("On Saturday", "El sábado", "يوم السبت"),
            sunday=_say("On Sunday", "El domingo", "يوم الأحد"),
        ),
        is_required=True,
    )
    return Questionnaire(
        title=_say("When shall we meet?", "¿Cuándo nos vemos?", "متى نلتقي؟"),
        thanks=_say("Thank you. Back to the shelves!", "Gracias.", "شكراً."),
        languages=["en", "es", "ar"],
        pages=[Page(key="times", questions=[times, _age()])],
    )


SAID = {
    "en": [
        "Please open on Sunday, it is the only day we are all free",
        "A quiet corner where the phones stay off would be wonderful",
        "The evening hours end too early for people who work shifts",
        "More large print, and somebody who shows me the computer",
        "The garden behind the building stands empty, could we read there?",
        "Teenagers have no place of their own in the afternoon",
        "I would borrow a drill once a year, I do not need to own one",
        "The staff are kind and remember what I read",
    ],
    "es": [
        "Abran los domingos, por favor, es cuando estamos todos",
        "Más libros en español para los niños pequeños",
        "El horario de la tarde termina demasiado pronto",
        "Me gustaría leer en el jardín cuando hace buen tiempo",
    ],
    "ar": [
        "نتمنى المزيد من الكتب بالعربية للأطفال",
        "حكايات بالعربية يوم السبت ستكون رائعة",
        "الاستمارات بالإنجليزية صعبة، نحتاج إلى من يساعدنا",
    ],
}

"""The questions about items that Rapport ships, in English, Spanish and Arabic, with the band of the profile beside.

Who is in a book can be read in it. Who made it is only noted as they say it themselves, in the book or in public: a
name or a face says nothing of anybody.
"""

Said = dict[str, str]
Category = tuple[Said, str, str]  # what it is called, and the dimension and band beside it, if any


def _say(en: str, es: str, ar: str) -> Said:
    return {"en": en, "es": es, "ar": ar}


def _one(en: str, es: str, ar: str, beside: str = "") -> Category:
    dimension, _slash, band = beside.partition("/")
    return _say(en, es, ar), dimension, band


_OLD = _one("Older people", "Personas mayores", "كبار السن", "age/65plus")
_DISABLED = _one("People with disabilities", "Personas con discapacidad", "أشخاص ذوو إعاقة", "disability/with")
_PEOPLES = (
    _one("Black people", "Personas negras", "أشخاص سود"),
    _one("Indigenous people", "Pueblos indígenas", "شعوب أصلية"),
    _one("Latin American people", "Personas latinoamericanas", "أشخاص من أمريكا اللاتينية"),
    _one("Asian people", "Personas asiáticas", "أشخاص آسيويون"),
    _one("Arab and Middle Eastern people", "Personas árabes y de Oriente Medio", "عرب وأشخاص من الشرق الأوسط"),
    _one("White people", "Personas blancas", "أشخاص بيض"),
    _one("LGBTQ+ people", "Personas LGBTQ+", "أفراد مجتمع الميم"),
    _DISABLED,
)

# slug: the question, how to tell, its categories
QUESTIONS: dict[str, tuple[Said, Said, tuple[Category, ...]]] = {
    "represented": (
        _say("Who is in it", "Quién aparece", "من يظهر فيه"),
        _say(
            "As the item shows or says it. Several may be true.",
            "Según lo muestra o lo dice. Pueden ser varias.",
            "كما يظهر فيه أو يذكر. قد يصح أكثر من واحد.",
        ),
        (
            *_PEOPLES,
            _OLD,
            _one("People new to the country", "Personas recién llegadas al país", "قادمون جدد إلى البلد"),
            _one("Families of another shape", "Familias de otro tipo", "أسر من شكل آخر"),
            _one("Little money", "Poco dinero", "قليلو المال"),
            _one("Religious life", "Vida religiosa", "حياة دينية"),
            _one("No people: animals, things", "Sin personas: animales, cosas", "بلا أشخاص: حيوانات، أشياء"),
        ),
    ),
    "maker": (
        _say("Who made it, as they say themselves", "Quién lo hizo, según dice", "من صنعه، كما يقول عن نفسه"),
        _say(
            "Only what the maker says in the item or in public. Never from a name or a picture.",
            "Solo lo que dice quien lo hizo, en la obra o en público. Nunca por un nombre o una foto.",
            "فقط ما يقوله صاحبه في العمل أو علنا. لا من اسم ولا من صورة أبدا.",
        ),
        (*_PEOPLES, _one("Somebody from our town", "Alguien de nuestra ciudad", "شخص من مدينتنا")),
    ),
    "language": (
        _say("Language", "Idioma", "اللغة"),
        _say("Tick both where it is in two.", "Marque ambos si está en dos.", "ضع علامة على الاثنتين إن كان بلغتين."),
        (
            _one("English", "Inglés", "الإنجليزية", "language/en"),
            _one("Spanish", "Español", "الإسبانية", "language/es"),
            _one("Arabic", "Árabe", "العربية", "language/ar"),
            _one("Chinese", "Chino", "الصينية", "language/zh"),
            _one("Vietnamese", "Vietnamita", "الفيتنامية", "language/vi"),
            _one("Russian, Polish or another Slavic language", "Ruso, polaco u otro idioma eslavo",
                 "الروسية أو البولندية أو لغة سلافية أخرى", "language/slavic"),
            _one("Another language", "Otro idioma", "لغة أخرى", "language/other"),
        ),
    ),
}  # fmt: skip

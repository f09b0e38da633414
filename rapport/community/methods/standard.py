"""The dimensions that Rapport ships, in English, Spanish and Arabic, and where census tables say them.

`ACS_TABLES` names for each table of the American Community Survey which lines make which band: a line number of a
detailed table, or the end of a label of a data profile, with +1 or -1. Gender is only ever what people say of
themselves: the census counts another thing, so no table fills it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

Said = dict[str, str]
Terms = Sequence[tuple[int | str, int]]


@dataclass(frozen=True)
class StandardBand:
    slug: str
    name: Said


@dataclass(frozen=True)
class StandardDimension:
    slug: str
    name: Said
    bands: Sequence[StandardBand] = field(default_factory=tuple)
    counts_households: bool = False


def _say(en: str, es: str, ar: str) -> Said:
    return {"en": en, "es": es, "ar": ar}


def _band(slug: str, en: str, es: str, ar: str) -> StandardBand:
    return StandardBand(slug, _say(en, es, ar))


STANDARD: Sequence[StandardDimension] = (
    StandardDimension("age", _say("Age", "Edad", "العمر"), (
        _band("under5", "Under 5", "Menos de 5 años", "أقل من 5 سنوات"),
        _band("5to14", "5 to 14", "De 5 a 14 años", "من 5 إلى 14 سنة"),
        _band("15to24", "15 to 24", "De 15 a 24 años", "من 15 إلى 24 سنة"),
        _band("25to44", "25 to 44", "De 25 a 44 años", "من 25 إلى 44 سنة"),
        _band("45to64", "45 to 64", "De 45 a 64 años", "من 45 إلى 64 سنة"),
        _band("65plus", "65 and older", "65 años o más", "65 سنة فأكثر"),
    )),
    StandardDimension("language", _say("Language at home", "Idioma en casa", "اللغة في البيت"), (
        _band("en", "Only English", "Solo inglés", "الإنجليزية فقط"),
        _band("es", "Spanish", "Español", "الإسبانية"),
        _band("ar", "Arabic", "Árabe", "العربية"),
        _band("zh", "Chinese", "Chino", "الصينية"),
        _band("vi", "Vietnamese", "Vietnamita", "الفيتنامية"),
        _band("tl", "Tagalog", "Tagalo", "التاغالوغية"),
        _band("ko", "Korean", "Coreano", "الكورية"),
        _band("fr", "French or Haitian", "Francés o haitiano", "الفرنسية أو الهايتية"),
        _band("de", "German or a related language", "Alemán o un idioma afín", "الألمانية أو لغة قريبة منها"),
        _band("slavic", "Russian, Polish or another Slavic language", "Ruso, polaco u otro idioma eslavo",
              "الروسية أو البولندية أو لغة سلافية أخرى"),
        _band("indo-european", "Another Indo-European language", "Otro idioma indoeuropeo", "لغة هندية أوروبية أخرى"),
        _band("asian", "Another language of Asia or the Pacific", "Otro idioma de Asia o del Pacífico",
              "لغة أخرى من آسيا أو المحيط الهادئ"),
        _band("other", "Another language", "Otro idioma", "لغة أخرى"),
    )),
    StandardDimension("english", _say("How well people speak English", "Cuánto inglés se habla", "إتقان الإنجليزية"), (
        _band("well", "Very well", "Muy bien", "جيداً جداً"),
        _band("limited", "Less than very well", "Menos que muy bien", "أقل من جيد جداً"),
    )),
    StandardDimension("income", _say("Income of the household", "Ingresos del hogar", "دخل الأسرة"), (
        _band("under25k", "Under 25,000 a year", "Menos de 25 000 al año", "أقل من 25,000 في السنة"),
        _band("25to50k", "25,000 to 49,999", "De 25 000 a 49 999", "من 25,000 إلى 49,999"),
        _band("50to75k", "50,000 to 74,999", "De 50 000 a 74 999", "من 50,000 إلى 74,999"),
        _band("75to100k", "75,000 to 99,999", "De 75 000 a 99 999", "من 75,000 إلى 99,999"),
        _band("100kplus", "100,000 or more", "100 000 o más", "100,000 فأكثر"),
    ), counts_households=True),
    StandardDimension("poverty", _say("Living in poverty", "Vivir en la pobreza", "العيش في فقر"), (
        _band("below", "Below the poverty line", "Por debajo del umbral de pobreza", "تحت خط الفقر"),
        _band("above", "Above the poverty line", "Por encima del umbral de pobreza", "فوق خط الفقر"),
    )),
    StandardDimension("disability", _say("Disability", "Discapacidad", "الإعاقة"), (
        _band("with", "With a disability", "Con discapacidad", "لديه إعاقة"),
        _band("without", "Without", "Sin discapacidad", "بلا إعاقة"),
    )),
    StandardDimension("education", _say("Education, 25 and older", "Estudios, desde los 25 años",
                                        "التعليم، 25 سنة فأكثر"), (
        _band("less", "Less than high school", "Sin la secundaria terminada", "أقل من الثانوية"),
        _band("school", "High school", "Secundaria", "الثانوية"),
        _band("college", "Some college or associate's degree", "Algo de universidad o grado asociado",
              "بعض الدراسة الجامعية أو دبلوم"),
        _band("bachelor", "Bachelor's degree", "Grado universitario", "بكالوريوس"),
        _band("graduate", "Graduate degree", "Posgrado", "دراسات عليا"),
    )),
    StandardDimension("broadband", _say("Broadband at home", "Banda ancha en casa", "الإنترنت السريع في البيت"), (
        _band("yes", "With broadband", "Con banda ancha", "لديها إنترنت سريع"),
        _band("no", "Without broadband", "Sin banda ancha", "بلا إنترنت سريع"),
    ), counts_households=True),
    StandardDimension("vehicle", _say("Car in the household", "Coche en el hogar", "سيارة لدى الأسرة"), (
        _band("none", "No car", "Sin coche", "بلا سيارة"),
        _band("one", "One car", "Un coche", "سيارة واحدة"),
        _band("more", "Two or more", "Dos o más", "سيارتان فأكثر"),
    ), counts_households=True),
    StandardDimension("children", _say("Households with children", "Hogares con niños", "أسر لديها أطفال"), (
        _band("with", "With somebody under 18", "Con menores de 18 años", "فيها من هم دون 18"),
        _band("without", "Without", "Sin menores", "بلا أطفال"),
    ), counts_households=True),
    StandardDimension("gender", _say("Gender, as people say it themselves", "Género, como cada cual lo dice",
                                     "الجنس كما يصفه الناس بأنفسهم"), (
        _band("woman", "Woman", "Mujer", "امرأة"),
        _band("man", "Man", "Hombre", "رجل"),
        _band("nonbinary", "Non-binary", "No binario", "غير ثنائي"),
        _band("own", "In their own words", "Con sus propias palabras", "بكلماتهم الخاصة"),
    )),
)  # fmt: skip


def _lines(*numbers: int) -> Terms:
    return [(number, 1) for number in numbers]


def _both_sexes(*numbers: int) -> Terms:
    """The lines of men; those of women stand 24 lines further down in B01001."""
    return _lines(*numbers, *(number + 24 for number in numbers))


def _labels(under: str, *ends: str) -> Terms:
    return [(f"{under}!!{end}", 1) for end in ends]


def _rest(whole: str, part: str) -> Terms:
    """All but a part: its line is not in the table."""
    return [(whole, 1), (f"{whole}!!{part}", -1)]


_GROUPS = range(3, 39, 3)  # C16001: each language has a line, then "very well", then "less than very well"
_LANGUAGES = ("es", "fr", "de", "slavic", "indo-european", "ko", "zh", "vi", "tl", "asian", "ar", "other")
_PEOPLE = "SEX AND AGE!!Total population"
_HOMES = "HOUSEHOLDS BY TYPE!!Total households"
_FIVE_UP = "LANGUAGE SPOKEN AT HOME!!Population 5 years and over"
_LIMITED = 'Language other than English!!Speak English less than "very well"'
_GROWN = "EDUCATIONAL ATTAINMENT!!Population 25 years and over"
_CIVIL = "Total Civilian Noninstitutionalized Population"
_WIRED = "COMPUTERS AND INTERNET USE!!Total households"
_WIRE = "With a broadband Internet subscription"
_CHILD = "Households with one or more people under 18 years"
_CARS = "VEHICLES AVAILABLE!!Occupied housing units"

ACS_TABLES: dict[str, dict[tuple[str, str], Terms]] = {
    "B01001": {
        ("age", "under5"): _both_sexes(3),
        ("age", "5to14"): _both_sexes(4, 5),
        ("age", "15to24"): _both_sexes(6, 7, 8, 9, 10),
        ("age", "25to44"): _both_sexes(11, 12, 13, 14),
        ("age", "45to64"): _both_sexes(15, 16, 17, 18, 19),
        ("age", "65plus"): _both_sexes(20, 21, 22, 23, 24, 25),
    },
    "C16001": {
        ("language", "en"): _lines(2),
        **{("language", name): _lines(line) for name, line in zip(_LANGUAGES, _GROUPS, strict=True)},
        ("english", "well"): _lines(2, *(line + 1 for line in _GROUPS)),
        ("english", "limited"): _lines(*(line + 2 for line in _GROUPS)),
    },
    "B19001": {
        ("income", "under25k"): _lines(*range(2, 6)),
        ("income", "25to50k"): _lines(*range(6, 11)),
        ("income", "50to75k"): _lines(11, 12),
        ("income", "75to100k"): _lines(13),
        ("income", "100kplus"): _lines(*range(14, 18)),
    },
    "B17001": {("poverty", "below"): _lines(2), ("poverty", "above"): _lines(31)},
    "B18101": {
        ("disability", "with"): _lines(*range(4, 20, 3), *range(23, 39, 3)),
        ("disability", "without"): _lines(*range(5, 21, 3), *range(24, 40, 3)),
    },
    "B15003": {
        ("education", "less"): _lines(*range(2, 17)),
        ("education", "school"): _lines(17, 18),
        ("education", "college"): _lines(19, 20, 21),
        ("education", "bachelor"): _lines(22),
        ("education", "graduate"): _lines(23, 24, 25),
    },
    "B28002": {("broadband", "yes"): _lines(4), ("broadband", "no"): _lines(3, 12, 13)},
    "B08201": {
        ("vehicle", "none"): _lines(2),
        ("vehicle", "one"): _lines(3),
        ("vehicle", "more"): _lines(4, 5, 6),
    },
    "B11005": {("children", "with"): _lines(2), ("children", "without"): _lines(11)},
    "DP05": {
        ("age", "under5"): _labels(_PEOPLE, "Under 5 years"),
        ("age", "5to14"): _labels(_PEOPLE, "5 to 9 years", "10 to 14 years"),
        ("age", "15to24"): _labels(_PEOPLE, "15 to 19 years", "20 to 24 years"),
        ("age", "25to44"): _labels(_PEOPLE, "25 to 34 years", "35 to 44 years"),
        ("age", "45to64"): _labels(_PEOPLE, "45 to 54 years", "55 to 59 years", "60 to 64 years"),
        ("age", "65plus"): _labels(_PEOPLE, "65 to 74 years", "75 to 84 years", "85 years and over"),
    },
    "DP02": {
        ("english", "limited"): _labels(_FIVE_UP, _LIMITED),
        ("english", "well"): _rest(_FIVE_UP, _LIMITED),
        ("disability", "with"): _labels(_CIVIL, "With a disability"),
        ("disability", "without"): _rest(_CIVIL, "With a disability"),
        ("broadband", "yes"): _labels(_WIRED, _WIRE),
        ("broadband", "no"): _rest(_WIRED, _WIRE),
        ("children", "with"): _labels(_HOMES, _CHILD),
        ("children", "without"): _rest(_HOMES, _CHILD),
        ("education", "less"): _labels(_GROWN, "Less than 9th grade", "9th to 12th grade, no diploma"),
        ("education", "school"): _labels(_GROWN, "High school graduate (includes equivalency)"),
        ("education", "college"): _labels(_GROWN, "Some college, no degree", "Associate's degree"),
        ("education", "bachelor"): _labels(_GROWN, "Bachelor's degree"),
        ("education", "graduate"): _labels(_GROWN, "Graduate or professional degree"),
    },
    "DP03": {
        ("income", "under25k"): _labels("Total households", "Less than $10,000", "$10,000 to $14,999",
                                        "$15,000 to $24,999"),
        ("income", "25to50k"): _labels("Total households", "$25,000 to $34,999", "$35,000 to $49,999"),
        ("income", "50to75k"): _labels("Total households", "$50,000 to $74,999"),
        ("income", "75to100k"): _labels("Total households", "$75,000 to $99,999"),
        ("income", "100kplus"): _labels("Total households", "$100,000 to $149,999", "$150,000 to $199,999",
                                        "$200,000 or more"),
    },
    "DP04": {
        ("vehicle", "none"): _labels(_CARS, "No vehicles available"),
        ("vehicle", "one"): _labels(_CARS, "1 vehicle available"),
        ("vehicle", "more"): _labels(_CARS, "2 vehicles available", "3 or more vehicles available"),
    },
}  # fmt: skip

"""The plain topics that Rapport ships, in English, Spanish and Arabic: our own words, with codes of other schemes.

The words are no captions of those schemes, and the codes no more than a hint where a topic is shelved. Each library
changes the list as it likes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .topic_codes import BISAC, DEWEY, UDC

Codes = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class StandardTopic:
    slug: str
    name: dict[str, str]
    codes: Codes
    parts: "Sequence[StandardTopic]" = field(default_factory=tuple)


def _one(
    slug: str, names: tuple[str, str, str], dewey: str = "", bisac: str = "", udc: str = "",
    *, parts: Sequence[StandardTopic] = (),
) -> StandardTopic:  # fmt: skip
    told = ((DEWEY, dewey), (BISAC, bisac), (UDC, udc))
    codes = {scheme: tuple(said.split()) for scheme, said in told if said}
    return StandardTopic(slug, dict(zip(("en", "es", "ar"), names, strict=True)), codes, parts)


# fmt: off
TOPICS: Sequence[StandardTopic] = (
    _one("reading", ("Reading and stories", "Lectura y relatos", "القراءة والقصص"), "800", "", "82", parts=(
        _one("storytime", ("Stories for children", "Cuentos para niños", "قصص للأطفال"), "", "JUV000000"),
        _one("novels", ("Novels", "Novelas", "الروايات"), "", "FIC000000", "82-3"),
        _one("poetry", ("Poetry", "Poesía", "الشعر"), "808.1", "POE000000", "82-1"),
        _one("comics", ("Comics and graphic novels", "Cómics y novelas gráficas", "القصص المصورة"),
             "741.5", "CGN000000", "741.5"),
        _one("folk-tales", ("Folk tales and myths", "Cuentos populares y mitos", "الحكايات الشعبية والأساطير"),
             "398.2", "", "398"),
        _one("writing", ("Writing", "Escritura", "الكتابة"), "808.02"),
    )),
    _one("learning", ("Learning", "Aprendizaje", "التعلم"), "370", "EDU000000", "37", parts=(
        _one("english", ("Learning English", "Aprender inglés", "تعلم الإنجليزية"), "428", "FOR007000", "811.111"),
        _one("languages", ("Other languages", "Otros idiomas", "لغات أخرى"), "400", "FOR000000", "81"),
        _one("school", ("School and homework", "Escuela y deberes", "المدرسة والواجبات"), "371"),
        _one("adult-learning", ("Learning as an adult", "Aprender de adulto", "تعلم الكبار"), "374", "", "374"),
        _one("computers", ("Computers and the internet", "Ordenadores e internet", "الحاسوب والإنترنت"),
             "004-006", "COM000000", "004"),
    )),
    _one("work-and-money", ("Work and money", "Trabajo y dinero", "العمل والمال"), "330", "BUS000000", "33", parts=(
        _one("jobs", ("Finding work", "Buscar trabajo", "البحث عن عمل"), "650.14", "BUS012000", "331.5"),
        _one("own-business", ("A business of one’s own", "Un negocio propio", "مشروع خاص"), "658.11", "BUS025000"),
        _one("household-money", ("Money of the household", "Dinero del hogar", "مال البيت"), "332.024", "BUS050000"),
    )),
    _one("health", ("Body and mind", "Cuerpo y mente", "الجسد والنفس"), "613", "HEA000000", "613", parts=(
        _one("illness", ("Illness and care", "Enfermedad y cuidados", "المرض والرعاية"), "616", "MED000000", "616"),
        _one("mental-health", ("How we feel", "Cómo nos sentimos", "كيف نشعر"), "150", "PSY000000", "159.9"),
        _one("sport", ("Sport and movement", "Deporte y movimiento", "الرياضة والحركة"), "796", "SPO000000", "796"),
    )),
    _one("home-and-family", ("Home and family", "Hogar y familia", "البيت والأسرة"), "640", "HOM000000", "64", parts=(
        _one("parenting", ("Growing up and parents", "Crianza y padres", "التربية والوالدان"),
             "649", "FAM034000", "649"),
        _one("cooking", ("Cooking and food", "Cocina y comida", "الطبخ والطعام"), "641.5", "CKB000000", "641.5"),
        _one("gardening", ("Gardens and growing", "Jardines y cultivo", "الحدائق والزراعة"),
             "635", "GAR000000", "635"),
        _one("pets", ("Animals at home", "Animales en casa", "حيوانات البيت"), "636", "PET000000", "636"),
    )),
    _one("living-together", ("Living together", "Convivir", "العيش معا"), "300", "SOC000000", "316", parts=(
        _one("civics", ("How the town is run", "Cómo se gobierna la ciudad", "كيف تدار المدينة"),
             "320", "POL000000", "32"),
        _one("rights", ("Rights and the law", "Derechos y leyes", "الحقوق والقانون"), "340", "LAW000000", "34"),
        _one("new-here", ("Arriving in a new country", "Llegar a un país nuevo", "الوصول إلى بلد جديد"),
             "304.8", "SOC007000", "314.15"),
        _one("disability", ("Living with a disability", "Vivir con discapacidad", "الحياة مع الإعاقة"),
             "", "SOC029000"),
        _one("faith", ("Faith and belief", "Fe y creencias", "الدين والمعتقد"), "200", "REL000000", "2"),
        _one("help", ("Help in hard times", "Ayuda en momentos difíciles", "العون في الشدة"), "361-362", "", "364"),
    )),
    _one("nature-and-science", ("Nature and science", "Naturaleza y ciencia", "الطبيعة والعلوم"),
         "500", "SCI000000", "5", parts=(
        _one("environment", ("Climate and environment", "Clima y medio ambiente", "المناخ والبيئة"),
             "363.7", "SCI026000", "502"),
        _one("plants-and-animals", ("Plants and animals", "Plantas y animales", "النباتات والحيوانات"),
             "580-590", "NAT000000", "58/59"),
        _one("mathematics", ("Mathematics", "Matemáticas", "الرياضيات"), "510", "MAT000000", "51"),
    )),
    _one("arts-and-making", ("Arts and making", "Arte y manualidades", "الفنون والحرف"),
         "700", "ART000000", "7", parts=(
        _one("crafts", ("Crafts", "Artesanía", "الأشغال اليدوية"), "745.5", "CRA000000", "745"),
        _one("textiles", ("Sewing and textiles", "Costura y tejidos", "الخياطة والنسيج"), "746", "", "746"),
        _one("music", ("Music", "Música", "الموسيقى"), "780", "MUS000000", "78"),
        _one("theatre", ("Theatre and dance", "Teatro y danza", "المسرح والرقص"), "792", "PER000000", "792"),
        _one("photography", ("Photography", "Fotografía", "التصوير"), "770", "PHO000000", "77"),
        _one("games", ("Games", "Juegos", "الألعاب"), "793-794", "GAM000000", "794"),
    )),
    _one("history-and-places", ("History and places", "Historia y lugares", "التاريخ والأماكن"),
         "900", "HIS000000", "93/94", parts=(
        _one("local-history", ("Our town and its story", "Nuestra ciudad y su historia", "مدينتنا وقصتها"),
             "", "", "908"),
        _one("family-history", ("Family history", "Historia familiar", "تاريخ العائلة"),
             "929.1", "REF013000", "929.5"),
        _one("lives", ("Lives of people", "Vidas de personas", "سير الناس"), "920", "BIO000000", "929"),
        _one("travel", ("Travel", "Viajes", "السفر"), "910", "TRV000000", "910"),
    )),
)

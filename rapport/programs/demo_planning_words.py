"""The words of what the demo town plans, in each of its languages."""

from .demo_words import Said, _said

RULES: dict[str, Said] = {
    "storytime": _said("Storytime", "Hora del cuento", "ساعة الحكاية"),
    "course": _said("Courses", "Cursos", "الدورات"),
}

OBSERVANCES: dict[str, tuple[Said, Said]] = {
    "lunar": (
        _said("Lunar New Year", "Año Nuevo Lunar", "رأس السنة القمرية"),
        _said(
            "Fifteen days, ending with lanterns. Families of the Golden Bridge say what belongs on the table.",
            "Quince días que acaban con faroles. Las familias de Golden Bridge dicen qué va en la mesa.",
            "خمسة عشر يومًا تنتهي بالفوانيس. عائلات غولدن بريدج تقول ما يوضع على الطاولة.",
        ),
    ),
    "books": (
        _said("Day of books", "Día del libro", "يوم الكتاب"),
        _said("Everybody brings a book.", "Cada uno trae un libro.", "كل واحد يحضر كتابًا."),
    ),
    "deaf": (
        _said("Day of deaf people", "Día de las personas sordas", "يوم الصم"),
        _said(
            "The last Sunday of September: stories in sign language, with voice for the hearing.",
            "El último domingo de septiembre: cuentos en lengua de señas, con voz para oyentes.",
            "آخر أحد من سبتمبر: حكايات بلغة الإشارة مع صوت للسامعين.",
        ),
    ),
    "town": (
        _said("The town's birthday", "Cumpleaños del pueblo", "عيد ميلاد البلدة"),
        _said("Old pictures in the window.", "Fotos antiguas en el escaparate.", "صور قديمة في الواجهة."),
    ),
}

SEWING: tuple[Said, Said] = (
    _said("Sewing from the beginning", "Costura desde el principio", "الخياطة من البداية"),
    _said(
        "Six evenings with a machine for each two people. You go home with a bag that you made yourself.",
        "Seis tardes con una máquina para cada dos personas. Te llevas a casa una bolsa hecha por ti.",
        "ست أمسيات بآلة لكل شخصين. تعود إلى البيت بحقيبة صنعتها بنفسك.",
    ),
)

SUCCESS: Said = _said(
    "Eight of ten sew something at home afterwards, and three come back to help.",
    "Ocho de cada diez cosen algo en casa después, y tres vuelven para ayudar.",
    "ثمانية من عشرة يخيطون شيئًا في البيت بعدها، وثلاثة يعودون للمساعدة.",
)

TEMPLATE: Said = _said("A course of evenings", "Un curso de tardes", "دورة مسائية")

PLANNED: dict[str, tuple[Said, Said]] = {
    "repair": (
        _said("Repair café", "Café de reparaciones", "مقهى التصليح"),
        _said(
            "Bring what is broken. Neighbours who know how show you how to mend it.",
            "Trae lo que se ha roto. Vecinas y vecinos te enseñan a repararlo.",
            "أحضر ما انكسر، وجيران يعرفون يعلمونك كيف تصلحه.",
        ),
    ),
    "lanterns": (
        {"en": "Lanterns for the new year"},
        {"en": "We fold lanterns and hear whose grandmother folded them how."},
    ),
}

STOCKTAKING: Said = _said("Stocktaking", "Inventario", "الجرد")

HELP: tuple[tuple[Said, Said], ...] = (
    (
        _said("Phone and tablet", "Móvil y tableta", "الهاتف واللوح"),
        _said(
            "Pictures, messages, larger letters: bring the thing itself.",
            "Fotos, mensajes, letra más grande: trae el aparato.",
            "صور ورسائل وحروف أكبر: أحضر الجهاز نفسه.",
        ),
    ),
    (
        _said("Looking for work", "Buscar trabajo", "البحث عن عمل"),
        _said(
            "A letter, a form, a first page about you.",
            "Una carta, un formulario, un currículum.",
            "رسالة أو استمارة أو سيرة ذاتية.",
        ),
    ),
    (
        _said("Your family's story", "La historia de tu familia", "تاريخ عائلتك"),
        _said(
            "Where to look, and what the old papers say.",
            "Dónde buscar y qué dicen los papeles antiguos.",
            "أين تبحث وماذا تقول الأوراق القديمة.",
        ),
    ),
)

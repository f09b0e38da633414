"""What the demo's school could buy: this year's nine projects, and last year's eight."""

from dataclasses import dataclass, field

Said = dict[str, str]
Lines = tuple[tuple[Said, int], ...]


@dataclass(frozen=True)
class Plan:
    """One project: its picture, what it is, what it costs line by line."""

    picture: str
    title: Said
    about: Said
    lines: Lines
    shows: Said = field(default_factory=dict)

    @property
    def cost(self) -> int:
        return sum(amount for _what, amount in self.lines)


def _said(en: str, es: str, ar: str) -> Said:
    return {"en": en, "es": es, "ar": ar}


_DELIVERY = _said("Delivery", "Envío", "التوصيل")

COMICS = Plan(
    "comics",
    _said("Sixty comics", "Sesenta cómics", "ستون كتاباً مصوّراً"),
    _said(
        "New comics and manga, chosen by the classes.",
        "Cómics y manga nuevos, elegidos por las clases.",
        "قصص مصوّرة ومانغا جديدة تختارها الصفوف.",
    ),
    (
        (_said("60 comics at 12", "60 cómics a 12", "٦٠ كتاباً، الواحد بـ١٢"), 720),
        (_said("A shelf on wheels", "Un estante con ruedas", "رفّ بعجلات"), 60),
    ),
    _said("A page of a comic with a speech bubble", "Una página de cómic con un globo", "صفحة من قصة مصوّرة"),
)
LANGUAGES = Plan(
    "languages",
    _said("Books in our languages", "Libros en nuestras lenguas", "كتب بلغاتنا"),
    _said(
        "Stories in Arabic, Spanish, Ukrainian and Somali.",
        "Cuentos en árabe, español, ucraniano y somalí.",
        "قصص بالعربية والإسبانية والأوكرانية والصومالية.",
    ),
    ((_said("40 books", "40 libros", "٤٠ كتاباً"), 560), (_DELIVERY, 40)),
    _said("Three books and two speech bubbles", "Tres libros y dos globos", "ثلاثة كتب وفقاعتا كلام"),
)
TENT = Plan(
    "tent",
    _said("A reading tent", "Una tienda para leer", "خيمة للقراءة"),
    _said(
        "A tent with cushions, where it is quiet.",
        "Una tienda con cojines, donde hay silencio.",
        "خيمة فيها وسائد، حيث الهدوء.",
    ),
    ((_said("Tent", "Tienda", "الخيمة"), 310), (_said("Cushions", "Cojines", "الوسائد"), 110)),
    _said("A tent with a little flag", "Una tienda con una banderita", "خيمة عليها علم صغير"),
)
GAMES = Plan(
    "games",
    _said("Board games for rainy days", "Juegos de mesa para días de lluvia", "ألعاب لأيام المطر"),
    _said("Twelve games for two to six children.", "Doce juegos para dos a seis.", "اثنتا عشرة لعبة لطفلين حتى ستة."),
    ((_said("12 games", "12 juegos", "١٢ لعبة"), 350),),
    _said("A board, two pieces and a die", "Un tablero, dos fichas y un dado", "رقعة وحجران ونرد"),
)
BEANBAGS = Plan(
    "beanbags",
    _said("Six beanbags", "Seis pufs", "ست وسائد للجلوس"),
    _said("Soft seats that can be washed.", "Asientos blandos y lavables.", "مقاعد طرية يمكن غسلها."),
    ((_said("6 beanbags at 85", "6 pufs a 85", "٦ وسائد، الواحدة بـ٨٥"), 510), (_DELIVERY, 30)),
    _said("Two beanbags", "Dos pufs", "وسادتان للجلوس"),
)
MICROSCOPE = Plan(
    "microscope",
    _said("A microscope", "Un microscopio", "مجهر"),
    _said("See what lives in a drop of water.", "Mira lo que vive en una gota de agua.", "انظر ما يعيش في قطرة ماء."),
    (
        (_said("Microscope with a camera", "Microscopio con cámara", "مجهر مع كاميرا"), 610),
        (_said("Slides and tools", "Portaobjetos y pinzas", "شرائح وأدوات"), 80),
    ),
    _said("A microscope", "Un microscopio", "مجهر"),
)
HEADPHONES = Plan(
    "headphones",
    _said("Four audiobook players", "Cuatro reproductores de audiolibros", "أربعة أجهزة للكتب المسموعة"),
    _said(
        "Listen to a story alone or two together.",
        "Escucha un cuento a solas o en pareja.",
        "استمع إلى قصة وحدك أو مع صديق.",
    ),
    ((_said("4 players with headphones", "4 reproductores con auriculares", "٤ أجهزة مع سماعات"), 480),),
    _said("Headphones", "Unos auriculares", "سماعات"),
)
ROBOT = Plan(
    "robot",
    _said("A robot to build", "Un robot para construir", "روبوت نبنيه"),
    _said(
        "Build it, and teach it to find a book.",
        "Constrúyelo y enséñale a encontrar un libro.",
        "ابنِه وعلّمه أن يجد كتاباً.",
    ),
    (
        (_said("Two kits", "Dos kits", "عدّتان"), 790),
        (_said("Batteries and charger", "Pilas y cargador", "بطاريات وشاحن"), 100),
    ),
    _said("A friendly robot", "Un robot simpático", "روبوت لطيف"),
)
LAMPS = Plan(
    "lamps",
    _said("Five reading lamps", "Cinco lámparas para leer", "خمسة مصابيح للقراءة"),
    _said(
        "For the dark corner by the window.",
        "Para el rincón oscuro junto a la ventana.",
        "للزاوية المعتمة قرب النافذة.",
    ),
    ((_said("5 lamps at 52", "5 lámparas a 52", "٥ مصابيح، الواحد بـ٥٢"), 260),),
    _said("A lamp that shines", "Una lámpara encendida", "مصباح مضاء"),
)
PLANTS = Plan(
    "plants",
    _said("Plants for every window", "Plantas para cada ventana", "نباتات لكل نافذة"),
    _said("Each class waters one.", "Cada clase riega una.", "يسقي كل صف واحدة."),
    ((_said("14 plants and pots", "14 plantas y macetas", "١٤ نبتة مع أوانيها"), 230),),
    _said("Two plants in pots", "Dos plantas en macetas", "نبتتان"),
)
GLOBE = Plan(
    "globe",
    _said("A large globe", "Un globo terráqueo grande", "كرة أرضية كبيرة"),
    _said(
        "It lights up, and shows where we come from.",
        "Se ilumina y muestra de dónde venimos.",
        "تضيء وتُري من أين جئنا.",
    ),
    ((_said("Globe with light", "Globo con luz", "كرة مضاءة"), 340),),
    _said("A globe", "Un globo terráqueo", "كرة أرضية"),
)
BOOKS = Plan(
    "books",
    _said("A hundred new books", "Cien libros nuevos", "مئة كتاب جديد"),
    _said("The ones that are always lent out.", "Los que siempre están prestados.", "تلك المُعارة دائماً."),
    (
        (_said("100 books", "100 libros", "١٠٠ كتاب"), 1150),
        (_said("Covers and labels", "Forros y etiquetas", "أغلفة وملصقات"), 90),
    ),
    _said("A row of books", "Una fila de libros", "صف من الكتب"),
)

THIS_YEAR = (COMICS, LANGUAGES, TENT, GAMES, BEANBAGS, MICROSCOPE, HEADPHONES, ROBOT, LAMPS)
LAST_YEAR = (BOOKS, BEANBAGS, PLANTS, GLOBE, GAMES, LAMPS, HEADPHONES, LANGUAGES)

# Kinds of children, how many of each vote, and what each of them likes, the most first.
LIKES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (22, ("comics", "robot", "games", "beanbags", "headphones")),
    (14, ("languages", "tent", "headphones", "lamps")),
    (13, ("microscope", "robot", "lamps", "games")),
    (12, ("tent", "beanbags", "comics", "languages", "games")),
)
LIKED_LAST_YEAR: tuple[tuple[int, tuple[str, ...]], ...] = (
    (34, ("books", "beanbags", "games")),
    (21, ("plants", "globe", "lamps")),
    (17, ("languages", "headphones", "books")),
    (12, ("games", "beanbags", "globe")),
)
CRITERIA = (
    _said("It fits into the reading room.", "Cabe en la sala de lectura.", "يتسع له مكان القراءة."),
    _said("It is safe for the smallest, too.", "Es seguro también para los más pequeños.", "آمن للصغار أيضاً."),
    _said("Everybody can use it.", "Todo el mundo puede usarlo.", "يستطيع الجميع استعماله."),
    _said(
        "It costs less than the whole budget.", "Cuesta menos que todo el presupuesto.", "كلفته أقل من الميزانية كلها."
    ),
)
SLIDE = _said("A slide from the window", "Un tobogán desde la ventana", "زحليقة من النافذة")
SLIDE_WHY = _said(
    "The window is on the second floor, and a slide needs a landing of six metres. We asked the builder: it cannot "
    "be made safe. We will ask the town about a slide for the yard.",
    "La ventana está en el segundo piso y un tobogán necesita seis metros de salida. El constructor dice que "
    "no puede hacerse seguro. Preguntaremos al municipio por un tobogán en el patio.",
    "النافذة في الطابق الثاني، وتحتاج الزحليقة إلى ستة أمتار. قال البنّاء إنها لا يمكن أن تكون آمنة. "
    "سنسأل البلدية عن زحليقة للساحة.",
)
ASKED = _said(
    "What do we buy for the reading room?", "¿Qué compramos para la sala de lectura?", "ماذا نشتري لغرفة القراءة؟"
)
ASKED_LAST_YEAR = _said(
    "What did our school buy for its reading room last year?",
    "¿Qué compró nuestra escuela para su sala de lectura el año pasado?",
    "ماذا اشترت مدرستنا لغرفة القراءة في العام الماضي؟",
)
ALL_OF_IT = _said("All of the 2,400", "Los 2400 completos", "الألفان والأربعمئة كلها")
ALL_CHILDREN = _said("All children who voted", "Todas las niñas y niños que votaron", "كل الأطفال الذين صوّتوا")
OVERRIDE_WHY = _said(
    "Parents gave us six lamps in the week of the vote. The money stays in the budget of this year.",
    "Unas familias nos regalaron seis lámparas la semana de la votación. El dinero pasa al presupuesto de este año.",
    "أهدانا أولياء أمور ستة مصابيح في أسبوع التصويت. ويبقى المال في ميزانية هذا العام.",
)
KEPT_WHY = _said("It stands in the reading room.", "Está en la sala de lectura.", "هو الآن في غرفة القراءة.")
OWNER = _said("The school library", "La biblioteca escolar", "مكتبة المدرسة")

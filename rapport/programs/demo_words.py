"""The words of the demo town's programs, in each of its languages."""

Said = dict[str, str]


def _said(en: str, es: str, ar: str) -> Said:
    return {"en": en, "es": es, "ar": ar}


TITLES: dict[str, Said] = {
    "homework": _said("Homework help", "Ayuda con los deberes", "المساعدة في الواجبات"),
    "large_print": _said("Large print by the door", "Letra grande junto a la puerta", "كتب بحروف كبيرة قرب الباب"),
    "arabic_storytime": _said("Storytime in Arabic", "Hora del cuento en árabe", "ساعة الحكاية بالعربية"),
    "sunday": _said("Open on Sundays", "Abierto los domingos", "مفتوح أيام الأحد"),
    "teen": _said("Friday evening for teens", "Viernes por la tarde para jóvenes", "مساء الجمعة للشباب"),
    "ramp": _said("A ramp at the side door", "Una rampa en la puerta lateral", "منحدر عند الباب الجانبي"),
    "hotspots": _said("Internet to take home", "Internet para llevar a casa", "إنترنت للإعارة إلى البيت"),
    "short_names": _said(
        "Shorter names on the holds shelf", "Nombres más cortos en las reservas", "أسماء أقصر على رف الحجوزات"
    ),
    "storytime": _said("Storytime", "Hora del cuento", "ساعة الحكاية"),
    "storytime_mill": _said("Storytime on the carpet", "Cuentos en la alfombra", "حكايات على السجادة"),
    "knitting": _said("Knit and talk", "Tejer y conversar", "حياكة وحديث"),
    "chess": _said("Chess after school", "Ajedrez después de clase", "شطرنج بعد المدرسة"),
    "film": _said("Saturday film", "Cine del sábado", "فيلم السبت"),
    "computer": _said("First steps on the computer", "Primeros pasos con el ordenador", "خطوات أولى على الحاسوب"),
    "english_table": _said("English at the table", "Inglés en la mesa", "الإنجليزية حول الطاولة"),
    "calm_hour": _said("A calm hour", "Una hora tranquila", "ساعة هادئة"),
    "garden_club": _said("Hands in the earth", "Manos en la tierra", "أيدٍ في التراب"),
}

ABOUT: dict[str, Said] = {
    "homework": _said(
        "Sit down with somebody who knows the subject. Bring your books, or nothing at all.",
        "Siéntate con alguien que conoce la materia. Trae tus libros, o nada.",
        "اجلس مع من يعرف المادة. أحضر كتبك أو تعال بلا شيء.",
    ),
    "large_print": _said(
        "New books in large letters, on a shelf at hand height, with a chair beside it.",
        "Libros nuevos en letra grande, en un estante al alcance de la mano y con una silla al lado.",
        "كتب جديدة بحروف كبيرة على رف في متناول اليد وبجانبه كرسي.",
    ),
    "arabic_storytime": _said(
        "Stories, rhymes and songs in Arabic for small children and whoever brings them.",
        "Cuentos, rimas y canciones en árabe para los más pequeños y quien los acompañe.",
        "حكايات وأناشيد وأغانٍ بالعربية للصغار ومن يأتي معهم.",
    ),
    "sunday": _said(
        "Riverside is open from one to five, with a table for families.",
        "Riverside abre de una a cinco, con una mesa para familias.",
        "تفتح ريفرسايد من الواحدة إلى الخامسة وفيها طاولة للعائلات.",
    ),
    "teen": _said(
        "The hall for young people only, with games and music.",
        "La sala solo para jóvenes, con juegos y música.",
        "القاعة للشباب وحدهم، مع ألعاب وموسيقى.",
    ),
    "ramp": _said(
        "A ramp with a handrail, and a door that opens by itself.",
        "Una rampa con pasamanos y una puerta que se abre sola.",
        "منحدر بدرابزين وباب يفتح آلياً.",
    ),
    "hotspots": _said(
        "Twelve small devices that bring the internet home for three weeks.",
        "Doce aparatos pequeños que llevan internet a casa por tres semanas.",
        "اثنا عشر جهازاً صغيراً تجلب الإنترنت إلى البيت لثلاثة أسابيع.",
    ),
    "short_names": _said(
        "Only the first letters of a name stand on a book that waits. Nobody asked; the law on privacy did.",
        "En un libro reservado solo aparecen las primeras letras del nombre. Lo pide la ley de privacidad.",
        "لا يظهر على الكتاب المحجوز سوى أول حروف الاسم. لم يطلبه أحد، بل قانون الخصوصية.",
    ),
    "storytime": _said(
        "Half an hour of stories and songs. Grown-ups sit on the floor, too.",
        "Media hora de cuentos y canciones. Los mayores también se sientan en el suelo.",
        "نصف ساعة من الحكايات والأغاني. الكبار أيضاً يجلسون على الأرض.",
    ),
    "storytime_mill": _said(
        "Stories for small children at Mill Street.",
        "Cuentos para los más pequeños en Mill Street.",
        "حكايات للصغار في ميل ستريت.",
    ),
    "knitting": _said(
        "Bring your needles. Beginners get wool and a patient neighbour.",
        "Trae tus agujas. A quien empieza le damos lana y una vecina paciente.",
        "أحضر إبرك. وللمبتدئين صوف وجارة صبورة.",
    ),
    "chess": _said(
        "Boards on every table, for those who play and those who want to.",
        "Tableros en cada mesa, para quien juega y para quien quiere aprender.",
        "رقعة على كل طاولة لمن يلعب ولمن يريد أن يتعلم.",
    ),
    "film": _said(
        "A film for all ages with captions, and popcorn by donation.",
        "Una película para todas las edades con subtítulos y palomitas a voluntad.",
        "فيلم لكل الأعمار مع ترجمة مكتوبة وفشار بتبرع.",
    ),
    "computer": _said(
        "Mouse, mail and forms, in a small group, at your pace.",
        "Ratón, correo y trámites, en grupo pequeño y a tu ritmo.",
        "الفأرة والبريد والاستمارات في مجموعة صغيرة وعلى مهلك.",
    ),
    "english_table": _said(
        "Speak English for an hour about anything but grammar.",
        "Una hora para hablar inglés de todo menos de gramática.",
        "ساعة للحديث بالإنجليزية عن كل شيء إلا القواعد.",
    ),
    "calm_hour": _said(
        "Low lights, no announcements, headphones to borrow. For everyone who likes it quiet.",
        "Luz suave, sin avisos y con auriculares para prestar. Para quien prefiere la calma.",
        "ضوء خافت، بلا إعلانات، وسماعات للإعارة. لكل من يحب الهدوء.",
    ),
    "garden_club": _said(
        "We plant, water and drink tea in the courtyard.",
        "Plantamos, regamos y tomamos té en el patio.",
        "نزرع ونسقي ونشرب الشاي في الفناء.",
    ),
}

HYPOTHESES: dict[str, Said] = {
    "homework": _said(
        "If volunteers help on two afternoons a week, then twelve young people come each time and most come again.",
        "Si hay voluntarios dos tardes por semana, vendrán doce jóvenes cada vez y la mayoría volverá.",
        "إذا ساعد متطوعون في عصرين كل أسبوع، فسيأتي اثنا عشر شاباً كل مرة ويعود معظمهم.",
    ),
    "large_print": _said(
        "If large print stands by the door, then it is lent twice as often, for those who cannot reach the back.",
        "Si la letra grande está junto a la puerta, se prestará el doble, para quien no llega hasta el fondo.",
        "إذا وُضعت الكتب ذات الحروف الكبيرة قرب الباب، فستُعار ضعف ما كانت لمن لا يصل إلى آخر القاعة.",
    ),
    "arabic_storytime": _said(
        "If there are stories in Arabic on Saturdays, then families come who have not come before.",
        "Si hay cuentos en árabe los sábados, vendrán familias que antes no venían.",
        "إذا كانت هناك حكايات بالعربية أيام السبت، فستأتي عائلات لم تأتِ من قبل.",
    ),
    "sunday": _said(
        "If Riverside opens on Sunday afternoons, then eighty people come, for families who work all week.",
        "Si Riverside abre los domingos por la tarde, vendrán ochenta personas, familias que trabajan toda la semana.",
        "إذا فتحت ريفرسايد عصر الأحد، فسيأتي ثمانون شخصاً من العائلات التي تعمل طوال الأسبوع.",
    ),
    "teen": _said(
        "If the hall is theirs on Friday evenings, then twelve young people come each time.",
        "Si la sala es suya los viernes por la tarde, vendrán doce jóvenes cada vez.",
        "إذا كانت القاعة لهم مساء الجمعة، فسيأتي اثنا عشر شاباً كل مرة.",
    ),
}

MEASURES: dict[str, Said] = {
    "homework_came": _said("People at each session", "Personas en cada sesión", "الحاضرون في كل جلسة"),
    "homework_again": _said("Share who came again", "Parte que volvió", "نسبة من عادوا"),
    "large_print_lent": _said("Large-print loans in a week", "Préstamos por semana", "الإعارات في الأسبوع"),
    "arabic_came": _said("People at each session", "Personas en cada sesión", "الحاضرون في كل جلسة"),
    "arabic_new": _said("Families new to the library", "Familias nuevas", "عائلات جديدة على المكتبة"),
    "sunday_visits": _said("Visits on a Sunday", "Visitas en un domingo", "الزيارات في الأحد"),
    "sunday_hours": _said("Staff hours on a Sunday", "Horas de personal en un domingo", "ساعات العمل في الأحد"),
    "teen_came": _said("Young people at each evening", "Jóvenes cada tarde", "الشباب في كل مساء"),
}

EVIDENCE: dict[str, Said] = {
    "arabic_storytime": _said(
        "21 people came in the end, and seven families were new. It stays, every Saturday.",
        "Al final vinieron 21 personas y siete familias eran nuevas. Se queda, cada sábado.",
        "في النهاية حضر ٢١ شخصاً، وكانت سبع عائلات جديدة. ستبقى كل سبت.",
    ),
    "sunday": _said(
        "On the last three Sundays about ninety people came, with 19 staff hours a day. It stays.",
        "Los últimos tres domingos vinieron unas noventa personas, con 19 horas de personal por día. Se queda.",
        "حضر في آخر ثلاثة آحاد نحو تسعين شخصاً مقابل ١٩ ساعة عمل في اليوم. سيبقى.",
    ),
    "teen": _said(
        "Few came after the first evening. Those who did told us that Friday is for friends and Wednesday would be"
        " better. We end it here and ask anew.",
        "Después de la primera tarde vinieron pocos. Nos dijeron que el viernes es para los amigos y que el miércoles"
        " sería mejor. Lo terminamos y volvemos a preguntar.",
        "بعد المساء الأول حضر عدد قليل. قالوا لنا إن الجمعة للأصدقاء وإن الأربعاء أفضل. ننهي هذا ونسأل من جديد.",
    ),
}

SAID: dict[str, Said] = {
    "ramp": _said(
        "The ramp at Mill Street is open, and the door opens by itself.",
        "La rampa de Mill Street está abierta y la puerta se abre sola.",
        "المنحدر في ميل ستريت مفتوح، والباب يفتح آلياً.",
    ),
    "hotspots": _said(
        "Twelve hotspots can be borrowed for three weeks each. Ask at any desk.",
        "Se prestan doce puntos de acceso por tres semanas. Pregunte en cualquier mostrador.",
        "يمكن استعارة اثني عشر جهاز اتصال لثلاثة أسابيع. اسألوا عند أي مكتب.",
    ),
    "short_names": _said(
        "Names on the holds shelf are now four letters and the last digits of the card.",
        "En las reservas aparecen ahora cuatro letras y las últimas cifras del carné.",
        "تظهر الآن على رف الحجوزات أربعة حروف وآخر أرقام البطاقة.",
    ),
}

NO_WOOL = "The heating in the hall is being repaired. The needles meet again next week."

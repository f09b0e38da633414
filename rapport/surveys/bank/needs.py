"""What people need, what matters to them and how good it is, and when they could come."""

from django.utils.translation import gettext_lazy as _

from rapport.surveys.methods import Kind, editing

from .writing import LANGUAGES, NONE, OTHER, QuestionSet, ask, choices, ends, lines

NEEDS = QuestionSet(
    "needs",
    _("What people need"),
    _("What would make life better, what works, and what people could give"),
    (
        ask("needs", Kind.MULTIPLE,
            "What would make life here better for you or your family? | ¿Qué haría mejor su vida aquí o la de su familia?"
            " | ما الذي يجعل الحياة هنا أفضل لك أو لعائلتك؟",
            help="Choose up to three | Elija hasta tres | اختر ثلاثة على الأكثر", most="3", is_shuffled=True,
            choices=choices("""
learning | Learning something new | Aprender algo nuevo | تعلّم شيء جديد
work | Finding work, or better work | Encontrar trabajo, o uno mejor | إيجاد عمل، أو عمل أفضل
forms | Help with forms and offices | Ayuda con formularios y trámites | المساعدة في النماذج والمعاملات
digital | Help with phones and computers | Ayuda con el teléfono y la computadora | المساعدة في الهاتف والحاسوب
quiet | A quiet place to read, study or work | Un lugar tranquilo para leer, estudiar o trabajar | مكان هادئ للقراءة أو الدراسة أو العمل
people | Meeting other people | Conocer a otras personas | لقاء أشخاص آخرين
children | More for young children | Más para los niños pequeños | المزيد للأطفال الصغار
teens | More for teenagers | Más para los adolescentes | المزيد للمراهقين
health | Staying well in body and mind | Estar bien de cuerpo y mente | العناية بالصحة الجسدية والنفسية
language | Learning or practising a language | Aprender o practicar un idioma | تعلّم لغة أو ممارستها
basics | Help with food, housing or money | Ayuda con comida, vivienda o dinero | المساعدة في الطعام أو السكن أو المال
""", OTHER)),
        ask("missing", Kind.LONG,
            "What do you wish the library did that it does not do today? | ¿Qué le gustaría que hiciera la biblioteca y hoy no hace?"
            " | ما الذي تتمنى أن تقدّمه المكتبة ولا تقدّمه اليوم؟"),
        ask("works", Kind.LONG,
            "What works well here, and should not be lost? | ¿Qué funciona bien aquí y no debería perderse?"
            " | ما الذي ينجح هنا ويجب ألا نخسره؟"),
        ask("gift", Kind.SHORT,
            "What could you show or teach others, if you were asked? | ¿Qué podría mostrar o enseñar a otras personas, si se lo pidieran?"
            " | ما الذي يمكنك أن تعرضه أو تعلّمه للآخرين لو طُلب منك؟"),
    ),
)  # fmt: skip

SERVICES = QuestionSet(
    "services",
    _("What matters, and how good it is"),
    _("The same list asked twice shows the gap"),
    (
        ask("services", Kind.GRID,
            "How much does each of these matter to you, and how good is it here?"
            " | ¿Cuánto le importa cada una de estas cosas y qué tal está aquí? | ما مدى أهمية كل مما يلي لك، وما مدى جودته هنا؟",
            may_not_apply=True, aspects=editing.importance_and_performance(LANGUAGES),
            ends=ends("not at all | nada | إطلاقاً", "very | mucho | جداً"),
            rows=lines("""
books | Books, films and other things to borrow | Libros, películas y otras cosas para llevar | الكتب والأفلام وما يُعار
staff | Help from the staff | La ayuda del personal | مساعدة الموظفين
programs | Programs and events | Programas y actividades | البرامج والفعاليات
computers | Computers and printing | Computadoras e impresión | الحواسيب والطباعة
wifi | Wi-Fi | Wifi | شبكة الإنترنت
quiet | Quiet places | Lugares tranquilos | الأماكن الهادئة
rooms | Rooms to meet in | Salas para reunirse | غرف للاجتماع
children | What there is for children | Lo que hay para los niños | ما يُقدَّم للأطفال
hours | Opening hours | El horario | ساعات العمل
online | What the library offers online | Lo que ofrece la biblioteca en línea | ما تقدّمه المكتبة على الإنترنت
""")),
        ask("overall", Kind.SCALE,
            "All in all, how good is this library for you? | En general, ¿qué tan buena es esta biblioteca para usted?"
            " | بشكل عام، ما مدى جودة هذه المكتبة بالنسبة لك؟",
            ends=ends("not good | nada buena | ليست جيدة", "very good | muy buena | جيدة جداً")),
    ),
)  # fmt: skip

PROGRAMS = QuestionSet(
    "programs",
    _("Which programs, and when"),
    _("Topics, form, the best day and time, and what got in the way"),
    (
        ask("topics", Kind.MULTIPLE,
            "What would you come for? | ¿A qué vendría? | ما الذي تأتي من أجله؟", is_shuffled=True,
            choices=choices("""
making | Making and repairing things | Hacer y reparar cosas | صنع الأشياء وإصلاحها
books | Books and stories | Libros e historias | الكتب والقصص
digital | Phones and computers | Teléfonos y computadoras | الهواتف والحواسيب
work | Work and money | Trabajo y dinero | العمل والمال
health | Health and movement | Salud y movimiento | الصحة والحركة
languages | Languages | Idiomas | اللغات
nature | Garden and nature | Jardín y naturaleza | الحديقة والطبيعة
music | Music and film | Música y cine | الموسيقى والأفلام
history | The history of this place | La historia de este lugar | تاريخ هذا المكان
children | Something to do with my children | Algo que hacer con mis hijos | نشاط مع أطفالي
talk | Talking about what is going on here | Hablar de lo que pasa aquí | الحديث عمّا يجري هنا
""", OTHER)),
        ask("form", Kind.MULTIPLE, "In which form? | ¿De qué forma? | بأي شكل؟",
            choices=choices("""
once | Once, for an hour or two | Una vez, una o dos horas | مرة واحدة، ساعة أو ساعتين
course | Several times, one after the other | Varias veces seguidas | عدة مرات متتالية
club | Regularly, with the same people | Regularmente, con las mismas personas | بانتظام، مع الأشخاص أنفسهم
drop_in | Drop in, stay as long as I like | Pasar y quedarme el tiempo que quiera | الحضور متى شئت والبقاء كما أشاء
online | Online | En línea | عبر الإنترنت
""")),
        ask("when", Kind.MULTIPLE,
            "When could you come? | ¿Cuándo podría venir? | متى يمكنك الحضور؟",
            help="Choose all that fit | Elija todo lo que le venga bien | اختر كل ما يناسبك",
            choices=choices("""
week_morning | Monday to Friday, morning | De lunes a viernes, por la mañana | من الاثنين إلى الجمعة، صباحاً
week_afternoon | Monday to Friday, afternoon | De lunes a viernes, por la tarde | من الاثنين إلى الجمعة، بعد الظهر
week_evening | Monday to Friday, evening | De lunes a viernes, al anochecer | من الاثنين إلى الجمعة، مساءً
sat_morning | Saturday morning | Sábado por la mañana | السبت صباحاً
sat_afternoon | Saturday afternoon | Sábado por la tarde | السبت بعد الظهر
sunday | Sunday | Domingo | الأحد
""", NONE)),
        ask("hindered", Kind.MULTIPLE,
            "Was there something you wanted to come to, and could not? What got in the way?"
            " | ¿Hubo algo a lo que quiso venir y no pudo? ¿Qué se lo impidió? | هل أردت حضور شيء ولم تستطع؟ ما الذي منعك؟",
            choices=choices("""
time | The day or the time | El día o la hora | اليوم أو الوقت
full | It was full | Estaba lleno | كان العدد مكتملاً
unknown | I heard of it too late | Me enteré demasiado tarde | علمت به متأخراً
way | The way there | El camino hasta allí | الطريق إليه
care | Nobody to look after my children or relatives | Nadie que cuidara a mis hijos o familiares | لا أحد يعتني بأطفالي أو أقاربي
language | The language | El idioma | اللغة
access | It was not accessible for me | No era accesible para mí | لم يكن الوصول إليه ممكناً لي
""", OTHER, NONE)),
        ask("heard", Kind.SINGLE,
            "How do you usually hear of what is on? | ¿Cómo se entera normalmente de lo que hay? | كيف تعرف عادةً ما يُقام؟",
            choices=choices("""
people | From other people | Por otras personas | من أشخاص آخرين
library | In the library | En la biblioteca | في المكتبة
website | On the library's website | En el sitio web de la biblioteca | من موقع المكتبة
mail | By e-mail | Por correo electrónico | عبر البريد الإلكتروني
social | On social media | En redes sociales | عبر وسائل التواصل
school | From school or a club | Por la escuela o un club | من المدرسة أو نادٍ
never | I hardly hear of it | Casi no me entero | نادراً ما أعرف
""", OTHER)),
    ),
)  # fmt: skip

HOURS = QuestionSet(
    "hours",
    _("Opening hours"),
    _("When people would come, in the order that matters to them"),
    (
        ask("hours_fit", Kind.SCALE,
            "How well do our opening hours fit your week? | ¿Qué tan bien encaja nuestro horario en su semana?"
            " | ما مدى ملاءمة ساعات عملنا لأسبوعك؟",
            ends=ends("not at all | nada | إطلاقاً", "very well | muy bien | جيداً جداً")),
        ask("hours_wanted", Kind.RANKING,
            "If we could open longer at one time only, which would help you most?"
            " | Si pudiéramos abrir más tiempo en un solo momento, ¿cuál le ayudaría más?"
            " | لو استطعنا تمديد الدوام في وقت واحد فقط، فأي وقت يفيدك أكثر؟",
            help="Put up to three in order, the best first | Ponga hasta tres en orden, el mejor primero"
            " | رتّب ثلاثة على الأكثر، الأفضل أولاً", most="3",
            choices=choices("""
early | Before nine in the morning | Antes de las nueve de la mañana | قبل التاسعة صباحاً
noon | Over lunch | Al mediodía | وقت الغداء
evening | Evenings until nine | Hasta las nueve de la noche | مساءً حتى التاسعة
saturday | Longer on Saturday | Más tiempo el sábado | وقتاً أطول يوم السبت
sunday | On Sunday | El domingo | يوم الأحد
holidays | In the school holidays | En las vacaciones escolares | في العطل المدرسية
""")),
        ask("hours_for", Kind.LONG,
            "What would you come for at that time? | ¿Para qué vendría a esa hora? | ما الذي ستأتي من أجله في ذلك الوقت؟"),
    ),
)  # fmt: skip

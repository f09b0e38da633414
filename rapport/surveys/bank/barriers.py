"""What keeps people away, what they meet at the door, and those who never come."""

from django.utils.translation import gettext_lazy as _

from rapport.surveys.methods import Comparison, Kind, Test

from .writing import NONE, OTHER, RATHER_NOT, QuestionSet, ask, choices, ends

_KEEPS = """
time | I have no time | No tengo tiempo | ليس لدي وقت
hours | The opening hours | El horario | ساعات العمل
far | It is too far, or hard to get to | Está lejos, o es difícil llegar | بعيدة أو يصعب الوصول إليها
parking | Parking or the bus | El estacionamiento o el autobús | موقف السيارات أو الحافلة
unknown | I do not know what there is | No sé lo que hay | لا أعرف ما الذي تقدّمه
elsewhere | I find what I need elsewhere | Encuentro lo que necesito en otro lugar | أجد ما أحتاجه في مكان آخر
not_found | I did not find what I wanted | No encontré lo que quería | لم أجد ما أردته
welcome | I do not feel welcome | No me siento a gusto | لا أشعر بالترحيب
fees | Fees or debts | Multas o deudas | غرامات أو ديون
papers | I have no papers or address for a card | No tengo documentos o domicilio para la tarjeta | ليست لدي أوراق أو عنوان لاستخراج بطاقة
language | The language | El idioma | اللغة
care | Nobody to look after my children or relatives | Nadie que cuide a mis hijos o familiares | لا أحد يعتني بأطفالي أو أقاربي
access | It is not accessible for me | No es accesible para mí | الوصول إليها غير ممكن لي
"""

BARRIERS = QuestionSet(
    "barriers",
    _("What keeps people away"),
    _("For everyone, users and others"),
    (
        ask("visits", Kind.SINGLE,
            "How often do you come to the library? | ¿Con qué frecuencia viene a la biblioteca? | كم مرة تأتي إلى المكتبة؟",
            choices=choices("""
weekly | Every week | Cada semana | كل أسبوع
monthly | Every month | Cada mes | كل شهر
sometimes | A few times a year | Algunas veces al año | بضع مرات في السنة
former | I used to come | Antes venía | كنت آتي سابقاً
never | Never so far | Hasta ahora nunca | لم آتِ حتى الآن
""")),
        ask("barriers", Kind.MULTIPLE,
            "What keeps you from coming, or from coming more often? | ¿Qué le impide venir, o venir más a menudo?"
            " | ما الذي يمنعك من الحضور، أو من الحضور أكثر؟", is_shuffled=True, choices=choices(_KEEPS, OTHER, NONE)),
        ask("barriers_change", Kind.LONG,
            "What is the first thing we should change? | ¿Qué es lo primero que deberíamos cambiar? | ما أول شيء ينبغي أن نغيّره؟"),
    ),
)  # fmt: skip

ACCESS = QuestionSet(
    "access",
    _("Access"),
    _("Barriers for people with a disability, an illness, or a child in a pram"),
    (
        ask("access_affects", Kind.SINGLE,
            "Does a disability, an illness or something else affect how you can use the library?"
            " | ¿Una discapacidad, una enfermedad u otra cosa afecta a cómo puede usar la biblioteca?"
            " | هل تؤثر إعاقة أو مرض أو أمر آخر في طريقة استخدامك للمكتبة؟",
            choices=choices("yes | Yes | Sí | نعم\nno | No | No | لا", RATHER_NOT)),
        ask("access_met", Kind.MULTIPLE,
            "What made it hard for you? | ¿Qué se lo puso difícil? | ما الذي صعّب الأمر عليك؟",
            when=Test("access_affects", Comparison.EQUAL, "yes"),
            choices=choices("""
doors | Doors, stairs or lifts | Puertas, escaleras o ascensores | الأبواب أو الدرج أو المصعد
toilets | Toilets | Los baños | دورات المياه
finding | Finding my way inside | Orientarme dentro | معرفة طريقي في الداخل
noise | Noise, light or crowds | El ruido, la luz o la gente | الضجيج أو الضوء أو الازدحام
reading | Print too small, or hard to read | Letra pequeña o difícil de leer | خط صغير أو تصعب قراءته
devices | Computers without what I need | Computadoras sin lo que necesito | حواسيب لا يتوفر فيها ما أحتاجه
website | The website | El sitio web | الموقع الإلكتروني
people | How I was treated | El trato que recibí | طريقة التعامل معي
""", OTHER, NONE)),
        ask("access_better", Kind.LONG,
            "What would make it easier? | ¿Qué lo haría más fácil? | ما الذي يجعل الأمر أسهل؟"),
    ),
)  # fmt: skip

NON_USERS = QuestionSet(
    "non_users",
    _("Those who do not come"),
    _("To be asked outside the library: at the market, at school, at the doctor's"),
    (
        ask("last_used", Kind.SINGLE,
            "When did you last use a library, in person or online? | ¿Cuándo usó por última vez una biblioteca, en persona o en línea?"
            " | متى استخدمت مكتبة آخر مرة، حضورياً أو عبر الإنترنت؟",
            choices=choices("""
months | Within the last six months | En los últimos seis meses | خلال الأشهر الستة الماضية
year | Within the last year | En el último año | خلال السنة الماضية
longer | Longer ago | Hace más tiempo | قبل ذلك
never | Never | Nunca | أبداً
""")),
        ask("keeps_away", Kind.MULTIPLE,
            "What are the reasons that you do not come? | ¿Por qué motivos no viene? | ما أسباب عدم حضورك؟",
            when=Test("last_used", Comparison.UNEQUAL, "months"), is_shuffled=True,
            choices=choices(_KEEPS, OTHER, NONE)),
        ask("instead", Kind.MULTIPLE,
            "Where do you go to read, learn or meet people? | ¿Adónde va para leer, aprender o encontrarse con otras personas?"
            " | إلى أين تذهب للقراءة أو التعلّم أو لقاء الناس؟",
            choices=choices("""
home | At home | En casa | في البيت
online | Online | En línea | عبر الإنترنت
school | School or university | Escuela o universidad | المدرسة أو الجامعة
worship | A place of worship | Un lugar de culto | مكان للعبادة
centre | A community centre or club | Un centro comunitario o club | مركز مجتمعي أو نادٍ
cafe | A café or shop | Un café o tienda | مقهى أو متجر
outside | Parks and streets | Parques y calles | الحدائق والشوارع
""", OTHER)),
        ask("knew", Kind.MULTIPLE,
            "Which of these did you know the library has? | ¿Cuáles de estas cosas sabía que tiene la biblioteca?"
            " | أي مما يلي كنت تعرف أن المكتبة تقدّمه؟",
            choices=choices("""
free | The card costs nothing | La tarjeta es gratis | البطاقة مجانية
ebooks | E-books and films at home | Libros electrónicos y películas en casa | كتب إلكترونية وأفلام في البيت
wifi | Wi-Fi and computers | Wifi y computadoras | شبكة إنترنت وحواسيب
languages | Books in other languages | Libros en otros idiomas | كتب بلغات أخرى
help | Help with forms and job search | Ayuda con formularios y búsqueda de trabajo | المساعدة في النماذج والبحث عن عمل
events | Programs for all ages | Programas para todas las edades | برامج لكل الأعمار
""", NONE)),
        ask("back", Kind.LONG,
            "What would have to be different for you to come? | ¿Qué tendría que ser distinto para que viniera?"
            " | ما الذي يجب أن يتغيّر حتى تأتي؟"),
        ask("worth", Kind.SCALE,
            "How important is it for this place to have a library, even if you do not use it?"
            " | ¿Qué tan importante es que aquí haya una biblioteca, aunque usted no la use?"
            " | ما مدى أهمية وجود مكتبة هنا حتى لو لم تستخدمها؟",
            ends=ends("not important | nada importante | غير مهم", "very important | muy importante | مهم جداً")),
    ),
)  # fmt: skip

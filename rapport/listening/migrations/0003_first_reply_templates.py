from django.db import migrations

# What a new library can answer with on its first day. They are its own from then on: changed, added to or removed at the desk.
FIRST = [
    (
        "",
        {"en": "Thank you, we are looking into it", "es": "Gracias, lo estamos mirando", "ar": "شكرًا، نحن ننظر في الأمر"},
        {
            "en": "Thank you for telling us, {name}. We have passed this on to the person who looks after it at {branch}, and we will write to you again when we know more.",
            "es": "Gracias por contárnoslo, {name}. Lo hemos pasado a la persona responsable en {branch} y le escribiremos de nuevo cuando sepamos más.",
            "ar": "شكرًا لإخبارنا، {name}. أحلنا ما كتبته إلى المسؤول عنه في {branch}، وسنكتب إليك مجددًا عندما نعرف المزيد.",
        },
    ),
    (
        "purchase",
        {"en": "We have ordered it", "es": "Lo hemos pedido", "ar": "لقد طلبناه"},
        {
            "en": "Good news, {name}: we have ordered what you asked for. When it arrives it will be waiting at {branch}. Your code {code} shows how far it is.",
            "es": "Buenas noticias, {name}: hemos pedido lo que solicitó. Cuando llegue le esperará en {branch}. Con su código {code} puede ver cómo va.",
            "ar": "خبر سار، {name}: لقد طلبنا ما سألت عنه. عند وصوله سيكون بانتظارك في {branch}. يبيّن الرمز {code} أين وصل الطلب.",
        },
    ),
    (
        "purchase",
        {"en": "We will not buy it, and where else it is", "es": "No lo compraremos, y dónde encontrarlo", "ar": "لن نشتريه، وأين يمكن إيجاده"},
        {
            "en": "Thank you for the suggestion, {name}. We will not buy this one, because few readers would use it. We can borrow it for you from another library: answer here or ask at {branch}.",
            "es": "Gracias por la sugerencia, {name}. No vamos a comprarlo, porque pocos lectores lo usarían. Podemos pedirlo prestado a otra biblioteca: responda aquí o pregunte en {branch}.",
            "ar": "شكرًا على الاقتراح، {name}. لن نشتري هذا الكتاب لأن قلة من القراء ستستعمله. يمكننا استعارته لك من مكتبة أخرى: اكتب إلينا هنا أو اسأل في {branch}.",
        },
    ),
    (
        "barrier",
        {"en": "What we do about it now", "es": "Lo que hacemos ahora", "ar": "ما نفعله الآن"},
        {
            "en": "Thank you, {name}. Nobody should be kept out of {branch}. Until it is mended we will help you in another way: call us or ask any of us at the desk. We will tell you when it is done.",
            "es": "Gracias, {name}. Nadie debería quedarse fuera de {branch}. Hasta que se arregle le ayudaremos de otra manera: llámenos o pregunte a cualquiera de nosotros. Le avisaremos cuando esté resuelto.",
            "ar": "شكرًا، {name}. لا ينبغي أن يُمنع أحد من دخول {branch}. إلى أن يُصلح الأمر سنساعدك بطريقة أخرى: اتصل بنا أو اسأل أيًّا منا عند المكتب. سنخبرك عند الانتهاء.",
        },
    ),
    (
        "praise",
        {"en": "Thank you for the kind words", "es": "Gracias por sus amables palabras", "ar": "شكرًا على كلماتك الطيبة"},
        {
            "en": "Thank you, {name}. We have read this out to everyone who works at {branch}. It made our day.",
            "es": "Gracias, {name}. Se lo hemos leído a todo el equipo de {branch}. Nos ha alegrado el día.",
            "ar": "شكرًا، {name}. قرأنا كلماتك على كل العاملين في {branch}، وقد أسعدت يومنا.",
        },
    ),
    (
        "welcome",
        {"en": "Welcome, and come again", "es": "Bienvenida, y hasta pronto", "ar": "أهلًا بك، ونراك قريبًا"},
        {
            "en": "Welcome to {library}, {name}. We are glad that you came. Next time ask any of us at {branch} for a walk through the house: it takes ten minutes.",
            "es": "Le damos la bienvenida a {library}, {name}. Nos alegra que viniera. La próxima vez pida en {branch} un paseo por la casa: son diez minutos.",
            "ar": "أهلًا بك في {library}، {name}. سعدنا بزيارتك. في المرة القادمة اطلب من أي منا في {branch} جولة في المكان: عشر دقائق تكفي.",
        },
    ),
]


def write(apps, schema_editor):
    template = apps.get_model("listening", "ReplyTemplate")
    rows = [template(kind=kind, title=title, words=words, order=n) for n, (kind, title, words) in enumerate(FIRST)]
    template.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("listening", "0002_one_clock_and_deeds")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]

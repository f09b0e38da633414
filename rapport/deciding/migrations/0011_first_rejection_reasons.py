from django.db import migrations

REASONS = [
    {
        "en": "Somebody has said this already. Please vote on theirs.",
        "es": "Alguien ya lo dijo. Vote, por favor, sobre esa frase.",
        "ar": "قال أحدهم هذا من قبل. نرجو التصويت على عبارته.",
    },
    {
        "en": "It holds more than one thought, so people cannot say yes to one and no to the other. Please split it.",
        "es": "Contiene más de una idea y no se puede decir sí a una y no a otra. Divídala, por favor.",
        "ar": "تحتوي على أكثر من فكرة، فلا يمكن الموافقة على إحداها ورفض الأخرى. نرجو تقسيمها.",
    },
    {
        "en": "It is not about this question. You can tell us about it in another place.",
        "es": "No trata de esta pregunta. Puede contárnoslo en otro lugar.",
        "ar": "لا تتعلق بهذا السؤال. يمكنكم إخبارنا بها في مكان آخر.",
    },
    {
        "en": "It names a person, or tells something private.",
        "es": "Nombra a una persona o cuenta algo privado.",
        "ar": "تذكر شخصاً بعينه أو أمراً خاصاً.",
    },
    {
        "en": "It is hurtful to people. You may say the same thing in other words.",
        "es": "Hiere a otras personas. Puede decir lo mismo con otras palabras.",
        "ar": "تجرح الآخرين. يمكنكم قول الشيء نفسه بكلمات أخرى.",
    },
    {
        "en": "We could not understand it. Please try again in other words.",
        "es": "No pudimos entenderla. Inténtelo con otras palabras.",
        "ar": "لم نتمكن من فهمها. نرجو المحاولة بكلمات أخرى.",
    },
]


def ship(apps, schema_editor):
    reason = apps.get_model("deciding", "RejectionReason")
    for order, words in enumerate(REASONS):
        reason.objects.create(words=words, order=order)


class Migration(migrations.Migration):
    dependencies = [("deciding", "0010_opinion_maps")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]

from django.db import migrations

# What a new library can point to on its first day. They are its own from then on: changed, added to or set aside at the desk.
FIRST = [
    {
        "en": "It names somebody, or tells something private about them.",
        "es": "Nombra a alguien o cuenta algo privado de esa persona.",
        "ar": "يذكر شخصًا باسمه أو أمرًا خاصًا عنه.",
    },
    {
        "en": "It hurts or threatens somebody.",
        "es": "Ofende o amenaza a alguien.",
        "ar": "يجرح أحدًا أو يهدده.",
    },
    {
        "en": "It is not about what is open here.",
        "es": "No trata de lo que aquí se puede decidir.",
        "ar": "لا يتعلق بما هو مطروح هنا.",
    },
    {
        "en": "It cannot be understood yet: say in a few more words what should be different.",
        "es": "Todavía no se entiende: diga con unas palabras más qué debería cambiar.",
        "ar": "لم يُفهم بعد: قل بكلمات أكثر ما الذي ينبغي أن يتغير.",
    },
    {
        "en": "It says the same as another one, which you can support.",
        "es": "Dice lo mismo que otra, que usted puede apoyar.",
        "ar": "يقول ما يقوله اقتراح آخر يمكنك تأييده.",
    },
    {
        "en": "It advertises something.",
        "es": "Hace publicidad.",
        "ar": "فيه إعلان عن شيء ما.",
    },
]


def write_first_rules(apps, schema_editor):
    rule = apps.get_model("deciding", "HouseRule")
    if not rule.objects.exists():
        rule.objects.bulk_create([rule(words=words, order=order) for order, words in enumerate(FIRST)])


class Migration(migrations.Migration):
    dependencies = [("deciding", "0005_proposals")]
    operations = [migrations.RunPython(write_first_rules, migrations.RunPython.noop)]

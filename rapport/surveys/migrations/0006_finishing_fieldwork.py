from django.db import migrations, models
from django.db.models.functions import TruncMonth


def keep_the_month_only(apps, schema_editor):
    answered = apps.get_model("surveys", "Invitation").objects.exclude(answered_month=None)
    answered.update(answered_month=TruncMonth("answered_month"))


def news_are_owed_already(apps, schema_editor):
    apps.get_model("surveys", "Contact").objects.filter(wants_news=True).update(is_heard=True)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0005_answer_files")]

    operations = [
        migrations.RenameField("invitation", "answered_on", "answered_month"),
        migrations.RunPython(keep_the_month_only, migrations.RunPython.noop),
        migrations.AddField("contact", "is_heard", models.BooleanField(default=False)),
        migrations.RunPython(news_are_owed_already, migrations.RunPython.noop),
        migrations.AddField(
            "survey",
            "asks_branch",
            models.BooleanField(default=False, verbose_name="people are asked which library they use most"),
        ),
        *(
            migrations.AddField(model, field, models.JSONField(default=list))
            for model in ("sheet", "entry")
            for field in ("kept_anyway", "left_out")
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def cut_what_is_out(apps, schema_editor):
    """What is published counts the answers until the day on which it was."""
    cuts = apps.get_model("insight", "Cut").objects
    for one in apps.get_model("insight", "SurveyPublication").objects.all():
        one.cut, _is_new = cuts.get_or_create(survey_id=one.survey_id, until=timezone.localdate(one.at))
        one.save(update_fields=["cut"])


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0009_topics_of_themes"),
        ("surveys", "0006_finishing_fieldwork"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField()),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="surveys.survey"
                    ),
                ),
            ],
            options={
                "verbose_name": "day of counting",
                "verbose_name_plural": "days of counting",
                "ordering": ["until"],
                "constraints": [models.UniqueConstraint(fields=("survey", "until"), name="cut_once_a_day")],
            },
        ),
        migrations.AddField(
            "surveypublication",
            "cut",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="insight.cut"
            ),
        ),
        migrations.RunPython(cut_what_is_out, migrations.RunPython.noop),
    ]

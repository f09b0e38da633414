from django.db import migrations

import rapport.lib.translated


class Migration(migrations.Migration):
    """Words instead of text. What is missed is looked up again within the hour, so nothing has to be carried over."""

    dependencies = [("insight", "0007_workbench_of_themes")]

    operations = [
        migrations.RemoveField("missedgroup", "title"),
        migrations.AddField(
            "missedgroup", "title", rapport.lib.translated.WordsField(default=dict, verbose_name="what is open")
        ),
    ]

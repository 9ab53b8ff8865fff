"""Rows that were shipped before take the languages that have come since."""

from django.db import migrations

from cabinet import content


def translate(apps, schema_editor):
    for kind, model in (("help", "HelpTopic"), ("obligations", "Obligation")):
        content.translate(apps.get_model("cabinet", model), kind)


class Migration(migrations.Migration):
    dependencies = [("cabinet", "0006_texts_in_romanian")]

    operations = [migrations.RunPython(translate, migrations.RunPython.noop)]

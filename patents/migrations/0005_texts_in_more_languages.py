"""Rows that were shipped before take the languages that have come since."""

from django.db import migrations

from patents import content


def translate(apps, schema_editor):
    content.translate_all(
        apps.get_model("patents", "DocumentKind"), apps.get_model("patents", "RefusalKind")
    )


class Migration(migrations.Migration):
    dependencies = [("patents", "0004_texts_in_azerbaijani")]

    operations = [migrations.RunPython(translate, migrations.RunPython.noop)]

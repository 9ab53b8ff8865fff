"""The help and the obligations the portal is shipped with; sources: `cabinet.content`."""

from django.db import migrations

from cabinet import content


def ship(apps, schema_editor):
    for kind, model in (("help", "HelpTopic"), ("obligations", "Obligation")):
        content.ship(apps.get_model("cabinet", model), kind)


class Migration(migrations.Migration):
    dependencies = [("cabinet", "0001_initial")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]

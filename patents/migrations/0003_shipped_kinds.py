"""Kinds of papers and of refusals as shipped; sources: `patents.content`. Edited in the admin."""

from django.db import migrations

from patents import content


def ship(apps, schema_editor):
    kinds, refusals = (apps.get_model("patents", n) for n in ("DocumentKind", "RefusalKind"))
    content.ship_all(kinds, refusals)


class Migration(migrations.Migration):
    dependencies = [("patents", "0002_patent_rules")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]

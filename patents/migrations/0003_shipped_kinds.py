"""Kinds of papers and of refusals as shipped; sources: `patents.content`. Edited in the admin.

The feed is waited for from the day on which the portal is set up: its row stands there.
"""

from django.db import migrations

from patents import content

MINISTRY = "ministry"


def ship(apps, schema_editor):
    kinds, refusals = (apps.get_model("patents", n) for n in ("DocumentKind", "RefusalKind"))
    content.ship_all(kinds, refusals)


def wait(apps, schema_editor):
    apps.get_model("patents", "FeedState").objects.get_or_create(name=MINISTRY)


class Migration(migrations.Migration):
    dependencies = [("patents", "0002_patent_rules")]
    operations = [
        migrations.RunPython(ship, migrations.RunPython.noop),
        migrations.RunPython(wait, migrations.RunPython.noop),
    ]

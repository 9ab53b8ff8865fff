"""The feed is waited for from the day on which the portal is set up: its row stands there."""

import django.utils.timezone
from django.db import migrations, models

MINISTRY = "ministry"


def wait(apps, schema_editor):
    apps.get_model("patents", "FeedState").objects.get_or_create(name=MINISTRY)


class Migration(migrations.Migration):
    dependencies = [("patents", "0003_shipped_kinds")]
    operations = [
        migrations.AddField(
            model_name="feedstate",
            name="created_at",
            field=models.DateTimeField(
                auto_now_add=True,
                default=django.utils.timezone.now,
                verbose_name="waited for since",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(wait, migrations.RunPython.noop),
    ]

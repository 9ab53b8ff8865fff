"""The steps that the days of an application tell; when a paper went to the Ministry nobody wrote."""

from django.db import migrations


def write_steps(apps, schema_editor):
    application = apps.get_model("patents", "Application")
    step = apps.get_model("patents", "ApplicationStep")
    rows = application.objects.select_related("patent").iterator(chunk_size=2000)
    batch = []
    for row in rows:
        batch += [
            step(application=row, status=status, on=on, received_at=row.created_at)
            for status, on in _days(row)
            if on
        ]
    step.objects.bulk_create(batch, batch_size=2000, ignore_conflicts=True)


def _days(row):
    patent = getattr(row, "patent", None)
    yield "accepted", row.accepted_on
    yield "ready", row.ready_on
    yield "refused", row.refused_on
    yield "issued", patent.issued_on if patent else None


class Migration(migrations.Migration):
    dependencies = [("patents", "0004_course_of_an_application")]
    operations = [migrations.RunPython(write_steps, migrations.RunPython.noop)]

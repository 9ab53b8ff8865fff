"""Kinds of papers as shipped; the passport and the migration card of each known application."""

from django.db import migrations

from patents import content


def ship(apps, schema_editor):
    kinds, refusals = (apps.get_model("patents", n) for n in ("DocumentKind", "RefusalKind"))
    content.ship_all(kinds, refusals)


def move_cards(apps, schema_editor):
    paper = apps.get_model("patents", "Paper").objects
    kinds = apps.get_model("patents", "DocumentKind").objects.in_bulk(field_name="slug")
    passport, card = kinds["passport"], kinds["migration-card"]
    batch = []
    for row in apps.get_model("patents", "Application").objects.iterator(chunk_size=2000):
        known = {"application": row, "handed_on": row.accepted_on}
        batch.append(paper.model(kind=passport, **known))
        if row.migration_card:
            batch.append(paper.model(kind=card, number=row.migration_card, **known))
    paper.bulk_create(batch, batch_size=2000, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("patents", "0007_papers_of_an_application")]
    operations = [
        migrations.RunPython(ship, migrations.RunPython.noop),
        migrations.RunPython(move_cards, migrations.RunPython.noop),
    ]

"""Who needs a patent, as the sources say it (domain facts 2.9); edited in the admin."""

from datetime import date

from django.db import migrations

START = date(2015, 1, 1)
UNSURE = "Sources disagree: to be confirmed by the centre."
RULES = [
    ("ABH", True, START, None, UNSURE),
    ("AZE", True, START, None, ""),
    ("GEO", True, START, None, UNSURE),
    ("TJK", True, START, None, ""),
    ("UKR", True, START, None, UNSURE),
    ("UZB", True, START, None, ""),
    ("ARM", False, START, None, "Eurasian Economic Union."),
    ("BLR", False, START, None, "Eurasian Economic Union."),
    ("KAZ", False, START, None, "Eurasian Economic Union."),
    ("KGZ", False, START, None, "Eurasian Economic Union."),
    ("MDA", True, START, date(2025, 6, 24), ""),
    ("MDA", False, date(2025, 6, 25), date(2026, 9, 30), "Decree 520 of 25.06.2025."),
    ("MDA", True, date(2026, 10, 1), None, "No extension of the decree was found."),
]


def add(apps, schema_editor):
    rule = apps.get_model("patents", "PatentRule")
    rule.objects.bulk_create(
        rule(country_id=country, needs_patent=needs, valid_from=first, valid_until=last, note=note)
        for country, needs, first, last, note in RULES
    )


class Migration(migrations.Migration):
    dependencies = [("patents", "0001_initial"), ("accounts", "0002_countries")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

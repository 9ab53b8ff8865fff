"""The countries that the sources name (domain facts 2.9). Names are msgids."""

from django.db import migrations

COUNTRIES = {
    "ABH": "Abkhazia",
    "ARM": "Armenia",
    "AZE": "Azerbaijan",
    "BLR": "Belarus",
    "GEO": "Georgia",
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "MDA": "Moldova",
    "TJK": "Tajikistan",
    "UKR": "Ukraine",
    "UZB": "Uzbekistan",
}


def add(apps, schema_editor):
    country = apps.get_model("accounts", "Country")
    country.objects.bulk_create(country(code=code, name=name) for code, name in COUNTRIES.items())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

"""Moscow's tariffs (domain facts 1.2) and the requisites in force since 2023 (3.1); edited in the
admin. The payee's INN and KPP before 2023 were not found, and nobody pays into the past."""

from datetime import date
from decimal import Decimal

from django.db import migrations

TARIFFS = [
    (date(2015, 1, 1), date(2015, 12, 31), "4000"),
    (date(2016, 1, 1), date(2016, 12, 31), "4200"),
    (date(2017, 1, 1), date(2017, 12, 31), "4200"),
    (date(2018, 1, 1), date(2018, 12, 31), "4500"),
    (date(2019, 1, 1), date(2019, 12, 31), "5000"),
    (date(2020, 1, 1), date(2020, 1, 26), "5350"),
    (date(2020, 1, 27), date(2020, 12, 31), "5341"),
    (date(2021, 1, 1), date(2021, 12, 31), "5341"),
    (date(2022, 1, 1), date(2022, 12, 31), "5900"),
    (date(2023, 1, 1), date(2023, 12, 31), "6600"),
    (date(2024, 1, 1), date(2024, 12, 31), "7500"),
    (date(2025, 1, 1), date(2025, 12, 31), "8900"),
    (date(2026, 1, 1), date(2026, 12, 31), "10000"),
]

SINCE_2023 = {
    "region": "77",
    "payee": "Казначейство России (ФНС России)",
    "inn": "7727406020",
    "account": "03100643000000018500",
    "bank": "ОТДЕЛЕНИЕ ТУЛА БАНКА РОССИИ//УФК по Тульской области, г Тула",
    "bank_short": "ОТДЕЛЕНИЕ ТУЛА БАНКА РОССИИ//УФК по Тул. обл.",
    "bic": "017003983",
    "corr_account": "40102810445370000059",
    "kbk": "18210102040011000110",
    "oktmo": "45000000",
    "drawer_status": "13",
    "purpose": "Налог на доходы физических лиц в виде фиксированного авансового платежа",
}


def add(apps, schema_editor):
    tariff = apps.get_model("payments", "Tariff")
    tariff.objects.bulk_create(
        tariff(region="77", valid_from=first, valid_until=last, monthly=Decimal(monthly))
        for first, last, monthly in TARIFFS
    )
    requisites = apps.get_model("payments", "Requisites")
    requisites.objects.create(
        **SINCE_2023, kpp="770801001", valid_from=date(2023, 1, 1), valid_until=date(2025, 12, 4)
    )
    requisites.objects.create(**SINCE_2023, kpp="770701001", valid_from=date(2025, 12, 5))


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

"""Ways of paying and their limits (domain facts 8.4); edited in the admin.

What the operators let through at once was published by the acquirer's wallet for topping it up: a
hint for the staff, not a promise of the operator.
"""

from decimal import Decimal

from django.db import migrations

WAYS = [
    ("bank_card", "1", "350000", "350000"),
    ("sbp", "1", "700000", "700000"),
    ("yoo_money", "1", "15000", "250000"),
    ("mobile_balance", "10", "5000", "15000"),
]
PUBLISHED = "ЮMoney: пополнение кошелька со счёта телефона, разовый предел"
OPERATORS = [("МТС", "14999"), ("Билайн", "14000"), ("МегаФон", "5000"), ("t2", "5000")]


def add(apps, schema_editor):
    way = apps.get_model("payments", "PaymentMethod")
    way.objects.bulk_create(
        way(
            code=code,
            least=Decimal(least),
            surely=Decimal(surely),
            most=Decimal(most),
            position=position,
        )
        for position, (code, least, surely, most) in enumerate(WAYS, 1)
    )
    operator = apps.get_model("payments", "MobileOperator")
    operator.objects.bulk_create(
        operator(name=name, most=Decimal(most), source=PUBLISHED, position=position)
        for position, (name, most) in enumerate(OPERATORS, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_lines_never_change")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

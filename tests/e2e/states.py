"""People in states that no demo person stands in, made by the services as life makes them."""

REFUSED, TENTH_MONTH = "7001001", "7001004"
SCRIPT = """
from datetime import date, timedelta
from accounts.models import Country
from accounts.services import create_person
from common.clock import today
from desk.demo import access, treasury
from desk.demo.treasury import DemoLine
from patents import services
from patents.models import Application, RefusalKind
from payments.services.receipts import form_receipt

def applied(number, on):
    person = create_person(
        last_name="Саидов", first_name="Умед", birth_date=date(1990, 5, 17), on=on,
        citizenship=Country.objects.get(pk="TJK"), passport=f"40{number}",
        own_phone=f"+7916{number}",
    )
    application = services.register_application(person=person, number=number, accepted_on=on)
    person.refresh_from_db()
    access.give(person.user, f"demo-Parol-{number}", temporary=False)
    return services.send_to_review(application=application, on=on)

def refused(number):
    on = today() - timedelta(days=9)
    kind = RefusalKind.objects.get(slug="missing-paper")
    services.refuse(
        application=applied(number, on), refused_on=on + timedelta(days=6), kind=kind,
        reason="нет перевода паспорта", until=today() + timedelta(days=20),
    )

def tenth_month(number):
    issued_on = today() - timedelta(days=290)
    application = applied(number, issued_on - timedelta(days=20))
    services.enter_inn(person=application.person, value="500100732259", on=issued_on)
    paid_on = issued_on - timedelta(days=2)
    receipt = form_receipt(application=application, months=10, on=paid_on)
    services.mark_ready(application=application, ready_on=issued_on - timedelta(days=1))
    services.issue_patent(
        application=application, series="77", number=f"269{number}", issued_on=issued_on
    )
    treasury.report([DemoLine(receipt, paid_on)], today())

for number, make in (("7001001", refused), ("7001004", tenth_month)):
    if not Application.objects.filter(number=number).exists():
        make(number)
"""

"""People in states that no demo person stands in, made by the services as life makes them."""

REFUSED, TENTH_MONTH = "7001001", "7001004"
DUE, READY, PREPARING, TRACING = "7001005", "7001006", "7001007", "7001008"
ANNULLED, EXPIRED, NONE = "7001009", "7001010", "7001011"
AT_WINDOW = "7001012"  # valid; pays at the window in tests
TO_MEND = "7001013"  # preparing; the remark on a paper is one word as long as it may be
STANDING = {
    DUE: "due",
    READY: "ready",
    PREPARING: "preparing",
    TRACING: "tracing",
    ANNULLED: "annulled",
    EXPIRED: "expired",
    NONE: "none",
    REFUSED: "refused",
    TO_MEND: "preparing",
}
SCRIPT = """
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from stdnum.ru import inn
from accounts.models import Country, LoginName
from accounts.services import create_person
from accounts.services.people import open_login
from common.clock import MOSCOW, today
from desk.demo import access, treasury
from desk.demo.treasury import DemoLine
from patents import services
from patents.models import Application, DocumentKind, PaperState, RefusalKind
from payments.coverage import covered_through
from payments.services.online.charges import record_taken
from payments.services.papers.receipts import form_receipt

lines = []

def days(count):
    return timedelta(days=count)

def person_of(number, on):
    return create_person(
        last_name="Саидов", first_name="Умед", birth_date=date(1990, 5, 17), on=on,
        citizenship=Country.objects.get(pk="TJK"), passport=f"40{number}",
        own_phone=f"+7916{number}",
    )

def may_enter(person, number):
    person.refresh_from_db()
    access.give(person.user, f"demo-Parol-{number}", temporary=False)

def applied(number, on):
    person = person_of(number, on)
    application = services.register_application(person=person, number=number, accepted_on=on)
    may_enter(person, number)
    value = f"770{number}"
    value += inn.calc_personal_check_digits(value)
    services.enter_inn(person=person, value=value, on=on)
    return services.send_to_review(application=application, on=on)

def refused(number):
    on = today() - days(9)
    kind = RefusalKind.objects.get(slug="missing-paper")
    services.refuse(
        application=applied(number, on), refused_on=on + days(6), kind=kind,
        reason="нет перевода паспорта", until=today() + days(20),
    )

def with_patent(number, issued_on, months):
    application = applied(number, issued_on - days(20))
    paid_on = issued_on - days(2)
    receipt = form_receipt(application=application, months=months, on=paid_on)
    services.mark_ready(application=application, ready_on=issued_on - days(1))
    services.issue_patent(
        application=application, series="77", number=f"269{number}", issued_on=issued_on
    )
    lines.append(DemoLine(receipt, paid_on))
    return application

def issued_for(through):
    around = (through - days(back) for back in range(27, 33))
    return next(day for day in around if covered_through(day, 1) == through)

def tenth_month(number):
    with_patent(number, today() - days(290), 10)

def due(number):
    with_patent(number, issued_for(today() + days(3)), 1)

def ready(number):
    application = applied(number, today() - days(12))
    services.mark_ready(application=application, ready_on=today() - days(1))

def preparing(number):
    applied(number, today() - days(3))

def to_mend(number):
    kind = DocumentKind.objects.get(slug="migration-card")
    services.record_paper(
        application=applied(number, today() - days(3)), kind=kind, state=PaperState.MEND,
        remark="Ж" * 300,
    )

def tracing(number):
    application = with_patent(number, issued_for(today() - days(2)), 1)
    paid_on = today() - days(9)
    receipt = form_receipt(application=application, months=1, on=paid_on)
    noon = datetime.combine(paid_on, time(12), tzinfo=MOSCOW)
    record_taken(receipt=receipt, provider_id=f"demo-{uuid4()}", captured_at=noon)

def annulled(number):
    application = with_patent(number, today() - days(20), 1)
    services.annul(
        patent=application.patent, annulled_on=today() - days(2), reason="нет договора"
    )

def expired(number):
    with_patent(number, today() - days(372), 12)

def at_window(number):
    with_patent(number, today() - days(40), 3)

def nothing(number):
    person = person_of(number, today())
    open_login(person=person, number=number)
    may_enter(person, number)

MADE = {
    "7001001": refused, "7001004": tenth_month, "7001005": due, "7001006": ready,
    "7001007": preparing, "7001008": tracing, "7001009": annulled, "7001010": expired,
    "7001011": nothing, "7001012": at_window,
    "7001013": to_mend,
}
for number, make in MADE.items():
    if not LoginName.objects.filter(value=number).exists():
        make(number)
if lines:
    treasury.report(lines, today())
"""

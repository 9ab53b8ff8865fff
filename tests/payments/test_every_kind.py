"""Each kind of money of the list, from its statement file to its verdict, score and reason."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from payments.facts import standing_of
from payments.matching import why
from payments.models import Outgoing, Place, Placement, QueueReason, StatementLine
from payments.reference import display
from payments.services.importing import likely
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.online.credits import count_what_is_over
from payments.services.papers.receipts import form_receipt
from payments.standing import State
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    InnFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
)
from tests.payments.gis_gmp_files import BY_INN, notice, package
from tests.payments.statement_files import (
    ACCOUNT,
    ACQUIRER_ACCOUNT,
    BANK_ACCOUNT,
    INN,
    order,
    whole,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
FEBRUARY_9 = date(2026, 2, 9)
OF_ANOTHER, OF_A_RELATIVE = "500100732259", "770100000142"
OF_AN_EMPLOYER = "7707083893"
MONTH = Decimal(10000)
KNOWN, PARTS = "The person is known, whole months of the tariff.", "Parts that make whole months"


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        open_account(number=ACCOUNT, counted_through=date(2025, 12, 30))
        yield


@pytest.fixture
def covered(application):
    """The first month is posted: covered through 14 February."""
    PlacementFactory(application=application)
    return application


def paid(amount="10000", *, on=FEBRUARY_9, posted_on=FEBRUARY_9, **more) -> dict:
    return order(on=on, posted_on=posted_on, amount=Decimal(amount), **more)


def verdict(*lines: dict, posted_on=FEBRUARY_9) -> Placement:
    """Of the line that came last."""
    import_statement(content=whole(*lines, first=posted_on), name=f"{posted_on}.txt")
    return current(StatementLine.objects.latest("pk"))


def current(line: StatementLine) -> Placement:
    return Placement.objects.current().get(line=line)


def said(row: Placement) -> tuple:
    return row.place, row.queue_reason, row.months, row.score


def places_of(line: StatementLine) -> list[tuple]:
    places = Placement.objects.current().filter(line=line).order_by("-amount")
    return [(one.place, one.amount, one.months) for one in places]


def best(row: Placement) -> dict:
    likely.weigh([row])
    row.refresh_from_db()
    return row.likely[0]


def test_our_reference_with_its_exact_sum(covered):
    paper = form_receipt(application=covered, months=1, on=FEBRUARY_9)

    row = verdict(paid(inn="", payer="ИНОЙ", purpose=paper.snapshot["purpose"]))

    assert said(row) == (Place.MATCHED, "", 1, 100)
    assert row.reason == f"Receipt {display(paper.reference)}, sum exact."


def test_a_uin_beside_the_worker_it_is_kept_as_sent(covered):
    """The centre's receipts have no UIN of their own: the worker is known by the payer."""
    told = notice(uin="18810177260209000123", payer=BY_INN, day="2026-02-09")

    import_statement(content=package(told, stamp="2026-02-10T08:00:00+03:00"), name="gmp.xml")

    row = Placement.objects.current().latest("pk")
    assert said(row) == (Place.MATCHED, "", 1, 92)
    assert "18810177260209000123" in str(row.line.raw)


@pytest.mark.parametrize(
    "period", ["", "0", "МС.02.2026", "МС.11.2025", "КВ.01.2026", "ГД.00.2025"]
)
def test_the_inn_with_a_sum_of_whole_months_whatever_period_is_named(covered, period):
    """Which months they are follows from the months before: an advance has no period (field 107
    is «0»), and what somebody wrote there neither posts nor hinders."""
    row = verdict(paid("20000") | {"ПоказательПериода": period})

    assert said(row) == (Place.MATCHED, "", 2, 92)
    assert row.reason == KNOWN
    assert standing_of(covered.person).months == 3


def test_the_payers_name_where_the_inn_is_wrong_by_one_digit(covered):
    row = verdict(paid(inn="775100004211"))

    assert said(row) == (Place.QUEUE, QueueReason.UNKNOWN_PAYER, 0, 80)
    assert row.reason == "No receipt of ours and no INN of a person is named."
    one = best(row)
    assert (one["application"], one["score"]) == (covered.pk, 80)
    assert why(one["marks"]) == (
        "The INN differs by one digit, the whole name is the same, the sum is whole months."
    )


def consolidated(day: date, account=BANK_ACCOUNT, *, on: date | None = None) -> list[dict]:
    """One order for two workers: nothing says when each of them paid."""
    about = {"payer": "ПАО БАНК", "payer_account": account, "inn": "7707083893", "number": "77"}
    return [
        paid(posted_on=day, on=on or day, purpose=f"НДФЛ ИНН {inn}", **about)
        for inn in (OF_A_RELATIVE, INN)
    ]


def test_a_consolidated_order_of_a_bank_posted_early_proves_itself_in_time(covered):
    row = verdict(*consolidated(FEBRUARY_9))

    assert said(row) == (Place.MATCHED, "", 1, 90)
    assert row.reason.endswith("posted this early, it was paid in time.")


def test_a_consolidated_order_of_a_bank_posted_later_asks_for_the_day(covered, february):
    february.move_to("2026-02-21 09:00:00+00:00")
    day = date(2026, 2, 20)

    row = verdict(*consolidated(day), posted_on=day)

    assert said(row) == (Place.QUEUE, QueueReason.DAY_UNKNOWN, 0, 92)
    assert "Ask for the cheque" in row.reason


def test_a_consolidated_order_of_the_acquirer(covered, settings):
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT]
    paper = form_receipt(application=covered, months=1, on=FEBRUARY_9)
    charge = ChargeFactory(receipt=paper, captured_at="2026-02-09T09:00:00+03:00")

    row = verdict(*consolidated(FEBRUARY_9, ACQUIRER_ACCOUNT, on=date(2026, 2, 10)))

    assert said(row) == (Place.MATCHED, "", 1, 94)
    assert (row.charge, row.paid_on) == (charge, FEBRUARY_9)


def test_a_relatives_account(covered):
    row = verdict(paid(inn=OF_A_RELATIVE, payer="ИНОЙ РОДСТВЕННИК", purpose=f"за ИНН {INN}"))

    assert said(row) == (Place.MATCHED, "", 1, 92)
    assert row.application == covered


def test_a_relative_who_is_known_here_too(covered):
    mother = InnFactory(value=OF_A_RELATIVE, person=PersonFactory(last_name="Алиева")).person
    ApplicationFactory(person=mother)

    row = verdict(paid(inn=OF_A_RELATIVE, payer="ИНАЯ", purpose=f"Каримов Тимур ИНН {INN}"))

    assert said(row) == (Place.QUEUE, QueueReason.AMBIGUOUS, 0, 80)
    assert row.reason == "INNs of several people are named."
    assert best(row)["application"] == covered.pk
    assert {one["application"] for one in row.likely} > {covered.pk}


def test_an_employers_account(covered):
    row = verdict(paid(inn=OF_AN_EMPLOYER, payer="ООО РАБОТА", purpose=f"НДФЛ за ИНН {INN}"))

    assert said(row) == (Place.MATCHED, "", 1, 92)


def test_an_employers_account_that_names_the_patent_only(covered):
    row = verdict(
        paid(inn=OF_AN_EMPLOYER, payer="ООО РАБОТА", purpose="Каримов Тимур, патент 77 2600418174")
    )

    assert said(row)[:2] == (Place.QUEUE, QueueReason.UNKNOWN_PAYER)
    one = best(row)
    assert (one["score"], one["marks"]) == (75, ["patent", "name", "sum_of_months"])


def test_money_before_the_receipt_exists(covered):
    row = verdict(paid(inn=""))
    assert said(row)[:2] == (Place.QUEUE, QueueReason.UNKNOWN_PAYER)

    paper = form_receipt(application=covered, months=1, on=FEBRUARY_9)

    one = best(row)
    assert (one["receipt"], one["marks"]) == (paper.pk, ["full_name", "sum_of_paper"])


def test_money_before_the_patent_exists():
    waiting = ApplicationFactory(person=InnFactory(value=INN).person)

    row = verdict(paid())

    assert said(row) == (Place.MATCHED, "", 1, 92)
    assert standing_of(waiting.person).months == 1


def test_half_a_month_is_credit_once_it_makes_a_month(covered):
    half = verdict(paid("5000"))
    assert said(half) == (Place.QUEUE, QueueReason.AMOUNT, 0, 92)
    assert "no whole number of months" in half.reason

    day = date(2026, 2, 10)
    verdict(paid("5000", on=day, posted_on=day), posted_on=day)
    count_what_is_over()

    other, last = Placement.objects.joint().order_by("line__posted_on")
    assert (other.months, last.months, other.score, last.score) == (0, 1, 88, 88)
    assert last.reason.startswith(PARTS)


def test_a_month_and_a_half_is_a_month_and_credit(covered):
    row = verdict(paid("15000"))
    assert said(row) == (Place.QUEUE, QueueReason.AMOUNT, 0, 92)

    count_what_is_over()

    assert places_of(row.line) == [(Place.MATCHED, MONTH, 1), (Place.CREDIT, Decimal(5000), 0)]
    assert standing_of(covered.person).months == 2


def test_two_months_at_the_old_tariff_in_january(covered):
    day = date(2026, 1, 12)

    row = verdict(paid("17800", on=day, posted_on=day), posted_on=day)

    assert said(row) == (Place.QUEUE, QueueReason.AMOUNT, 0, 92)
    assert "10\u00a0000" in row.reason
    count_what_is_over()
    assert places_of(row.line) == [(Place.MATCHED, MONTH, 1), (Place.CREDIT, Decimal(7800), 0)]
    assert standing_of(covered.person).months == 2


def test_two_months_at_the_old_tariff_paid_in_december_and_posted_in_january(application):
    """The tariff is that of the day of payment."""
    day = date(2026, 1, 12)

    row = verdict(paid("17800", on=date(2025, 12, 31), posted_on=day), posted_on=day)

    assert said(row) == (Place.MATCHED, "", 2, 92)


@pytest.mark.parametrize("amount", ["7499.52", "5340.84", "9999.60"])
def test_kopecks_of_old_tariffs_wait_and_say_both_sums(covered, amount):
    row = verdict(paid(amount))

    assert said(row) == (Place.QUEUE, QueueReason.AMOUNT, 0, 92)
    assert amount[-2:] in row.reason
    count_what_is_over()
    assert places_of(row.line) == [(Place.QUEUE, Decimal(amount), 0)]
    assert standing_of(covered.person).months == 1


def test_a_returned_payment_is_no_money_and_is_shown_to_staff(covered):
    out = {"ПлательщикСчет": ACCOUNT, "ПолучательСчет": BANK_ACCOUNT, "ДатаСписано": "09.02.2026"}

    verdict(paid(), paid(inn="7727406020", number="9", purpose="Возврат") | out)

    assert Outgoing.objects.unseen().count() == 1
    assert standing_of(covered.person).months == 2


def test_money_for_a_lapsed_patent_is_late_and_named(covered, february):
    february.move_to("2026-03-01 09:00:00+00:00")
    day = date(2026, 2, 20)

    row = verdict(paid(on=day, posted_on=day), posted_on=day)

    assert said(row) == (Place.QUEUE, QueueReason.LATE, 0, 92)
    assert (
        row.reason == "Paid on 20.02.2026, after the patent of 15.01.2026 had no more covered days."
    )
    assert row.application == covered


def test_late_money_whose_receipt_is_named(covered, february):
    paper = form_receipt(application=covered, months=1, on=FEBRUARY_9)
    february.move_to("2026-02-18 09:00:00+00:00")
    day = date(2026, 2, 17)

    row = verdict(paid(on=day, posted_on=day, purpose=paper.snapshot["purpose"]), posted_on=day)

    assert said(row) == (Place.QUEUE, QueueReason.LATE, 0, 100)


def test_money_for_an_annulled_patent():
    patent = PatentFactory(
        annulled_on=date(2026, 2, 1), application__person=InnFactory(value=INN).person
    )

    row = verdict(paid())

    assert said(row)[:3] == (Place.QUEUE, QueueReason.NO_ROOM, 0)
    assert row.reason == "The person has neither a living patent nor an open application."
    assert best(row)["application"] == patent.application_id
    assert standing_of(patent.application.person).state == State.ANNULLED


def test_money_for_a_refused_application():
    refused = ApplicationFactory(refused=True, person=InnFactory(value=INN).person)

    row = verdict(paid())

    assert said(row)[:3] == (Place.QUEUE, QueueReason.NO_ROOM, 0)
    assert best(row)["application"] == refused.pk


def test_money_for_a_stranger(covered):
    row = verdict(paid(inn=OF_AN_EMPLOYER, payer="ООО РОМАШКА", purpose="За товар"))

    assert said(row) == (Place.QUEUE, QueueReason.UNKNOWN_PAYER, 0, 0)
    likely.weigh_waiting()
    row.refresh_from_db()
    assert (row.likely, row.urgent_on) == ([], None)

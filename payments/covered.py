"""Through which day each of many patents is paid: for lists, whatever their length."""

from datetime import date

from common.clock import today
from patents.models import Patent
from payments import facts
from payments.coverage import covered_through
from payments.models import Charge, Claim, Placement, TillPayment
from payments.standing import FormerDay, Money
from payments.standing.counting import walk


def paid_through(patents: list[Patent]) -> dict[int, date | None]:
    """By the patent's key its last covered day, inclusive, as the person's own page says it.

    Posted and living money together; None before the first month. Five questions, when the
    patents come with `OPENING`.
    """
    applications = [patent.application_id for patent in patents]
    money = facts.money_of(_rows(applications))
    former = facts.former_of({"former": facts.standing_days(applications)})
    return {
        patent.pk: _through(
            patent,
            [*facts.opening_money(patent.application), *money[patent.application_id]],
            former[patent.application_id],
        )
        for patent in patents
    }


OPENING = "application__opening_months"


def _through(patent: Patent, money: list[Money], former: list[FormerDay]) -> date | None:
    known = [piece for piece in money if piece.known(today())]
    months = walk(patent.issued_on, known, today(), former).months
    return covered_through(patent.issued_on, months) if months else None


def _rows(applications: list[int]) -> dict:
    of_them, through_receipts = (
        {"application__in": applications},
        {"receipt__application__in": applications},
    )
    return {
        "posted": Placement.objects.matched().filter(**of_them).values_list(*facts.POSTED),
        "charges": Charge.objects.unposted().filter(**through_receipts).values_list(*facts.CHARGE),
        "tills": TillPayment.objects.unposted().filter(**through_receipts).values_list(*facts.TILL),
        "claims": Claim.objects.living().filter(**of_them).values_list(*facts.CLAIM),
    }

"""Notices of ГИС ГМП about some payments: a package a week, before the lines of banks or after."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from bench.simulation import paper
from bench.simulation.feed import heard
from bench.simulation.names import name_of
from bench.simulation.people import UNKNOWN, Payment
from bench.stage.money_world import ACCOUNT

SHARE = 0.15
WEEK = 7
XSD = "http://roskazna.ru/gisgmp/xsd"


class Notices:
    """By a chance of their own: the files of the feed stay what they were."""

    def __init__(self, payments: Iterable[Payment], seed: int):
        chance = Random(f"notices-{seed}")
        self.coming: dict[date, list[Payment]] = defaultdict(list)
        for one in payments:
            if chance.random() < SHARE and _is_one_sum(one):
                self.coming[heard(_next_package(one.on))].append(one)


def _is_one_sum(one: Payment) -> bool:
    """Whose order and INN lead to it alone, so that its line and its notice are known for one."""
    plain = one.way in UNKNOWN and one.is_alone and not one.wrong_inn
    return plain and one.paid is not None and one.posted_on is not None


def _next_package(day: date) -> date:
    return day + timedelta(days=WEEK - day.weekday())


def content_of(some: Iterable[Payment], day: date) -> bytes:
    spaces = {"c": "Common", "p": "Payment", "o": "Organization", "k": "Package"}
    said = " ".join(f'xmlns:{short}="{XSD}/{name}/2.4.0"' for short, name in spaces.items())
    rows = "".join(map(_notice, some))
    stamp = f'timestamp="{day}T08:00:00+03:00"'
    return f"<k:Packages {said} {stamp}>{rows}</k:Packages>".encode()


def _notice(one: Payment) -> str:
    return (
        f'<k:ImportedPayment paymentId="{one.number:032d}" supplierBillID="0"'
        f' purpose="{paper.purpose(one)}" amount="{one.amount * 100}" paymentDate="{one.on}">'
        f'<p:Payer payerIdentifier="121{"0" * 7}{paper.inn(one)}"'
        f' payerName="{name_of(one.person)}"/>'
        f'<o:Payee><c:OrgAccount accountNumber="{ACCOUNT}"/></o:Payee>'
        f'<p:AccDoc accDocDate="{one.on}" accDocNo="{one.order}"/>'
        '<c:ChangeStatus meaning="1"/></k:ImportedPayment>\n'
    )

"""Notifications of ГИС ГМП in a trial: one payment each, with a day of its own."""

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from bench.trials.orders import BANK, Order
from common.clock import now, today

NAMES = " ".join(
    f'xmlns:{short}="http://roskazna.ru/gisgmp/xsd/{name}/2.4.0"'
    for short, name in (("com", "Common"), ("pmnt", "Payment"), ("org", "Organization"))
)
REQUEST = "urn://roskazna.ru/gisgmp/xsd/services/import-payments/2.4.0"


def notice(account: str, number: str, order: Order) -> str:
    """The account of the payer stands there where their own bank tells of it."""
    own = f'payerAccount="{order.payer}"' if order.payer == BANK else ""
    return f"""
    <pmnt:Payment paymentId="{number}" purpose={quoteattr(order.purpose)} transKind="01"
        amount="{order.amount * 100:.0f}" paymentDate="{today()}" supplierBillID="0">
      <pmnt:Payer payerIdentifier="1010000000008751379232" {own}/>
      <org:Payee name="Казначейство" inn="7727406020" kpp="770701001">
        <com:OrgAccount accountNumber="{account}"/></org:Payee>
      <com:ChangeStatus meaning="1"/>
    </pmnt:Payment>"""


def package(notices: Iterable[str]) -> bytes:
    """A bank tells the system of payments."""
    head = f'<req:ImportPaymentsRequest xmlns:req="{REQUEST}" {NAMES} timestamp="{now():%FT%TZ}">'
    return f"{head}{''.join(notices)}</req:ImportPaymentsRequest>".encode()

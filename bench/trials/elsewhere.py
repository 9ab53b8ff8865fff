"""Money that comes past the person's own payment page: by a link, a bank, the till, as credit."""

from decimal import Decimal

from bench.trials.orders import ACQUIRER, TILL, Order
from bench.trials.survived import survived
from bench.trials.treasury import Treasury
from common.clock import today
from patents.inns import current_inn
from payments.models import Charge, PayLink, Receipt, TillPayment
from payments.offers import offer_for
from payments.services.online import links
from payments.services.online.credits import count_credit
from payments.services.papers.receipts import form_receipt
from payments.services.tills import tills

OVER = Decimal("15000.00")  # a sum that no whole months fit


class Elsewhere:
    """What relatives, a bank's clerk, a cashier and the Treasury do in a trial."""

    def __init__(self, world, number: int):
        self.world, self.treasury = world, Treasury(number)
        self.tokens: list[str] = []
        self.orders: list[Order] = []  # money that no statement tells of yet
        self.sent: set[str] = set()  # the acquirer's payments among those that are told of
        self.at_banks: set[int] = set()  # papers that were paid at a bank
        self.instead_of_a_page: set[int] = set()  # cash of those who said that they leave theirs
        self.cheques = 0
        self.beside: dict[int, set[str]] = {}  # cash → payment pages that were open meanwhile

    # --- links

    def make_link(self, months: int) -> None:
        with survived():
            offer = offer_for(self.world.application.person)
            self.tokens.append(links.make_link(offer=offer, months=months).token)

    def pay_by_link(self, nth: int) -> None:
        if self.tokens:
            with survived():
                found = links.look_at(self.tokens[nth % len(self.tokens)])
                if found.takes_money:
                    links.pay_by_link(link=found.link, payer_name="Родственник")

    def withdraw(self, nth: int) -> None:
        if self.tokens:
            link = PayLink.objects.get(token=self.tokens[nth % len(self.tokens)])
            with survived():
                links.revoke_link(link)

    # --- money by hand

    def at_a_bank(self, months: int) -> None:
        """Nobody can hold a bank up: any paper that was ever printed may be paid there."""
        with survived():
            self.with_a_paper(self._paper(months))

    def with_a_paper(self, paper: Receipt) -> None:
        self.orders.append(Order(paper.amount, paper.snapshot["purpose"]))
        self.at_banks.add(paper.pk)

    def a_sum_that_fits_nothing(self) -> None:
        inn = current_inn(self.world.application.person)
        self.orders.append(Order(OVER, "НДФЛ за патент", inn=inn))

    def at_the_till(self, months: int, *, page_left: bool) -> None:
        self.cheques += 1
        pages = self.world.acquirer.waiting()
        with survived():
            paper = self._paper(months)
            till, actor = self.world.till, self.world.staff[0]
            taken = tills.take(
                receipt=paper,
                till=till,
                cheque_number=f"{paper.pk}-{self.cheques}",
                amount=paper.amount,
                actor=actor,
                page_left=page_left,
            )
            self.orders.append(Order(taken.amount, paper.snapshot["purpose"], payer=TILL))
            self.beside[taken.pk] = pages
            if page_left:
                self.instead_of_a_page.add(taken.pk)

    def count_credit(self) -> None:
        with survived():
            count_credit(person=self.world.application.person)

    def _paper(self, months: int) -> Receipt:
        return form_receipt(application=self.world.application, months=months, on=today())

    # --- the Treasury

    def post(self, nth: int, *, times: int = 1, notified: bool = False) -> None:
        """A statement, or a notification, tells of one of the sums that are on their way."""
        self._hand_over()
        if self.orders:
            order = self.orders.pop(nth % len(self.orders))
            by_notice = notified and order.may_be_notified
            tell = self.treasury.notify if by_notice else self.treasury.tell
            tell([order], times=times)

    def post_all(self) -> None:
        self._hand_over()
        if self.orders:
            orders, self.orders = self.orders, []
            self.treasury.tell(orders)

    def _hand_over(self) -> None:
        """The acquirer sends on what it took and did not give back."""
        back = {row["payment_id"] for row in self.world.acquirer.refunds.values()}
        for pk, row in self.world.acquirer.payments.items():
            if row["status"] == "succeeded" and pk not in back | self.sent:
                self.sent.add(pk)
                self.orders.append(_from_the_acquirer(row))

    def is_anything_under_way(self) -> bool:
        self._hand_over()
        return bool(self.orders)

    def living(self) -> int:
        """What was taken and no line has shown."""
        own = {"receipt__application": self.world.application}
        return sum(
            taken.filter(**own).count()
            for taken in (Charge.objects.unposted(), TillPayment.objects.unposted())
        )


def _from_the_acquirer(row: dict) -> Order:
    paper = Receipt.objects.get(reference=row["metadata"]["receipt"])
    return Order(Decimal(row["amount"]["value"]), paper.snapshot["purpose"], payer=ACQUIRER)

"""What is done by hand: people show cheques, a clerk reads a name that no number stands for."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Approval, User
from accounts.services import approvals
from bench.simulation.people import Payment, Someone
from common.errors import Refusal
from patents.models import Application
from payments.models import Outgoing, Place, Placement, Statement
from payments.services.claims import claims
from payments.services.deciding import by_hand, put_away
from payments.services.importing import released

REASON = "The name of the payer is read in the line."
SENT_BACK = "The bank sent the money back."
COMPARED = "The file is compared with the list of the Treasury."


def staff() -> tuple[User, User]:
    one, other = (
        User.objects.get_or_create(username=f"simulation-{n}", is_staff=True)[0] for n in (1, 2)
    )
    return one, other


class Hands:
    def __init__(self, people: Iterable[Someone], pair: tuple[User, User]):
        self.pair = pair
        self.cheques: dict[date, list[Payment]] = defaultdict(list)
        self.to_read: dict[date, list[Payment]] = defaultdict(list)
        self.gone: dict[date, list[Payment]] = defaultdict(list)
        for someone in people:
            for payment in someone.payments:
                if payment.cheque_on:
                    self.cheques[payment.cheque_on].append(payment)

    def show_cheques(self, day: date) -> set[int]:
        """Whose cheques we have from today on."""
        return {one.person for one in self.cheques.pop(day, ()) if _is_shown(one, day)}

    def come(self, payment: Payment, day: date) -> None:
        """A line whose owner only a person can tell: it is read some days after."""
        self.to_read[day + timedelta(days=payment.read_after)].append(payment)

    def read_names(self, day: date) -> set[int]:
        """Whose money a clerk found today."""
        found = self.to_read.pop(day, [])
        for one in found:
            self._give(one)
            one.paid.comes(day)
        return {one.person for one in found}

    def leave(self, payment: Payment, day: date) -> None:
        """The bank took the money back: somebody looks at that on the day after."""
        self.gone[day + timedelta(days=1)].append(payment)

    def let_go(self, day: date) -> None:
        for one in self.gone.pop(day, ()):
            row = Placement.objects.current().get(line__document_number=str(one.order))
            left = Outgoing.objects.get(document_number=f"R{one.number}")
            facts = {"to": Place.RETURNED, "outgoing": left, "reason": SENT_BACK}
            self._decide(put_away.ask(placement=row, actor=self.pair[0], **facts))

    def release_held(self) -> None:
        """A day of few payments is held: compared with the Treasury's own list, it is right."""
        for one in Statement.objects.held():
            released.release(statement=one, actor=self.pair[0], reason=COMPARED)
            released.post_released()

    def _give(self, one: Payment) -> None:
        row = Placement.objects.queued().get(line__document_number=str(one.order))
        share = by_hand.Share(row.amount, application_id=one.person)
        said = {"shares": [share], "actor": self.pair[0], "reason": REASON}
        self._decide(by_hand.ask(placement=row, **said))

    def _decide(self, asked: Approval) -> None:
        approvals.decide(approval=asked, granted=True, actor=self.pair[1])


def _is_shown(one: Payment, day: date) -> bool:
    application = Application.objects.get(pk=one.person)
    try:
        claims.show_cheque(application=application, amount=Decimal(one.amount), paid_on=one.on)
    except Refusal:  # the money is there already
        return False
    one.paid.seen_on = min(one.paid.seen_on, day)
    return True

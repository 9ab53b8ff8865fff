"""What written moves change around their places: papers and claims end, and people hear of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import cached_property

from notifications.services import queue_many
from patents.services import set_first_paid_many
from payments import timeline
from payments.matching.facts import Taken
from payments.messages import (
    FIRST_PAYMENT_POSTED,
    LAPSE_WITHDRAWN,
    PART_POSTED,
    PAYMENT_POSTED,
    SECOND_POSTED,
)
from payments.models import Place, QueueReason, Receipt, ReceiptStatus
from payments.services.ledger import claim_endings, second_lines, twice
from payments.services.ledger.lapses import no_more
from payments.services.ledger.moves import Move

TOLD_OF_WAITING = {QueueReason.LATE, QueueReason.DAY_UNKNOWN}


@dataclass
class News:
    """What the moves of people's money change around the places."""

    moves: list[Move]
    withdrawn: list[Move] = field(default_factory=list)

    @cached_property
    def matched(self) -> list[Move]:
        return [one for one in self.moves if one.part.place == Place.MATCHED]

    @property
    def waiting(self) -> list[Move]:
        return [one for one in self.moves if one.part.queue_reason in TOLD_OF_WAITING]

    @cached_property
    def months(self) -> list[Move]:
        """Without the parts that other money completed."""
        return [one for one in self.matched if one.part.months]

    @cached_property
    def _beside_told(self) -> list[Move]:
        """New money that makes months together with sums of which the person was told before."""
        joint = {one.part.joint for one in self.matched if one.told and one.part.joint}
        return [one for one in self.matched if not one.told and one.part.joint in joint]

    def settle(self) -> None:
        """Receipts and claims end; money that stays on its way for a settled receipt is second."""
        for day, receipts in self._receipts().items():
            formed = Receipt.objects.filter(pk__any_of=receipts, status=ReceiptStatus.FORMED)
            formed.update(status=ReceiptStatus.POSTED, posted_on=day)
        left = self._left_behind()
        twice.mark_left_behind({charge for charge, _till in left if charge})
        second_lines.tell_of_cash({till for _charge, till in left if till})
        set_first_paid_many(self._first_days())
        for one in self.moves:
            if one.part.claim_id:
                claim_endings.close_by_line(claim_id=one.part.claim_id, placement_id=one.pk)

    def withdraw(self, lapsed: set[int]) -> None:
        """Of whoever read that the term had passed and reads so no more, the last of the months."""
        back = no_more(lapsed)
        last = {one.payer.person_id: one for one in self.months}
        self.withdrawn = [one for person_id, one in last.items() if person_id in back]

    def _left_behind(self) -> set[Taken]:
        """What was taken for receipts that a bank's own line settled."""
        settled = [one for one in self.matched if one.part.receipt_id and not any(one.part.taken)]
        return {
            paper.taken
            for one in settled
            for paper in one.payer.living
            if paper.receipt_id == one.part.receipt_id and not one.told
        }

    @cached_property
    def seconds(self) -> dict[int, str]:
        """Places of money that proves to be the second one → the number of the receipt."""
        named = {one.pk: one.part.second_of for one in self.matched if one.part.second_of}
        return second_lines.proven(named) if named else {}

    def _receipts(self) -> dict[date, list[int]]:
        """By the day of posting."""
        found = defaultdict(list)
        for one in self.matched:
            if one.part.receipt_id:
                found[one.money.posted_on].append(one.part.receipt_id)
        return found

    def _first_days(self) -> dict[int, date]:
        """Application → a day that may be its earliest paid one."""
        found = {}
        for one in self.months:
            known = found.get(one.part.application_id, one.year.first_paid_on)
            if known is None or one.part.paid_on < known:
                found[one.part.application_id] = one.part.paid_on
        return found

    def entries(self) -> Iterable[tuple[int, str, dict]]:
        for one in self.moves:
            if one.told:
                continue
            if one.pk in self.seconds:
                yield one.payer.person_id, timeline.TAKEN_AGAIN, self._again(one)
                continue
            if one.part.place == Place.MATCHED:
                kind = timeline.POSTED_IN_TIME if one.is_by_posting else timeline.POSTED
                yield one.payer.person_id, kind, _facts(one) | {"paid_on": one.part.paid_on}
        for one in self.withdrawn:
            facts = {"amount": one.part.amount, "paid_on": one.part.paid_on}
            yield one.payer.person_id, timeline.LAPSE_WITHDRAWN, facts

    def _again(self, one: Move) -> dict:
        receipt = self.seconds[one.pk]
        return {"amount": one.part.amount, "paid_on": one.part.paid_on, "receipt": receipt}

    def tell(self) -> None:
        new = [one for one in self.months if not one.told and one.pk not in self.seconds]
        whole = [one for one in new if one not in self._beside_told]
        again = [one for one in self.months if one.pk in self.seconds and not one.told]
        queue_many(SECOND_POSTED, _subjects(again, second_lines.SECOND))
        first = [one for one in whole if one.year.issued_on is None]
        back = {one.pk for one in self.withdrawn}
        issued = [one for one in whole if one.year.issued_on is not None]
        later = [one for one in issued if one.pk not in back]
        queue_many(FIRST_PAYMENT_POSTED, _subjects(first, "payment-posted"))
        queue_many(PAYMENT_POSTED, _subjects(later, "payment-posted"))
        queue_many(PART_POSTED, _subjects(self._beside_told, "payment-posted"))
        queue_many(LAPSE_WITHDRAWN, _subjects(self.withdrawn, "lapse-withdrawn"))


def _facts(one: Move) -> dict:
    return {"amount": one.part.amount, "posted_on": one.money.posted_on}


def _subjects(moves: Iterable[Move], key: str) -> list[tuple[int, int, str]]:
    return [(one.pk, one.payer.person_id, f"{key}:{one.pk}") for one in moves]

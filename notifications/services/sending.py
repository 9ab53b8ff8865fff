"""A batch on its way: which operator has each message is written before that operator is asked.

Silence proves nothing: the operator may have the message, so the next attempt goes to the same one,
which knows our number of it. Only an answer that proves "not taken" lets another one be asked, and
that at once. What somebody waits for with the phone in the hand does not wait for a silent
operator: it is asked a second time, for the answer alone may be lost, and then the other one sends.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_noop

from common import clock
from notifications import providers
from notifications.models import Lane, Message, MessageStatus
from notifications.providers import (
    PROVIDERS,
    Letter,
    OurAccountRefused,
    Request,
    SmsUnavailable,
    Taken,
)
from notifications.services.composing import Composed, broken
from notifications.services.outcomes import (
    MAY_HAVE_COME,
    SENT_AGAIN,
    Outcome,
    hold,
    keep_words,
    put_off,
)
from notifications.wire import Answer, Wire

logger = logging.getLogger(__name__)

MARGIN_SECONDS = 1  # of the lease, to write what became of the batch
PAUSE = timedelta(seconds=10)
PayAgain = Callable[[dict[int, str]], set[int]]
NO_TIME = gettext_noop("no time was left for it")
NOBODY = gettext_noop("no operator is in use")
SAME_WORDS = gettext_noop("the operator sends no same words to one number twice a day")


@dataclass(frozen=True)
class Going:
    """A message and the operator that is asked for it now; ``pinned``: it may have it already.

    ``silent``: an operator that may have it too, and said nothing while somebody waited.
    """

    row: Message
    letter: Letter
    provider: str
    pinned: bool
    tried: frozenset[str] = frozenset()
    asked_again: bool = False
    silent: str = ""

    def to(self, provider: str, *, silent: str = "") -> "Going":
        return replace(
            self,
            provider=provider,
            pinned=False,
            tried=self.tried | {self.provider},
            asked_again=False,
            silent=silent or self.silent,
        )

    @property
    def may_have_it(self) -> str:
        return self.provider if self.pinned else self.silent

    @property
    def request(self) -> providers.Request:
        asked = PROVIDERS[self.provider]().request_of(self.letter)
        is_awaited = self.row.lane == Lane.AWAITED
        return asked._replace(seconds=settings.SMS_CODE_SECONDS) if is_awaited else asked


def addressed(
    composed: Iterable[Composed], weights: dict[str, int], trial: str = ""
) -> list[Going]:
    """Each with its operator: the one that may have it already, else one by weight; the last that
    is free, which nobody waits for, goes to the operator that is on trial."""
    composed = list(composed)
    free = [one.row.pk for one in composed if not _pinned(one.row)]
    fixed = {free[-1]: trial} if trial and free else {}
    return [
        Going(
            one.row,
            Letter(one.row.address, one.text, _reference(one.row)),
            providers.choose(weights, pinned=fixed.get(one.row.pk) or _pinned(one.row)),
            pinned=bool(_pinned(one.row)),
        )
        for one in composed
    ]


def _pinned(row: Message) -> str:
    return row.provider if row.taken_possible and row.provider in PROVIDERS else ""


def _reference(row: Message) -> str:
    """Ours, the same at every attempt; with the time, as row numbers start anew in a new base."""
    return f"{row.pk}-{row.created_at:%Y%m%d%H%M%S%f}"


@dataclass
class Traffic:
    """The shares by which operators are chosen, and what was seen of them in this batch."""

    weights: dict[str, int]
    sent: Counter = field(default_factory=Counter)
    errors: Counter = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)

    def saw(self, provider: str, trouble: SmsUnavailable) -> None:
        if isinstance(trouble, OurAccountRefused):
            self.refused.add(provider)
        else:
            self.errors[provider] += 1


def send(
    wire: Wire, going: list[Going], traffic: Traffic, until: float, pay_again: PayAgain
) -> list[Outcome]:
    """Ask the operators, and others where the first ones surely have not taken it.

    ``until`` is when the lease is over, by `time.monotonic`: nobody is asked whose answer may come
    later than that. ``pay_again`` takes the silent operators by row, and says which of the rows may
    go to another one as well.
    """
    outcomes: list[Outcome] = []
    while going:
        if monotonic() + settings.OUTSIDE_TIMEOUT_SECONDS + MARGIN_SECONDS > until:
            return outcomes + [_no_time(one) for one in going]
        requests = _requests(going, outcomes)
        going = _pin([one for one in going if one.row.pk in requests])
        let_go_of_the_database()
        answers = wire.post_all([requests[one.row.pk] for one in going])
        said = [_said(one, answer, traffic) for one, answer in zip(going, answers, strict=True)]
        said = _with_money(going, said, pay_again)
        outcomes += [one for one in said if isinstance(one, Outcome)]
        going = [one for one in said if isinstance(one, Going)]
    return outcomes


def _with_money(
    asked: list[Going], said: list[Outcome | Going], pay_again: PayAgain
) -> list[Outcome | Going]:
    """A second copy costs as much as the first one: without money for it the code waits for the
    operator that is silent."""
    silent = {
        one.row.pk: one.silent
        for was, one in zip(asked, said, strict=True)
        if isinstance(one, Going) and one.provider != was.provider and one.silent == was.provider
    }
    unpaid = silent.keys() - pay_again(silent) if silent else set()
    return [
        _waits_for_the_same(was) if was.row.pk in unpaid else one
        for was, one in zip(asked, said, strict=True)
    ]


def _requests(going: list[Going], outcomes: list[Outcome]) -> dict[int, Request]:
    """By row, before anybody is asked: one that cannot be made harms no other of the batch."""
    requests = {}
    for one in going:
        try:
            if one.provider:
                requests[one.row.pk] = one.request
            else:
                outcomes.append(put_off(one.row, NOBODY))
        except Exception as error:
            outcomes.append(broken(one.row, error, provider=one.may_have_it))
    return requests


def _no_time(one: Going) -> Outcome:
    """For one that nobody was asked about now it was no attempt."""
    if one.tried or one.asked_again:
        return put_off(one.row, NO_TIME, provider=one.may_have_it)
    held = hold(one.row, clock.now() + PAUSE, NO_TIME)
    return replace(held, provider=one.may_have_it, taken_possible=bool(one.may_have_it))


def _pin(going: list[Going]) -> list[Going]:
    """Those that are still ours."""
    for one in going:
        one.row.provider, one.row.taken_possible = one.provider, True
    ours = keep_words([one.row for one in going])
    return [one for one in going if one.row.pk in ours]


def let_go_of_the_database() -> None:
    """An operator may take seconds to answer: no connection waits with us. Raises RuntimeError
    within a transaction, which would wait, too."""
    with transaction.atomic(durable=True):
        pass  # Django refuses it within another one, a test's own aside
    if not connection.in_atomic_block:
        connection.close()


def _said(one: Going, answer: Answer | Exception, traffic: Traffic) -> Outcome | Going:
    try:
        taken = _read(one, answer)
        if taken.repeated and not one.pinned:
            return _elsewhere(one, SAME_WORDS, traffic)
        return _taken(one, taken, traffic)
    except providers.SmsRejected as refusal:
        logger.warning("message %s refused by the operator", one.row.pk)
        return _refused(one, refusal)
    except SmsUnavailable as trouble:
        logger.warning("message %s, operator %s: %s", one.row.pk, one.provider, trouble)
        traffic.saw(one.provider, trouble)
        if trouble.taken_possible or one.pinned:
            return _at_once(one, traffic) or _waits_for_the_same(one)
        return _elsewhere(one, str(trouble), traffic)
    except Exception as error:
        return broken(one.row, error, provider=one.provider)


def _elsewhere(one: Going, reason: str, traffic: Traffic) -> Outcome | Going:
    """It surely was not taken here."""
    other = _other(one, traffic)
    return one.to(other) if other else put_off(one.row, reason, provider=one.silent)


def _other(one: Going, traffic: Traffic) -> str:
    return providers.choose(traffic.weights, tried=one.tried | {one.provider})


def _at_once(one: Going, traffic: Traffic) -> Going | None:
    """After silence, for what somebody waits for: the same one again where it knows our number,
    so that nobody gets two; then the other one. A second copy of a code harms less than none."""
    if one.row.lane != Lane.AWAITED:
        return None
    if one.provider in settings.SMS_TAKES_REFERENCE and not one.asked_again:
        return replace(one, pinned=True, asked_again=True)
    other = _other(one, traffic)
    return one.to(other, silent=one.provider) if other else None


def _read(one: Going, answer: Answer | Exception) -> Taken:
    if isinstance(answer, Exception):
        raise answer
    return PROVIDERS[one.provider]().read(*answer)


def _taken(one: Going, taken: Taken, traffic: Traffic) -> Outcome:
    traffic.sent[one.provider] += 1
    reason = SENT_AGAIN if one.silent or one.row.reason == SENT_AGAIN else ""
    return Outcome(
        one.row,
        MessageStatus.SENT,
        reason,
        provider=taken.provider,
        reference=taken.reference,
        cost=taken.cost,
    )


def _refused(one: Going, refusal: providers.SmsRejected) -> Outcome:
    return Outcome(
        one.row,
        MessageStatus.FAILED,
        str(refusal),
        provider=one.provider,
        failure=refusal.failure,
        code=refusal.code,
    )


def _waits_for_the_same(one: Going) -> Outcome:
    if one.provider in settings.SMS_TAKES_REFERENCE or _may_come_twice(one.row):
        return put_off(one.row, SENT_AGAIN, provider=one.provider)
    return Outcome(one.row, MessageStatus.UNKNOWN, MAY_HAVE_COME, provider=one.provider)


def _may_come_twice(row: Message) -> bool:
    """By an operator that cannot tell a second attempt: what somebody waits for, once more."""
    return row.lane == Lane.AWAITED and row.reason != SENT_AGAIN

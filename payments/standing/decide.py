"""The decision: which case speaks, and which of the states that are true wins."""

from dataclasses import replace
from datetime import date, timedelta

from payments import coverage
from payments.standing.counting import Walk, capped, deadline, paid_order, transit_of, walk
from payments.standing.facts import ApplicationFacts, Case, Facts, LateMoney, Money
from payments.standing.result import Standing
from payments.standing.states import NOTICE_DAYS, OVER, State


def standing(facts: Facts, today: date) -> Standing:
    """Where the person stands today. Never raises, whatever the facts."""
    of_patent = _of_last_patent(facts, today)
    later = _last_application(facts, today, after=of_patent)
    if of_patent and (of_patent.state not in OVER or later is None):
        return of_patent
    return _of_application(facts, later, today) if later else _nothing(facts, today)


def _of_last_patent(facts: Facts, today: date) -> Standing | None:
    issued = [case for case in facts.cases if case.patent and case.patent.issued_on <= today]
    if not issued:
        return None
    latest = max(reversed(issued), key=lambda case: case.patent.issued_on)
    return _of_patent(facts, latest, today)


def _last_application(facts: Facts, today: date, *, after: Standing | None) -> Case | None:
    open_cases = [
        case
        for case in facts.cases
        if case.application
        and (case.patent is None or case.patent.issued_on > today)
        and (after is None or case.application.accepted_on >= after.issued_on)
    ]
    return max(reversed(open_cases), key=lambda case: case.application.accepted_on, default=None)


def _nothing(facts: Facts, today: date) -> Standing:
    return Standing(State.NONE, today, None, facts.complete_through, facts.monthly)


def _of_application(facts: Facts, case: Case, today: date) -> Standing:
    known = tuple(sorted((m for m in case.money if m.known(today)), key=paid_order(today)))
    living = tuple(money for money in known if not money.posted(today))
    return Standing(
        state=_application_state(case.application),
        today=today,
        case=case,
        complete_through=facts.complete_through,
        monthly=facts.monthly,
        months=capped(sum(money.months for money in known)),
        paid=known,
        living=living,
        transit=transit_of(living, facts.complete_through, today),
        late=tuple(late for late in case.late if late.known(today)),
    )


def _application_state(application: ApplicationFacts) -> State:
    if application.status == "refused":
        return State.REFUSED
    # "issued" without a patent: the paper exists, its series and number are not entered yet.
    return State.READY if application.status in {"ready", "issued"} else State.PREPARING


def _of_patent(facts: Facts, case: Case, today: date) -> Standing:
    """The standing of an issued patent."""
    issued_on, agreed, named = case.patent.issued_on, case.patent.standing, case.patent.named
    known = [money for money in case.money if money.known(today)]
    together = walk(issued_on, known, today, agreed)
    alone = walk(issued_on, [m for m in known if m.posted(today)], today, agreed)
    proven = walk(issued_on, [m for m in known if m.counts_as_proof(today)], today, agreed)
    by_any_word = walk(issued_on, known, today, named)
    living = tuple(money for money in together.in_time if not money.posted(today))
    transit = transit_of(living, facts.complete_through, today)
    draft = Standing(
        state=State.VALID,
        today=today,
        case=case,
        complete_through=facts.complete_through,
        monthly=facts.monthly,
        reminded=facts.reminded,
        issued_on=issued_on,
        months=together.months,
        months_alone=alone.months,
        months_by_our_word=by_any_word.months,
        last_in_time=deadline(issued_on, by_any_word.months, named),
        proven_through=coverage.covered_through(issued_on, proven.months),
        paid=together.in_time,
        late=_late(case, together, today),
        living=living,
        transit=transit,
    )
    return replace(draft, state=_patent_state(draft))


def _late(case: Case, divided: Walk, today: date) -> tuple[LateMoney, ...]:
    found = tuple(_named(money) for money in divided.late)
    return found + tuple(late for late in case.late if late.known(today))


def _named(money: Money) -> LateMoney:
    """The day of posting proves that money was in time, never that it was late."""
    paid_on = None if money.by_posting else money.paid_on
    return LateMoney(money.amount, paid_on, money.posted_on, money.channel)


def _patent_state(draft: Standing) -> State:
    rules = (
        (State.ANNULLED, _is_annulled),
        (State.EXPIRED, _is_expired),
        (State.LAPSED, _is_lapsed),
        (State.TRACING, _is_tracing),
        (State.IN_TRANSIT, _needs_living_money),
        (State.UNSEEN, _is_uncovered),
        (State.DUE, lambda it: it.is_payable),
    )
    return next((state for state, holds in rules if holds(draft)), State.VALID)


def _is_annulled(draft: Standing) -> bool:
    annulled_on = draft.case.patent.annulled_on
    return annulled_on is not None and annulled_on <= draft.today


def _is_expired(draft: Standing) -> bool:
    return draft.today > draft.year_end


def _is_uncovered(draft: Standing) -> bool:
    return draft.today > draft.last_covered


def _is_lapsed(draft: Standing) -> bool:
    """Only the Treasury's complete silence ends a patent, and never one without a first month.

    The Ministry hands a patent over on a cheque, so a first month that is nowhere to be found
    is a question to staff. Living money has already moved the last covered day; money that staff
    have not decided about, or that an acquirer keeps silent about, may yet do so.
    """
    return (
        _is_uncovered(draft)
        and draft.months_posted > 0
        and draft.complete_through is not None
        and draft.complete_through >= draft.lapse_known_by
        and not draft.undecided
        and not draft.maybe
        and not draft.halves
        and not draft.asked
    )


def _needs_living_money(draft: Standing) -> bool:
    """Without the money on its way today would be uncovered, or the next payment near."""
    if not draft.living or draft.months_alone == coverage.MONTHS_IN_YEAR:
        return False
    pay_by = coverage.pay_by(draft.issued_on, draft.months_alone)
    return draft.today >= pay_by - timedelta(NOTICE_DAYS)


def _is_tracing(draft: Standing) -> bool:
    return _needs_living_money(draft) and draft.transit.traced

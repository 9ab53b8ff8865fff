"""Clicks, webhooks, sweeps, timeouts, refunds and kills in every order: one end, one charge.

The acquirer stands behind the real adapter and fails in every known way (`bench.trials`); ten
thousand seeded trials are `python -m bench.charges --trials 10000`.
"""

from random import Random
from unittest import mock
from uuid import uuid4

import pgtrigger
import pytest
import time_machine
from django.db import IntegrityError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bench.trials import trial, verdict
from bench.trials.acquirer import FAULTS
from bench.trials.world import WAYS, World
from payments.models import Charge, Method, TillPayment
from payments.services.ledger import twice
from payments.services.ledger.books import Books
from payments.services.online import charge_orders
from payments.services.tills import tills
from tests.guards import behind_the_guards

pytestmark = pytest.mark.django_db

NTH = st.integers(0, 8)


class Machine(RuleBasedStateMachine):
    """One person; Hypothesis chooses what happens, and shortens what went wrong."""

    def __init__(self):
        super().__init__()
        self.time = time_machine.travel(trial.START, tick=False)
        self.clock = self.time.start()
        self.world = World(Random(0), 0.0, trial.staff())
        self.plug = self.world.plugged()
        self.plug.__enter__()

    @rule(months=st.integers(1, 3), method=st.sampled_from(WAYS))
    def click(self, months, method):
        self.world.click(months, method)

    @rule(fault=st.sampled_from(FAULTS))
    def the_next_answer_fails(self, fault):
        self.world.acquirer.fault = fault

    @rule(nth=NTH)
    def pay(self, nth):
        self.world.pay(nth)

    @rule(nth=NTH)
    def leave(self, nth):
        self.world.leave(nth)

    @rule()
    def come_back(self):
        self.world.come_back()

    @rule(nth=NTH, twice=st.booleans(), lost=st.booleans())
    def a_webhook_comes(self, nth, twice, lost):
        self.world.bring(nth, twice=twice, lost=lost)

    @rule()
    def the_worker_takes_a_hint(self):
        self.world.work()

    @rule()
    def sweep(self):
        self.world.sweep()

    @rule()
    def refund(self):
        self.world.refund()

    @rule(months=st.integers(1, 2))
    def make_a_link(self, months):
        self.world.elsewhere.make_link(months)

    @rule(nth=NTH)
    def pay_by_a_link(self, nth):
        self.world.elsewhere.pay_by_link(nth)

    @rule(nth=NTH)
    def withdraw_a_link(self, nth):
        self.world.elsewhere.withdraw(nth)

    @rule(months=st.integers(1, 2))
    def pay_at_a_bank(self, months):
        self.world.elsewhere.at_a_bank(months)

    @rule(months=st.integers(1, 2), page_left=st.booleans())
    def pay_at_the_till(self, months, page_left):
        self.world.elsewhere.at_the_till(months, page_left=page_left)

    @rule()
    def pay_a_sum_that_fits_nothing(self):
        self.world.elsewhere.a_sum_that_fits_nothing()

    @rule()
    def count_credit(self):
        self.world.elsewhere.count_credit()

    @rule(nth=NTH, times=st.integers(1, 2), notified=st.booleans())
    def a_statement_tells_of_money(self, nth, times, notified):
        self.world.elsewhere.post(nth, times=times, notified=notified)

    @rule(minutes=st.sampled_from([2, 20, 70]))
    def wait(self, minutes):
        self.clock.shift(minutes * 60)
        self.world.acquirer.pass_time()

    @invariant()
    def no_month_is_taken_twice_and_no_kopeck_stands_in_two_places(self):
        found = verdict.judge(self.world)
        assert (found.double, found.astray) == (0, 0)

    def teardown(self):
        try:
            verdict.settle(self.world, self.clock)
            found = verdict.judge(self.world)
        finally:
            self.plug.__exit__(None, None, None)
            self.time.stop()
        assert found.is_clean, found


def run(examples: int, steps: int) -> None:
    quiet = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=quiet)


def test_whatever_happens_in_whatever_order_ends_in_one_charge_and_one_message():
    run(examples=4, steps=8)


@pytest.mark.long
def test_whatever_happens_in_whatever_order_ends_in_one_charge_for_long():
    run(examples=300, steps=30)


def total(seeds: range) -> verdict.Verdict:
    pair = trial.staff()
    return sum((trial.run(seed, pair) for seed in seeds), verdict.Verdict())


def test_seeded_trials_charge_nobody_twice_and_lose_nothing():
    found = total(range(8))

    assert found.taken > 0
    assert found.is_clean, found


@pytest.mark.long
def test_many_seeded_trials_charge_nobody_twice_and_lose_nothing():
    found = total(range(1_000, 2_000))

    assert found.is_clean, found


def silence_then_two_sms() -> verdict.Verdict:
    """The answer is lost, the payer clicks again, and answers every SMS of the operator."""
    with time_machine.travel(trial.START, tick=False) as traveller:
        world = World(Random(1), 0.0, trial.staff())
        with world.plugged():
            world.acquirer.fault = "silent"
            for _click in range(2):
                world.click(1, Method.MOBILE)
            for _answer in range(2):
                world.pay(0)
            verdict.settle(world, traveller)
        return verdict.judge(world)


def test_a_lost_answer_and_a_second_click_take_the_money_once():
    found = silence_then_two_sms()

    assert found.taken == 1
    assert found.is_clean, found


def test_with_a_new_key_at_each_repetition_the_money_is_taken_twice():
    """The twin: what the key that is kept is good for."""
    kept = charge_orders.kept

    def fresh(charge: Charge):
        order = kept(charge)
        return type(order)(
            **{name: getattr(order, name) for name in order.__slots__} | {"key": str(uuid4())}
        )

    with mock.patch.object(charge_orders, "kept", fresh):
        found = silence_then_two_sms()

    assert found.taken == 2
    assert found.double + found.lost > 0


def cash_beside_a_page(months: int, *, page_left: bool) -> verdict.Verdict:
    """A page is opened, a month is paid in cash, and the page is paid all the same."""
    with time_machine.travel(trial.START, tick=False) as traveller:
        world = World(Random(3), 0.0, trial.staff())
        with world.plugged():
            world.click(months, Method.CARD)
            world.elsewhere.at_the_till(1, page_left=page_left)
            world.pay(0)
            verdict.settle(world, traveller)
        assert TillPayment.objects.filter(receipt__application=world.application).exists()
        return verdict.judge(world)


@pytest.mark.parametrize("months", [1, 2])
def test_a_page_left_for_the_till_and_paid_all_the_same_is_marked(months):
    found = cash_beside_a_page(months, page_left=True)

    assert found.taken == 1
    assert found.is_clean, found
    assert Charge.objects.get().is_second


@pytest.mark.parametrize("months", [1, 2])
def test_money_for_what_was_paid_in_cash_is_seen_where_nobody_marks_it(months, monkeypatch):
    """The twin: what the mark of second money is good for, and that the trials would notice."""
    monkeypatch.setattr(twice, "is_second", lambda charge: False)

    assert cash_beside_a_page(months, page_left=True).double == 1


def test_cash_beside_an_open_page_is_seen_where_nothing_stands_in_its_way(monkeypatch):
    """The twin: the page was opened for two months, and one of them is paid in cash."""
    monkeypatch.setattr(tills, "require_no_page", lambda application: None)

    with pgtrigger.ignore("payments.TillPayment:no_page_open"):
        assert cash_beside_a_page(2, page_left=False).double == 1


def money_over_that_was_counted() -> verdict.Verdict:
    """A sum that fits nothing is posted, and what it buys is counted as a month."""
    with time_machine.travel(trial.START, tick=False):
        world = World(Random(2), 0.0, trial.staff())
        with world.plugged():
            world.elsewhere.a_sum_that_fits_nothing()
            world.elsewhere.post(0, times=2)
            world.elsewhere.count_credit()
        assert world.application.placements.matched().count() == 1
        return verdict.judge(world)


def test_every_kopeck_of_money_over_stands_in_one_place():
    found = money_over_that_was_counted()

    assert (found.posted, found.astray) == (1, 0)


def test_money_that_stays_in_its_former_place_as_well_is_seen(monkeypatch):
    """The twin: what closing a place is good for, and that the trials would notice."""
    write = Books.write

    def closing_nothing(books):
        books.closed = []
        write(books)

    monkeypatch.setattr(Books, "write", closing_nothing)

    with behind_the_guards():
        assert money_over_that_was_counted().astray > 0


def test_the_database_refuses_to_leave_money_in_its_former_place(monkeypatch):
    write = Books.write

    def closing_nothing(books):
        books.closed = []
        write(books)

    monkeypatch.setattr(Books, "write", closing_nothing)

    with pytest.raises(IntegrityError, match="more than its sum"):
        money_over_that_was_counted()

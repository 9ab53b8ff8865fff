"""The trials see who is wrongly told of a second payment, and who is not told of one."""

import sys
from random import Random
from unittest import mock

import pytest
import time_machine

from bench.trials import trial, verdict
from bench.trials.world import World
from payments.models import Charge, Method
from payments.services.ledger import twice
from payments.services.online.charges import refresh_charge

pytestmark = pytest.mark.django_db


def paid_once(*, notified: bool, at_a_bank: bool = False) -> verdict.Verdict:
    """A page is paid and heard of, and only then the Treasury tells of money."""
    with time_machine.travel(trial.START, tick=False) as traveller:
        world = World(Random(4), 0.0, trial.staff())
        with world.plugged():
            world.click(1, Method.CARD)
            world.pay(0)
            world.sweep()
            refresh_charge(charge=Charge.objects.get())
            if at_a_bank:
                world.elsewhere.with_a_paper(Charge.objects.get().receipt)
            world.elsewhere.post(0, notified=notified)
            verdict.settle(world, traveller)
        return verdict.judge(world)


@pytest.mark.parametrize("notified", [False, True])
def test_who_paid_once_is_not_marked_as_one_who_paid_twice(notified):
    found = paid_once(notified=notified)

    assert (found.taken, found.posted) == (1, 1)
    assert found.is_clean, found


def by_the_day_alone(line) -> bool:
    return bool(line.paid_on)


def test_the_only_payment_marked_as_second_is_seen(monkeypatch):
    """The twin: a day of its own was thought to prove another bank, and the trials see it."""
    monkeypatch.setattr(
        sys.modules["payments.services.ledger.entries"], "came_by_own_bank", by_the_day_alone
    )

    assert paid_once(notified=True).marked_wrong == 1


@pytest.mark.parametrize("notified", [False, True])
def test_who_paid_at_a_bank_beside_the_card_is_told(notified):
    found = paid_once(notified=notified, at_a_bank=True)

    assert Charge.objects.get().is_second
    assert (found.untold, found.marked_wrong) == (0, 0)


def test_a_second_payment_of_which_nobody_speaks_is_seen(monkeypatch):
    """The twin: the mark without the word."""
    monkeypatch.setattr(twice, "record", mock.Mock(return_value=mock.Mock(pk=1)))

    assert paid_once(notified=False, at_a_bank=True).untold == 1

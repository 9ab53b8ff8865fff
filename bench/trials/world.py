"""One person, their payment pages, and everything that can happen to them."""

import itertools
import json
from contextlib import contextmanager
from random import Random
from unittest import mock

from django.db import transaction
from django.test import RequestFactory, override_settings
from django.urls import reverse

from accounts.models import Person, Phone, PhoneKind, User
from accounts.services import approvals
from bench.trials.acquirer import Acquirer, Killed, behind_the_adapter
from bench.trials.elsewhere import Elsewhere
from bench.trials.orders import CONSOLIDATED, TILL
from bench.trials.survived import survived
from common.clock import today
from desk.crowd.numbers import FIRST, inn
from patents.models import Application, Inn
from payments import gateway, tasks
from payments.models import Charge, ChargeStatus, Method, Till
from payments.services.online import charge_answers, charge_sweep, charges, refunds
from payments.services.online.charges import refresh_by_provider_id, start_charge
from payments.services.papers.receipts import form_receipt
from payments.views.hook import yookassa_hook

NUMBERS = itertools.count(1)
WAYS = list(Method)
HOOK = RequestFactory()


class World:
    """Every act is what a browser, the acquirer, a task or the staff does; each may be killed."""

    def __init__(self, chance: Random, faulty: float, staff: tuple[User, User]):
        self.chance, self.staff = chance, staff
        self.acquirer = Acquirer(chance, faulty)
        self.hints: list[str] = []
        self.kills = faulty / 4
        number = next(NUMBERS)
        self.application = _application(number)
        self.elsewhere = Elsewhere(self, number)
        self.till = Till.objects.get_or_create(name="Касса проб")[0]

    @contextmanager
    def plugged(self):
        """The portal speaks to this acquirer, and its hints are kept in a list of ours."""
        with (
            mock.patch.object(gateway, "HTTPAdapter", behind_the_adapter(self.acquirer)),
            mock.patch.object(tasks.refresh_charge, "delay", self.hints.append),
            mock.patch.object(tasks.send_refund, "delay", return_value=None),
            mock.patch.object(charge_answers, "tell_of", self._maybe_killed("tell_of")),
            mock.patch.object(charges, "remember", self._maybe_killed("remember")),
            override_settings(ACQUIRER_PAYERS=CONSOLIDATED, TILL_PAYERS=[TILL]),
        ):
            yield self

    def _maybe_killed(self, name: str):
        """Here a kill comes before the commit: what was half written is gone."""
        real = getattr(charge_answers, name)

        def call(*args, **kwargs):
            if self.chance.random() < self.kills:
                raise Killed
            return real(*args, **kwargs)

        return call

    # --- acts

    def click(self, months: int, method: Method) -> None:
        with survived():
            receipt = form_receipt(application=self.application, months=months, on=today())
            start_charge(receipt=receipt, method=method, phone="+79161234567")

    def pay(self, nth: int) -> None:
        """Any page that was ever shown, and any SMS of an operator, may be paid."""
        if pages := self._payable():
            self.acquirer.pay(pages[nth % len(pages)])

    def leave(self, nth: int) -> None:
        if pages := self._payable():
            self.acquirer.cancel(pages[nth % len(pages)])

    def _payable(self) -> list[str]:
        waiting = [row for row in self.acquirer.payments.values() if row["status"] == "pending"]
        shown = set(self._charges().values_list("provider_id", flat=True))
        return [
            row["id"]
            for row in waiting
            if row["id"] in shown or row["confirmation"]["type"] == "external"
        ]

    def come_back(self) -> None:
        with survived():
            charge = self._charges().filter(status=ChargeStatus.PENDING).first()
            if charge:
                refresh_by_provider_id(charge.provider_id)

    def bring(self, nth: int, *, twice: bool = False, lost: bool = False) -> None:
        """A notification comes: in any order, once, twice or never."""
        if not self.acquirer.told:
            return
        told = self.acquirer.told.pop(nth % len(self.acquirer.told))
        if twice:
            self.acquirer.told.append(told)
        if not lost:
            self.notify(told)

    def notify(self, told: dict, **address) -> int:
        address = address or {"REMOTE_ADDR": "185.71.76.1"}
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        request = HOOK.post(
            reverse("payments:hook"), body, content_type="application/json", **address
        )
        return yookassa_hook(request).status_code

    def work(self) -> None:
        """The worker takes one hint from the queue, or loses it."""
        if self.hints:
            hint = self.hints.pop(self.chance.randrange(len(self.hints)))
            with survived():
                tasks.refresh_charge.run(hint)

    def sweep(self) -> None:
        with survived():
            charge_sweep.sweep_charges()
        with survived():
            refunds.sweep_refunds()

    def refund(self) -> None:
        charge = self._charges().filter(status=ChargeStatus.SUCCEEDED).first()
        if charge is None:
            return
        asks, decides = self.staff
        with survived():
            asked = refunds.ask_refund(charge=charge, actor=asks, reason="заплачено дважды")
            made = approvals.decide(approval=asked, granted=True, actor=decides).refund
            refunds.send_refund(made.pk)

    def _charges(self):
        return Charge.objects.filter(receipt__application=self.application).order_by("pk")


@transaction.atomic
def _application(number: int) -> Application:
    person = Person.objects.create(
        last_name="Проба", first_name="Платежа", birth_date="1990-05-17", citizenship_id="UZB"
    )
    Phone.objects.create(
        person=person,
        kind=PhoneKind.CENTRE_SIM,
        number=f"+7901{number:07d}",
        valid_from=today(),
    )
    Inn.objects.create(person=person, value=inn(FIRST.inn + number), valid_from=today())
    return Application.objects.create(person=person, number=f"91{number:07d}", accepted_on=today())

"""Money of an online payment given back: two of the staff, one refund, one message."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from accounts.errors import ReasonMissing
from accounts.models import Approval, TimelineEntry
from accounts.services import approvals
from notifications.models import Message
from patents.models import Patent
from payments.errors import GatewayUnavailable, NotCorrectable, NotRefundable
from payments.facts import standing_of
from payments.models import ChargeStatus, Refund, RefundStatus
from payments.services.online import refunds
from payments.services.online.charge_corrections import ask_correction
from payments.services.online.charges import refresh_charge, start_charge
from payments.services.papers.receipts import form_receipt
from tests.factories import PhoneFactory, PlacementFactory, StaffFactory

TODAY = date(2026, 2, 10)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture
def charge(application, acquirer):
    """Taken by the acquirer a moment ago."""
    Patent.objects.update(issued_on=TODAY)
    PhoneFactory(person=application.person, number="+79161234567")
    made = start_charge(receipt=form_receipt(application=application, months=1, on=TODAY))
    acquirer.pay(made.provider_id, captured_at="2026-02-10T09:00:00.000Z")
    return refresh_charge(charge=made)


@pytest.fixture
def granted(charge):
    return grant(charge)


def grant(charge) -> Refund:
    asked = refunds.ask_refund(charge=charge, actor=StaffFactory(), reason="заплатил дважды")
    return approvals.decide(approval=asked, granted=True, actor=StaffFactory()).refund


def told() -> tuple[int, int]:
    said = TimelineEntry.objects.filter(kind="payments.refunded")
    return Message.objects.filter(event="payments.refunded").count(), said.count()


def test_one_asks_another_grants_and_the_money_lives_no_more(charge, granted, acquirer):
    assert standing_of(charge.receipt.person).months_living == 1

    refund = refunds.send_refund(granted.pk)

    charge.refresh_from_db()
    assert (refund.status, charge.status) == (RefundStatus.SUCCEEDED, ChargeStatus.REFUNDED)
    assert standing_of(charge.receipt.person).months_living == 0
    assert told() == (1, 1)


def test_who_asks_does_not_decide(charge, acquirer):
    one = StaffFactory()
    asked = refunds.ask_refund(charge=charge, actor=one, reason="заплатил дважды")

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=one)
    assert not Refund.objects.exists()


def test_a_refund_needs_a_reason_and_asked_twice_is_asked_once(charge):
    with pytest.raises(ReasonMissing):
        refunds.ask_refund(charge=charge, actor=StaffFactory(), reason=" ")

    for _time in range(2):
        refunds.ask_refund(charge=charge, actor=StaffFactory(), reason="заплатил дважды")

    assert Approval.objects.count() == 1


def test_what_is_refused_stays_with_us(charge, acquirer):
    asked = refunds.ask_refund(charge=charge, actor=StaffFactory(), reason="заплатил дважды")

    approvals.decide(approval=asked, granted=False, actor=StaffFactory())

    assert not Refund.objects.exists()
    assert acquirer.refunds == {}


def test_posted_money_is_the_treasurys_and_the_refusal_says_so(charge):
    PlacementFactory(application=charge.receipt.application, charge=charge, receipt=charge.receipt)

    with translation.override("en"), pytest.raises(NotRefundable, match="tax office"):
        refunds.ask_refund(charge=charge, actor=StaffFactory(), reason="заплатил дважды")


def test_money_posted_between_the_decision_and_the_acquirer_is_not_given_back(
    charge, granted, acquirer
):
    PlacementFactory(application=charge.receipt.application, charge=charge, receipt=charge.receipt)

    refund = refunds.send_refund(granted.pk)

    charge.refresh_from_db()
    assert (refund.status, charge.status) == (RefundStatus.CANCELED, ChargeStatus.SUCCEEDED)
    assert acquirer.refunds == {}
    assert told() == (0, 0)


@pytest.mark.parametrize("status", [500, 502, 504, 202])
def test_a_lost_answer_is_asked_again_under_the_same_key(charge, granted, acquirer, status):
    with acquirer.answering(status), pytest.raises(GatewayUnavailable):
        refunds.send_refund(granted.pk)

    refunds.sweep_refunds()

    granted.refresh_from_db()
    assert granted.status == RefundStatus.SUCCEEDED
    assert len(acquirer.refunds) == 1
    assert told() == (1, 1)


def test_a_lost_answer_older_than_its_key_is_looked_for(charge, granted, acquirer, february):
    with acquirer.answering(500), pytest.raises(GatewayUnavailable):
        refunds.send_refund(granted.pk)
    february.shift(timedelta(hours=30))

    refunds.sweep_refunds()

    granted.refresh_from_db()
    assert granted.status == RefundStatus.SUCCEEDED
    assert len(acquirer.refunds) == 1


@pytest.mark.parametrize("end", ["succeeded", "canceled"])
def test_a_refund_that_takes_its_time_ends_by_the_sweep(charge, granted, acquirer, end):
    acquirer.refund_status = "pending"
    refunds.send_refund(granted.pk)
    acquirer.finish_refund(end)

    for _time in range(2):
        refunds.sweep_refunds()

    charge.refresh_from_db()
    granted.refresh_from_db()
    assert granted.status == end
    assert (charge.status == ChargeStatus.REFUNDED) == (end == "succeeded")
    assert told() == ((1, 1) if end == "succeeded" else (0, 0))


def test_what_the_acquirer_refuses_is_not_given_back(charge, granted, acquirer):
    with acquirer.answering(400):
        refund = refunds.send_refund(granted.pk)

    assert (refund.status, refund.reason) == (RefundStatus.CANCELED, refunds.REFUSED)


def test_a_webhook_of_a_refund_is_a_hint_and_the_acquirer_is_asked(charge, granted, acquirer):
    acquirer.refund_status = "pending"
    refunds.send_refund(granted.pk)
    acquirer.finish_refund("succeeded")

    refunds.hear_of_payment(charge.provider_id)

    charge.refresh_from_db()
    assert charge.status == ChargeStatus.REFUNDED


def test_a_charge_has_one_living_refund(charge, granted):
    with pytest.raises(NotRefundable):
        refunds.ask_refund(charge=charge, actor=StaffFactory(), reason="ещё раз")
    with pytest.raises(IntegrityError, match="refund_one_live"), transaction.atomic():
        Refund.objects.create(
            charge=charge,
            approval=_another(charge),
            amount=charge.amount,
            idempotence_key="00000000-0000-4000-8000-000000000001",
        )


def _another(charge):
    return Approval.objects.create(
        kind="refund", person=charge.receipt.person, reason="x", asked_by=StaffFactory()
    )


def test_after_a_refund_the_month_can_be_paid_anew(charge, granted, acquirer):
    refunds.send_refund(granted.pk)

    again = start_charge(receipt=charge.receipt)

    assert (again.first_month, again.last_month) == (charge.first_month, charge.last_month)


def test_a_wrong_final_state_is_put_right_by_two_and_logged(charge):
    asked = ask_correction(charge=charge, actor=StaffFactory(), reason="эквайер отменил списание")

    approvals.decide(approval=asked, granted=True, actor=StaffFactory())

    charge.refresh_from_db()
    noted = charge.corrections.get()
    assert charge.status == ChargeStatus.CANCELED
    assert (noted.before, noted.after) == ("succeeded", "canceled")
    assert standing_of(charge.receipt.person).months_living == 0


def test_posted_money_was_taken_whatever_a_paper_says(charge):
    PlacementFactory(application=charge.receipt.application, charge=charge, receipt=charge.receipt)

    with pytest.raises(NotCorrectable):
        ask_correction(charge=charge, actor=StaffFactory(), reason="эквайер отменил списание")


# --- at the desk


def member(role: str):
    user = StaffFactory(username=role, is_superuser=False)
    user.groups.set(Group.objects.filter(name=role))
    return user


def test_at_the_desk_an_accountant_asks_and_a_supervisor_grants(client, charge, acquirer):
    client.force_login(member("accountant"))
    page = reverse("admin:payments_charge_refund", args=[charge.pk])
    assert "10" in client.get(page).content.decode()
    client.post(page, {"reason": "заплатил дважды"})
    asked = Approval.objects.get()

    client.force_login(member("supervisor"))
    client.post(reverse("admin:accounts_approval_decide", args=[asked.pk]), {"decision": "grant"})

    assert Refund.objects.get().approval == asked


def test_whoever_decides_about_phones_only_does_not_decide_about_money(client, charge):
    asked = refunds.ask_refund(charge=charge, actor=StaffFactory(), reason="заплатил дважды")
    client.force_login(member("operator"))

    answer = client.post(
        reverse("admin:accounts_approval_decide", args=[asked.pk]), {"decision": "grant"}
    )

    assert answer.status_code == 403
    assert not Refund.objects.exists()


def test_the_card_of_a_payment_offers_what_can_be_asked_for(client, charge):
    client.force_login(member("accountant"))

    page = client.get(reverse("admin:payments_charge_change", args=[charge.pk])).content.decode()

    assert reverse("admin:payments_charge_refund", args=[charge.pk]) in page
    assert reverse("admin:payments_charge_ask", args=[charge.pk]) in page


def test_asked_again_at_the_desk_the_acquirer_says_what_it_took(client, charge, acquirer):
    client.force_login(member("accountant"))

    answer = client.post(reverse("admin:payments_charge_ask", args=[charge.pk]))

    assert answer.status_code == 302
    assert acquirer.found > 1

"""What does not end by itself is in a list of the staff, and two of them end it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from accounts.models import Approval
from accounts.services import approvals
from desk.waiting import KINDS, waiting_for
from desk.worklists import WORKLISTS
from notifications.models import Message
from payments import messages, timeline
from payments.errors import GatewayUnavailable, NotCorrectable
from payments.facts import standing_of
from payments.models import Charge, ChargeCorrection, ChargeStatus, Placement, Refund, RefundStatus
from payments.services.importing.statements import import_statement
from payments.services.online import charge_answers, endings, refunds
from payments.services.online.charges import refresh_by_provider_id, refresh_charge, start_charge
from payments.services.papers.receipts import form_receipt
from tests.at_once import at_once, meeting
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    PatentFactory,
    PhoneFactory,
    StaffFactory,
)
from tests.payments.statement_files import ACQUIRER_ACCOUNT, BANK_ACCOUNT, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY, LATER = date(2026, 2, 10), date(2026, 2, 14)
REASON = "письмо банка № 5"


@pytest.fixture
def pair(paper, acquirer):
    """The first page was given up and another one paid; the first was paid all the same."""
    first = start_charge(receipt=paper)
    acquirer.cancel(first.provider_id)
    refresh_charge(charge=first)
    second = start_charge(receipt=paper)
    return first, second


def paid(acquirer, charge):
    acquirer.pay(charge.provider_id)
    return refresh_charge(charge=charge)


def granted(approval):
    approvals.decide(approval=approval, granted=True, actor=StaffFactory())


def waiting(words):
    [work] = [one for one in KINDS if one.address.endswith(words)]
    return work.rows().count()


def age(row, **by):
    type(row).objects.filter(pk=row.pk).update(created_at=row.created_at - timedelta(**by))


def told(event):
    return Message.objects.filter(event=event.code).count()


# --- a receipt taken a second time after its first charge was given up


@pytest.mark.parametrize("order_of_words", [(0, 1), (1, 0)])
def test_both_sums_are_kept_in_whatever_order_they_are_heard_of(
    paper, pair, acquirer, order_of_words
):
    for number in order_of_words:
        paid(acquirer, pair[number])

    rows = Charge.objects.filter(status=ChargeStatus.SUCCEEDED)
    assert rows.count() == 2
    assert rows.filter(is_second=True).get() == pair[0]
    assert (told(messages.PAYMENT_TAKEN), told(messages.PAID_TWICE)) == (1, 1)
    assert waiting("?shown=twice") == 1
    assert standing_of(paper.person, LATER).months == 3


def test_money_behind_a_given_up_page_counts_while_the_other_page_is_only_open(
    paper, pair, acquirer
):
    paid(acquirer, pair[0])

    assert standing_of(paper.person, LATER).months == 2
    assert told(messages.PAID_TWICE) == 0
    assert waiting("?shown=twice") == 0


def test_when_the_other_page_is_never_paid_it_is_the_only_payment(paper, pair, acquirer):
    first, second = pair
    paid(acquirer, first)
    acquirer.cancel(second.provider_id)
    refresh_charge(charge=second)

    first.refresh_from_db()
    assert not first.is_second
    assert waiting("?shown=twice") == 0


def test_two_give_the_second_sum_back_and_the_receipt_stays_paid(paper, pair, acquirer):
    for charge in pair:
        paid(acquirer, charge)
    second = Charge.objects.get(is_second=True)

    granted(refunds.ask_refund(charge=second, actor=StaffFactory(), reason=REASON))
    refunds.sweep_refunds()

    assert standing_of(paper.person, LATER).months == 2
    assert (told(messages.SECOND_REFUNDED), told(messages.PAYMENT_REFUNDED)) == (1, 0)
    assert waiting("?shown=twice") == 0


def test_when_the_first_sum_is_given_back_the_second_is_the_receipts_own(paper, pair, acquirer):
    for charge in pair:
        paid(acquirer, charge)

    pair[1].refresh_from_db()
    granted(refunds.ask_refund(charge=pair[1], actor=StaffFactory(), reason=REASON))
    refunds.sweep_refunds()

    pair[0].refresh_from_db()
    assert (pair[0].status, pair[0].is_second) == (ChargeStatus.SUCCEEDED, False)
    assert standing_of(paper.person, LATER).months == 2


def test_two_write_down_that_the_person_keeps_it_for_the_next_month(paper, pair, acquirer):
    for charge in pair:
        paid(acquirer, charge)
    second = Charge.objects.get(is_second=True)

    granted(endings.ask_settled(charge=second, actor=StaffFactory(), reason="на март"))

    assert waiting("?shown=twice") == 0
    assert paper.person.timeline.filter(kind=timeline.KEPT).exists()
    assert standing_of(paper.person, LATER).months == 3
    with pytest.raises(NotCorrectable):
        endings.ask_settled(charge=second, actor=StaffFactory(), reason="ещё раз")


def test_a_line_that_was_faster_than_the_word_about_a_given_up_page_is_its_own(
    paper, acquirer, settings
):
    """Not second money: the line had settled the receipt as nobody's."""
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT]
    charge = start_charge(receipt=paper)
    acquirer.cancel(charge.provider_id)
    refresh_charge(charge=charge)
    day = date(2026, 2, 12)
    line = order(on=day, posted_on=day, inn="0", payer_account=ACQUIRER_ACCOUNT)
    line |= {"НазначениеПлатежа": paper.snapshot["purpose"]}
    import_statement(content=whole(line, first=day), name="early.txt")
    acquirer.pay(charge.provider_id, captured_at="2026-02-11T09:00:00.000Z")

    refresh_charge(charge=charge)

    posted = Placement.objects.matched().get(receipt=paper)
    assert (posted.charge, posted.paid_on) == (charge, date(2026, 2, 11))
    charge.refresh_from_db()
    assert not charge.is_second
    assert standing_of(paper.person, LATER).months == 2


# --- at once


@pytest.mark.django_db(transaction=True)
def test_eight_words_at_once_about_the_second_sum_are_one_correction(paper, pair, acquirer):
    paid(acquirer, pair[1])
    acquirer.pay(pair[0].provider_id)

    at_once(*[lambda: refresh_by_provider_id(pair[0].provider_id)] * 8)

    assert ChargeCorrection.objects.filter(charge=pair[0]).count() == 1
    assert told(messages.PAID_TWICE) == 1
    assert paper.person.timeline.filter(kind=timeline.TAKEN_AGAIN).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_sum_is_told_twice(paper, pair, acquirer, monkeypatch):
    """The twin: two threads look before either writes."""
    paid(acquirer, pair[1])
    acquirer.pay(pair[0].provider_id)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)
    meeting(monkeypatch, charge_answers, "put_right", 2)

    at_once(*[lambda: refresh_by_provider_id(pair[0].provider_id)] * 2)

    assert paper.person.timeline.filter(kind=timeline.TAKEN_AGAIN).count() == 2


# --- charges without an end


@pytest.fixture
def silent(paper, acquirer):
    """Opened 25 hours ago; the acquirer says nothing."""
    charge = start_charge(receipt=paper)
    age(charge, hours=25)
    charge.refresh_from_db()
    return charge


def test_a_charge_that_nobody_hears_of_for_a_day_is_in_the_list(paper, acquirer):
    charge = start_charge(receipt=paper)
    age(charge, hours=23)
    assert waiting("charge/?shown=endless") == 0

    charge.refresh_from_db()
    age(charge, hours=2)

    assert waiting("charge/?shown=endless") == 1


def test_two_end_it_as_never_taken_and_the_person_may_pay_anew(paper, silent):
    granted(endings.ask_end(charge=silent, taken_on=None, actor=StaffFactory(), reason=REASON))

    silent.refresh_from_db()
    assert (silent.status, silent.order) == (ChargeStatus.CANCELED, {})
    assert waiting("charge/?shown=endless") == 0
    assert paper.person.timeline.filter(kind=timeline.NOT_TAKEN).exists()
    assert start_charge(receipt=paper) != silent


def test_two_end_it_as_taken_on_the_day_of_the_paper(paper, silent):
    day = date(2026, 2, 9)

    granted(endings.ask_end(charge=silent, taken_on=day, actor=StaffFactory(), reason=REASON))

    assert standing_of(paper.person, TODAY).living[0].paid_on == day
    assert told(messages.PAYMENT_TAKEN) == 1


def test_who_asks_does_not_end_it(silent):
    one = StaffFactory()
    asked = endings.ask_end(charge=silent, taken_on=None, actor=one, reason=REASON)

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=one)


@pytest.mark.parametrize("day", [date(2026, 2, 8), date(2026, 2, 11)])
def test_a_day_on_which_it_was_not_open_is_refused(silent, day):
    with pytest.raises(NotCorrectable):
        endings.ask_end(charge=silent, taken_on=day, actor=StaffFactory(), reason=REASON)


def test_a_young_charge_is_left_to_its_payer(paper, acquirer):
    charge = start_charge(receipt=paper)

    with pytest.raises(NotCorrectable):
        endings.ask_end(charge=charge, taken_on=None, actor=StaffFactory(), reason=REASON)


def test_what_ended_meanwhile_by_the_acquirers_word_is_left_as_it_is(silent, acquirer):
    asked = endings.ask_end(charge=silent, taken_on=None, actor=StaffFactory(), reason=REASON)
    paid(acquirer, silent)

    with pytest.raises(NotCorrectable):
        granted(asked)

    silent.refresh_from_db()
    assert silent.status == ChargeStatus.SUCCEEDED


# --- refunds without an end


@pytest.fixture
def slow_refund(paper, acquirer):
    charge = paid(acquirer, start_charge(receipt=paper))
    granted(refunds.ask_refund(charge=charge, actor=StaffFactory(), reason=REASON))
    refund = Refund.objects.get()
    with acquirer.answering(500), pytest.raises(GatewayUnavailable):
        refunds.send_refund(refund.pk)
    age(refund, hours=25)
    refund.refresh_from_db()
    return refund


@pytest.mark.parametrize(("given", "months"), [(True, 1), (False, 2)])
def test_two_end_a_refund_that_nobody_hears_of(paper, slow_refund, given, months):
    assert waiting("refund/?shown=endless") == 1

    granted(
        endings.ask_end_refund(refund=slow_refund, given=given, actor=StaffFactory(), reason=REASON)
    )

    slow_refund.refresh_from_db()
    assert slow_refund.status == (RefundStatus.SUCCEEDED if given else RefundStatus.CANCELED)
    assert standing_of(paper.person, LATER).months == months
    assert waiting("refund/?shown=endless") == 0


# --- given back, and received by the Treasury, too


def refunded(paper, acquirer):
    charge = paid(acquirer, start_charge(receipt=paper))
    granted(refunds.ask_refund(charge=charge, actor=StaffFactory(), reason=REASON))
    refunds.sweep_refunds()
    charge.refresh_from_db()
    return charge


def test_a_line_of_the_acquirer_that_posts_a_refunded_charge_is_a_task(paper, acquirer, settings):
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT]
    charge = refunded(paper, acquirer)
    day = date(2026, 2, 12)
    line = order(
        on=day,
        posted_on=day,
        inn="0",
        payer_account=ACQUIRER_ACCOUNT,
        purpose=paper.snapshot["purpose"],
    )
    import_statement(content=whole(line, first=day), name="one.txt")

    assert waiting("?shown=posted") == 1
    granted(endings.ask_settled(charge=charge, actor=StaffFactory(), reason="вернёт банк"))
    assert waiting("?shown=posted") == 0


@pytest.mark.parametrize(
    ("account", "tasks"),
    [("40817810900000000161", 0), (BANK_ACCOUNT, 1)],
    ids=["proven", "unknown"],
)
def test_who_paid_the_paper_at_a_bank_after_the_refund_is_no_task(
    paper, acquirer, settings, account, tasks
):
    """Where the line does not prove whose money it is, the staff look."""
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT]
    refunded(paper, acquirer)
    day = date(2026, 2, 12)
    line = order(on=day, posted_on=day, payer_account=account, purpose=paper.snapshot["purpose"])

    import_statement(content=whole(line, first=day), name="one.txt")

    assert waiting("?shown=posted") == tasks


# --- the first day of payment


@pytest.fixture
def first_month(worker, acquirer):
    """The only payment of a patent that is issued."""
    PhoneFactory(person=worker, number="+79161234567")
    application = ApplicationFactory(person=worker, status="issued", ready_on=date(2026, 2, 1))
    PatentFactory(application=application, issued_on=TODAY)
    return form_receipt(application=application, months=1, on=TODAY)


def test_after_a_refund_of_the_only_payment_there_is_no_first_day(first_month, acquirer):
    refunded(first_month, acquirer)

    application = first_month.application
    application.refresh_from_db()
    assert application.first_paid_on is None
    assert application in WORKLISTS["first-payment"].rows()


def test_after_a_refund_of_one_of_two_the_first_day_is_the_others(first_month, acquirer):
    earlier = paid(acquirer, start_charge(receipt=first_month))
    Charge.objects.filter(pk=earlier.pk).update(captured_at="2026-02-10T09:00:00Z")
    first_month.application.refresh_from_db()
    first_month.application.first_paid_on = TODAY
    first_month.application.save()
    other = form_receipt(application=first_month.application, months=2, on=TODAY)
    ChargeFactory(receipt=other)

    granted(refunds.ask_refund(charge=earlier, actor=StaffFactory(), reason=REASON))
    refunds.sweep_refunds()

    first_month.application.refresh_from_db()
    assert first_month.application.first_paid_on == LATER


# --- the pages


@pytest.fixture
def accountant(client):
    user = StaffFactory(username="accountant", is_superuser=False)
    user.groups.set(Group.objects.filter(name="accountant"))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def test_the_accountant_sees_the_lists_and_the_operator_does_not(accountant):
    page = accountant.get(reverse("admin:index")).content.decode()
    assert "Paid twice: give it back or keep it" in page
    assert "Refunds without an end" in page

    operator = StaffFactory(username="operator", is_superuser=False)
    operator.groups.set(Group.objects.filter(name="operator"))
    assert "?shown=twice" not in " ".join(work.address for work, _count in waiting_for(operator))


def test_a_silent_charge_is_ended_on_its_page(accountant, silent):
    card = reverse("admin:payments_charge_change", args=[silent.pk])
    end = reverse("admin:payments_charge_end", args=[silent.pk])
    assert end in accountant.get(card).content.decode()

    accountant.post(end, {"reason": REASON, "taken_on": "2026-02-09"})

    approval = Approval.objects.get()
    with translation.override("en"):
        said = approvals.DEEDS[approval.kind].said(approval)["text"]
    assert "taken on" in said


def test_money_that_came_twice_is_shown_and_settled_on_its_page(accountant, paper, pair, acquirer):
    for charge in pair:
        paid(acquirer, charge)
    card = reverse("admin:payments_charge_change", args=[pair[0].pk])
    shown = accountant.get(card).content.decode()
    assert "Paid twice" in shown
    listed = accountant.get(
        reverse("admin:payments_charge_changelist"), {"shown": "twice"}
    ).content.decode()
    assert card in listed

    accountant.post(
        reverse("admin:payments_charge_settle", args=[pair[0].pk]), {"reason": "на март"}
    )

    assert Approval.objects.get().facts == {"charge": pair[0].pk, "deed": "settle"}


def test_a_silent_refund_is_ended_on_its_page(accountant, slow_refund):
    end = reverse("admin:payments_refund_end", args=[slow_refund.pk])
    card = reverse("admin:payments_refund_change", args=[slow_refund.pk])
    assert end in accountant.get(card).content.decode()

    accountant.post(end, {"reason": REASON, "given": "yes"})

    asked = Approval.objects.open().get()
    assert asked.facts["after"] == RefundStatus.SUCCEEDED

"""A second sum is told as long as it is one, and taken back when it was none."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Q
from django.utils import translation

from notifications import services
from notifications.models import Message, MessageStatus
from notifications.wire import Wire
from payments import messages, timeline
from payments.facts import standing_of
from payments.models import Charge, ChargeStatus, Placement, QueueReason
from payments.services.importing.statements import import_statement
from payments.services.ledger import ledger, twice
from payments.services.online.charges import refresh_charge, start_charge
from payments.services.papers.receipts import form_receipt
from tests.factories import ChargeFactory
from tests.payments.gis_gmp_files import notice, package
from tests.payments.statement_files import ACQUIRER_ACCOUNT, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY, LATER = date(2026, 2, 10), date(2026, 2, 14)
FIRST_DAY, SECOND_DAY = date(2026, 2, 12), date(2026, 2, 13)
PERSONS_ACCOUNT = "40817810900000000161"
GOES_BACK = "It pays the next month or goes back. Tell the centre."
IS_POSTED = "The Treasury has it: it pays the next month."


@pytest.fixture(autouse=True)
def _acquirer_is_known(settings):
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT]


@pytest.fixture
def sent(monkeypatch):
    """What the operator took."""
    texts = []

    def take(wire, requests):
        texts.extend(request.json["text"] for request in requests)
        return [(200, b'{"success": true, "data": null}') for _request in requests]

    monkeypatch.setattr(Wire, "post_all", take)
    return texts


@pytest.fixture
def card(paper):
    noon = datetime(2026, 2, 11, 9, tzinfo=UTC)
    return ChargeFactory(receipt=paper, first_month=2, last_month=2, captured_at=noon)


def line_from(account, paper, posted_on=FIRST_DAY):
    return order(
        number=account[:5],
        on=TODAY,
        posted_on=posted_on,
        inn="0",
        payer_account=account,
        purpose=paper.snapshot["purpose"],
    )


def bring(*lines, on=FIRST_DAY):
    import_statement(content=whole(*lines, first=on), name=f"{on}-{len(lines)}.txt")


def delivered(event) -> Message:
    message = Message.objects.get(event=event.code)
    services.deliver(message.pk)
    message.refresh_from_db()
    return message


def words(sentence, person) -> str:
    with translation.override(person.language or "ru"):
        return translation.gettext(sentence)


def told(person, kind) -> int:
    return person.timeline.filter(kind=kind).count()


# --- the message comes, whatever the statements showed meanwhile


def test_who_paid_twice_reads_that_the_acquirer_may_still_give_it_back(paper, card, sent):
    bring(line_from(PERSONS_ACCOUNT, paper))

    assert delivered(messages.PAID_TWICE).status == MessageStatus.SENT
    assert words(GOES_BACK, paper.person) in sent[0]


def test_with_both_lines_in_one_file_the_person_is_told_all_the_same_in_other_words(
    paper, card, sent
):
    bring(line_from(ACQUIRER_ACCOUNT, paper), line_from(PERSONS_ACCOUNT, paper))

    assert not Charge.objects.unposted().exists()
    assert delivered(messages.PAID_TWICE).status == MessageStatus.SENT
    assert words(IS_POSTED, paper.person) in sent[0]


def test_what_two_of_the_staff_have_settled_is_told_no_more(paper, card, sent):
    bring(line_from(PERSONS_ACCOUNT, paper))
    Charge.objects.update(settled_at=datetime(2026, 2, 12, 9, tzinfo=UTC))

    assert delivered(messages.PAID_TWICE).status == MessageStatus.DROPPED
    assert sent == []


def test_the_first_sum_that_is_heard_of_after_the_second_says_so_too(paper, sent):
    """Of two captures the one that was marked second may be the one that was heard of first."""
    noon = datetime(2026, 2, 11, 9, tzinfo=UTC)
    ChargeFactory(receipt=paper, is_second=True, captured_at=noon)
    first = ChargeFactory(receipt=paper, captured_at=noon)
    services.queue(messages.PAID_TWICE, first.pk, key="both")

    assert delivered(messages.PAID_TWICE).status == MessageStatus.SENT


# --- a line with a day of its own was faster than the acquirer's word


def notified(paper) -> bytes:
    return package(notice(day="2026-02-11", purpose=paper.snapshot["purpose"]))


def captured_after_the_notice(paper, acquirer) -> Charge:
    charge = start_charge(receipt=paper)
    import_statement(content=notified(paper), name="notice.xml")
    acquirer.pay(charge.provider_id, captured_at="2026-02-11T09:00:00.000Z")
    refresh_charge(charge=charge)
    charge.refresh_from_db()
    return charge


def test_a_notice_that_was_faster_than_the_acquirers_word_is_its_charges_own(paper, acquirer):
    charge = captured_after_the_notice(paper, acquirer)

    posted = Placement.objects.matched().get(receipt=paper)
    assert (posted.charge, charge.is_second) == (charge, False)
    assert Charge.objects.get() == charge
    assert not Charge.objects.unposted().exists()
    assert told(paper.person, timeline.TAKEN_AGAIN) == 0
    assert not Message.objects.filter(event=messages.PAID_TWICE.code).exists()
    assert standing_of(paper.person, LATER).months == 2


def test_without_the_proof_the_only_payment_was_second_money(paper, acquirer, monkeypatch):
    """The twin: every line with a day of its own was thought another bank's."""
    monkeypatch.setattr(twice, "by_own_bank", lambda line: Q(**{f"{line}paid_on__isnull": False}))

    assert captured_after_the_notice(paper, acquirer).is_second


def test_a_line_of_a_persons_bank_before_the_capture_is_other_money(paper, acquirer):
    charge = start_charge(receipt=paper)
    bring(line_from(PERSONS_ACCOUNT, paper))
    acquirer.pay(charge.provider_id, captured_at="2026-02-11T09:00:00.000Z")

    refresh_charge(charge=charge)

    charge.refresh_from_db()
    assert charge.is_second
    assert told(paper.person, timeline.TAKEN_AGAIN) == 1


def test_a_notice_about_a_page_whose_paper_a_bank_has_paid_waits_for_the_acquirers_word(
    paper, acquirer
):
    """Counted at once, the charge would be looked for, and its money cover two months more."""
    charge = start_charge(receipt=paper)
    bring(line_from(PERSONS_ACCOUNT, paper))
    import_statement(content=notified(paper), name="notice.xml")
    assert Placement.objects.queued().get().queue_reason == QueueReason.DAY_UNKNOWN
    acquirer.pay(charge.provider_id, captured_at="2026-02-11T09:00:00.000Z")

    refresh_charge(charge=charge)

    assert Placement.objects.matched().get(charge=charge).months == 1
    assert not Charge.objects.unposted().exists()
    assert standing_of(paper.person, LATER).months == 3


def test_when_the_page_is_given_up_the_notice_counts_by_itself(paper, acquirer):
    charge = start_charge(receipt=paper)
    bring(line_from(PERSONS_ACCOUNT, paper))
    import_statement(content=notified(paper), name="notice.xml")
    acquirer.cancel(charge.provider_id)

    refresh_charge(charge=charge)

    assert not Placement.objects.queued().exists()
    assert standing_of(paper.person, LATER).months == 3


# --- it was one payment


def withdrawn(paper):
    line = Placement.objects.matched().get(receipt=paper).line
    ledger.hold_as_repeat(line=line, proven=True, reason="показана дважды")


def test_when_the_other_line_is_withdrawn_the_person_reads_that_it_was_one_payment(
    paper, card, sent
):
    bring(line_from(PERSONS_ACCOUNT, paper))

    withdrawn(paper)

    assert told(paper.person, timeline.ONE_PAYMENT) == 1
    assert delivered(messages.PAID_TWICE).status == MessageStatus.DROPPED
    assert delivered(messages.ONE_PAYMENT).status == MessageStatus.SENT
    assert standing_of(paper.person, LATER).months == 2


def test_the_months_of_the_only_payment_are_held_again(paper, card):
    bring(line_from(PERSONS_ACCOUNT, paper))
    withdrawn(paper)

    card.refresh_from_db()
    assert (card.is_second, card.first_month, card.last_month) == (False, 2, 2)


def test_months_that_were_sold_meanwhile_are_not_held_a_second_time(paper, card, application):
    bring(line_from(PERSONS_ACCOUNT, paper))
    more = form_receipt(application=application, months=1, on=TODAY)
    ChargeFactory(receipt=more, first_month=2, last_month=2)

    withdrawn(paper)

    card.refresh_from_db()
    assert (card.is_second, card.first_month) == (False, 3)


def test_who_was_never_told_of_a_second_payment_reads_nothing_of_one(paper):
    bring(line_from(PERSONS_ACCOUNT, paper))

    withdrawn(paper)

    assert told(paper.person, timeline.ONE_PAYMENT) == 0
    assert not Message.objects.filter(event=messages.ONE_PAYMENT.code).exists()


def test_told_again_when_the_line_comes_back(paper, card):
    bring(line_from(PERSONS_ACCOUNT, paper))
    withdrawn(paper)

    bring(line_from(PERSONS_ACCOUNT, paper, SECOND_DAY), on=SECOND_DAY)

    assert Message.objects.filter(event=messages.PAID_TWICE.code).count() == 2
    assert Charge.objects.get(status=ChargeStatus.SUCCEEDED).is_second

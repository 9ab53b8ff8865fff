"""Nobody pays twice, or too late, without having read what is already paid."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from payments.models import Charge, Receipt
from payments.services.online.charges import record_taken
from payments.services.papers.receipts import form_receipt
from payments.standing import (
    ApplicationFacts,
    Case,
    Channel,
    Facts,
    LateMoney,
    Money,
    PatentFacts,
    Standing,
    standing,
)
from payments.stop import stop_before
from tests.factories import PlacementFactory
from tests.payments.knowingly import KNOWN, knowingly

NEW, PAY = (reverse(f"payments:{name}") for name in ("receipt_new", "pay"))
MONTH = Decimal("10000")
ISSUED = date(2026, 1, 15)


def paid(day: date, posted_on: date | None = None, months: int = 1, **more) -> Money:
    return Money(MONTH * months, months, day, posted_on, **more)


def issued(*money: Money, late: tuple[LateMoney, ...] = ()) -> Case:
    application = ApplicationFacts("1381161", "issued", date(2026, 1, 2))
    return Case(application, PatentFacts("77", "2600418174", ISSUED), money, late)


def at(today: date, case: Case) -> Standing:
    return standing(Facts((case,), complete_through=today, monthly=MONTH), today)


FIRST = paid(date(2026, 1, 10), date(2026, 1, 13))


def test_whoever_pays_in_the_days_before_the_last_one_is_not_held_up():
    assert stop_before(at(date(2026, 2, 10), issued(FIRST)), 1) is None


def test_money_on_its_way_is_named_with_its_sum_day_and_months():
    now = at(date(2026, 2, 12), issued(FIRST, paid(date(2026, 2, 10))))

    [row] = stop_before(now, 1).paid

    assert (row.amount, row.paid_on, row.first_number) == (MONTH, date(2026, 2, 10), 2)


def test_the_months_that_the_new_money_buys_are_named():
    now = at(date(2026, 2, 12), issued(FIRST, paid(date(2026, 2, 10))))

    buys = stop_before(now, 2).buys

    assert (buys.first_number, buys.last_number) == (3, 4)
    assert (buys.first_day, buys.last_day) == (date(2026, 3, 15), date(2026, 5, 14))


def test_months_that_are_paid_ahead_are_named_however_long_ago_they_were_paid():
    ahead = paid(date(2026, 1, 14), date(2026, 1, 16), months=3)

    assert [row.amount for row in stop_before(at(date(2026, 3, 1), issued(FIRST, ahead)), 1).paid]


@pytest.mark.parametrize(
    ("today", "held_up"), [(date(2026, 2, 24), True), (date(2026, 2, 25), False)]
)
def test_a_month_that_has_begun_is_named_while_it_was_paid_lately(today, held_up):
    posted = paid(date(2026, 2, 14), date(2026, 2, 16))

    assert bool(stop_before(at(today, issued(FIRST, posted)), 1)) is held_up


def test_money_that_waits_for_the_centre_is_named():
    waits = LateMoney(Decimal("12000"), date(2026, 2, 9), date(2026, 2, 11))
    now = at(date(2026, 2, 12), issued(FIRST, late=(waits,)))

    assert stop_before(now, 1).waiting == (waits,)


def test_a_shown_cheque_is_named_too():
    shown = paid(date(2026, 2, 10), channel=Channel.CLAIM, confirmed=False)

    assert stop_before(at(date(2026, 2, 12), issued(FIRST, shown)), 1).paid


def test_months_counted_at_go_live_hold_nobody_up():
    counted = paid(ISSUED, ISSUED, months=3, channel=Channel.OPENING)

    assert stop_before(at(date(2026, 3, 10), issued(counted)), 1) is None


def test_after_the_last_covered_day_the_money_buys_nothing_by_itself():
    stop = stop_before(at(date(2026, 2, 15), issued(FIRST)), 1)

    assert (stop.deadline, stop.buys) == (date(2026, 2, 14), None)


def test_on_the_last_covered_day_nobody_is_told_that_it_is_late():
    assert stop_before(at(date(2026, 2, 14), issued(FIRST)), 1) is None


def test_what_was_read_is_not_what_is_there_once_money_is_posted():
    living, posted = paid(date(2026, 2, 10)), paid(date(2026, 2, 10), date(2026, 2, 12))
    before = stop_before(at(date(2026, 2, 12), issued(FIRST, living)), 1)
    after = stop_before(at(date(2026, 2, 12), issued(FIRST, posted)), 1)

    assert before.fingerprint != after.fingerprint


# --- the pages


@pytest.fixture
def mine(client, application, february):
    """The first month is posted and covers through 14 February; today is the 10th."""
    PlacementFactory(application=application)
    client.force_login(application.person.user)
    return client


@pytest.fixture
def on_its_way(application):
    paper = form_receipt(application=application, months=1, on=date(2026, 2, 9))
    record_taken(
        receipt=paper, provider_id="before", captured_at=datetime(2026, 2, 9, 9, tzinfo=UTC)
    )


def text(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("url", [NEW, PAY])
def test_without_other_money_one_click_is_enough(mine, acquirer, url):
    assert mine.post(url, {"months": "1"}).status_code in (302, 303)


@pytest.mark.usefixtures("on_its_way")
@pytest.mark.parametrize("url", [NEW, PAY])
def test_what_is_on_its_way_is_read_before_a_second_payment(mine, acquirer, url):
    page = text(mine.post(url, {"months": "1"}))

    assert "9 фев" in page
    assert "10 000 ₽" in page
    assert "3-й месяц" in page
    assert (Receipt.objects.count(), acquirer.payments) == (1, {})


@pytest.mark.usefixtures("on_its_way")
@pytest.mark.parametrize(("url", "status"), [(NEW, 302), (PAY, 303)])
def test_whoever_has_read_it_may_go_on(mine, acquirer, url, status):
    assert knowingly(mine, url, {"months": "1"}).status_code == status


@pytest.mark.usefixtures("on_its_way")
def test_a_made_up_word_is_no_reading(mine, acquirer):
    page = mine.post(PAY, {"months": "1", "known": "yes"})

    assert KNOWN.search(page.content.decode())
    assert acquirer.payments == {}


@pytest.mark.usefixtures("on_its_way")
def test_a_receipt_made_before_is_held_up_too(mine, application, acquirer):
    paper = form_receipt(application=application, months=1, on=date(2026, 2, 10))

    page = mine.post(PAY, {"receipt": paper.reference}).content.decode()

    assert f'name="receipt" value="{paper.reference}"' in page
    assert acquirer.payments == {}
    assert knowingly(mine, PAY, {"receipt": paper.reference}).status_code == 303


@pytest.mark.usefixtures("acquirer")
@pytest.mark.parametrize("url", [NEW, PAY])
def test_after_the_last_day_one_confirms_to_have_read_what_it_means(
    mine, february, application, url
):
    february.move_to(datetime(2026, 2, 14, 21, tzinfo=UTC))
    mine.force_login(application.person.user)

    page = text(mine.post(url, {"months": "1"}))

    assert 'id="late"' in page
    assert "14 февраля 2026" in page
    assert reverse("payments:claims") in page
    assert knowingly(mine, url, {"months": "1"}).status_code in (302, 303)


def test_money_taken_a_moment_ago_is_heard_of_before_more_is_taken(mine, acquirer):
    mine.post(PAY, {"months": "1"})
    # Its webhook is lost.
    acquirer.pay(acquirer.only["id"], captured_at="2026-02-10T08:59:00.000Z")

    page = mine.post(PAY, {"months": "2"}).content.decode()

    assert KNOWN.search(page)
    assert len(acquirer.payments) == 1


def test_an_abandoned_payment_page_is_offered_again_to_whoever_pays_online(mine, acquirer):
    mine.post(PAY, {"months": "2"})
    open_one = Charge.objects.get()

    assert mine.post(PAY, {"months": "2"}).status_code == 303
    assert open_one.receipt.reference in mine.post(PAY, {"months": "1"}).url
    assert Charge.objects.get() == open_one


def test_whoever_has_read_that_a_page_is_open_gets_a_receipt_for_a_bank(mine, acquirer):
    mine.post(PAY, {"months": "2"})

    page = text(mine.post(NEW, {"months": "1"}))

    assert 'id="open-pages"' in page
    assert knowingly(mine, NEW, {"months": "1"}).status_code == 302


def test_while_the_acquirer_is_away_a_receipt_can_still_be_made(mine, acquirer, settings):
    mine.post(PAY, {"months": "2"})
    settings.YOOKASSA_URL = "http://127.0.0.1:9/v3"

    assert knowingly(mine, NEW, {"months": "1"}).status_code == 302


@pytest.mark.usefixtures("on_its_way", "acquirer")
def test_whatever_was_chosen_before_the_stop_is_sent_again(mine):
    page = text(mine.post(PAY, {"months": "2", "way": "sbp", "x": '"><b>'}))

    assert '<input type="hidden" name="way" value="sbp">' in page
    assert '<input type="hidden" name="months" value="2">' in page
    assert "&quot;&gt;&lt;b&gt;" in page

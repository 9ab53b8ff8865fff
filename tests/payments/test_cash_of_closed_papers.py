"""Cash of an earlier day, for a paper that today closed: the window still records it."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from payments.models import Requisites, Tariff, TillPayment
from payments.services.papers.receipts import form_receipt
from tests.factories import PlacementFactory, StaffFactory
from tests.payments.test_closed_receipts import inn_corrected, late_in_queue, posted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
OLD_YEAR = date(2026, 12, 31)
CODE = "t=20261231T2350&s=10000.00&fn=9999078900004792&i=4217&fp=3522207165&n=1"


@pytest.fixture
def window(client, february):
    """The client of somebody at the window, at an instant."""

    def at(instant, role="operator"):
        february.move_to(instant)
        user = StaffFactory(username=role, is_superuser=False)
        user.groups.set(Group.objects.filter(name=role))
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return at


def paper_of(application, day):
    return form_receipt(application=application, months=1, on=day)


def new_price(_application):
    Tariff.objects.create(region="77", valid_from=date(2027, 1, 1), monthly=11000)
    return OLD_YEAR


def price_unknown(_application):
    """Nobody has entered the price of the new year yet."""
    return OLD_YEAR


def new_requisites(_application):
    Tariff.objects.create(region="77", valid_from=date(2027, 1, 1), monthly=10000)
    last = Requisites.objects.get(valid_until__isnull=True)
    last.valid_until = OLD_YEAR
    last.save()
    last.pk, last.valid_until, last.valid_from = None, None, date(2027, 1, 1)
    last.account = "03100643000000018501"
    last.save()
    return OLD_YEAR


def year_over(application):
    """The patent's year ended with the old one."""
    Tariff.objects.create(region="77", valid_from=date(2027, 1, 1), monthly=10000)
    patent = application.patent
    patent.issued_on = date(2026, 1, 1)
    patent.save()
    return OLD_YEAR


each_end = pytest.mark.parametrize("end", [new_price, price_unknown, new_requisites, year_over])


@pytest.fixture
def closed(application, february):
    """A paper of 31 December, and what the end of the year did to it."""
    PlacementFactory(application=application)
    february.move_to("2026-12-31 09:00:00+00:00")
    return lambda end: paper_of(application, end(application))


def page_of(paper, name="assist_receipt"):
    return reverse(f"admin:{name}", args=[paper.person_id, paper.reference])


def send(client, paper, till, **said):
    stop = client.get(page_of(paper)).context["stop"]
    data = {"till": till.pk, "cheque": "0042", "amount": "10 000"} | said
    if stop:
        data |= {"knows": "on", "known": stop.fingerprint}
    return client.post(page_of(paper, "till_take"), data, follow=True).content.decode()


NEW_YEAR = "2026-12-31 21:20:00+00:00"  # twenty past midnight in Moscow


@each_end
def test_the_page_of_a_paper_that_the_new_day_closed_offers_the_form(closed, window, till, end):
    paper = closed(end)

    page = window(NEW_YEAR).get(page_of(paper)).content.decode()

    assert page_of(paper, "till_take") in page
    assert "Take no money now" in page
    assert page_of(paper, "assist_paper") not in page
    assert "Open a payment by card" not in page


def test_the_tick_beside_a_closed_paper_speaks_of_the_cheque_and_not_of_paying(
    closed, window, till
):
    paper = closed(new_price)
    PlacementFactory(application=paper.application, paid_on=date(2026, 12, 20))

    page = window(NEW_YEAR).get(page_of(paper)).content.decode()

    assert "The cheque here is for other money, of an earlier day" in page
    assert "wants to pay nevertheless" not in page


@each_end
@pytest.mark.parametrize("said", [{"taken_on": "2026-12-31"}, {"cheque": CODE}])
def test_its_cheque_of_the_day_before_is_recorded(closed, window, till, end, said):
    paper = closed(end)

    page = send(window(NEW_YEAR), paper, till, **said)

    taken = TillPayment.objects.get()
    assert (taken.receipt, taken.taken_on, taken.asks_day) == (paper, OLD_YEAR, True)
    assert "A colleague confirms the day" in page


@each_end
@pytest.mark.parametrize("said", [{}, {"taken_on": "2027-01-01"}])
def test_money_of_today_is_not_taken_for_it(closed, window, till, end, said):
    paper = closed(end)

    page = send(window(NEW_YEAR), paper, till, **said)

    assert "Only a cheque of an earlier day fits here" in page
    assert not TillPayment.objects.exists()


@each_end
def test_the_clerk_finds_it_among_the_papers_of_the_person(closed, window, end):
    paper = closed(end)

    page = window(NEW_YEAR).get(reverse("admin:assist", args=[paper.person_id])).content.decode()

    earlier = page.partition('id="earlier"')[2]
    assert page_of(paper) in earlier


@pytest.mark.parametrize("end", [posted, late_in_queue, inn_corrected])
def test_a_paper_that_no_day_reopens_offers_no_form(application, window, till, end):
    PlacementFactory(application=application)
    paper = form_receipt(application=application, months=2, on=date(2026, 2, 10))
    end(paper)
    clerk = window("2026-02-10 09:00:00+00:00")

    page = clerk.get(page_of(paper)).content.decode()

    assert page_of(paper, "till_take") not in page
    listed = clerk.get(reverse("admin:assist", args=[paper.person_id])).content.decode()
    assert 'id="earlier"' not in listed


def test_a_paper_that_is_open_takes_the_money_of_today(application, window, till):
    PlacementFactory(application=application)
    paper = paper_of(application, date(2026, 2, 10))

    send(window("2026-02-10 09:00:00+00:00"), paper, till)

    assert TillPayment.objects.get().taken_on == date(2026, 2, 10)


# --- a cheque of long ago


@pytest.mark.parametrize(("role", "count"), [("operator", 0), ("supervisor", 1)])
def test_a_cheque_of_more_than_a_month_ago_is_recorded_by_a_supervisor(
    closed, window, till, role, count
):
    paper = closed(price_unknown)
    clerk = window("2027-02-02 09:00:00+00:00", role)

    page = send(clerk, paper, till, taken_on="2026-12-31")

    assert TillPayment.objects.filter(taken_on=OLD_YEAR, asks_day=True).count() == count
    assert ("Ask a supervisor" in page) == (not count)


def test_a_scanned_cheque_of_long_ago_is_recorded_by_a_supervisor_too(closed, window, till):
    paper = closed(price_unknown)

    send(window("2027-02-02 09:00:00+00:00", "supervisor"), paper, till, cheque=CODE)

    assert TillPayment.objects.get().taken_on == OLD_YEAR

"""How long posting takes now, honestly: from our own rows, with a picture, or nothing at all."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from common import kept as keeping
from desk.management.commands import demo_data
from payments import posting_times
from payments.posting_times import FEWEST, Times, bars, count_every_hour, count_now, times_now
from payments.tasks import count_posting_times
from tests.factories import LineFactory, PlacementFactory, StatementFactory, TraceFactory

PAGE = reverse("payments:posting_times")
FOR_ALL = reverse("payments:posting_times_for_all")
TODAY = date(2026, 2, 20)


@pytest.fixture(autouse=True)
def _nothing_kept(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def mine(client, covered):
    client.force_login(covered.person.user)
    return client


def posted(days: int, count=1, on=TODAY - timedelta(days=1), **more) -> None:
    """Payments that took so many days."""
    statement = StatementFactory()
    for _number in range(count):
        paid_on = on - timedelta(days=days)
        line = LineFactory(statement=statement, posted_on=on, paid_on=paid_on)
        PlacementFactory(line=line, paid_on=paid_on, **more)


def counted() -> dict[int, int]:
    count_now()
    return times_now().counts


def page(client, address=PAGE) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def of(**counts: int) -> Times:
    return Times({int(days[1:]): count for days, count in counts.items()}, 0, TODAY)


# --- the figures


def test_the_middle_and_the_slow_ones():
    found = of(d1=40, d3=20, d6=35, d12=5)

    assert (found.median, found.slow, found.within_seven) == (3, 6, 95)


@pytest.mark.parametrize(
    ("counts", "median", "slow"),
    [
        ({"d2": 1}, 2, 2),
        ({"d0": 100}, 0, 0),
        ({"d1": 1, "d2": 1}, 1, 2),
        ({"d1": 94, "d9": 6}, 1, 9),
        ({"d1": 95, "d9": 5}, 1, 1),
    ],
)
def test_a_share_counts_when_it_is_reached(counts, median, slow):
    assert (of(**counts).median, of(**counts).slow) == (median, slow)


def test_nobody_is_promised_more_than_there_was():
    assert of(d7=996, d8=4).within_seven == 99


def test_every_payment_is_in_one_bar_and_long_ones_stand_together():
    drawn = bars(of(d0=10, d9=10, d10=10, d40=20))

    assert [bar.label for bar in drawn][-2:] == ["9", "10+"]
    assert [bar.share for bar in drawn if bar.share] == [20, 20, 60]
    assert max(bar.x + posting_times.BAR for bar in drawn) <= posting_times.WIDTH
    assert all(bar.above > 0 for bar in drawn)


# --- our own rows


def test_the_days_are_counted_from_what_was_posted_lately(covered):
    posted(3, count=2)
    posted(5)
    posted(9, on=TODAY - timedelta(weeks=posting_times.WEEKS, days=1))

    assert counted() == {3: 2, 5: 1}


def test_a_day_that_is_only_the_day_of_posting_says_nothing(covered):
    line = LineFactory(posted_on=TODAY, paid_on=None)
    PlacementFactory(line=line, paid_on=TODAY)

    assert counted() == {}


def test_waiting_money_and_former_places_say_nothing(covered):
    posted(3, place="queue", months=0, queue_reason="late")

    assert counted() == {}


def test_a_cheque_confirmed_after_posting_is_no_negative_time(covered):
    posted(-1)

    assert counted() == {0: 1}


def test_for_an_hour_nothing_is_asked_again(covered, django_assert_num_queries):
    posted(3)
    assert count_every_hour()

    with django_assert_num_queries(0):
        assert not count_every_hour()
        assert times_now().counts == {3: 1}


def test_after_an_hour_it_is_counted_anew_and_never_while_somebody_waits(covered, february_20):
    posted(3)
    count_posting_times()
    posted(3)
    february_20.move_to("2026-02-20 10:01:00+00:00")
    assert times_now().counts == {3: 1}

    count_posting_times()
    assert times_now().counts == {3: 2}


def test_in_the_night_the_count_of_the_day_before_says_so(covered, february_20):
    posted(3)
    count_now()
    february_20.move_to("2026-02-20 21:30:00+00:00")

    assert times_now() == Times({3: 1}, 0, TODAY)


def test_the_demo_has_its_figures_at_once(covered, monkeypatch):
    monkeypatch.setattr(demo_data, "make_demo", list)
    posted(3)
    call_command("demo_data")

    assert times_now().counts == {3: 1}


# --- the page


def test_of_too_few_payments_nothing_is_said(mine):
    posted(3, count=FEWEST - 1)
    count_now()

    shown = page(mine)
    assert "too few payments" in shown
    assert "<rect" not in shown.partition("<main")[2]


def test_the_page_says_it_in_words_in_a_picture_and_in_a_table(mine):
    posted(2, count=FEWEST)
    posted(6, count=2)
    TraceFactory()
    count_now()

    shown = page(mine)
    assert "Half of the payments come within 2 days." in shown
    assert "95 payments of 100 come within 6 days." in shown
    assert "still looking for, 1" in shown
    assert shown.count("<rect") >= 11
    assert "<table" in shown


@pytest.mark.parametrize("address", [PAGE, FOR_ALL])
def test_with_nothing_kept_the_page_counts_nothing_and_says_when(mine, address, monkeypatch):
    posted(2, count=FEWEST)
    monkeypatch.setattr(posting_times, "_asked", lambda day: pytest.fail("counted in a request"))

    shown = page(mine, address)
    assert "We count these days once an hour." in shown
    assert "<rect" not in shown.partition("<main")[2]


def test_without_the_cache_the_page_says_the_same(mine, monkeypatch):
    def away(key):
        raise OSError

    monkeypatch.setattr(keeping, "_quiet_until", 0.0)
    monkeypatch.setattr(cache, "get", away)
    posted(2, count=FEWEST)

    assert "We count these days once an hour." in page(mine)


def test_the_list_of_payments_leads_there(mine):
    assert PAGE in page_of_list(mine)


def page_of_list(client) -> str:
    return client.get(reverse("payments:list")).content.decode()


def test_whoever_is_not_signed_in_is_asked_to(client, db):
    assert client.get(PAGE).status_code == 302


def test_before_the_door_it_says_the_same_and_names_nobody(client, covered):
    posted(2, count=FEWEST)
    count_now()

    shown = page(client, FOR_ALL)
    assert "Half of the payments come within 2 days." in shown
    assert covered.person.last_name not in shown
    assert 'class="tabs"' not in shown


def test_the_first_page_leads_there(client, db):
    assert FOR_ALL in client.get(reverse("cabinet:landing")).content.decode()

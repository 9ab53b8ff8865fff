"""A statement that is too odd to be believed tells nobody anything until a person releases it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from desk.waiting import KINDS
from mmc_portal.settings import base
from notifications.models import Message
from payments.models import Account, Place, Placement, QueueReason, Statement, StatementLine
from payments.models.statements import StatementQuerySet
from payments.services import audit
from payments.services.importing import completeness, oddness, released
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger.ledger import match_again
from tests.factories import ApplicationFactory, InnFactory, StaffFactory
from tests.payments.statement_files import ACCOUNT, INN, POSTED, order, piece, whole

pytestmark = pytest.mark.django_db

ODD = [order(number=str(n), inn="", purpose=f"За товар {n}") for n in range(3)]
DAY_BEFORE = date(2026, 2, 10)


@pytest.fixture(autouse=True)
def payer(settings):
    settings.ODD_LINES, settings.ODD_SHARE = 3, 0.3
    open_account(number=ACCOUNT, counted_through=DAY_BEFORE)
    return ApplicationFactory(person=InnFactory(value=INN).person)


def take(content: bytes) -> tuple[int, int, int, int]:
    result = import_statement(content=content, name="file.txt")
    return result.lines, result.matched, result.queued, result.known


def reasons() -> list[str]:
    return sorted(Placement.objects.queued().values_list("queue_reason", flat=True))


def complete() -> date:
    return Account.objects.get().complete_through


def release(reason="Сверено с банком по телефону"):
    released.release(statement=Statement.objects.held().get(), actor=StaffFactory(), reason=reason)
    released.post_released()


def test_a_statement_whose_lines_fit_nobody_is_held_and_nobody_is_told():
    assert take(whole(order(), *ODD)) == (4, 0, 4, 0)

    assert reasons() == [QueueReason.HELD] * 4
    assert not Message.objects.exists()
    assert complete() == DAY_BEFORE
    assert not audit.audit().faults


@pytest.mark.parametrize(
    "lines",
    [[order(), *ODD[:2]], [order(number=str(n)) for n in range(8)] + ODD],
    ids=["two odd lines prove nothing", "three of eleven are few"],
)
def test_a_statement_with_few_odd_lines_is_posted(lines):
    take(whole(*lines))

    assert QueueReason.HELD not in reasons()
    assert complete() == POSTED


def test_a_file_of_ninety_nine_wrong_lines_completes_no_day(settings):
    settings.ODD_LINES, settings.ODD_SHARE = base.ODD_LINES, base.ODD_SHARE
    take(whole(*[order(number=str(n), inn="", purpose=f"За товар {n}") for n in range(99)]))

    assert Statement.objects.held().exists()
    assert complete() == DAY_BEFORE


def test_sums_that_are_nobodys_months_are_odd():
    take(whole(*[order(number=str(n), amount="77.00") for n in range(3)]))

    assert Statement.objects.held().exists()


def test_released_it_is_posted_as_if_it_had_never_been_held():
    take(whole(order(), *ODD))

    release()

    assert sorted(Placement.objects.current().values_list("place", flat=True)) == [
        Place.MATCHED,
        *[Place.QUEUE] * 3,
    ]
    assert reasons() == [QueueReason.UNKNOWN_PAYER] * 3
    assert complete() == POSTED
    assert not audit.audit().faults
    assert Message.objects.count() == 1


def test_the_same_file_again_stays_held():
    take(whole(order(), *ODD))

    assert take(whole(order(), *ODD)) == (4, 0, 0, 4)
    assert Statement.objects.held().count() == 1


def test_staff_who_match_again_do_not_touch_what_is_held():
    take(whole(order(), *ODD))

    assert match_again(placements=Placement.objects.queued(), actor=StaffFactory()) == 0
    assert reasons() == [QueueReason.HELD] * 4


def test_what_a_held_file_shows_says_nothing_of_other_files():
    take(whole(*ODD))
    take(piece(order(), number="7"))

    assert Placement.objects.matched().count() == 1


def test_equal_lines_of_a_held_piece_count_once_it_is_released():
    take(piece(order(), number="1", formed="{same} 12:00:00"))
    take(piece(order(), *ODD, number="2", formed="{same} 15:00:00"))
    assert StatementLine.objects.count() == 4

    release()

    assert Placement.objects.matched().count() == 2
    assert not audit.audit().faults


def test_a_file_that_denies_money_of_many_is_held():
    take(piece(*[order(number=str(n)) for n in range(3)], number="1"))

    take(whole())

    assert Statement.objects.held().count() == 1
    assert Placement.objects.matched().count() == 3


def test_a_released_denial_takes_the_money_back():
    take(piece(*[order(number=str(n)) for n in range(3)], number="1"))
    take(whole())

    release()

    assert not Placement.objects.matched().exists()


def test_killed_while_it_is_held_the_next_try_holds_the_rest(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(oddness, "hold", lambda statement: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take(whole(order(), *ODD))

    take(whole(order(), *ODD))

    assert Statement.objects.held().count() == 1
    assert reasons() == [QueueReason.HELD] * 4


def test_twin_without_the_look_a_foreign_file_completes_the_day(monkeypatch):
    monkeypatch.setattr(oddness, "_are_too_many", lambda odd, lines: False)

    take(whole(*ODD))

    assert complete() == POSTED


KNOWN_SUMS = ["10000.00", "20000.00", "10000.00"]


def times(factor: str) -> bytes:
    sums = [Decimal(amount) * Decimal(factor) for amount in KNOWN_SUMS]
    return whole(*[order(number=str(n), amount=f"{sum:.2f}") for n, sum in enumerate(sums)])


@pytest.mark.parametrize("factor", ["100", "0.01"])
def test_kopecks_read_as_roubles_or_roubles_as_kopecks_hold_the_file(settings, factor):
    settings.ODD_LINES = 20

    take(times(factor))

    assert reasons() == [QueueReason.HELD] * 3
    assert not Message.objects.exists()


def test_one_sum_of_a_known_person_that_is_a_hundred_times_too_large_holds_its_file(settings):
    settings.ODD_LINES = 20

    take(whole(order(amount="1000000.00")))

    assert reasons() == [QueueReason.HELD]


@pytest.mark.parametrize(
    "content",
    [
        times("1"),
        whole(order(amount="1000000.00", inn="7707083893", purpose="Реестр")),
        whole(order(amount="100.00")),
    ],
    ids=["whole months", "an order for a hundred workers", "one small sum"],
)
def test_such_sums_are_no_kopecks(settings, content):
    settings.ODD_LINES = 20

    take(content)

    assert not Statement.objects.held().exists()


def test_twin_without_that_look_a_person_is_told_of_months_nobody_paid(settings, monkeypatch):
    settings.ODD_LINES = 20
    monkeypatch.setattr(oddness, "_is_misread", lambda statement: False)

    take(times("100"))

    assert Placement.objects.matched().exists()


def test_nobody_releases_without_a_reason_or_twice():
    take(whole(*ODD))
    statement, actor = Statement.objects.get(), StaffFactory()

    with pytest.raises(released.ReasonNeeded):
        released.release(statement=statement, actor=actor, reason=" ")
    released.release(statement=statement, actor=actor, reason="ok")
    with pytest.raises(released.NotHeld):
        released.release(statement=statement, actor=actor, reason="ok")


def released_and_not_posted() -> None:
    """Another file is whole for the same day, and its lines are posted."""
    take(whole(order(), *ODD, number="1"))
    held = Statement.objects.held().get()
    take(whole(order(), number="2", sender="Банк"))
    released.release(statement=held, actor=StaffFactory(), reason="Сверено")
    completeness.recompute(Account.objects.get())


def test_a_released_statement_holds_its_days_until_its_lines_are_posted():
    released_and_not_posted()
    assert complete() == DAY_BEFORE

    released.post_released()
    assert complete() == POSTED


def test_twin_where_only_held_ones_hold_days_they_are_complete_too_soon(monkeypatch):
    held = StatementQuerySet.held
    monkeypatch.setattr(StatementQuerySet, "waited_for", held)

    released_and_not_posted()

    assert complete() == POSTED


def test_a_released_statement_that_fails_holds_up_no_other(monkeypatch, caplog):
    take(whole(*ODD))
    next_day = date(2026, 2, 12)
    others = [order(number=f"9{n}", inn="", purpose="За товар", posted_on=next_day) for n in "123"]
    take(whole(*others, first=next_day, number="2"))
    for one in Statement.objects.held():
        released.release(statement=one, actor=StaffFactory(), reason="Сверено")
    post, first = released._post, Statement.objects.order_by("pk").first()

    def fails_once(statement):
        if statement.pk == first.pk:
            raise ArithmeticError
        return post(statement)

    monkeypatch.setattr(released, "_post", fails_once)

    assert released.post_released() == 1
    assert "cannot be posted" in caplog.text


def test_the_page_of_release_asks_why(client):
    take(whole(*ODD))
    statement = Statement.objects.get()
    client.force_login(StaffFactory(is_superuser=True))
    page = reverse("admin:payments_statement_release", args=[statement.pk])

    assert "3" in client.get(page).content.decode()
    client.post(page, {"reason": ""})
    assert Statement.objects.held().exists()
    client.post(page, {"reason": "Сверено"})
    assert not Statement.objects.held().exists()


SAYS = {
    "100": "exactly a hundred times whole months",
    "0.01": "exactly the hundredth part of whole months",
}


@pytest.mark.parametrize("page", ["release", "annul"])
@pytest.mark.parametrize("factor", SAYS)
def test_the_pages_of_a_held_file_say_that_its_sums_look_like_kopecks(client, factor, page):
    take(times(factor))
    client.force_login(StaffFactory(is_superuser=True))
    address = reverse(f"admin:payments_statement_{page}", args=[Statement.objects.get().pk])

    with translation.override("en"):
        said = client.get(address, headers={"accept-language": "en"}).content.decode()

    assert SAYS[factor] in said
    assert "Do not release it. Annul it" in said


def test_a_file_held_for_another_reason_says_nothing_of_kopecks(client):
    take(whole(*ODD))
    client.force_login(StaffFactory(is_superuser=True))
    address = reverse("admin:payments_statement_release", args=[Statement.objects.get().pk])

    assert (
        "Do not release it"
        not in client.get(address, headers={"accept-language": "en"}).content.decode()
    )


def test_how_far_statements_were_complete_keeps_its_history():
    take(whole(order()))

    with connection.cursor() as cursor:
        cursor.execute("SELECT complete_through FROM payments_accounthistory ORDER BY pgh_id")
        assert [day for [day] in cursor.fetchall()] == [DAY_BEFORE, POSTED]


def test_held_lines_count_as_money_that_waits():
    take(whole(order(), *ODD))

    [found] = [work for work in KINDS if work.rows == Placement.objects.queued]

    assert found.rows().count() == 4

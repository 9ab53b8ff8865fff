"""A fuller statement of a day after a thinner one says what it says alone; pieces wait for it."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from payments.facts import standing_of
from payments.models import Place, Placement, Receipt, StatementLine
from payments.reference import display
from payments.services import audit
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.papers.receipts import form_receipt
from tests.factories import ApplicationFactory, InnFactory, PatentFactory, PlacementFactory
from tests.payments.statement_files import ACCOUNT, INN, order, piece, whole

OTHER_INN = "500100732259"
TODAY = date(2026, 3, 1)
DAYS = [date(2026, 1, 14), date(2026, 2, 5), date(2026, 2, 11)]


def world():
    """A worker covered through 14 January, with a paper, and one whose application is open."""
    open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))
    one = ApplicationFactory(
        person=InnFactory(value=INN).person,
        status="issued",
        accepted_on=date(2025, 12, 1),
        ready_on=date(2025, 12, 12),
    )
    PatentFactory(application=one, number="2600000001", issued_on=date(2025, 12, 15))
    PlacementFactory(application=one, paid_on=date(2025, 12, 10))
    other = ApplicationFactory(person=InnFactory(value=OTHER_INN).person)
    paper = form_receipt(application=one, months=1, on=date(2026, 2, 1))
    return [one.person, other.person], display(paper.reference)


def lines_of(paper: str):
    """Orders with and without a number that others share, of two workers, some by the paper."""
    return st.builds(
        lambda number, on, amount, inn, purpose: order(
            number=number, on=on, amount=amount, inn=inn, purpose=purpose
        ),
        st.sampled_from(["1", "55"]),
        st.sampled_from(DAYS),
        st.sampled_from(["10000.00", "20000.00", "77.00"]),
        st.sampled_from([INN, OTHER_INN, ""]),
        st.sampled_from(["налог", f"налог {paper}", f"за ИНН {OTHER_INN}"]),
    )


def take(*files: bytes) -> None:
    for content in files:
        import_statement(content=content, name="file.txt")


def everything(people) -> dict:
    """What is true at the end, without row ids."""
    lines = StatementLine.objects.all()
    places = Placement.objects.current().values_list(
        *("line__digest", "place", "queue_reason", "amount", "months", "application_id"),
        *("receipt_id", "paid_on"),
    )
    return {
        "lines": sorted((line.digest, line.occurrence, str(line.day)) for line in lines),
        "places": sorted(places, key=str),
        "receipts": sorted(Receipt.objects.values_list("pk", "status", "posted_on"), key=str),
        "standings": [said(standing_of(person, TODAY)) for person in people],
        "faults": audit.audit().faults,
    }


def said(standing) -> tuple:
    money = standing.case.money if standing.case else ()
    days = (standing.complete_through, standing.proven_through, standing.last_in_time)
    return standing.state, standing.months, days, sorted(map(str, money)), len(standing.late)


class WholeDayTests(TestCase):
    def fuller_is_as_alone(self, data):
        people, paper = world()
        less = data.draw(st.lists(lines_of(paper), max_size=3))
        more = data.draw(st.lists(lines_of(paper), max_size=3))

        after = self.books_after(people, whole(*less, number="1"), whole(*less, *more, number="2"))
        alone = self.books_after(people, whole(*less, *more, number="2"))

        assert after == alone

    def books_after(self, people, *files: bytes) -> dict:
        before = transaction.savepoint()
        take(*files)
        found = everything(people)
        transaction.savepoint_rollback(before)
        return found

    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(data=st.data())
    def test_a_whole_day_after_a_thinner_one_is_as_if_it_came_alone(self, data):
        self.fuller_is_as_alone(data)

    @pytest.mark.long
    @settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(data=st.data())
    def test_a_whole_day_after_a_thinner_one_is_as_if_it_came_alone_500_times(self, data):
        self.fuller_is_as_alone(data)

    @settings(max_examples=10, deadline=None)
    @given(
        count=st.integers(2, 3), real=st.integers(1, 3), shuffle=st.randoms(use_true_random=False)
    )
    def test_pieces_of_different_numbers_add_up_until_the_whole_day_says_fewer(
        self, count, real, shuffle
    ):
        people, _paper = world()
        files = [
            piece(order(inn=OTHER_INN), number=str(n), formed=f"{{same}} 1{n}:00:00")
            for n in range(count)
        ]
        shuffle.shuffle(files)

        take(*files)
        assert self.months_of(people[1]) == count

        take(whole(*[order(inn=OTHER_INN)] * real, number="9"))
        assert self.months_of(people[1]) == real
        aside = Placement.objects.current().filter(place=Place.SET_ASIDE)
        assert aside.count() == max(0, count - real)
        told = people[1].timeline.filter(kind="payments.withdrawn")
        assert told.count() == max(0, count - real)
        assert not Placement.objects.queued().exists()

    def months_of(self, person) -> int:
        rows = Placement.objects.matched().filter(application__person=person)
        return sum(rows.values_list("months", flat=True))

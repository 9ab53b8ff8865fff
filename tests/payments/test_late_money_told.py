"""Money that came after the term is named to its person, and nobody is called late."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from notifications.length import segments
from notifications.models import Message
from payments.messages import LATE_MONEY
from payments.models import Placement
from payments.services.ledger import ledger, waiting
from tests.factories import statements_through
from tests.payments.shown_cheques import IN_TIME, LATE, line

pytestmark = pytest.mark.django_db
POSTED = date(2026, 2, 20)
BLAME = ("late", "overdue", "опозда", "просроч", "поздно")


@pytest.fixture
def came_late(covered, february_20):
    """Covered through 14 February, paid on the 16th, posted on the 20th."""
    february_20.move_to(datetime(2026, 2, 21, 9, tzinfo=UTC))
    line(on=LATE, posted_on=POSTED)
    return Placement.objects.late().get()


def told() -> list[int]:
    rows = Message.objects.filter(event=LATE_MONEY.code).order_by("pk")
    return list(rows.values_list("subject_id", flat=True))


def test_the_person_hears_that_the_money_is_here(came_late):
    assert told() == [came_late.pk]
    assert LATE_MONEY.still_true(came_late.pk)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_words_name_the_money_and_blame_nobody(came_late, language):
    with translation.override(language):
        text = translation.gettext(LATE_MONEY.template) % LATE_MONEY.context(came_late.pk)

    assert "16.02.2026" in text
    assert came_late.application.number[-3:] in text
    assert not [word for word in BLAME if word in text.lower()]
    assert segments(text) <= 2


def test_money_paid_in_time_is_never_told_so(covered):
    line(on=IN_TIME, posted_on=POSTED)

    assert told() == []


def test_the_file_again_tells_nothing_again(came_late):
    line(on=LATE, posted_on=POSTED)

    assert told() == [came_late.pk]


def test_what_counts_by_now_is_not_told(came_late):
    """A line of the 14th fills the gap: the money of the 16th is the next month's."""
    line(on=IN_TIME, posted_on=POSTED, number="2")
    ledger.match_again(placements=[came_late])

    assert not Placement.objects.late().exists()
    assert not LATE_MONEY.still_true(came_late.pk)


def again(placement: Placement) -> Placement:
    """The same money waits with another reason: its place is a new one."""
    Placement.objects.filter(pk=placement.pk).update(reason="иначе")
    ledger.match_again(placements=list(Placement.objects.filter(pk=placement.pk)))
    return Placement.objects.late().get()


def test_money_that_waits_in_another_place_is_told_once_and_stays_true(came_late):
    now = again(came_late)

    assert now != came_late
    assert told() == [came_late.pk]
    assert LATE_MONEY.still_true(came_late.pk)


def test_the_twin_without_looking_back_it_would_be_told_twice(came_late, monkeypatch):
    monkeypatch.setattr(waiting, "_without_known", lambda late: late)

    again(came_late)

    assert len(told()) == 2


def test_while_statements_go_on_nothing_more_is_said(came_late, february_20):
    february_20.move_to(datetime(2026, 2, 27, 9, tzinfo=UTC))
    statements_through(date(2026, 2, 26))

    assert told() == [came_late.pk]

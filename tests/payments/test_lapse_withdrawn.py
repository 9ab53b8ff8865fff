"""Who read that the term had passed hears from the import of the late line that it has not."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from accounts.models import TimelineEntry
from accounts.services import approvals
from common import clock
from notifications.length import segments
from notifications.models import Message
from payments import timeline
from payments.messages import LAPSE_WITHDRAWN, LAPSED, PAYMENT_POSTED
from payments.models import Account, Placement
from payments.services.deciding import by_hand
from payments.services.ledger import books
from payments.services.notices import telling
from payments.standing import State
from tests.factories import MONTHLY, StaffFactory, statements_through
from tests.payments.shown_cheques import IN_TIME, LATE, line, standing_on

MARCH = date(2026, 3, 1)


@pytest.fixture
def lapsed(covered, february_20):
    """Nothing paid by 14 February was posted by the 21st: on 1 March the person reads `lapsed`."""
    february_20.move_to(datetime(2026, 3, 1, 9, tzinfo=UTC))
    statements_through(date(2026, 2, 27))
    assert standing_on(covered, MARCH).state == State.LAPSED
    return covered


def bring(*, on=IN_TIME, **more):
    return line(on=on, posted_on=date(2026, 2, 28), **more)


def bring_nameless() -> None:
    nobody = {"inn": "", "payer": "КАРИМОВ ТИМУР РУСТАМОВИЧ", "purpose": "НДФЛ патент"}
    bring(**nobody)
    statements_through(date(2026, 2, 28))  # the fixture's account has no files of earlier days


def decide_whose_it_is(application) -> None:
    row = Placement.objects.queued().get()
    share = by_hand.Share(amount=row.amount, application_id=application.pk)
    asked = by_hand.ask(
        placement=row, shares=[share], actor=StaffFactory(), reason="Назвал чек по телефону"
    )
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def told() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("event", flat=True))


def test_the_line_of_a_timely_payment_takes_lapsed_back_with_one_message(lapsed):
    bring()

    assert standing_on(lapsed, MARCH).state == State.VALID
    assert told() == [LAPSE_WITHDRAWN.code]
    entry = TimelineEntry.objects.get(kind=timeline.LAPSE_WITHDRAWN)
    assert entry.facts == {"amount": "10000.00", "paid_on": "2026-02-14"}


def test_the_person_reads_which_payment_and_through_which_day(lapsed):
    bring()
    placement = Placement.objects.current().latest("pk")

    assert LAPSE_WITHDRAWN.still_true(placement.pk)
    with translation.override("en"):
        said = LAPSE_WITHDRAWN.context(placement.pk)
    assert (said["paid"], said["day"]) == ("14.02.2026", "14.03.2026")


def test_it_is_not_said_when_the_next_month_has_ended_by_then(lapsed, february_20):
    bring()
    placement = Placement.objects.current().latest("pk")
    february_20.move_to(datetime(2026, 3, 25, 9, tzinfo=UTC))
    statements_through(date(2026, 3, 22))
    assert standing_on(lapsed, date(2026, 3, 25)).state == State.LAPSED

    assert not LAPSE_WITHDRAWN.still_true(placement.pk)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_apology_fits_into_two_parts(lapsed, language):
    bring()
    placement = Placement.objects.current().latest("pk")

    with translation.override(language):
        said = translation.gettext(LAPSE_WITHDRAWN.template)
        assert segments(said % LAPSE_WITHDRAWN.context(placement.pk)) <= 2


def test_the_file_again_says_nothing_again(lapsed):
    bring()
    bring()

    assert told() == [LAPSE_WITHDRAWN.code]


def test_two_months_in_one_file_take_it_back_once(lapsed):
    line(on=IN_TIME, posted_on=date(2026, 2, 28), amount=MONTHLY * 2)

    assert told() == [LAPSE_WITHDRAWN.code]


def test_whoever_was_only_not_visible_hears_of_the_payment_alone(covered):
    line(on=date(2026, 2, 13), posted_on=date(2026, 2, 19))

    assert told() == [PAYMENT_POSTED.code]


def test_while_statements_are_silent_nobody_was_told_and_nothing_is_taken_back(lapsed):
    Account.objects.update(complete_through=date(2026, 2, 20))
    assert standing_on(lapsed, MARCH).state == State.UNSEEN

    bring()

    assert told() == [PAYMENT_POSTED.code]


def test_money_that_may_have_been_theirs_first_takes_back_what_they_read(lapsed):
    """The line names nobody: from then on the page says that money is looked at."""
    telling.tell_of_days_over()
    assert told() == [LAPSED.code]
    bring_nameless()
    assert standing_on(lapsed, MARCH).state == State.UNSEEN

    decide_whose_it_is(lapsed)

    assert standing_on(lapsed, MARCH).state == State.VALID
    assert told() == [LAPSED.code, LAPSE_WITHDRAWN.code]


def test_an_apology_that_was_heard_is_not_made_again(lapsed):
    telling.tell_of_days_over()
    bring_nameless()
    Message.objects.filter(event=LAPSED.code).update(taken_back_at=clock.now())

    decide_whose_it_is(lapsed)

    assert told() == [LAPSED.code, PAYMENT_POSTED.code]


def test_whose_money_was_there_before_the_days_were_over_reads_no_apology(covered, february_20):
    """The twin: nothing was written of them, for nobody ever showed them `lapsed`."""
    bring_nameless()
    february_20.move_to(datetime(2026, 3, 1, 9, tzinfo=UTC))
    statements_through(date(2026, 2, 28))
    telling.tell_of_days_over()

    decide_whose_it_is(covered)

    assert LAPSED.code not in told()
    assert PAYMENT_POSTED.code in told()
    assert LAPSE_WITHDRAWN.code not in told()


def test_late_money_takes_nothing_back(lapsed):
    bring(on=LATE)
    statements_through(date(2026, 2, 28))  # the fixture's account has no files of earlier days

    assert standing_on(lapsed, MARCH).state == State.LAPSED
    assert LAPSE_WITHDRAWN.code not in told()


def test_a_month_that_is_still_not_enough_takes_nothing_back(lapsed, february_20):
    february_20.move_to(datetime(2026, 4, 20, 9, tzinfo=UTC))
    statements_through(date(2026, 4, 18))
    line(on=IN_TIME, posted_on=date(2026, 4, 19))
    statements_through(date(2026, 4, 19))

    assert standing_on(lapsed, date(2026, 4, 20)).state == State.LAPSED
    assert told() == [PAYMENT_POSTED.code]


def test_an_ordinary_import_asks_of_nobody_how_they_stand(covered, monkeypatch):
    asked = []
    monkeypatch.setattr("payments.services.ledger.lapses.standing_of", asked.append)

    line(on=date(2026, 2, 13), posted_on=date(2026, 2, 19))

    assert asked == []


def test_without_the_look_before_the_books_the_person_would_read_no_apology(lapsed, monkeypatch):
    """The twin: asked afterwards, nobody has lapsed any more."""
    monkeypatch.setattr(books, "lapsed_among", lambda moves: set())

    bring()

    assert told() == [PAYMENT_POSTED.code]

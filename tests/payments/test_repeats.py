"""Possible repeats: two of the staff say what no file can, and the next files remember it."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Approval
from accounts.services import approvals
from notifications.models import Message
from payments.errors import LineMoved
from payments.facts import standing_of
from payments.models import Account, Place, Placement, QueueReason, RepeatDecision, Verdict
from payments.services.audit import audit
from payments.services.deciding.by_hand import Share
from payments.services.deciding.put_away import ask_back as ask_waiting
from payments.services.deciding.repeats import ask, ask_back
from payments.services.importing.statements import import_statement
from payments.standing import State
from payments.statements.claims import Claim, Doubt, Word, with_words
from tests.factories import StaffFactory
from tests.payments.statement_files import order, piece, whole
from tests.payments.test_by_hand import by_two as gives_by_two
from tests.payments.test_denied_money import COMPLETE, FEBRUARY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february_20")]
JANUARY = date(2026, 1, 14)
PAYMENT, COPY = Verdict.PAYMENT, Verdict.COPY
MATCHED, QUEUE, ASIDE = Place.MATCHED, Place.QUEUE, Place.SET_ASIDE


def take(content: bytes) -> None:
    import_statement(content=content, name="file.txt")


def line(**more) -> dict:
    return order(number="second", on=FEBRUARY, posted_on=FEBRUARY, **more)


def unmarked(sender: str, count=1, **more) -> bytes:
    """A piece of the day that nothing tells from a copy."""
    return piece(*[line(**more)] * count, first=FEBRUARY, formed="", sender=sender)


def day_of(count: int, sender="Казначейство") -> bytes:
    return whole(*[line()] * count, first=FEBRUARY, sender=sender)


def by_two(verdict: Verdict, row: Placement | None = None) -> Placement:
    row = row or Placement.objects.queued().filter(queue_reason=QueueReason.REPEAT).first()
    asked = ask(placement=row, verdict=verdict, actor=StaffFactory(), reason="письмо банка")
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())
    return row


def back_by_two(row: Placement) -> None:
    asked = ask_back(placement=row, actor=StaffFactory(), reason="банк ошибся")
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def places() -> list[str]:
    """Of the lines of February, each that counts, waits or is set aside."""
    rows = Placement.objects.current().filter(line__posted_on=FEBRUARY)
    return sorted(rows.values_list("place", flat=True))


def is_sound() -> bool:
    connection.check_constraints()
    return audit().faults == []


def standing(application):
    Account.objects.update(complete_through=COMPLETE)
    return standing_of(application.person, date(2026, 3, 21))


@pytest.fixture
def first_month(application):
    take(whole(order(number="first", on=JANUARY, posted_on=JANUARY), first=JANUARY))
    return application


@pytest.fixture
def doubtful(first_month):
    """Month 2 counts; an equal line may be a copy of it."""
    take(unmarked("A"))
    take(unmarked("B"))
    assert places() == [MATCHED, QUEUE]
    return first_month


@pytest.fixture
def denied(first_month):
    """Month 2, by a piece; the statement of the whole day does not show it."""
    take(piece(line(), first=FEBRUARY, number="7"))
    take(whole(first=FEBRUARY))
    assert places() == [QUEUE]
    return first_month


def test_an_honest_second_payment_counts(doubtful):
    by_two(PAYMENT)

    assert places() == [MATCHED, MATCHED]
    assert standing(doubtful).months == 3
    assert is_sound()


def test_a_copy_is_set_aside(doubtful):
    by_two(COPY)

    assert places() == [MATCHED, ASIDE]
    assert standing(doubtful).months == 2
    assert is_sound()


def test_nothing_moves_before_the_second_word(doubtful):
    row = Placement.objects.queued().get()
    asked = ask(placement=row, verdict=COPY, actor=(clerk := StaffFactory()), reason="копия")

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=clerk)
    assert places() == [MATCHED, QUEUE]


@pytest.mark.parametrize("verdict", [PAYMENT, COPY])
def test_the_next_file_remembers_the_word(doubtful, verdict):
    by_two(verdict)
    before = list(Placement.objects.order_by("pk").values())

    take(piece(line(), first=FEBRUARY, number="8"))
    take(piece(line(), first=FEBRUARY, number="8", opening="7"))

    assert list(Placement.objects.order_by("pk").values())[: len(before)] == before


@pytest.mark.parametrize("verdict", [PAYMENT, COPY])
def test_one_more_doubtful_file_asks_about_one_more_line(doubtful, verdict):
    row = by_two(verdict)
    before = row.line.placements.current().get()

    take(unmarked("C"))

    assert places().count(QUEUE) == 1
    assert row.line.placements.current().get() == before


def test_each_honest_payment_is_one_more(doubtful):
    take(unmarked("C"))
    by_two(PAYMENT)
    by_two(PAYMENT)
    assert places() == [MATCHED] * 3

    take(unmarked("D"))

    assert places() == [MATCHED] * 3 + [QUEUE]
    assert is_sound()


# --- the whole day comes before, or after


@pytest.mark.parametrize("verdict", [PAYMENT, COPY])
@pytest.mark.parametrize(
    ("shown", "then"),
    [(1, [MATCHED, ASIDE]), (2, [MATCHED, MATCHED])],
    ids=["shows one", "shows both"],
)
def test_a_whole_day_that_shows_the_line_wins_over_the_word(doubtful, verdict, shown, then):
    by_two(verdict)

    take(day_of(shown))

    assert places() == then
    assert is_sound()


@pytest.mark.parametrize("shown", [1, 2])
def test_the_whole_day_first_leaves_nothing_to_decide(first_month, shown):
    take(day_of(shown))
    take(unmarked("A"))
    take(unmarked("B"))

    assert places() == ([MATCHED, ASIDE] if shown == 1 else [MATCHED, MATCHED])
    assert not RepeatDecision.objects.exists()


def test_a_whole_day_that_first_denies_all_opens_the_question_anew(doubtful):
    by_two(PAYMENT)

    take(whole(first=FEBRUARY))

    assert places() == [QUEUE, QUEUE]
    assert standing(doubtful).state == State.UNSEEN


@pytest.mark.parametrize(
    "again", [whole(first=FEBRUARY, sender="Банк"), unmarked("A")], ids=["whole day", "piece"]
)
def test_denied_money_that_staff_called_honest_stays_a_month(denied, again):
    by_two(PAYMENT)
    assert standing(denied).months == 2

    take(again)

    assert places().count(MATCHED) == 1
    assert standing(denied).months == 2
    assert is_sound()


def test_denied_money_that_staff_called_a_copy_is_told_and_holds_nothing_up(denied):
    by_two(COPY)
    take(whole(first=FEBRUARY, sender="Банк"))

    assert places() == [ASIDE]
    assert standing(denied).state == State.LAPSED
    assert denied.person.timeline.filter(kind="payments.uncounted").count() == 1
    assert Message.objects.get(event="payments.uncounted").person_id == denied.person_id


def test_a_copy_that_a_whole_day_shows_after_all_is_its_month(denied):
    by_two(COPY)

    take(day_of(1, sender="Банк"))

    assert places() == [MATCHED]
    assert standing(denied).months == 2


def test_denied_money_that_was_given_by_hand_goes_back_to_its_owner(first_month):
    take(piece(line(inn="", payer="РОДСТВЕННИК"), first=FEBRUARY, number="7"))
    share = Share(Placement.objects.queued().get().amount, first_month.pk)
    gives_by_two(Placement.objects.queued().get(), share)
    take(whole(first=FEBRUARY))
    assert places() == [QUEUE]

    by_two(PAYMENT)

    assert standing(first_month).months == 2
    assert is_sound()


# --- the word taken back


@pytest.mark.parametrize("verdict", [PAYMENT, COPY])
def test_a_word_taken_back_makes_a_possible_repeat_again(doubtful, verdict):
    row = by_two(verdict)

    back_by_two(row.line.placements.current().get())

    assert places() == [MATCHED, QUEUE]
    waiting = Placement.objects.queued().get()
    assert (waiting.line, waiting.queue_reason) == (row.line, QueueReason.REPEAT)
    assert standing(doubtful).months == 2
    assert is_sound()
    by_two(COPY if verdict == PAYMENT else PAYMENT)


def test_a_copy_waits_again_only_as_a_repeat(doubtful):
    row = by_two(COPY)

    with pytest.raises(LineMoved):
        ask_waiting(
            placement=row.line.placements.current().get(), actor=StaffFactory(), reason="ошибка"
        )


def test_what_a_file_has_said_meanwhile_is_not_decided_by_staff(doubtful):
    row = Placement.objects.queued().get()
    asked = ask(placement=row, verdict=PAYMENT, actor=StaffFactory(), reason="письмо")
    take(day_of(1))

    with pytest.raises(LineMoved):
        approvals.decide(approval=asked, granted=True, actor=StaffFactory())


# --- the rule itself


@pytest.mark.parametrize(
    ("claim", "words", "real"),
    [
        (Claim(1, 3, Doubt.UNDECIDED), [Word(False, 1)], 2),
        (Claim(1, 3, Doubt.UNDECIDED), [Word(False, 1), Word(False, 1)], 3),
        (Claim(2, 5, Doubt.UNDECIDED), [Word(False, 1)], 2),
        (Claim(0, 1, Doubt.ABSENT), [Word(True, 0)], 1),
        (Claim(0, 1, Doubt.ABSENT), [Word(False, 0)], 0),
        (Claim(1, 2, Doubt.REPEAT), [Word(True, 1)], 1),
    ],
)
def test_words_count_where_the_files_leave_it_open_in_the_same_way(claim, words, real):
    assert with_words(claim, words).real == real


# --- the page


def test_the_page_asks_what_it_is(client, doubtful):
    client.force_login(StaffFactory())
    row = Placement.objects.queued().get()
    address = reverse("admin:payments_placement_decide", args=[row.pk])

    assert 'value="copy"' in client.get(address).content.decode()
    client.post(address, {"to": "copy", "reason": "та же строка"})

    assert Approval.objects.get().facts == {"line": row.line_id, "verdict": "copy"}

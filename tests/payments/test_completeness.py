"""How far statements are complete, and how many equal lines are real."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.models import Account, Requisites
from payments.services.importing.completeness import OpeningBehindLines, open_account
from payments.services.importing.statements import import_statement
from payments.statements.claims import Claim, Doubt, FileFacts, claim
from payments.statements.completeness import complete_through
from tests.payments.statement_files import ACCOUNT, order, piece, whole

OPENING = date(2026, 2, 8)


def feb(day: int) -> date:
    return date(2026, 2, day)


def take(content: bytes) -> date:
    import_statement(content=content, name="file.txt")
    return Account.objects.get().complete_through


# --- derived


@pytest.mark.parametrize(
    ("whole_days", "through"),
    [
        ([], 8),
        ([(9, 9)], 9),
        ([(10, 10)], 8),
        ([(9, 9), (11, 11)], 9),
        ([(11, 11), (10, 10), (9, 9)], 11),
        ([(1, 12)], 12),
        ([(1, 7)], 8),
        ([(9, 14), (10, 11)], 14),
    ],
)
def test_whole_days_count_up_to_the_first_gap(whole_days, through):
    ranges = [(feb(first), feb(last)) for first, last in whole_days]

    assert complete_through(OPENING, ranges) == feb(through)


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 5)), max_size=8))
def test_every_day_up_to_there_is_covered_and_the_next_one_is_not(ranges):
    days = [(feb(first), feb(first + more)) for first, more in ranges]

    through = complete_through(OPENING, days)

    covered = {
        day for first, last in days for day in range(first.toordinal(), last.toordinal() + 1)
    }
    assert set(range(OPENING.toordinal() + 1, through.toordinal() + 1)) <= covered
    assert through.toordinal() + 1 not in covered


# --- stored


@pytest.mark.django_db
def test_empty_and_full_days_alike_carry_completeness_on():
    open_account(number=ACCOUNT, counted_through=OPENING)

    assert take(whole(first=feb(9))) == feb(9)
    assert take(whole(order(posted_on=feb(10)), first=feb(10))) == feb(10)


@pytest.mark.django_db
def test_a_gap_holds_it_back_until_it_is_filled():
    open_account(number=ACCOUNT, counted_through=OPENING)

    assert take(whole(first=feb(10))) == OPENING
    assert take(whole(first=feb(9))) == feb(10)


@pytest.mark.django_db
def test_a_piece_of_a_day_completes_nothing_and_a_long_file_the_day_before_its_own():
    open_account(number=ACCOUNT, counted_through=OPENING)

    assert take(piece(first=feb(9))) == OPENING
    assert take(whole(first=feb(9), last=feb(11), formed="{same} 12:00:00")) == feb(10)


@pytest.mark.django_db
def test_an_account_that_nobody_opened_begins_with_its_requisites():
    assert take(whole()) == date(2022, 12, 31)
    assert Requisites.objects.order_by("valid_from").first().valid_from == date(2023, 1, 1)


@pytest.mark.django_db
def test_opening_twice_is_one_account_and_may_move_the_opening():
    open_account(number=ACCOUNT, counted_through=feb(1))
    take(whole(first=feb(9)))

    open_account(number=ACCOUNT, counted_through=OPENING)

    assert Account.objects.get().complete_through == feb(9)


@pytest.mark.django_db
def test_the_opening_is_not_moved_over_lines_that_count():
    open_account(number=ACCOUNT, counted_through=OPENING)
    take(whole(order(posted_on=feb(9)), first=feb(9)))

    with pytest.raises(OpeningBehindLines):
        open_account(number=ACCOUNT, counted_through=feb(9))


# --- equal lines


DAY = feb(11)


def file(number="", stamp: int | None = None, *, sender="A", whole_through=None) -> FileFacts:
    formed_at = datetime(2026, 2, 11, stamp, tzinfo=UTC) if stamp else None
    return FileFacts(sender, number, formed_at, DAY, whole_through)


WHOLE = file("w", whole_through=DAY)


@pytest.mark.parametrize(
    ("seen", "known", "answer"),
    [
        ([(file("1"), 1)], False, Claim(1, 1)),
        ([(file("1"), 1), (file("2"), 2)], False, Claim(3, 3)),
        ([(file("1"), 1), (file("1"), 2)], False, Claim(2, 2)),
        ([(file("1", 9), 1), (file("2", 9), 1)], False, Claim(1, 1)),
        ([(file("1"), 1), (file("1", sender="B"), 1)], False, Claim(2, 2)),
        ([(file(), 1)], False, Claim(1, 1)),
        ([(file(), 1), (file(), 1)], False, Claim(1, 2, Doubt.UNDECIDED)),
        ([(file("1"), 2), (file(), 1)], False, Claim(2, 3, Doubt.UNDECIDED)),
        ([(WHOLE, 2)], True, Claim(2, 2)),
        ([(WHOLE, 2), (WHOLE, 3)], True, Claim(3, 3)),
        ([(WHOLE, 2), (file("1"), 1)], True, Claim(2, 2)),
        ([(WHOLE, 1), (file("1"), 1), (file("2"), 1)], True, Claim(1, 2, Doubt.REPEAT)),
        ([(file("1"), 1)], True, Claim(0, 1, Doubt.ABSENT)),
        ([], True, Claim(0, 0)),
    ],
    ids=[
        "one piece",
        "pieces add up",
        "the same file number",
        "the same stamp",
        "another sender",
        "one file without marks",
        "two files without marks",
        "a marked one and one without",
        "a whole day",
        "the fuller of two whole days",
        "a whole day and its piece",
        "pieces show more than the whole day",
        "the whole day shows none",
        "nothing at all",
    ],
)
def test_how_many_equal_lines_are_real(seen, known, answer):
    assert claim(DAY, seen, whole_day_known=known) == answer


@given(
    st.lists(
        st.tuples(
            st.builds(
                file,
                st.sampled_from(["", "1", "2"]),
                st.sampled_from([None, 9, 10]),
                sender=st.sampled_from("AB"),
                whole_through=st.sampled_from([None, DAY]),
            ),
            st.integers(1, 3),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_neither_the_order_of_files_nor_a_file_seen_twice_matters(seen, shuffle, known):
    with_marks = [(one, count) for one, count in seen if one.marks or one.whole_through]
    again = [*seen, *with_marks]
    shuffle.shuffle(again)

    assert claim(DAY, again, whole_day_known=known) == claim(DAY, seen, whole_day_known=known)

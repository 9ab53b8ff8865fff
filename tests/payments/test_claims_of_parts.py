"""A cheque of any sum is searched for; one that is not whole months covers nothing by itself."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from notifications.models import Message
from payments import due, halves, messages, on_the_way
from payments.errors import PaymentKnown
from payments.models import Claim, ClaimStatus, Place, Placement, QueueReason, Trace
from payments.sentence import sentence, short
from payments.services.claims.claim_steps import ask_for_more, look_at_the_clock
from payments.services.claims.claims import confirm, reject
from payments.services.claims.traces import start_traces
from payments.services.deciding import by_hand
from payments.services.ledger import ledger
from payments.services.ledger.books import Books, as_it_is
from payments.services.online.credits import count_what_is_over
from payments.standing import State
from tests.factories import MONTHLY, StaffFactory, statements_through
from tests.payments.shown_cheques import IN_TIME, LATE, line, show, standing_on
from tests.payments.test_fiscal_code import TEXT, photo_of

HALF = MONTHLY / 2
EARLIER = date(2026, 2, 10)
ENGLISH = {"accept-language": "en"}
PAGE = reverse("payments:claims")
AFTER = date(2026, 3, 11)


def told() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("event", flat=True))


def half_line(*, on=date(2026, 2, 13), posted_on=date(2026, 2, 19), **more):
    return line(on=on, posted_on=posted_on, amount=HALF, **more)


def as_credit(row: Placement) -> None:
    books = Books()
    books.instead(row, [as_it_is(row, place=Place.CREDIT, queue_reason="")])
    books.write()


@pytest.fixture
def mine(client, covered, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(covered.person.user)
    return client


# --- shown


@pytest.mark.parametrize("amount", ["5000", "15000", "4026.24", "9999.99", "123456"])
def test_a_sum_that_is_not_whole_months_has_its_number_and_its_clock(covered, amount):
    claim = show(covered, amount=Decimal(amount))

    assert (claim.months, claim.status) == (0, ClaimStatus.OPEN)
    assert claim.answer_by == date(2026, 3, 22)
    assert told() == [messages.CHEQUE_PART_SHOWN.code]
    assert messages.CHEQUE_PART_SHOWN.still_true(claim.pk)
    assert messages.CHEQUE_PART_SHOWN.context(claim.pk)["number"] == claim.pk


def test_nobody_is_called_paid_by_half_a_month(covered):
    before = standing_on(covered, date(2026, 2, 20))

    show(covered, amount=HALF)

    now = standing_on(covered, date(2026, 2, 20))
    assert (now.state, now.months, now.living) == (State.UNSEEN, before.months, ())
    assert (now.paid, now.late, now.third_party) == (before.paid, (), before.third_party)
    assert on_the_way.of_person(covered.person) == []


def test_half_a_month_confirmed_proves_no_month_either(covered, accountant):
    claim = confirm(claim=show(covered, amount=HALF), paid_on=IN_TIME, actor=accountant)

    assert claim.status == ClaimStatus.CONFIRMED
    assert standing_on(covered, date(2026, 2, 20)).months == 1
    assert told() == [messages.CHEQUE_PART_SHOWN.code, messages.CHEQUE_PART_SOUGHT.code]


def test_whoever_shows_half_a_month_is_not_told_that_nothing_is_to_be_paid(covered, accountant):
    confirm(claim=show(covered, amount=HALF), paid_on=IN_TIME, actor=accountant)
    with time_machine.travel("2026-03-23 09:00:00+00:00", tick=False):
        assert look_at_the_clock() == 1
        statements_through(date(2026, 3, 22))
        assert start_traces() == 0

    assert not Trace.objects.exists()
    assert told()[-1] == messages.CHEQUE_PART_SOUGHT.code
    assert len(told()) == 3
    texts = [messages.CHEQUE_PART_SHOWN, messages.CHEQUE_PART_SOUGHT, messages.CHEQUE_PART_FOUND]
    assert not any("second time" in event.template for event in texts)


def test_the_steps_of_half_a_month_are_those_of_every_cheque(covered, accountant):
    claim = show(covered, amount=HALF)

    claim = ask_for_more(claim=claim, question="Снимите чек целиком", actor=accountant)
    assert claim.is_asked
    assert told()[-1] == messages.CHEQUE_ASKED.code

    claim = reject(claim=claim, reason="Не читается", actor=accountant)
    assert claim.status == ClaimStatus.REJECTED
    assert told()[-1] == messages.CHEQUE_REJECTED.code


# --- two halves that are both known


def test_half_a_month_alone_keeps_no_term(covered):
    show(covered, amount=HALF)
    statements_through(date(2026, 3, 10))

    assert standing_on(covered, AFTER).state == State.LAPSED


def test_two_halves_on_cheques_make_a_month_that_may_have_been_paid(covered):
    show(covered, amount=HALF, paid_on=EARLIER)
    show(covered, amount=HALF)
    statements_through(date(2026, 3, 10))

    now = standing_on(covered, AFTER)
    assert (now.state, now.months, len(now.halves)) == (State.UNSEEN, 1, 2)
    with translation.override("en"):
        words = "Your sums make a month together. The centre is looking for the money."
        assert (sentence(now).title, short(now)) == (words, words)
    assert [due.day_of(kind, now) for kind in due.NoticeKind] == [None] * len(due.NoticeKind)


def test_twin_where_halves_are_not_put_together_the_person_reads_lapsed(covered, monkeypatch):
    monkeypatch.setattr(halves, "months_in", lambda sums, price: 0)

    show(covered, amount=HALF, paid_on=EARLIER)
    show(covered, amount=HALF)
    statements_through(date(2026, 3, 10))

    assert standing_on(covered, AFTER).state == State.LAPSED


def test_a_half_paid_after_the_term_makes_no_month_in_time(covered):
    show(covered, amount=HALF, paid_on=EARLIER)
    show(covered, amount=HALF, paid_on=LATE)
    statements_through(date(2026, 3, 10))

    now = standing_on(covered, AFTER)
    assert (now.state, now.halves) == (State.LAPSED, ())


def test_credit_and_a_half_on_a_cheque_are_both_known(covered):
    half_line(on=EARLIER, posted_on=date(2026, 2, 12))
    as_credit(Placement.objects.queued().get())
    show(covered, amount=HALF)
    statements_through(date(2026, 3, 10))

    now = standing_on(covered, AFTER)
    assert (now.state, now.undecided, len(now.halves)) == (State.UNSEEN, (), 2)


# --- the money comes


def test_the_line_of_half_a_month_ends_its_search_and_the_person_hears_so(covered):
    claim = show(covered, amount=HALF)

    half_line()

    claim.refresh_from_db()
    assert (claim.status, claim.placement.queue_reason) == (ClaimStatus.POSTED, QueueReason.AMOUNT)
    assert told() == [messages.CHEQUE_PART_SHOWN.code, messages.CHEQUE_PART_FOUND.code]
    assert messages.CHEQUE_PART_FOUND.still_true(claim.pk)
    assert not messages.CHEQUE_PART_SHOWN.still_true(claim.pk)
    assert standing_on(covered, date(2026, 2, 20)).months == 1


def test_a_cheque_shown_after_its_half_came_is_found_at_once(covered):
    half_line()

    claim = show(covered, amount=HALF)

    assert (claim.status, claim.placement.amount) == (ClaimStatus.POSTED, HALF)
    assert Placement.objects.current().filter(amount=HALF).count() == 1
    assert told()[-1] == messages.CHEQUE_PART_FOUND.code


def test_both_halves_found_are_a_month_and_the_person_hears_of_the_month(covered):
    claims = [show(covered, amount=HALF, paid_on=day) for day in (EARLIER, IN_TIME)]
    half_line(on=EARLIER, number="1")
    half_line(on=IN_TIME, posted_on=date(2026, 2, 20), number="2")

    count_what_is_over()

    assert Claim.objects.found().count() == 2
    assert standing_on(covered, date(2026, 2, 20)).months == 2
    assert not any(messages.CHEQUE_PART_FOUND.still_true(claim.pk) for claim in claims)


def test_credit_needs_no_cheque(covered):
    half_line()
    row = Placement.objects.queued().get()
    as_credit(row)

    with pytest.raises(PaymentKnown):
        show(covered, amount=HALF, paid_on=row.paid_on)


def test_a_withdrawn_half_is_searched_for_again(covered):
    claim = show(covered, amount=HALF)
    half_line()
    claim.refresh_from_db()

    ledger.hold_as_repeat(line=claim.placement.line, proven=True, reason="повтор")

    claim.refresh_from_db()
    assert (claim.status, claim.placement) == (ClaimStatus.OPEN, None)


def test_a_withdrawn_half_that_made_a_month_is_searched_for_again(covered):
    first, second = (show(covered, amount=HALF, paid_on=day) for day in (EARLIER, IN_TIME))
    half_line(on=EARLIER, number="1")
    half_line(on=IN_TIME, posted_on=date(2026, 2, 20), number="2")
    count_what_is_over()
    second.refresh_from_db()

    ledger.hold_as_repeat(line=second.placement.line, proven=True, reason="повтор")

    states = [Claim.objects.get(pk=one.pk).status for one in (first, second)]
    assert states == [ClaimStatus.POSTED, ClaimStatus.OPEN]


def test_half_a_month_that_staff_take_back_is_searched_for_again(covered, accountant):
    claim = show(covered, amount=HALF)
    half_line()
    claim.refresh_from_db()

    by_hand.move(claim.placement_id, [], actor=accountant, reason="чужие деньги")

    claim.refresh_from_db()
    assert (claim.status, claim.placement) == (ClaimStatus.OPEN, None)


# --- both ways in


def test_the_person_uploads_half_a_month_by_its_square_code(mine, covered):
    code = photo_of(TEXT.replace("s=10000.00", "s=5000.00"))

    page = mine.post(PAGE, {"cheque": code}, headers=ENGLISH, follow=True).content.decode()

    claim = Claim.objects.get()
    assert (claim.months, claim.amount, bool(claim.cheque)) == (0, HALF, True)
    assert "is not whole months: alone it does not prolong the patent" in page
    assert "This sum is not a whole month." in page
    assert f"Cheque No. {claim.pk}" in page


def test_whoever_writes_the_banks_fee_too_reads_what_to_do(mine):
    typed = {"paid_on": "2026-02-14", "amount": "10150"}

    page = mine.post(PAGE, typed, headers=ENGLISH, follow=True).content.decode()
    assert "Then show the cheque again with the sum of the tax only." in page

    mine.post(PAGE, typed | {"amount": "10000"})
    assert sorted(Claim.objects.values_list("months", flat=True)) == [0, 1]


@pytest.mark.parametrize("is_checked", [False, True], ids=["shown", "checked"])
@pytest.mark.parametrize("amount", [HALF, MONTHLY], ids=["half a month", "a month"])
def test_only_whole_months_leave_their_person_nothing_to_do(mine, covered, amount, is_checked):
    claim = show(covered, amount=amount)
    if is_checked:
        confirm(claim=claim, actor=StaffFactory(), paid_on=IN_TIME)

    page = mine.get(PAGE, headers=ENGLISH).content.decode()

    assert ("You need to do nothing" in page) == (amount == MONTHLY)
    assert ("pay for the month in time" in page) == (amount == HALF)


def test_a_photo_of_half_a_month_is_thanked_for_and_no_more(mine, covered):
    ask_for_more(claim=show(covered, amount=HALF), actor=StaffFactory(), question="Ещё фото")
    photo = {"cheque": photo_of(TEXT)}

    address = reverse("payments:claim_answer", args=[Claim.objects.get().pk])
    page = mine.post(address, photo, headers=ENGLISH, follow=True).content.decode()

    assert "We have your photo." in page
    assert "You need to do nothing" not in page


def test_whole_months_are_not_called_a_part(mine):
    code = photo_of(TEXT)

    page = mine.post(PAGE, {"cheque": code}, headers=ENGLISH, follow=True).content.decode()

    assert "not whole months" not in page
    assert "not a whole month" not in page


def test_the_desk_shows_half_a_month_for_a_person_and_staff_see_it(client, covered):
    client.force_login(StaffFactory(is_superuser=True))
    form = {"paid_on": "2026-02-14", "amount": "5 000"}
    address = reverse("admin:assist_cheque", args=[covered.person.pk])

    page = client.post(address, form, headers=ENGLISH, follow=True).content.decode()

    claim = Claim.objects.get()
    assert "is not whole months" in page
    card = client.get(reverse("admin:payments_claim_change", args=[claim.pk]), headers=ENGLISH)
    assert "not whole months: covers nothing" in card.content.decode()
    listed = client.get(reverse("admin:payments_claim_changelist") + "?status__exact=open")
    assert listed.context["cl"].result_count == 1

"""The list of situations that other importers of bank lines were bitten by, and ours."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from payments import matching, reference
from payments.matching import MoneyIn, Paper, Part, Payer, Year, applied, likeliest
from payments.models import Place, QueueReason
from payments.standing import Money

MONTHLY = Decimal("10000.00")
NUMBER = "7KQ4MX2" + reference.check_character("7KQ4MX2")
SHOWN = reference.display(NUMBER)
INN, OTHER_INN = "775100004210", "500100732259"
ISSUED = date(2026, 1, 15)
PAID, POSTED = date(2026, 2, 10), date(2026, 2, 13)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def posted(months: int, paid_on: date = date(2026, 1, 10)) -> Money:
    return Money(MONTHLY * months, months, paid_on, paid_on)


def year(months=1, application_id=1, **more) -> Year:
    facts = {"accepted_on": date(2026, 1, 2), "issued_on": ISSUED} | more
    return Year(application_id, money=(posted(months),) if months else (), **facts)


def paper(receipt_id=1, months=1, **more) -> Paper:
    facts = {"application_id": 1, "person_id": 1, "open": True, "reference": NUMBER} | more
    return Paper(receipt_id=receipt_id, amount=MONTHLY * months, months=months, **facts)


def money(amount="10000.00", paid_on: date | None = PAID, posted_on=POSTED, **more) -> MoneyIn:
    return MoneyIn(Decimal(amount), posted_on, paid_on, **more)


def price(day: date) -> Decimal | None:
    return MONTHLY if day.year == 2026 else None


def decide(line: MoneyIn, *, papers=(), payers=None) -> tuple[Part, ...]:
    payers = [Payer(1, (year(),))] if payers is None else payers
    return matching.decide(line, papers=list(papers), payers=payers, price=price)


def only(parts: tuple[Part, ...]) -> Part:
    [part] = parts
    return part


# --- what a line names


@pytest.mark.parametrize(
    "purpose",
    [
        f"НДФЛ патент, квитанция MMC-{NUMBER}",
        f"квитанция MMC {SHOWN}, Каримов",
        f"квитанция mmc-{NUMBER.lower()}",
        f"MMC-{NUMBER[:3]}\n{NUMBER[3:]} НДФЛ",
        f"ММС-{NUMBER.replace('M', 'М').replace('X', 'Х')}",
        f"НДФЛпатентMMC{NUMBER}Каримов",
    ],
    ids=["plain", "in halves", "small letters", "a newline inside", "typed in Cyrillic", "glued"],
)
def test_a_receipt_is_recognised_however_it_was_retyped(purpose):
    assert money(purpose=purpose).references == [NUMBER]


def test_a_number_with_a_wrong_character_is_no_number():
    wrong = NUMBER[:-1] + ("2" if NUMBER[-1] != "2" else "3")

    assert money(purpose=f"MMC-{wrong}").references == []


@pytest.mark.parametrize(
    ("payer_inn", "purpose", "found"),
    [
        (INN, "", {INN}),
        ("0", f"Каримов, ИНН {INN}", {INN}),
        (INN, f"за Саидова ИНН {OTHER_INN}", {INN, OTHER_INN}),
        ("7727406020", "ИНН 7799123455", set()),
        ("775100004211", "", set()),
        ("", f"счет {INN}00", set()),
    ],
    ids=["field", "purpose", "both", "organisations", "wrong check digits", "longer number"],
)
def test_inns_of_people_are_found_in_the_field_and_in_the_purpose(payer_inn, purpose, found):
    assert money(payer_inn=payer_inn, purpose=purpose).inns == found


# --- receipts


def test_a_known_receipt_and_its_exact_sum_are_matched():
    assert only(decide(money(), papers=[paper()])) == Part(
        MONTHLY,
        Place.MATCHED,
        f"Receipt {SHOWN}, sum exact.",
        application_id=1,
        receipt_id=1,
        months=1,
        paid_on=PAID,
        score=100,
    )


def test_two_receipts_in_one_purpose_wait():
    other = paper(receipt_id=2, reference="2222222" + reference.check_character("2222222"))

    part = only(decide(money(), papers=[paper(), other]))

    assert part.queue_reason == QueueReason.AMBIGUOUS
    assert SHOWN in part.reason


TAKEN = {"by card": {"charge_id": 7}, "at the till": {"till_payment_id": 8}}


@pytest.mark.parametrize("taken", TAKEN.values(), ids=TAKEN)
def test_money_of_the_payers_own_bank_is_not_what_others_hold(taken):
    """Else who paid twice would not hear of it."""
    alone, held = paper(), paper(captured_on=PAID, **taken)

    assert likeliest([held, alone], money(of_bank=True, of_till=False)) is alone
    assert likeliest([held, alone], money(of_till=bool(held.till_payment_id))) is held
    assert likeliest([held, alone], money(paid_on=None)) is held


def test_where_no_setting_names_the_tills_a_strange_line_may_be_theirs():
    held = paper(till_payment_id=8, captured_on=PAID)

    assert likeliest([paper(), held], money(of_bank=True)) is held


def test_a_second_sum_is_in_time_for_the_month_after_the_one_that_is_on_its_way():
    held = paper(charge_id=7, captured_on=PAID)
    payers = [Payer(1, (year(),), living=(held,))]

    part = only(decide(money(paid_on=date(2026, 2, 16)), papers=[paper()], payers=payers))

    assert (part.place, part.receipt_id) == (Place.MATCHED, 1)


def test_one_kopeck_off_waits_and_names_both_sums():
    part = only(decide(money("9999.99"), papers=[paper()]))

    assert part.queue_reason == QueueReason.AMOUNT
    expected = f"Receipt {SHOWN} expects 10 000 ₽, received 9 999.99 ₽."
    assert part.reason.replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    "settled", [paper(open=False), paper(months=2)], ids=["settled or cancelled", "of two months"]
)
def test_whole_months_of_a_known_person_count_though_the_receipt_does_not_fit(settled):
    part = only(decide(money(), papers=[settled]))

    assert (part.place, part.receipt_id, part.months) == (Place.MATCHED, None, 1)


def test_the_capture_of_our_charge_is_earlier_than_the_order_and_counts():
    mine = paper(charge_id=7, captured_on=date(2026, 2, 14))
    payer = Payer(1, (year(),), living=(mine,))

    part = only(decide(money(paid_on=date(2026, 2, 16)), papers=[mine], payers=[payer]))

    assert (part.place, part.charge_id, part.paid_on) == (Place.MATCHED, 7, date(2026, 2, 14))


LAST_COVERED, A_DAY_AFTER = date(2026, 2, 14), date(2026, 2, 15)
GATHERED = {"paid_on": None, "posted_on": LAST_COVERED}


def test_a_consolidated_order_with_a_receipt_but_no_charge_has_no_day():
    late = money(paid_on=None, posted_on=A_DAY_AFTER)

    part = only(decide(late, papers=[paper()]))

    assert (part.queue_reason, part.receipt_id) == (QueueReason.DAY_UNKNOWN, 1)
    assert part.paid_on is None


@pytest.mark.parametrize("papers", [[paper()], []], ids=["by receipt", "by INN"])
def test_posted_by_the_last_covered_day_a_consolidated_order_proves_itself_in_time(papers):
    part = only(decide(money(**GATHERED), papers=papers))

    assert (part.place, part.months, part.paid_on) == (Place.MATCHED, 1, LAST_COVERED)
    assert part.reason.endswith("posted this early, it was paid in time.")


def test_the_first_month_of_an_open_application_is_in_time_whenever_it_was_posted():
    payer = Payer(1, (year(0, issued_on=None),))

    part = only(decide(money(paid_on=None, posted_on=date(2026, 5, 1)), payers=[payer]))

    assert (part.place, part.paid_on) == (Place.MATCHED, date(2026, 5, 1))


def test_an_open_payment_page_for_the_sum_may_still_say_the_day():
    page = paper(receipt_id=2, charge_id=7)

    part = only(decide(money(**GATHERED), payers=[Payer(1, (year(),), asked=(page,))]))

    assert part.queue_reason == QueueReason.DAY_UNKNOWN


def test_an_open_page_for_another_sum_stands_in_nobodys_way():
    page = paper(receipt_id=2, months=2, charge_id=7)

    part = only(decide(money(**GATHERED), payers=[Payer(1, (year(),), asked=(page,))]))

    assert part.place == Place.MATCHED


@pytest.mark.parametrize(
    ("amount", "posted_on"),
    [
        ("20000.00", A_DAY_AFTER),
        ("9999.00", LAST_COVERED),
        ("8900.00", date(2025, 12, 31)),
    ],
    ids=["a day too late", "no whole months", "no tariff on the day of posting"],
)
def test_where_the_posting_settles_nothing_the_day_is_asked_for(amount, posted_on):
    part = only(decide(money(amount, paid_on=None, posted_on=posted_on)))

    assert (part.queue_reason, part.application_id) == (QueueReason.DAY_UNKNOWN, 1)


def test_of_an_undated_order_too_what_finds_no_month_waits():
    parts = decide(money("20000.00", **GATHERED), payers=[Payer(1, (year(11),))])

    assert [(part.place, part.months) for part in parts] == [(Place.MATCHED, 1), (Place.QUEUE, 0)]
    assert sum(part.amount for part in parts) == Decimal(20000)


def test_a_receipt_paid_late_waits_and_says_so():
    part = only(decide(money(paid_on=date(2026, 2, 15)), papers=[paper()]))

    assert (part.place, part.queue_reason) == (Place.QUEUE, QueueReason.LATE)
    assert (part.months, part.amount, part.paid_on) == (0, MONTHLY, date(2026, 2, 15))
    assert part.reason == (
        "Paid on 15.02.2026, after the patent of 15.01.2026 had no more covered days."
    )


def test_the_last_covered_day_is_in_time():
    assert only(decide(money(paid_on=date(2026, 2, 14)))).place == Place.MATCHED


def test_money_captured_for_more_months_than_are_left_counts_as_far_as_it_goes():
    mine = paper(months=3, charge_id=7, captured_on=PAID)
    payer = Payer(1, (year(11),), living=(mine,))

    counted, left = decide(money("30000.00"), papers=[mine], payers=[payer])

    assert (counted.months, counted.charge_id, counted.receipt_id) == (1, 7, 1)
    assert (left.queue_reason, left.amount) == (QueueReason.NO_ROOM, Decimal("20000.00"))


# --- people


def test_nobody_named_waits_with_the_reason():
    nothing = only(decide(money(), payers=[]))
    stranger = only(decide(money(payer_inn=INN), payers=[]))

    assert nothing.reason == "No receipt of ours and no INN of a person is named."
    assert stranger.reason == f"Nobody here has the INN {INN}, and no receipt of ours is named."
    assert {nothing.queue_reason, stranger.queue_reason} == {QueueReason.UNKNOWN_PAYER}


def test_two_people_named_wait():
    part = only(decide(money(), payers=[Payer(1), Payer(2)]))

    assert part.queue_reason == QueueReason.AMBIGUOUS


@pytest.mark.parametrize(
    ("amount", "months"), [("10000.00", 1), ("110000.00", 11)], ids=["one", "all that is left"]
)
def test_whole_months_of_the_tariff_are_matched_by_inn(amount, months):
    part = only(decide(money(amount)))

    assert (part.place, part.months, part.paid_on) == (Place.MATCHED, months, PAID)


@pytest.mark.parametrize("amount", ["9999.00", "10000.01", "15000.00", "0.01"])
def test_a_part_of_a_month_buys_nothing_by_itself(amount):
    part = only(decide(money(amount)))

    assert (part.queue_reason, part.application_id) == (QueueReason.AMOUNT, 1)


def test_the_tariff_is_that_of_the_day_of_payment():
    part = only(decide(money(paid_on=date(2025, 12, 31))))

    assert part.reason == "No tariff is known for 31.12.2025."


def test_without_patent_and_application_there_is_nothing_to_pay():
    refused = year(0, issued_on=None, refused=True)

    part = only(decide(money(), payers=[Payer(1, (refused,))]))

    assert part.reason == "The person has neither a living patent nor an open application."


@pytest.mark.parametrize(
    ("years", "application_id"),
    [
        ([year(), year(0, 2, issued_on=None)], 1),
        ([year(12), year(0, 2, issued_on=None)], 2),
        ([year(1, annulled_on=date(2026, 2, 1)), year(0, 2, issued_on=None)], 2),
        ([year(1, issued_on=date(2025, 1, 15)), year(0, 2, issued_on=None)], 2),
        ([year(), year(0, 2, issued_on=date(2026, 2, 10))], 2),
        ([year(0, 1, issued_on=None), year(0, 2, issued_on=None, refused=True)], 1),
    ],
    ids=[
        "the living patent first",
        "beyond its twelfth month",
        "an annulled patent",
        "an expired patent",
        "the patent issued last",
        "a refused application",
    ],
)
def test_money_by_inn_goes_to_the_year_that_it_can_serve(years, application_id):
    assert only(decide(money(), payers=[Payer(1, tuple(years))])).application_id == application_id


def test_before_issue_every_day_is_in_time():
    payer = Payer(1, (year(0, issued_on=None),))

    assert only(decide(money(paid_on=date(2026, 12, 1)), payers=[payer])).months == 1


def test_money_paid_late_is_not_moved_to_an_open_application():
    payer = Payer(1, (year(), year(0, 2, issued_on=None)))

    part = only(decide(money(paid_on=date(2026, 2, 20)), payers=[payer]))

    assert (part.queue_reason, part.application_id) == (QueueReason.LATE, 1)


def test_living_money_takes_its_room_and_keeps_the_patent_covered():
    mine = paper(charge_id=7, captured_on=PAID)
    payer = Payer(1, (year(),), living=(mine,))

    assert only(decide(money(paid_on=date(2026, 3, 14)), payers=[payer])).place == Place.MATCHED


@pytest.mark.parametrize(
    "line",
    [money(), money("9999.99"), money("130000.00"), money(paid_on=None), money("200.00")],
)
def test_the_parts_always_make_the_whole_line(line):
    payer = Payer(1, (year(11), year(0, 2, issued_on=None)))

    parts = decide(line, papers=[paper()], payers=[payer])

    assert sum(part.amount for part in parts) == line.amount


def test_what_was_decided_takes_its_room_for_the_next_line():
    mine = paper(charge_id=7, captured_on=PAID)
    payer = Payer(1, (year(11),), living=(mine,))

    parts = decide(money(), papers=[mine], payers=[payer])
    after = applied(payer, parts, POSTED)

    assert after.living == ()
    assert only(decide(money(), payers=[after])).queue_reason == QueueReason.NO_ROOM

"""Whom a line is like: points that a clerk can count, the same each time."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common import identifiers
from payments import reference
from payments.matching import near, scores, why
from payments.matching.likeness import (
    POINTS,
    Candidate,
    Mark,
    OpenPaper,
    Suspect,
    Words,
    candidates,
)

MONTHLY = Decimal(10000)
INN, OF_ANOTHER = "775100004210", "500100732259"
ONE_DIGIT_OFF = "775100004211"
NUMBER = "7KQ4MX2" + reference.check_character("7KQ4MX2")
TIMUR = Suspect(1, ("Каримов", "Тимур", "Рустамович"), inn=INN, patents=("2600418174",))


def said(purpose="", *, payer="", inn="", amount=MONTHLY) -> Words:
    facts = {"payer_name": payer, "payer_inn": inn, "purpose": purpose}
    return Words.of(amount=amount, paid_on=date(2026, 2, 5), **facts)


def best(words: Words, *suspects: Suspect) -> Candidate | None:
    return next(iter(candidates(words, suspects or [TIMUR], MONTHLY)), None)


@pytest.mark.parametrize(
    "written",
    ["775100004211", "775100004120", "77510000421", "7751000042100", "775100004219"],
    ids=["a wrong digit", "two swapped", "a lost one", "one more", "another wrong one"],
)
def test_one_slip_of_the_finger_leads_back_to_the_inn(written):
    assert INN in near.near_inns(written)


@given(st.text("0123456789", min_size=11, max_size=13))
def test_every_inn_that_a_slip_may_have_been_passes_its_check(written):
    found = near.near_inns(written)

    assert all(map(identifiers.is_inn_of_a_person, found))
    assert len(found) < 20


def test_two_wrong_digits_are_another_inn():
    assert INN not in near.near_inns("775100004233")


def test_one_wrong_character_of_a_receipt_leads_back_to_it():
    wrong = "3" + NUMBER[1:]

    named, slips = near.near_references(f"квитанция {wrong[:4]}-{wrong[4:]}")

    assert (named, NUMBER in slips) == (set(), True)


def test_the_name_with_an_inn_that_is_wrong_by_one_digit_is_likely():
    words = said("НДФЛ патент КАРИМОВ ТИМУР РУСТАМОВИЧ", inn=ONE_DIGIT_OFF)

    one = best(words)

    assert one.marks == (Mark.INN_NEAR, Mark.FULL_NAME, Mark.SUM_OF_MONTHS)
    assert (one.score, one.is_likely) == (80, True)


def test_why_is_a_sentence_for_a_clerk():
    with translation.override("en"):
        assert why([Mark.INN_NEAR, Mark.NAME, Mark.SUM_OF_MONTHS]) == (
            "The INN differs by one digit, the last and the first name are the same, "
            "the sum is whole months."
        )


@pytest.mark.parametrize(
    ("payer", "mark"),
    [
        ("КАРИМОВ ТИМУР РУСТАМОВИЧ", Mark.FULL_NAME),
        ("karimov timur", Mark.NAME),
        ("Тимур Каримов", Mark.NAME),
        ("КAPИMOB ТИМУР", Mark.NAME),
        ("Каримов Т. Р.", Mark.INITIALS),
        ("Каримова Дилноза", None),
        ("Тимур Саидов", None),
    ],
)
def test_a_name_is_known_in_any_alphabet_and_order(payer, mark):
    one = best(said("патент 2600418174", payer=payer))

    assert (Mark.PATENT in one.marks, mark is None or mark in one.marks) == (True, True)
    assert len(one.marks) == (2 if mark is None else 3)


def test_a_name_alone_is_a_hint_for_two():
    one = best(said(payer="КАРИМОВ ТИМУР РУСТАМОВИЧ"))

    assert (one.score, one.is_likely) == (40, False)


def test_a_sum_alone_is_no_hint_at_all():
    assert best(said("за товар")) is None


def test_of_the_persons_receipts_the_one_of_the_sum_is_meant():
    papers = (OpenPaper(1, NUMBER, Decimal(20000)), OpenPaper(2, "X", MONTHLY))

    one = best(said(inn=ONE_DIGIT_OFF), replace(TIMUR, papers=papers))

    assert (one.receipt_id, one.marks[-1]) == (2, Mark.SUM_OF_PAPER)


def test_two_receipts_of_one_sum_name_none():
    papers = (OpenPaper(1, NUMBER, MONTHLY), OpenPaper(2, "X", MONTHLY))

    assert best(said(inn=ONE_DIGIT_OFF), replace(TIMUR, papers=papers)).receipt_id is None


def test_with_a_namesake_beside_nobody_is_likely():
    words = said("КАРИМОВ ТИМУР РУСТАМОВИЧ патент 2600418174")
    namesake = replace(TIMUR, application_id=2, inn=OF_ANOTHER)

    alone, beside = best(words), candidates(words, [TIMUR, namesake], MONTHLY)

    assert alone.is_likely
    assert not any(one.is_likely for one in beside)
    assert all(one.marks[-1] == Mark.RIVAL for one in beside)


def test_a_distant_namesake_makes_nobody_doubt():
    words = said("КАРИМОВ ТИМУР РУСТАМОВИЧ", inn=ONE_DIGIT_OFF)
    namesake = Suspect(2, TIMUR.name, inn=OF_ANOTHER)

    found = candidates(words, [namesake, TIMUR], MONTHLY)

    assert [(one.application_id, one.is_likely) for one in found] == [(1, True), (2, False)]


def test_the_order_of_the_suspects_changes_nothing():
    words = said("КАРИМОВ ТИМУР РУСТАМОВИЧ", inn=ONE_DIGIT_OFF)
    suspects = [replace(TIMUR, application_id=number) for number in (1, 2, 3)]

    found = {tuple(candidates(words, some, MONTHLY)) for some in permutations(suspects)}

    assert len(found) == 1


@given(st.sets(st.sampled_from(sorted(POINTS))))
def test_a_likeness_never_scores_as_what_posts_by_itself(marks):
    assert scores.HIGHEST < scores.CERTAIN
    assert min(scores.HIGHEST, sum(POINTS[mark] for mark in marks)) <= scores.HIGHEST


def test_all_numbers_of_a_person_together_stay_below_certain():
    everything = replace(TIMUR, applications=("1381163",), passports=("FA1234567",))
    words = said("КАРИМОВ ТИМУР РУСТАМОВИЧ 77 2600418174, 1381163, FA1234567", inn=INN)

    assert best(words, everything).score == scores.HIGHEST

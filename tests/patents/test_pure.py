"""Working days, papers, the dated rules of countries."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from patents import papers
from patents.countries import known_to_need_none, rule_on
from patents.models import Application
from patents.workdays import add_working_days, expected_ready_on

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 2, day) for day in (6, 7, 8, 9))


@pytest.mark.parametrize("start", [FRIDAY, SATURDAY, SUNDAY])
def test_the_first_working_day_after_a_weekend_is_monday(start):
    assert add_working_days(start, 1) == MONDAY


def test_ten_working_days_are_two_weeks():
    assert add_working_days(date(2026, 1, 26), 10) == MONDAY


def test_a_patent_is_expected_ten_working_days_after_acceptance_without_the_holiday():
    assert expected_ready_on(Application(accepted_on=MONDAY)) == date(2026, 2, 24)


def test_a_later_first_payment_moves_the_expected_day():
    application = Application(accepted_on=FRIDAY, first_paid_on=MONDAY)

    assert expected_ready_on(application) == date(2026, 2, 24)


def test_an_earlier_first_payment_does_not():
    application = Application(accepted_on=MONDAY, first_paid_on=FRIDAY)

    assert expected_ready_on(application) == date(2026, 2, 24)


@pytest.mark.parametrize("typed", ["fa 1234567", "FA-1234567", "FA№1234567"])
def test_a_passport_is_kept_as_printed(typed):
    assert papers.passport(typed) == "FA1234567"


def test_cyrillic_letters_of_a_passport_become_latin():
    assert papers.passport("АС 1234567") == "AC1234567"


@pytest.mark.parametrize("wrong", ["12345", "FA12345678901", "FA12345!", "Жук123456"])
def test_a_wrong_passport_is_explained(wrong):
    with pytest.raises(ValidationError) as refused:
        papers.passport(wrong)

    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize("typed", ["46151234567", "4615 1234567", "4615 № 1234567"])
def test_a_migration_card_is_series_and_number(typed):
    assert papers.migration_card(typed) == "4615 1234567"


@pytest.mark.parametrize(("typed", "kept"), [("AB-12345", "AB12345"), ("12345", "12345")])
def test_other_cards_are_kept(typed, kept):
    assert papers.migration_card(typed) == kept


def test_a_card_of_one_digit_is_explained():
    with pytest.raises(ValidationError):
        papers.migration_card("4")


def test_a_patent_number_is_normalised():
    assert papers.patent_number("77", "2600-418163") == ("77", "2600418163")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "none_needed"),
    [
        (date(2025, 6, 24), False),
        (date(2025, 6, 25), True),
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
    ],
)
def test_moldova_follows_its_dates_both_ends_included(day, none_needed):
    assert known_to_need_none("MDA", day) is none_needed


@pytest.mark.django_db
def test_a_country_without_a_rule_is_not_known_to_need_none():
    assert rule_on("UZB", date(2014, 12, 31)) is None
    assert known_to_need_none("UZB", date(2014, 12, 31)) is False
    assert known_to_need_none("KGZ", date(2026, 2, 10)) is True

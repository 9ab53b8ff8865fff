import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common import identifiers


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1381161", "1381161"),
        (" 138-11 61 ", "1381161"),
        ("№ 1381161", "1381161"),
        ("1381161.", "1381161"),
        ("13 81\u00a0161", "1381161"),
        ("138–11—61", "1381161"),
        ("0012345", "0012345"),
        ("١٣٨١١٦١", "1381161"),
    ],
)
def test_an_application_number_is_read_with_any_separators(typed, number):
    assert identifiers.application_number(typed) == number


@pytest.mark.parametrize("typed", ["", "12345", "12345678901", "138116A", "138116О", "1381161\x00"])
def test_another_text_is_explained_not_guessed(typed):
    with pytest.raises(ValidationError) as refused:
        identifiers.application_number(typed)

    with translation.override("en"):
        assert refused.value.messages == [
            "The application number has only digits, 6 to 10 of them. Example: 1381161."
        ]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("8 916 123-45-67", "+79161234567"),
        ("+7 (916) 123-45-67", "+79161234567"),
        ("79161234567", "+79161234567"),
        ("9161234567", "+79161234567"),
        ("+998 90 123 45 67", "+998901234567"),
        ("998901234567", "+998901234567"),
        ("810998901234567", "+998901234567"),
        ("992 93 123 4567", "+992931234567"),
        ("994 50 123 45 67", "+994501234567"),
        ("373 69 123456", "+37369123456"),
        ("380 50 123 4567", "+380501234567"),
        ("996 555 123456", "+996555123456"),
        ("٨٩١٦١٢٣٤٥٦٧", "+79161234567"),
    ],
)
def test_a_phone_of_any_of_our_countries_is_read_as_people_write_it(typed, number):
    assert identifiers.phone(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "+",
        "1234567",
        "916123456",
        "8 916 123 45 6",
        "+7 916 123 45 6",
        "+7 916 123 45 678",
        "0" * 60,
        "8 916 123-45-67, 8 916 123-45-68",
        "8 916 123-45-67 доб. 5",
    ],
)
def test_a_phone_with_digits_missing_or_extra_is_explained(typed):
    with pytest.raises(ValidationError):
        identifiers.phone(typed)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_phone(typed):
    try:
        number = identifiers.phone(typed)
    except ValidationError:
        return

    assert identifiers.phone(number) == number
    assert len(number) <= 16


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+79161234567", "+7 ··· ··· 45-67"),
        ("+998901234567", "+998 ··· ··· 45-67"),
        ("", "···"),
    ],
)
def test_a_masked_phone_keeps_the_country_and_four_digits(number, masked):
    assert identifiers.mask_phone(number) == masked


@pytest.mark.parametrize("typed", ["775100004210", "7751 0000 4210", "７７５１００００４２１０"])
def test_an_inn_is_read_with_spaces(typed):
    assert identifiers.inn(typed) == "775100004210"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "775100004211",
        "775100004201",
        "77510000421",
        "7707083893",
        "001111111105",
        "77510000421a",
    ],
)
def test_an_inn_with_a_wrong_check_digit_or_length_is_refused(typed):
    with pytest.raises(ValidationError):
        identifiers.inn(typed)

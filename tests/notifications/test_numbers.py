import pytest

from notifications import failures, numbers
from notifications.failures import Failure


@pytest.mark.parametrize(
    "phone", ["+79161234567", "+998901234567", "+992901234567", "+70000000000", "+37369123456"]
)
def test_mobile_numbers_and_new_ranges_take_sms(phone):
    assert numbers.refusal(phone) == ""


@pytest.mark.parametrize(
    ("phone", "failure"),
    [
        ("+74951234567", Failure.TAKES_NO_SMS),
        ("+998712345678", Failure.TAKES_NO_SMS),
        ("+78001234567", Failure.TAKES_NO_SMS),
        ("+447911123456", Failure.NOT_ALLOWED),
        ("+8801711123456", Failure.NOT_ALLOWED),
        ("+7495123", Failure.NO_SUCH_NUMBER),
        ("123", Failure.NO_SUCH_NUMBER),
        ("", Failure.NO_SUCH_NUMBER),
    ],
)
def test_number_that_takes_no_sms_is_known_before_an_operator_is_asked(phone, failure):
    assert numbers.refusal(phone) == failure


def test_countries_are_the_settings_to_say(settings):
    settings.SMS_PREFIXES = ["44"]

    assert numbers.refusal("+447911123456") == ""
    assert numbers.refusal("+79161234567") == Failure.NOT_ALLOWED


def test_every_failure_has_words_and_fits_its_column():
    assert all(failures.words(code) for code in Failure.values)
    assert max(map(len, Failure.values)) <= 30
    assert failures.words("of-yesterday") == "of-yesterday"

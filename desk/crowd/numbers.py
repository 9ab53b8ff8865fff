"""Where the invented numbers start: far from those of the demo people."""

from stdnum.ru.inn import calc_personal_check_digits


class FIRST:
    old_application = 30_000_000
    application = 50_000_000
    patent = 2_500_000_000
    sim = 9_000_000_000
    phone = 9_600_000_000
    passport = 1_000_000
    inn = 7_700_000_000


def inn(body: int) -> str:
    """Ten digits and the two that check them."""
    return f"{body}{calc_personal_check_digits(str(body))}"

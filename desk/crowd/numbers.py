"""Where the invented numbers start: far from those of the demo people."""

from stdnum.ru.inn import calc_personal_check_digits

from payments import reference as references

REFERENCES = 32**7
SCATTER = 20_181_473_821  # odd: no two numbers below REFERENCES meet after it
MOST_IN_A_SAMPLE = 8192
REFERENCE_STEP = MOST_IN_A_SAMPLE * SCATTER % REFERENCES  # from a copy to the next


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


def reference(number: int) -> str:
    """The number of a receipt: scattered, and never the same for two."""
    body, left = "", number * SCATTER % REFERENCES
    for _place in range(references.LENGTH - 1):
        left, figure = divmod(left, len(references.ALPHABET))
        body = references.ALPHABET[figure] + body
    return body + references.check_character(body)

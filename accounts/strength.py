"""How hard a password is to guess, as a hint: it forbids nothing. static/accounts/strength.js is
the same rule while one types."""

from django.utils.translation import gettext_lazy as _

SHORTEST, FEWEST_SIGNS = 10, 5
WEAK, FAIR, STRONG = "weak", "fair", "strong"
WORDS = {
    WEAK: _("Weak: easy to guess. Add a word or two."),
    FAIR: _("Not bad. One more word makes it strong."),
    STRONG: _("Strong password."),
}


def strength(password: str) -> str:
    """WEAK, FAIR or STRONG. Repeated signs and rows like «abc» and «321» count once."""
    codes = [ord(sign) for sign in password]
    if len(codes) < SHORTEST or len(set(codes)) < FEWEST_SIGNS:
        return WEAK
    pairs = zip(codes, codes[1:], strict=False)
    fresh = 1 + sum(abs(code - before) > 1 for before, code in pairs)
    if fresh < 8:
        return WEAK
    return FAIR if fresh < 14 else STRONG

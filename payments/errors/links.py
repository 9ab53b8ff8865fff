"""What links for payers refuse. Who has a link learns nothing of the person from it."""

from django.utils.translation import gettext_lazy

from common.errors import Refusal


class LinkDead(Refusal):
    """A link for a payer does not work; why is nobody's business but its owner's."""

    message = gettext_lazy("This link does not work. Ask for a new one.")


class LinkRefused(Refusal):
    """The acquirer will not take this payment; the payer cannot choose another way."""

    message = gettext_lazy(
        "The payment was not accepted. No money was taken. Ask the person who sent the link."
    )


class LinkTooLate(Refusal):
    message = gettext_lazy(
        "The days for this payment are over. Do not ask anybody to pay now: ask the centre first."
    )


class TooManyLinks(Refusal):
    message = gettext_lazy("You made many links today. Use one of them, or come back tomorrow.")

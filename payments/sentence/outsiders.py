"""What anybody reads who knows the number of a patent: is it valid, is a payment due. No sums that
came, no days on which somebody paid.
"""

from django.utils.translation import gettext as _

from payments.sentence import pieces
from payments.sentence.pages import sentence
from payments.standing import Standing, ThirdParty


def payment_due(it: Standing) -> tuple[str, ...]:
    """The paragraphs under `third_party_words`; careful where statements are not complete."""
    told = it.third_party
    if told == ThirdParty.ENDED:
        return (sentence(it).title,)
    if told == ThirdParty.NO_PATENT:
        return ()
    if it.pay_by is None:
        return (_("All twelve months are paid."),)
    if told == ThirdParty.CHECKED:
        return (_paid_already(it),)
    next_payment = pieces.next_payment(it)
    return (next_payment,) if it.is_payable else (_("There is nothing to pay now."), next_payment)


def _paid_already(it: Standing) -> str:
    until = {"day": pieces.day(it.pay_until, it)}
    return _("Did you pay by %(day)s inclusive? Do nothing and do not pay a second time.") % until

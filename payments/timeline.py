"""What happened to a person's money, in the words that the person reads."""

from django.utils.translation import gettext_noop as _

from accounts.timeline import register

TAKEN = "payments.taken"

register(TAKEN, _("We received %(amount)s, paid on %(paid_on)s. Receipt %(receipt)s."))
POSTED = "payments.posted"
POSTED_IN_TIME = "payments.posted_in_time"
WAITS = "payments.waits"
WITHDRAWN = "payments.withdrawn"

register(
    POSTED,
    _("The Treasury received %(amount)s on %(posted_on)s. You paid it on %(paid_on)s."),
)
register(
    POSTED_IN_TIME,
    _("The Treasury received %(amount)s on %(posted_on)s. It was paid in time."),
)
register(
    WAITS,
    _("The Treasury received %(amount)s on %(posted_on)s. The centre is looking at this money."),
)
register(
    WITHDRAWN,
    _(
        "We do not count %(amount)s of %(posted_on)s any more: "
        "the statement of the whole day does not show it. The centre is looking at it."
    ),
)

CHEQUE_SHOWN = "payments.cheque_shown"
CHEQUE_CONFIRMED = "payments.cheque_confirmed"
CHEQUE_REJECTED = "payments.cheque_rejected"

register(
    CHEQUE_SHOWN,
    _("You showed a cheque of %(paid_on)s for %(amount)s. We are looking for the money."),
)
register(
    CHEQUE_CONFIRMED,
    _("The centre checked your cheque for %(amount)s. You paid on %(paid_on)s."),
)
register(
    CHEQUE_REJECTED,
    _("The centre did not accept your cheque of %(paid_on)s for %(amount)s. Reason: %(reason)s"),
)

RECEIPT_ASSISTED = "payments.receipt_assisted"
PAYMENT_ASSISTED = "payments.payment_assisted"

register(
    RECEIPT_ASSISTED,
    _("A member of the staff made a receipt with you: %(amount)s. Receipt %(receipt)s."),
)
register(
    PAYMENT_ASSISTED,
    _("A member of the staff opened a payment with you: %(amount)s. Receipt %(receipt)s."),
)

COUNTED = "payments.counted_at_opening"

register(
    COUNTED,
    _("Months paid before this cabinet existed: %(months)s, %(amount)s. The centre counted them."),
)

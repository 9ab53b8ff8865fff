"""What happened to a person's money, in the words that the person reads."""

from django.utils.translation import gettext_noop as _

from accounts.timeline import register

TAKEN = register(
    "payments.taken", _("We received %(amount)s, paid on %(paid_on)s. Receipt %(receipt)s.")
)
TAKEN_BY_LINK = register(
    "payments.taken_by_link",
    _("%(payer)s paid %(amount)s for you by your link on %(paid_on)s. Receipt %(receipt)s."),
)

TAKEN_AGAIN = register(
    "payments.taken_again",
    _(
        "We received %(amount)s once more, paid on %(paid_on)s. Receipt %(receipt)s was paid "
        "already. This money pays the next months, or you get it back: tell the centre."
    ),
)
ONE_PAYMENT = register(
    "payments.one_payment",
    _(
        "Receipt %(receipt)s was paid once: by %(amount)s of %(paid_on)s. We wrote that you paid "
        "twice: we do not count the other payment any more."
    ),
)
PAGE_LEFT = register(
    "payments.page_left",
    _(
        "At the cash desk you said that you will not pay %(amount)s online. Receipt %(receipt)s. "
        "Do not pay on the page that is open: it closes by itself."
    ),
)

KEPT = register(
    "payments.kept",
    _("%(amount)s of receipt %(receipt)s came twice. It stays yours and pays the next months."),
)

REFUNDED = register(
    "payments.refunded", _("The centre gave %(amount)s of receipt %(receipt)s back to you.")
)

NOT_TAKEN = register(
    "payments.not_taken",
    _("The centre found that %(amount)s of receipt %(receipt)s were not taken from you."),
)
NOT_BACK = register(
    "payments.not_back",
    _("The centre found that %(amount)s of receipt %(receipt)s did not come back to you."),
)

POSTED = register(
    "payments.posted",
    _("The Treasury received %(amount)s on %(posted_on)s. You paid it on %(paid_on)s."),
)
POSTED_IN_TIME = register(
    "payments.posted_in_time",
    _("The Treasury received %(amount)s on %(posted_on)s. It was paid in time."),
)
LAPSE_WITHDRAWN = register(
    "payments.lapse_withdrawn",
    _(
        "We found your payment of %(paid_on)s: %(amount)s. It was made in time. "
        "We wrote that the term had passed: we take that back. We are sorry."
    ),
)
WAITS = register(
    "payments.waits",
    _("The Treasury received %(amount)s on %(posted_on)s. The centre is looking at this money."),
)
WITHDRAWN = register(
    "payments.withdrawn",
    _(
        "We do not count %(amount)s of %(posted_on)s any more: "
        "the statement of the whole day does not show it. The centre is looking at it."
    ),
)

APOLOGY = register(
    "payments.apology",
    _("Our message of %(wrong_on)s about your payment was wrong. It is our mistake, we are sorry."),
)

DAY_CHECKED = register(
    "payments.day_checked",
    _(
        "The day of issue of your patent was corrected. You had paid by the former day. "
        "The centre is checking your payments. Application %(number)s."
    ),
)
DAY_STOOD = register(
    "payments.day_stood",
    _(
        "The centre checked your payments made by the former day of issue. "
        "They count as paid in time. Application %(number)s."
    ),
)
DAY_FELL = register(
    "payments.day_fell",
    _(
        "The centre checked %(amount)s that you paid on %(paid_on)s by the former day of issue. "
        "They do not prolong this patent. The money stays yours: ask the centre."
    ),
)

TRACED = register(
    "payments.traced",
    _(
        "The Treasury has not shown your payment of %(paid_on)s yet: %(amount)s. "
        "We are looking for it. You need to do nothing."
    ),
)

UNCOUNTED = register(
    "payments.uncounted",
    _(
        "The centre checked %(amount)s of %(posted_on)s again: it does not count as your payment. "
        "Reason: %(reason)s"
    ),
)

FELL_APART = register(
    "payments.fell_apart",
    _(
        "A payment that came in parts is not whole any more. %(amount)s that you paid on "
        "%(paid_on)s stays yours and waits for the rest."
    ),
)

CREDITED = register(
    "payments.credited",
    _(
        "Application %(application)s was refused. %(amount)s that you paid for it stays yours: "
        "it counts for a new application."
    ),
)

RETURNED = register(
    "payments.returned",
    _("%(amount)s that you paid on %(paid_on)s was given back to you. Reason: %(reason)s"),
)

CHEQUE_SHOWN = register(
    "payments.cheque_shown",
    _("You showed a cheque of %(paid_on)s for %(amount)s. We are looking for the money."),
)
CHEQUE_ASKED = register(
    "payments.cheque_asked",
    _("The centre asks about your cheque of %(paid_on)s for %(amount)s: %(question)s"),
)
CHEQUE_ANSWERED = register(
    "payments.cheque_answered",
    _("You sent another photo of your cheque of %(paid_on)s for %(amount)s."),
)
CHEQUE_LONG = register(
    "payments.cheque_long",
    _(
        "We have looked for %(amount)s of %(paid_on)s for 30 days. A supervisor is on it now. "
        "You need to do nothing."
    ),
)
CHEQUE_CONFIRMED = register(
    "payments.cheque_confirmed",
    _("The centre checked your cheque for %(amount)s. You paid on %(paid_on)s."),
)
CHEQUE_REJECTED = register(
    "payments.cheque_rejected",
    _("The centre did not accept your cheque of %(paid_on)s for %(amount)s. Reason: %(reason)s"),
)

RECEIPT_ASSISTED = register(
    "payments.receipt_assisted",
    _("A member of the staff made a receipt with you: %(amount)s. Receipt %(receipt)s."),
)
PAYMENT_ASSISTED = register(
    "payments.payment_assisted",
    _("A member of the staff opened a payment with you: %(amount)s. Receipt %(receipt)s."),
)

TILL_TAKEN = register(
    "payments.till_taken",
    _(
        "The cash desk of the centre took %(amount)s on %(paid_on)s. "
        "Receipt %(receipt)s, cheque %(cheque)s."
    ),
)

TILL_DAY_ASKED = register(
    "payments.till_day_asked",
    _(
        "The cash desk of the centre wrote down %(amount)s, receipt %(receipt)s. Cheque %(cheque)s "
        "is of %(paid_on)s. A second member of the staff checks the day."
    ),
)
TILL_DAY_CONFIRMED = register(
    "payments.till_day_confirmed",
    _("The centre checked the cheque %(cheque)s: %(amount)s were taken on %(paid_on)s."),
)

TILL_CORRECTED = register(
    "payments.till_corrected",
    _(
        "The centre corrected its record of the cash desk: we do not count %(amount)s "
        "of %(paid_on)s, cheque %(cheque)s, as it was written."
    ),
)

RECOUNTED = register(
    "payments.recounted",
    _("The centre corrected the months paid before this cabinet existed: %(months)s, %(amount)s."),
)
CODE_WITHDRAWN = register(
    "payments.code_withdrawn",
    _("The centre withdrew your code %(code)s. Nobody can check it any more. Reason: %(reason)s"),
)
RECEIPT_CANCELLED = register(
    "payments.receipt_cancelled",
    _("The centre cancelled receipt %(receipt)s. Do not pay it. Reason: %(reason)s"),
)

COUNTED = register(
    "payments.counted_at_opening",
    _("Months paid before this cabinet existed: %(months)s, %(amount)s. The centre counted them."),
)

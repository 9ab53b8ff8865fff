"""What happened to an application, in the words that the person reads."""

from django.utils.translation import gettext_noop as _

from accounts.timeline import register

ACCEPTED = "patents.accepted"
IN_REVIEW = "patents.in_review"
READY = "patents.ready"
REFUSED = "patents.refused"
ISSUED = "patents.issued"
ANNULLED = "patents.annulled"
INN_ENTERED = "patents.inn_entered"
INN_CORRECTED = "patents.inn_corrected"

register(ACCEPTED, _("We accepted your application %(number)s on %(accepted_on)s."))
register(IN_REVIEW, _("Your application %(number)s is at the Interior Ministry."))
register(READY, _("Your patent is ready since %(ready_on)s. Application %(number)s."))
register(
    REFUSED,
    _(
        "The Interior Ministry refused the patent on %(refused_on)s. Application %(number)s. "
        "Reason: %(reason)s"
    ),
)
register(ISSUED, _("You were issued the patent %(patent)s on %(issued_on)s."))
register(
    ANNULLED,
    _(
        "The Interior Ministry annulled the patent %(patent)s on %(annulled_on)s. "
        "Reason: %(reason)s"
    ),
)
register(INN_ENTERED, _("Your INN is known: %(inn)s."))
register(INN_CORRECTED, _("Your INN was corrected: %(inn)s."))

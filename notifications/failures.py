"""Why a message did not arrive: one word of ours for the many codes of the operators."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Failure(TextChoices):
    """Stands in `Message.failure`; the label is what the person and the staff read."""

    PHONE_OFF = "phone-off", _("the phone is switched off or out of reach")
    NO_SUCH_NUMBER = "no-such-number", _("the number does not exist")
    BLOCKED = "blocked", _("the operator lets no SMS through to this number")
    TAKES_NO_SMS = "takes-no-sms", _("this number takes no SMS")
    NOT_ALLOWED = "not-allowed", _("we do not send SMS to numbers of this country")
    TOO_MANY = "too-many", _("too many SMS to this number")
    TEXT_REFUSED = "text-refused", _("the operator refused the text")
    REFUSED = "refused", _("the operator refused it")
    NOT_DELIVERED = "not-delivered", _("the operator could not deliver it")
    UNKNOWN_CODE = "unknown-code", _("the operator answered with an unknown code")
    NO_RECEIPT = "no-receipt", _("the operator did not say whether it arrived")
    DISOWNED = "disowned", _("whoever has this number says that it belongs to somebody else")
    NO_ADDRESS = "no-address", _("there is no number or e-mail to send it to")
    GIVEN_UP = "given-up", _("this number or e-mail is not in use any more")
    TOO_LATE = "too-late", _("it did not go in time")
    SWITCHED_OFF = "switched-off", _("you switched these messages off")
    MAILBOX = "mailbox", _("the mailbox did not take the letter")
    OUR_ERROR = "our-error", _("an error of the portal")


# The number itself takes no SMS: staff are told to ask for another one.
DEAF = frozenset(
    {Failure.NO_SUCH_NUMBER, Failure.BLOCKED, Failure.TAKES_NO_SMS, Failure.NOT_ALLOWED}
)
# The phone did not take it this time; several in a row say as much as the words above.
UNREACHED = frozenset({Failure.PHONE_OFF, Failure.NOT_DELIVERED})


def words(code: str) -> str:
    """The sentence of a code, in the language of the reader; '' for none, the code if unknown."""
    return str(Failure(code).label) if code in Failure.values else code

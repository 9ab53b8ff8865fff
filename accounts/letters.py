"""What this app tells by e-mail. The subject of a letter is the row of an address."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_noop as _

from accounts.models import Email
from notifications.events import Event, Recipient
from notifications.models import Channel, Topic

LINK_LIFE = timedelta(days=3)


def _recipient(email_id: int) -> Recipient:
    email = Email.objects.select_related("person").get(pk=email_id)
    return Recipient(email.person_id, email.person.language, email=email.address)


def _waits(email_id: int) -> bool:
    """A later letter kills the link of this one."""
    return Email.objects.filter(
        pk=email_id, confirmed_at__isnull=True, valid_until__isnull=True
    ).exists()


def _hotline(email_id: int) -> dict:
    return {"hotline": settings.HOTLINE}


EMAIL_LINK = Event(
    code="accounts.email_link",
    label=_("letter with a link that confirms an e-mail"),
    subject_line=_("Your e-mail in the personal cabinet"),
    template=_(
        "Open this link and press the button:\n%(secret)s\n\n"
        "It works for three days. Was it not you? Then do nothing."
    ),
    recipient=_recipient,
    still_true=_waits,
    channel=Channel.EMAIL,
    awaited=True,
    may_fall_back=False,
    topic=Topic.ACCESS,
    lifetime=LINK_LIFE,
)
EMAIL_REPLACED = Event(
    code="accounts.email_replaced",
    label=_("the e-mail was changed"),
    subject_line=_("Your e-mail in the personal cabinet"),
    template=_(
        "Your personal cabinet has another e-mail now. We do not write to this address any "
        "more.\n\nWas it not you? Call: %(hotline)s."
    ),
    recipient=_recipient,
    context=_hotline,
    channel=Channel.EMAIL,
    may_fall_back=False,
    topic=Topic.ACCESS,
)

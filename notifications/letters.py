"""A message as a letter: text and HTML from one template, and a way to stop such letters."""

from email.utils import parseaddr
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from notifications import events
from notifications.models import Message, Topic

SALT = "notifications.letters.unsubscribe"
UNSUBSCRIBE = "accounts:unsubscribe"  # above us: it is written into the person's story
DEFAULT_SUBJECT = gettext_noop("News of your personal cabinet")
# In a full mailbox it must be seen what a letter is about; never what it says.
SUBJECTS = {
    Topic.ACCESS: gettext_noop("The entrance to your personal cabinet"),
    Topic.PATENT: gettext_noop("Your application and patent"),
    Topic.MONEY: gettext_noop("Payments for your patent"),
    Topic.REMINDERS: gettext_noop("A reminder about your patent"),
    Topic.CENTRE: DEFAULT_SUBJECT,
}
# What cannot be switched off: who loses the entrance must learn of it.
ALWAYS = frozenset({Topic.ACCESS})


class Words(NamedTuple):
    """What a letter says, in both of its forms."""

    subject: str
    plain: str
    html: str


def letter_of(message: Message, text: str) -> EmailMultiAlternatives:
    """``text`` is with the secret that the row does not show."""
    event = events.find(message.event)
    link = unsubscribe_link(message) if may_be_stopped(event) else ""
    subject, plain, html = words_of(event, text, message.language, link)
    letter = EmailMultiAlternatives(subject, plain, settings.DEFAULT_FROM_EMAIL, [message.address])
    letter.attach_alternative(html, "text/html")
    letter.extra_headers = {"Message-ID": _message_id(message), **_stop_headers(link)}
    return letter


def words_of(event: events.Event, text: str, language: str, link: str) -> Words:
    """In this language; ``link`` stops such letters, '' where nothing stops them."""
    with translation.override(language):
        said = {"text": text, "unsubscribe": link, "hotline": settings.HOTLINE}
        plain = render_to_string("notifications/letter.txt", said).strip() + "\n"
        subject = gettext(subject_of(event))
        shown = {"subject": subject, "plain": plain, "language": language}
        return Words(subject, plain, render_to_string("notifications/letter.html", shown))


def subject_of(event: events.Event) -> str:
    """The msgid."""
    return event.subject_line or SUBJECTS[event.topic]


def may_be_stopped(event: events.Event) -> bool:
    return not event.legal and event.topic not in ALWAYS


def unsubscribe_link(message: Message) -> str:
    """Signed, and without the address: a letter is passed on, and logs keep links."""
    if message.person_id is None:
        return ""
    event = events.find(message.event)
    token = signing.dumps([message.person_id, event.topic], salt=SALT)
    return settings.PORTAL_URL.rstrip("/") + reverse(UNSUBSCRIBE, args=[token])


def read_link(token: str) -> tuple[int, Topic]:
    """Whose letters, and which; ValueError when the link is not ours. It never grows too old."""
    try:
        person_id, topic = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise ValueError("not our link") from None
    return person_id, Topic(topic)


def _stop_headers(link: str) -> dict[str, str]:
    """RFC 8058: the mail program stops the letters by one POST."""
    if not link:
        return {}
    return {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _message_id(message: Message) -> str:
    """The same at every attempt: a mailbox shows two letters of one number as one."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<message-{message.pk}-{message.created_at:%Y%m%d%H%M%S%f}@{domain}>"

"""Letters of the outbox: claimed, written and settled as SMS are, handed to the mail server.

A server that died between its yes and our commit gets the letter again, under the same Message-ID.
"""

import logging
from contextlib import closing
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from time import monotonic

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext_noop

from common import clock
from notifications import letters
from notifications.failures import Failure
from notifications.models import Channel, MessageStatus
from notifications.services import claiming
from notifications.services.composing import Batch, Composed, broken
from notifications.services.ends import end
from notifications.services.hints import wake_for_letters
from notifications.services.outcomes import Outcome, hold, keep_words, put_off
from notifications.services.sending import let_go_of_the_database
from notifications.services.wishes import wanted

logger = logging.getLogger(__name__)

AT_ONCE = 50
LONGEST_SECONDS = 20  # of one task; the next one goes on
PERMANENT = range(500, 600)
PAUSE = timedelta(minutes=1)
MARGIN_SECONDS = 1  # of the lease, to write what became of the batch
NO_TIME = gettext_noop("no time was left for it")
NO_SERVER = gettext_noop("the mail server does not answer")
NOT_NOW = gettext_noop("the mail server did not take it now")


class _Post:
    """A line to the mail server for one batch; once it is away nobody is asked any more."""

    def __init__(self, until: float):
        self.until = until
        self.is_away = False
        self._server = get_connection()

    def send(self, one: Composed) -> Outcome:
        if self.is_away or monotonic() + settings.EMAIL_TIMEOUT + MARGIN_SECONDS > self.until:
            return hold(one.row, clock.now() + PAUSE, NO_SERVER if self.is_away else NO_TIME)
        try:
            self._server.open()
            self._server.send_messages([letters.letter_of(one.row, one.text)])
        except SMTPRecipientsRefused as refusal:
            [(code, _words)] = refusal.recipients.values()
            return _refused(one, code)
        except SMTPDataError as refusal:
            return _refused(one, refusal.smtp_code)
        except (SMTPException, OSError) as error:
            return self._away(one, error)
        except Exception as error:
            return broken(one.row, error)
        return Outcome(one.row, MessageStatus.SENT)

    def _away(self, one: Composed, error: Exception) -> Outcome:
        """Only the kind is logged: the words of a mail server name the address."""
        logger.warning("message %s waits: %s", one.row.pk, type(error).__name__)
        self.is_away = True
        return put_off(one.row, NO_SERVER)

    def close(self) -> None:
        """A server that hung up is closed already."""
        try:
            self._server.close()
        except (SMTPException, OSError):
            logger.info("the mail server hung up")


def drain_letters() -> int:
    """Send the letters that are due, until none is left or the mail server is away; returns how
    many were looked at. The next task goes on with what a long one leaves: killed in the middle of
    a batch, it would have letters sent twice."""
    ends, looked_at, is_away = monotonic() + LONGEST_SECONDS, 0, False
    while not is_away and (rows := claiming.claim_letters(AT_ONCE)):
        until = monotonic() + settings.SMS_LEASE_SECONDS
        looked_at += len(rows)
        batch = Batch(rows)
        ready, unwanted = wanted(batch.ready, Channel.EMAIL)
        end([*batch.over, *unwanted])
        is_away = _send(ready, until)
        if monotonic() > ends:
            wake_for_letters()
            break
    return looked_at


def _send(composed: list[Composed], until: float) -> bool:
    """Whether the mail server was away."""
    ours = keep_words([one.row for one in composed])
    going = [one for one in composed if one.row.pk in ours]
    if going:
        let_go_of_the_database()  # a mail server may take seconds: no connection waits with us
    with closing(_Post(until)) as post:
        outcomes = [post.send(one) for one in going]
    end(outcomes)
    return post.is_away


def _refused(one: Composed, code: int) -> Outcome:
    logger.warning("message %s: the mail server says %s", one.row.pk, code)
    if code not in PERMANENT:
        return put_off(one.row, NOT_NOW)
    return Outcome(
        one.row,
        MessageStatus.FAILED,
        failure=Failure.MAILBOX,
        code=str(code),
    )

"""Signed codes of payments: made for their owner, withdrawn by their owner or by the centre."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import limits
from accounts.models import User
from accounts.services import record
from common import clock
from common.identifiers import mask_number
from journal.history import because
from patents.models import Application
from payments import codes, timeline
from payments.errors import CannotWithdraw, TooManyCodes
from payments.facts import standing_of
from payments.models import Charge, Claim, SignedCode, SignedCodeQuerySet, TillPayment
from payments.models.codes import REASON_LENGTH
from payments.on_the_way import OnTheWay

LIFE_DAYS = 14
CODES_A_DAY = 20
KIND = "signed-code"
ABOUT = {Charge: "charge", TillPayment: "till_payment", Claim: "claim"}


@transaction.atomic
def certify(payment: OnTheWay) -> SignedCode:
    """A code that says what is known today of a payment on its way.

    Asked again on the same day, while nothing changed, it gives the same code. Raises TooManyCodes.
    """
    applications = Application.objects.select_for_update(of=("self",))
    application = applications.select_related("person").get(pk=payment.application.pk)
    said = _snapshot(payment, application)
    about, day = _about(payment), clock.today()
    known = SignedCode.objects.alive(day).filter(made_on=day, snapshot=said, **about)
    # A key that was taken out took its codes with it.
    good = (row for row in known if codes.is_genuine(row.code))
    return next(good, None) or _new(payment, application, said, about)


@transaction.atomic
def revoke(code: SignedCode) -> None:
    """Nobody who scans it is told anything of it any more; asked twice, nothing new."""
    _not_withdrawn(code).update(revoked_at=clock.now())


@transaction.atomic
def withdraw(*, code: SignedCode, reason: str, actor: User) -> None:
    """The centre ends a code; its owner reads why. Raises CannotWithdraw."""
    reason = reason.strip()[:REASON_LENGTH]
    if not reason:
        raise CannotWithdraw(_("Write the reason: the person reads it."))
    because(reason)
    if not _not_withdrawn(code).update(revoked_at=clock.now(), revoke_reason=reason):
        raise CannotWithdraw
    facts = {"code": codes.voice_shown(code.serial), "reason": reason}
    owner = code.application.person
    record(person=owner, kind=timeline.CODE_WITHDRAWN, facts=facts, actor=actor)


def _not_withdrawn(code: SignedCode) -> SignedCodeQuerySet:
    return SignedCode.objects.filter(pk=code.pk, revoked_at__isnull=True)


def _new(payment: OnTheWay, application: Application, said: dict, about: dict) -> SignedCode:
    key = limits.hashed(application.person_id)
    if not limits.take(KIND, key, limits.DAY, CODES_A_DAY):
        raise TooManyCodes
    words = _words(payment, application)
    return SignedCode.objects.create(
        serial=codes.voice(words.serial),
        code=codes.pack(words),
        application=application,
        snapshot=said,
        made_on=words.made_on,
        good_through=words.good_through,
        **about,
    )


def _about(payment: OnTheWay) -> dict[str, Charge | TillPayment | Claim]:
    return {ABOUT[type(payment.source)]: payment.source}


def _words(payment: OnTheWay, application: Application) -> codes.Transit:
    patent = getattr(application, "patent", None)
    number = patent.number if patent else application.number
    return codes.Transit(
        serial=secrets.token_bytes(codes.SERIAL_BYTES),
        kind=codes.Kind.OF_PATENT if patent else codes.Kind.OF_APPLICATION,
        made_on=clock.today(),
        life_days=LIFE_DAYS,
        paid_on=payment.paid_on,
        amount=payment.amount,
        seen_by=payment.seen_by,
        months=payment.months,
        tail=int(number[-3:]),
    )


def _snapshot(payment: OnTheWay, application: Application) -> dict:
    """What the paper says: it stays as it was, whatever is corrected later."""
    standing = standing_of(application.person)
    known = standing.complete_through
    return {
        "name": " ".join(filter(None, application.person.name_parts)),
        "document": masked_document(application),
        "paid_on": payment.paid_on.isoformat(),
        "seen_by": payment.seen_by.value,
        "papers": payment.papers,
        "day_no": payment.day_no,
        "expected_by": payment.expected_by.isoformat(),
        "is_searched": payment.is_searched(known),
        "known_through": known and known.isoformat(),
    }


def masked_document(application: Application) -> tuple[str, str, str]:
    """«patent», its series and its masked number; before it «application», "" and its number."""
    patent = getattr(application, "patent", None)
    if patent:
        return "patent", patent.series, mask_number(patent.number)
    return "application", "", mask_number(application.number)

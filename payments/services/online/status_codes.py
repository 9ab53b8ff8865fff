"""Signed codes of how a patent stands: made for their owner, good for some days."""

import secrets

from django.db import transaction

from accounts import limits
from accounts.models import Person
from common import clock
from patents.models import Application
from payments import codes
from payments.codes import WORDS, Word
from payments.errors import NoPatentToShow, TooManyCodes, TooManyGoodCodes
from payments.facts import standing_of
from payments.models import SignedCode
from payments.services.online.codes import CODES_A_DAY, KIND, masked_document
from payments.standing import Standing

LIFE_DAYS = 7
# One a day of its life and some to spare: a paper in a wallet is never ended by a newer one.
GOOD_AT_ONCE = 10
PAID_FOR = {Word.VALID, Word.IN_TRANSIT}


@transaction.atomic
def certify_status(person: Person) -> SignedCode:
    """A code that says how the patent of the person stands today.

    Asked again on the same day, while nothing changed, it gives the same code. Raises
    NoPatentToShow, TooManyCodes, TooManyGoodCodes.
    """
    now = standing_of(person)
    if now.third_party not in WORDS:
        raise NoPatentToShow
    applications = Application.objects.select_for_update(of=("self",))
    application = applications.select_related("patent").get(number=now.case.application.number)
    said = _snapshot(now, application)
    known = SignedCode.objects.alive(now.today).of_status().filter(application=application)
    same = known.filter(made_on=now.today, snapshot=said)
    good = (row for row in same if codes.is_genuine(row.code))
    return next(good, None) or _one_more(now, application, said)


def _one_more(now: Standing, application: Application, said: dict) -> SignedCode:
    mine = SignedCode.objects.filter(application__person=application.person_id)
    if mine.alive(now.today).of_status().count() >= GOOD_AT_ONCE:
        raise TooManyGoodCodes
    return _new(now, application, said)


def _snapshot(now: Standing, application: Application) -> dict:
    word, through = _word(now), _through(now)
    return {
        "document": list(masked_document(application)),
        "word": word.value,
        "through": through and through.isoformat(),
    }


def _new(now: Standing, application: Application, said: dict) -> SignedCode:
    if not limits.take(KIND, limits.hashed(application.person_id), limits.DAY, CODES_A_DAY):
        raise TooManyCodes
    words = _words(now, application)
    return SignedCode.objects.create(
        serial=codes.voice(words.serial),
        code=codes.pack_status(words),
        application=application,
        snapshot=said,
        made_on=words.made_on,
        good_through=words.good_through,
    )


def _words(now: Standing, application: Application) -> codes.Status:
    return codes.Status(
        serial=secrets.token_bytes(codes.SERIAL_BYTES),
        made_on=clock.today(),
        life_days=LIFE_DAYS,
        word=_word(now),
        through=_through(now),
        tail=int(application.patent.number[-3:]),
    )


def _word(now: Standing) -> Word:
    return WORDS[now.third_party]


def _through(now: Standing):
    """The last day paid for; where that is open or over, no day is promised."""
    return now.covered_through if _word(now) in PAID_FOR else None

"""A phone asks, one screen answers. Nothing but the session is written."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import override

from accounts import limits
from accounts.models import Person
from common import clock
from patents.inns import current_inn
from payments.facts import standing_of
from payments.sentence import ussd as sentences
from ussd import dialled, words
from ussd.models import Session
from ussd.whose import number_of, owners, with_tail

STEPS, LASTS = 10, timedelta(minutes=3)  # of one session
STEPS_AN_HOUR = 30  # of one phone
HOUR, KEPT = timedelta(hours=1), timedelta(days=1)
WRONG_TAIL, WRONG_TAILS_A_DAY = "ussd-tail", 5

# One question: the step is counted, and what the phone did in the hour before it is read.
STEP = """
INSERT INTO ussd_session AS own (key, phone, begun_at, steps)
VALUES (%(key)s, %(phone)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET steps = least(own.steps + 1, %(most)s)
RETURNING steps, begun_at, (
    SELECT coalesce(sum(steps), 0) FROM ussd_session
    WHERE phone = %(phone)s AND begun_at > %(since)s
)
"""
ANSWERS = {
    "1": lambda person: sentences.inn(current_inn(person)),
    "2": lambda person: sentences.readiness(standing_of(person)),
    "3": lambda person: sentences.validity(standing_of(person)),
}


@dataclass(frozen=True, slots=True)
class Screen:
    """What the phone shows; `asks` where the dialogue goes on."""

    text: str
    asks: bool = False


def answer(*, session: str, phone: str, code: str, text: str) -> Screen:
    """One step of a dialogue. All that was typed comes with each step, so none is remembered."""
    number = number_of(phone)
    people = owners(number)
    with override(people[0].language if people else settings.LANGUAGE_CODE):
        over = _over(session, number)
        return over or _said(number, people, dialled.parts(code, text))


def _over(session: str, number: str) -> Screen | None:
    """A dialogue ends after ten steps or three minutes, a phone asks thirty times an hour."""
    phone, now = limits.hashed("ussd", number), clock.now()
    key = limits.hashed("ussd", number, session)
    values = {"key": key, "phone": phone, "now": now, "since": now - HOUR, "most": STEPS_AN_HOUR}
    with connection.cursor() as cursor:
        cursor.execute(STEP, values)
        steps, begun_at, of_the_hour = cursor.fetchone()
    if of_the_hour >= STEPS_AN_HOUR:
        return Screen(words.too_often())
    if steps > STEPS or now - begun_at > LASTS:
        return Screen(words.over())
    return None


def _said(number: str, people: list[Person], choices: list[str]) -> Screen:
    if not people:
        return Screen(words.unknown())
    service = dialled.service(choices)
    if not service:
        return Screen(words.menu(), asks=True)
    if len(people) == 1:
        return Screen(ANSWERS[service](people[0]))
    return _of_several(number, people, service, dialled.tails(choices))


def _of_several(number: str, people: list[Person], service: str, tails: list[str]) -> Screen:
    """Nobody is guessed: whose papers they are, the last digits of an application say."""
    brake = (WRONG_TAIL, limits.hashed(WRONG_TAIL, number), limits.DAY)
    if limits.spent(*brake) >= WRONG_TAILS_A_DAY:
        return Screen(words.nobody_is_guessed())
    if not tails:
        return Screen(words.which_of_several(), asks=True)
    found = with_tail(people, tails[-1])
    if len(found) == 1:
        with override(found[0].language):
            return Screen(ANSWERS[service](found[0]))
    limits.note(*brake)
    return Screen(words.no_such_digits(), asks=True)


def forget_what_is_over() -> int:
    """Sessions of yesterday; returns how many went."""
    deleted, _by_model = Session.objects.filter(begun_at__lt=clock.now() - KEPT).delete()
    return deleted

"""A phone asks, one screen answers. Nothing but the session is written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import override

from accounts import limits
from accounts.models import Person
from common import clock
from notifications.latin import in_letters, language_of
from ussd import dialled, words
from ussd.answers import ANSWERS
from ussd.models import Session
from ussd.whose import TooManyGuesses, number_of, owners, the_one

STEPS, LASTS = 10, timedelta(minutes=3)  # of one session
STEPS_AN_HOUR = 30  # of one phone
HOUR, KEPT = timedelta(hours=1), timedelta(days=1)

# One question: the step is counted, and what the phone did in the hour before it is read. Some
# aggregators use an id again: after an hour it is another dialogue.
STEP = """
INSERT INTO ussd_session AS own (key, phone, begun_at, steps)
VALUES (%(key)s, %(phone)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
    steps = CASE WHEN own.begun_at <= %(since)s THEN 1 ELSE least(own.steps + 1, %(most)s) END,
    begun_at = CASE WHEN own.begun_at <= %(since)s THEN excluded.begun_at ELSE own.begun_at END
RETURNING steps, begun_at, (
    SELECT coalesce(sum(steps), 0) FROM ussd_session
    WHERE phone = %(phone)s AND begun_at > %(since)s
)
"""
SERVICES = {"1": "inn", "2": "ready", "3": "term"}  # the last digit of *132*006*1#


@dataclass(frozen=True, slots=True)
class Screen:
    """What the phone shows; `asks` where the dialogue goes on."""

    text: str
    asks: bool = False


def answer(*, session: str, phone: str, code: str, text: str) -> Screen:
    """One step of a dialogue. All that was typed comes with each step, so none is remembered."""
    number = number_of(phone)
    people = owners(number)
    over = _over(session, number)
    choices = dialled.parts(code, text)
    return _spoken(people[:1], lambda: Screen(over()) if over else _said(number, people, choices))


def _spoken(to: list[Person], say: Callable[[], Screen]) -> Screen:
    """In the language of the person, and in the letters of its SMS."""
    language, latin = (to[0].language, to[0].latin) if to else (settings.LANGUAGE_CODE, False)
    language = language_of(language, latin=latin)
    with override(language):
        screen = say()
        return replace(screen, text=in_letters(screen.text, language, latin=latin))


def _over(session: str, number: str) -> Callable[[], str] | None:
    """The words of an end: after ten steps or three minutes, or thirty steps of one hour."""
    phone, now = limits.hashed("ussd", number), clock.now()
    key = limits.hashed("ussd", number, session)
    values = {"key": key, "phone": phone, "now": now, "since": now - HOUR, "most": STEPS_AN_HOUR}
    with connection.cursor() as cursor:
        cursor.execute(STEP, values)
        steps, begun_at, of_the_hour = cursor.fetchone()
    if of_the_hour >= STEPS_AN_HOUR:
        return words.too_often
    if steps > STEPS or now - begun_at > LASTS:
        return words.over
    return None


def _said(number: str, people: list[Person], choices: list[str]) -> Screen:
    if not people:
        return Screen(words.unknown())
    service = dialled.first_of(choices, SERVICES)
    if not service:
        return Screen(words.menu(), asks=True)
    tail = (dialled.tails(choices) or [""])[-1]
    try:
        person = the_one(number, people, tail)
    except TooManyGuesses:
        return Screen(words.nobody_is_guessed())
    if person is None:
        return Screen(words.no_such_digits() if tail else words.which_of_several(), asks=True)
    return _spoken([person], lambda: Screen(ANSWERS[SERVICES[service]](person)))


def forget_what_is_over() -> int:
    """Sessions of yesterday; returns how many went."""
    deleted, _by_model = Session.objects.filter(begun_at__lt=clock.now() - KEPT).delete()
    return deleted

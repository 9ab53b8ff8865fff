"""An SMS to the centre: one word is read, something may be done, one SMS answers.

What must happen happens however often it is asked; answers are few, so that two machines do not
talk to each other at our cost.
"""

from django.db import transaction

from accounts import kinds, limits
from accounts.models import Person
from accounts.services.alarms import disown, not_me
from accounts.services.wishes import OPTIONAL, choose_topics
from common import clock
from notifications.models import Channel
from notifications.services import queue
from ussd import keywords, messages
from ussd.keywords import Said, Word
from ussd.models import Inbound
from ussd.whose import TooManyGuesses, number_of, owners, owners_lately, said_by, the_one

ANSWERS_AN_HOUR = 5  # to one phone
HINTS_A_DAY = 1  # to a phone that nobody has, and to words that are none
HINTS_TO_NOBODY_AN_HOUR = 100  # to all such phones together: each is an SMS that we pay
ASKING = {Word.INN, Word.READY, Word.TERM}
SWITCHES = {Word.STOP: messages.STOPPED, Word.START: messages.STARTED}


@transaction.atomic
def take_in(*, provider: str, number: str, phone: str, text: str) -> None:
    """Take an SMS that an operator brought; brought again it does nothing."""
    sender, said = number_of(phone), keywords.read(text)
    row, is_new = Inbound.objects.get_or_create(
        provider=provider,
        number=number,
        defaults={
            "phone": limits.hashed("inbound", sender),
            "word": said.word,
            "language": said.language,
            "received_at": clock.now(),
        },
    )
    if is_new and sender:
        _answer(row, sender, _do(said, sender))


def _do(said: Said, sender: str) -> tuple:
    """What the word asks for is done; the event that answers, or None, and about whom it is."""
    people = owners(sender)
    if said.word == Word.NOT_ME:
        return _not_me(sender)
    if not people:
        return _let_alone(said.word, sender) or (_to_nobody(said, sender), None)
    if said.word in SWITCHES:
        _switch(people, on=said.word == Word.START)
        return SWITCHES[said.word], people[0]
    if said.word in ASKING:
        return _about_one(said, sender, people)
    return (messages.HELP if said.word or _hint(sender) else None), people[0]


def _not_me(sender: str) -> tuple:
    """A number in use lately speaks too: it is the one that is told of its successor. Of those who
    only said this number nothing goes there any more, be it somebody else's proven one or not."""
    is_disowned, people = disown(number=sender), owners_lately(sender)
    for person in people:
        not_me(person=person, phone=sender)
    if people:
        return messages.NOT_ME, people[0]
    return (messages.DISOWNED if is_disowned else _to_nobody(Said(Word.HELP), sender)), None


def _let_alone(word: str, sender: str) -> tuple | None:
    """A number that was only said may be a stranger's: they read nothing of the person, but they
    can stop our SMS. The person reads of it in the cabinet, and so do the staff."""
    people = said_by(sender) if word in SWITCHES else []
    if not people:
        return None
    on = word == Word.START
    _switch(people, on=on, kind=kinds.SMS_AGAIN if on else kinds.SAID_NUMBER_STOPPED)
    return SWITCHES[word], None


def _to_nobody(said: Said, sender: str):
    everybody = limits.hashed("inbound-hint")
    if not said.word or not _hint(sender):
        return None
    if not limits.take("inbound-hints", everybody, limits.HOUR, HINTS_TO_NOBODY_AN_HOUR):
        return None
    return messages.HELP if said.word == Word.HELP else messages.UNKNOWN_NUMBER


def _hint(sender: str) -> bool:
    key = limits.hashed("inbound-hint", sender)
    return limits.take("inbound-hint", key, limits.DAY, HINTS_A_DAY)


def _switch(people: list[Person], *, on: bool, kind: str = "") -> None:
    """The phone wants no SMS, or wants them again: for everybody who has it."""
    kind = kind or (kinds.SMS_AGAIN if on else kinds.SMS_STOPPED)
    wishes = {(topic, Channel.SMS): on for topic in OPTIONAL}
    for person in people:
        choose_topics(person_id=person.pk, wishes=wishes, kind=kind)


def _about_one(said: Said, sender: str, people: list[Person]) -> tuple:
    try:
        person = the_one(sender, people, said.tail)
    except TooManyGuesses:
        return messages.HELP, people[0]
    return (messages.ANSWER, person) if person else (messages.WHICH, people[0])


def _answer(row: Inbound, sender: str, answer: tuple) -> None:
    event, person = answer
    key = limits.hashed("inbound-answer", sender)
    if event is None or not limits.take("inbound-answer", key, limits.HOUR, ANSWERS_AN_HOUR):
        return
    row.person_id = person and person.pk
    row.save(update_fields=["person_id"])
    queue(event, row.pk, key=f"sms-answer:{row.pk}", address=sender)

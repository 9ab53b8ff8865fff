"""The three questions of a phone, however it asks: each has one screen."""

from patents.inns import current_inn
from payments.facts import standing_of
from payments.sentence import ussd as sentences

ANSWERS = {
    "inn": lambda person: sentences.inn(current_inn(person)),
    "ready": lambda person: sentences.readiness(standing_of(person)),
    "term": lambda person: sentences.validity(standing_of(person)),
}

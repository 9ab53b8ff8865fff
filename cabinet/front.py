"""The home page's facts as one question, and its main block kept by the text of the answer.

The answer is the key: whatever changes in it, or the day, or the language, makes another block. So
no fact has to forget anything, and a new one shows at the next request.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils.translation import get_language

from accounts import timeline
from accounts.models import Person, Phone, RecoveryHold, TimelineEntry
from cabinet.buttons import button, links
from common.clock import today
from common.kept import keep, kept
from common.questions import Answer, Parts, Question
from common.release import fingerprint
from patents.models import Inn
from payments import facts
from payments.sentence import sentence
from payments.standing import standing

NEWS = 5
KEPT_SECONDS = 6 * 60 * 60


def parts(person: int, day: date) -> Parts:
    """Everything the page shows that is not in the person's own row."""
    return {
        **facts.parts(person, day),
        "inn": Inn.objects.current().filter(person_id=person).values_list("value"),
        "news": TimelineEntry.objects.filter(person_id=person).values_list(
            "kind", "facts", "happened_at"
        )[:NEWS],
        "hold": RecoveryHold.objects.open()
        .filter(person_id=person)
        .values_list("number", "opens_at"),
        "bound": Phone.objects.bound().filter(person_id=person).values_list("pk"),
    }


QUESTION = Question(parts, **facts.MARKERS)


@dataclass(frozen=True)
class Front:
    title: str
    main: str
    hold: RecoveryHold | None  # its form belongs to one visit and is not kept


def front_of(person: Person) -> Front:
    day = today()
    said = QUESTION.ask(person=person.pk, day=day)
    key = _key(said, person, day)
    found = kept(key)
    if found is None:
        found = _rendered(said, person, day)
        keep(key, found, KEPT_SECONDS)
    return Front(*found, hold=_hold(said))


def _key(said: Answer, person: Person, day: date) -> str:
    told = (fingerprint(), person.full_name, day.isoformat(), get_language(), said.text)
    return "front:" + sha256("\n".join(told).encode()).hexdigest()


def _rendered(said: Answer, person: Person, day: date) -> list[str]:
    """The title of the page and its main block."""
    now = standing(facts.facts_said(said, day), day)
    words = sentence(now)
    context = {
        "person": person,
        "standing": now,
        "sentence": words,
        "button": button(words),
        "links": links(now),
        "inn": said.value("inn"),
        "news": [(at, timeline.sentence(kind, told)) for kind, told, at in said["news"]],
        "wants_own_number": not said["bound"],
    }
    return [words.word, render_to_string("cabinet/parts/front.html", context)]


def _hold(said: Answer) -> RecoveryHold | None:
    found = said.first("hold")
    return RecoveryHold(number=found[0], opens_at=found[1]) if found else None

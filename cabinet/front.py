"""The home page's facts as one question, and the page kept by the text of the answer.

The answer is the key: whatever changes in it, or the day, or the language, makes another page. So
no fact has to forget anything, and a new one shows at the next request. What the template shows
must be in the answer or in the key; what belongs to one visit is put in afterwards.
"""

from datetime import date
from hashlib import sha256

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

from accounts import reached, timeline
from accounts.models import Person, Phone, RecoveryHold, TimelineEntry
from cabinet import announcements, deadlines
from cabinet.buttons import button, links
from common.clock import today
from common.kept import keep, kept
from common.questions import Answer, Parts, Question
from common.release import fingerprint
from common.texts import every_language, in_language
from patents import course
from patents.known import known
from patents.models import ApplicationStep, Inn, News, Paper, Patent
from payments import facts, silence
from payments.models import Claim
from payments.promises import promising
from payments.sentence import sentence
from payments.standing import ApplicationFacts, Facts, Standing, standing

NEWS = 5
KIND = "kind__title"
KEPT_SECONDS = 6 * 60 * 60
TOKEN = "the-token-of-this-visit"  # stands in a kept page where its forms need their own


def parts(person: int, day: date) -> Parts:
    """Everything the page shows that is not in the person's own row."""
    return {
        **facts.parts(person, day),
        "inn": Inn.objects.current()
        .filter(person_id=person)
        .values_list("value", "source", "received_at"),
        "news": TimelineEntry.objects.filter(person_id=person).values_list(
            "kind", "facts", "happened_at"
        )[:NEWS],
        "hold": RecoveryHold.objects.open()
        .filter(person_id=person)
        .values_list("number", "opens_at"),
        "announcements": announcements.rows_of(day),
        "unread": News.objects.unread(person).values_list("pk"),
        "steps": ApplicationStep.objects.filter(application__person_id=person).values_list(
            "application__number", "status", "source", "received_at"
        ),
        "annulled": Patent.objects.filter(
            application__person_id=person, annulled_on__isnull=False
        ).values_list("application__number", "annulled_source", "annulled_received_at"),
        "mend": Paper.objects.to_mend()
        .filter(application__person_id=person)
        .values_list("application__number", "remark", *every_language(KIND)),
        "cheques_asked": Claim.objects.asked()
        .filter(application__person_id=person)
        .values_list("pk", "question"),
        **reached.parts(person),
        "bound": Phone.objects.bound().filter(person_id=person).values_list("pk"),
    }


QUESTION = Question(parts, **facts.MARKERS)


def home_page(request: HttpRequest, person: Person) -> str:
    return _page(request, person).replace(TOKEN, get_token(request))


def _page(request: HttpRequest, person: Person) -> str:
    """One that has something of this visit alone is neither kept nor taken."""
    day = today()
    said = QUESTION.ask(person=person.pk, day=day)
    if _is_of_this_visit(request):
        return _rendered(request, said, person, day)
    key = _key(said, person, day)
    page = kept(key)
    if page is None:
        page = _rendered(request, said, person, day)
        keep(key, page, KEPT_SECONDS)
    return page


def _is_of_this_visit(request: HttpRequest) -> bool:
    """A message to show once; the notice of somebody else's phone."""
    return bool(len(get_messages(request)) or request.session.get("borrowed"))


def _key(said: Answer, person: Person, day: date) -> str:
    told = (
        fingerprint(),
        str(person.pk),
        person.full_name,
        day.isoformat(),
        get_language(),
        said.text,
    )
    return "front:" + sha256("\n".join(told).encode()).hexdigest()


def _rendered(request: HttpRequest, said: Answer, person: Person, day: date) -> str:
    known_facts = facts.facts_said(said, day)
    now = promising(standing(known_facts, day), reached.topics(said["phones"], said["sms_off"]))
    words = sentence(now)
    next_one = _next_one(known_facts, day)
    context = {
        "csrf_token": TOKEN,
        "person": person,
        "standing": now,
        "sentence": words,
        "button": button(words),
        "links": links(now),
        "inn": _inn(said),
        "known": _known(said, now),
        "cheques_asked": [(pk, question) for pk, question in said["cheques_asked"]],
        "silent_since": silence.known_through(said, day) if now.case else None,
        "reissue_by": None if next_one else _reissue_by(now),
        "to_mend": _to_mend(said, next_one),
        "news": [(at, timeline.sentence(kind, told)) for kind, told, at in said["news"]],
        "announcements": announcements.said(said["announcements"]),
        "hold": _hold(said),
        "unread": len(said["unread"]),
        "wants_own_number": not said["bound"],
    }
    return render_to_string("cabinet/home.html", context, request)


def _inn(said: Answer) -> dict[str, str] | None:
    found = said.first("inn")
    return {"value": found[0], "known": known(*found[1:])} if found else None


def _known(said: Answer, now: Standing) -> str:
    """Whose word the present step of the shown application is, and since when we have it."""
    if now.case is None or now.case.application is None:
        return ""
    number, status = now.case.application.number, now.case.application.status
    annulled = {row[0]: row[1:] for row in said["annulled"]}
    steps = {row[:2]: row[2:] for row in said["steps"]}
    found = annulled.get(number) or steps.get((number, status))
    return known(*found) if found else ""


def _next_one(told: Facts, day: date) -> ApplicationFacts | None:
    """The application that the next patent, or the first one, comes of."""
    issued = (case.patent.issued_on for case in told.cases if case.patent)
    last_issue = max((on for on in issued if on <= day), default=None)
    return course.awaited((case.application for case in reversed(told.cases)), last_issue)


def _reissue_by(now: Standing) -> date | None:
    """From the tenth month on, while that day lies ahead."""
    if not deadlines.reissue_is_near(now):
        return None
    day = deadlines.reissue_by(now)
    return day if day >= now.today else None


def _to_mend(said: Answer, application: ApplicationFacts | None) -> list[tuple[str, str]]:
    """Papers of that application alone, as on the page of documents: their kind and the remark."""
    return [
        (*in_language(titles, KIND), remark)
        for number, remark, *titles in said["mend"]
        if application and number == application.number
    ]


def _hold(said: Answer) -> RecoveryHold | None:
    found = said.first("hold")
    return RecoveryHold(number=found[0], opens_at=found[1]) if found else None

"""What the page «Патент» shows: the patent, the course of applications, the way to the next one."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Person
from cabinet.deadlines import deadlines, reissue_by, reissue_is_near
from patents import course
from patents.models import Application, DocumentKind, Ground, Patent, RefusalKind
from patents.workdays import expected_ready_on
from payments.sentence import Sentence, sentence
from payments.standing import Standing, State, ThirdParty

BEFORE_ISSUE = frozenset({State.READY, State.PREPARING, State.REFUSED})


@dataclass(frozen=True, slots=True)
class Countdown:
    """The end of the patent's year. Days are inclusive; `kinds` only from the tenth month on."""

    year_end: date
    days_left: int
    apply_by: date
    days_to_apply: int  # negative when that day has passed
    kinds: list[DocumentKind]
    is_applied: bool  # for the next patent, and the Ministry has not decided

    @property
    def is_near(self) -> bool:
        return bool(self.kinds)


@dataclass(frozen=True, slots=True)
class Shown:
    """An application on the page: its stages, and what the person has to do now."""

    application: Application
    stages: list[course.Stage]
    to_do: list[str]
    expected_on: date | None
    advice: RefusalKind | None


@dataclass(frozen=True, slots=True)
class PatentPage:
    standing: Standing
    sentence: Sentence
    patent: Patent | None  # the one the standing speaks of
    validity: str
    countdown: Countdown | None
    pay_until: date | None  # named only while it lies ahead
    contract_by: date | None
    courses: list[Shown]
    earlier: list[Application]


def patent_page(person: Person, standing: Standing) -> PatentPage:
    rows = _applications(person)
    own = _spoken_of(rows, standing)
    patent = getattr(own, "patent", None) if own else None
    said = sentence(standing)
    courses = [row for row in rows if row == own or course.is_open(row)]
    return PatentPage(
        standing=standing,
        sentence=said,
        patent=patent,
        validity=standing.third_party.value,
        countdown=_countdown(standing, rows) if patent else None,
        pay_until=_pay_until(standing),
        contract_by=deadlines(standing).get("contract"),
        courses=[_shown(row, row == own, standing, said) for row in courses],
        earlier=[row for row in rows if row not in courses],
    )


def _pay_until(standing: Standing) -> date | None:
    day = standing.pay_until
    is_ahead = day is not None and day >= standing.today
    return day if is_ahead and standing.third_party != ThirdParty.ENDED else None


def _applications(person: Person) -> list[Application]:
    rows = person.applications.select_related("patent", "refusal_kind")
    return list(rows.prefetch_related("steps").order_by("-accepted_on", "-pk"))


def _spoken_of(rows: list[Application], standing: Standing) -> Application | None:
    case = standing.case
    number = case.application.number if case and case.application else None
    return next((row for row in rows if row.number == number), None)


def _shown(row: Application, is_own: bool, standing: Standing, said: Sentence) -> Shown:
    waits, sms = row.status in ("accepted", "in_review"), standing.news_by_sms
    expected_on = expected_ready_on(row) if waits else None
    to_do = course.expected(expected_on, standing.today, sms) if expected_on else []
    if is_own and standing.state in BEFORE_ISSUE:
        to_do = [*said.text, *to_do]
    else:
        to_do = [*course.what_to_do(row.status, sms), *to_do]
    return Shown(row, course.course(row, row.steps.all()), to_do, expected_on, _advice(row))


def _advice(row: Application) -> RefusalKind | None:
    if row.status != "refused":
        return None
    return row.refusal_kind or RefusalKind.objects.filter(slug="other").first()


def _countdown(standing: Standing, rows: list[Application]) -> Countdown | None:
    if standing.third_party == ThirdParty.ENDED:
        return None
    apply_by, today = reissue_by(standing), standing.today
    is_applied = course.awaited(rows, standing.issued_on) is not None
    near = reissue_is_near(standing) and not is_applied
    return Countdown(
        year_end=standing.year_end,
        days_left=standing.days_to_year_end,
        apply_by=apply_by,
        days_to_apply=(apply_by - today).days,
        kinds=list(DocumentKind.objects.shown(today).needed_for(Ground.REISSUE)) if near else [],
        is_applied=is_applied,
    )

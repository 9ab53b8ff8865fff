"""Rows of a checked list become applications; each row stands and falls alone."""

import logging
from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _t

from accounts.models import Person, User
from common.errors import Refusal
from common.mishaps import log_mishap
from patents import services
from patents.errors import NumberTaken
from patents.lists.checking import Checked, Verdict, check
from patents.lists.tables import Row

logger = logging.getLogger(__name__)
OFFERS = 3
FACTS = ["accepted_on", "ground", "migration_card"]


@dataclass(frozen=True)
class Outcome:
    """What became of a row. `password` is in clear, for the slip, and never kept."""

    line: int
    number: str
    name: str
    said: str
    failed: bool = False
    person: Person | None = None
    password: str = ""


def register(rows: list[Row], actor: User | None = None) -> list[Outcome]:
    """Register what can be; passwords go by SMS. A row that fails takes no other with it.

    The rows are checked again, one at a time: since the preview somebody may have been registered.
    """
    doubles = {c.row.line: c for c in check(rows) if c.verdict == Verdict.WRONG}
    return [_outcome(doubles.get(row.line) or check([row])[0], actor) for row in rows]


def _outcome(checked: Checked, actor: User | None) -> Outcome:
    if not checked.may_be_registered:
        said = " ".join([checked.words.capitalize() + ".", *checked.notes])
        wrong = checked.verdict == Verdict.WRONG
        return Outcome(checked.row.line, checked.number, checked.name, said, failed=wrong)
    try:
        made = _enrol(checked, actor)
    except Refusal as refusal:
        return _failed(checked, str(refusal))
    except Exception as error:
        log_mishap(logger, f"row {checked.row.line} of a list", error)
        return _failed(checked, _t("An error of the portal. Register this row at the window."))
    return _made(checked, made)


def _enrol(checked: Checked, actor: User | None) -> services.Enrolment:
    facts = checked.form.cleaned_data
    rest = {name: facts[name] for name in FACTS}
    rest |= {"person": checked.form.applicant(), "actor": actor}
    if facts["number"]:
        return services.enrol(number=facts["number"], **rest)
    for _attempt in range(OFFERS):
        with suppress(NumberTaken):  # somebody at a window was quicker
            return services.enrol(number=services.offer_number(), **rest)
    raise NumberTaken


def _made(checked: Checked, made: services.Enrolment) -> Outcome:
    application = made.application
    said = (
        _t("Registered. The password goes by SMS.")
        if made.password
        else _t("Registered. The person keeps the password they have.")
    )
    return Outcome(
        line=checked.row.line,
        number=application.number,
        name=checked.name,
        said=" ".join([said, *checked.notes]),
        person=application.person,
        password=made.password,
    )


def _failed(checked: Checked, sentence: str) -> Outcome:
    return Outcome(checked.row.line, checked.number, checked.name, sentence, failed=True)

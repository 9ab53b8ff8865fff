"""What can be done with applications, patents and INNs. Everything else only reads them."""

from patents.inns import current_inn
from patents.services.corrections import (
    correct_days,
    correct_ground,
    correct_patent,
    correct_refusal,
)
from patents.services.enrolments import (
    Enrolment,
    enrol,
    ground_of,
    offer_number,
    register_application,
)
from patents.services.inns import correct_inn_day, enter_inn
from patents.services.merges import follow_merge
from patents.services.papers import record_paper
from patents.services.patents import annul, issue_patent
from patents.services.steps import (
    mark_ready,
    refuse,
    restate_first_paid,
    send_to_review,
    set_first_paid,
    set_first_paid_many,
)
from patents.services.taking_back import take_back

__all__ = [
    "Enrolment",
    "annul",
    "correct_days",
    "correct_ground",
    "correct_inn_day",
    "correct_patent",
    "correct_refusal",
    "current_inn",
    "enrol",
    "enter_inn",
    "follow_merge",
    "ground_of",
    "issue_patent",
    "mark_ready",
    "offer_number",
    "record_paper",
    "refuse",
    "register_application",
    "send_to_review",
    "restate_first_paid",
    "set_first_paid",
    "take_back",
    "set_first_paid_many",
]

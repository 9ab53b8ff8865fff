"""The help and the obligations the portal is shipped with (`common.shipping`).

Where the facts come from (sections of the domain facts, with their confidence):
- login, first password, reset three times a day, no access without the phone: 6.2 (official memo);
- the centre's SIM makes no debt unless a top-up activates it, blocked at the operator's office: the
  operator's word as a magazine of 2020 reports it, one source;
- up to 7 days until money is seen: the centre's answer, 6.7; longer in practice;
- no days of grace, and the right to stay ends with the last paid day: 2.1 (medium);
- two months for the copy of the contract: 2.5 (medium);
- re-issue 10 working days before the end of the year, any number of times: 2.4 (high);
- an employer's petition among its papers: 2.4 (medium);
- registration after each payment, three working days before the end: 2.1 (low), so «check»;
- what the person brings, and that staff prepare the rest; cheques kept until the new patent; INN on
  each receipt: the seeds and 2.7 (high).
How a refusal is appealed and by when is not known: the hotline's lawyer says it.
"""

from pathlib import Path

from common import shipping

FOLDER = Path(__file__).parent
# Obligations whose day is counted for each person (`cabinet.deadlines`).
DEADLINES = {
    "pay": "pay",
    "contract": "contract",
    "registration": "registration",
    "new-patent": "reissue",
    "leave": "leave",
}


def ship(model, kind: str) -> int:
    """Make the rows that are missing; returns how many. `model` may be a migration's."""
    return shipping.ship(model, FOLDER / kind, lambda slug: _deadline(kind, slug))


def translate(model, kind: str) -> int:
    """Give rows of before the languages that have come since; returns how many changed."""
    return shipping.translate(model, FOLDER / kind)


def _deadline(kind: str, slug: str) -> dict:
    return {"deadline": DEADLINES.get(slug, "none")} if kind == "obligations" else {}

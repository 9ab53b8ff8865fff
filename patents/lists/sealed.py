"""Rows and results that travel through the operator's page, sealed: nothing is stored meanwhile."""

import json
from dataclasses import asdict
from datetime import timedelta

from common import clock
from common.sealing import SealBroken, seal, unseal
from patents.lists.errors import PreviewTooOld
from patents.lists.registering import Outcome
from patents.lists.tables import Row

LIFE = timedelta(hours=2)
KEPT = ["line", "number", "name", "said", "failed"]  # no passwords


def rows(found: list[Row], actor_id: int) -> str:
    return _sealed("rows", [asdict(row) for row in found], actor_id)


def opened_rows(text: str, actor_id: int) -> list[Row]:
    """The rows of a preview of the same member of staff. Raises PreviewTooOld."""
    return [Row(**row) for row in _opened("rows", text, actor_id)]


def outcomes(found: list[Outcome], actor_id: int) -> str:
    kept = [{name: getattr(outcome, name) for name in KEPT} for outcome in found]
    return _sealed("outcomes", kept, actor_id)


def opened_outcomes(text: str, actor_id: int) -> list[Outcome]:
    """Raises PreviewTooOld."""
    return [Outcome(**outcome) for outcome in _opened("outcomes", text, actor_id)]


def _sealed(kind: str, data: list, actor_id: int) -> str:
    until = (clock.now() + LIFE).timestamp()
    return seal(json.dumps({"kind": kind, "actor": actor_id, "until": until, "data": data}))


def _opened(kind: str, text: str, actor_id: int) -> list:
    try:
        letter = json.loads(unseal(text))
    except SealBroken as error:
        raise PreviewTooOld from error
    mine = letter["kind"] == kind and letter["actor"] == actor_id
    if not mine or letter["until"] < clock.now().timestamp():
        raise PreviewTooOld
    return letter["data"]

"""`GET /ministry/v1/facts`, as docs/ministry-feed.md says it."""

import hmac

from flask import Blueprint, Response, request

from sandbox.errors import Refused
from sandbox.ministry import faults
from sandbox.ministry.service import LARGEST_PAGE, cursor_of
from sandbox.world import world

blueprint = Blueprint("ministry_api", __name__, url_prefix="/ministry/v1")


@blueprint.get("/facts")
def facts() -> Response:
    _require_token()
    fault = faults.use_up(world().store)
    after = request.args.get("after", "")
    rows, more = world().ministry.page(after, _limit())
    following = cursor_of(rows[-1]["seq"]) if rows else after
    return faults.spoil(_answer(_arranged(rows, fault["mode"]), following, more), fault)


def _require_token() -> None:
    given = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {world().config.ministry_token}".encode()):
        raise Refused("The token is wrong.", 401)


def _limit() -> int:
    text = request.args.get("limit", "100")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LARGEST_PAGE):
        raise Refused(f"limit is 1 to {LARGEST_PAGE}.")
    return int(text)


def _arranged(rows: list, mode: str) -> list:
    if mode == "repeat":
        return [*world().ministry.newest(20), *rows]
    return rows[::-1] if mode == "shuffle" else rows


def _answer(rows: list, following: str, more: bool) -> Response:
    """The items stand in it as they were told, letter by letter."""
    items = ",\n".join(row["body"] for row in rows)
    body = f'{{"items": [{items}], "next": "{following}", "more": {str(more).lower()}}}'
    return Response(body, content_type="application/json; charset=utf-8")

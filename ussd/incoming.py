"""What a machine posts: a form, or the same fields as a JSON object."""

import json

from django.http import HttpRequest

LONGEST_BODY = 16 * 1024


class Garbage(ValueError):
    """This is not what the page of the callback promises (docs/ussd.md)."""


def fields(request: HttpRequest) -> dict[str, str]:
    """Raises Garbage for what is too long, of another shape, or no text."""
    if _length(request) > LONGEST_BODY:
        raise Garbage("too long")
    if request.content_type == "application/json":
        return _of_json(request.body)
    return request.POST.dict()


def _length(request: HttpRequest) -> int:
    """As declared; of what is no number Django reads nothing."""
    try:
        return int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return 0


def _of_json(body: bytes) -> dict[str, str]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Garbage("not JSON") from error
    if not isinstance(told, dict) or not all(_is_plain(value) for value in told.values()):
        raise Garbage("not an object of texts")
    return {name: str(value) for name, value in told.items()}


def _is_plain(value) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))

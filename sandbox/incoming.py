"""Reading what strangers send, so that garbage becomes a sentence and never a traceback."""

import json

from flask import Request

from sandbox.errors import Refused


def json_object(request: Request) -> dict:
    """The request's JSON object; `Refused` for anything else."""
    try:
        value = json.loads(request.get_data())
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()  # lone surrogates, NaN
    except (ValueError, RecursionError):
        raise Refused("The body is not JSON.") from None
    if not isinstance(value, dict):
        raise Refused("The body is not a JSON object.")
    return value


def text(values: dict, name: str, *, longest: int, required: bool = True) -> str:
    """A string (a number will do) under `name`, stripped; `Refused` when absent or too long."""
    value = values.get(name)
    value = "" if value is None else value
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Refused(f"«{name}» must be a string.")
    value = str(value).strip()
    if required and not value:
        raise Refused(f"«{name}» is missing.")
    if len(value) > longest:
        raise Refused(f"«{name}» is longer than {longest} characters.")
    return value

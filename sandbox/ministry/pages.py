"""The page where one plays the Ministry, and the same for tests as JSON."""

import json

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for

from sandbox import clock, incoming
from sandbox.errors import Refused
from sandbox.ministry import faults, service
from sandbox.world import world

blueprint = Blueprint("ministry", __name__)
LONGEST_FIELD = 5000
SHOWN = 50
FORM = {"kind": "ready", "series": "77"}


@blueprint.get("/ministry/")
def ministry_page():
    return _page(FORM | {"occurred": clock.today().isoformat()})


@blueprint.post("/ministry/")
def tell():
    form = request.form.to_dict()
    try:
        values = {name: _text(form, name) for name in service.FIELDS}
        world().ministry.tell(json.dumps(service.item(values), ensure_ascii=False))
    except Refused as error:
        return _page(form, error.sentence), error.status
    return _back()


@blueprint.post("/ministry/nonsense/")
def tell_nonsense():
    kind, number = _text(request.form, "what"), _text(request.form, "application")
    world().ministry.tell(service.nonsense(kind, number))
    return _back()


@blueprint.post("/ministry/again/")
def tell_again():
    world().ministry.again()
    return _back()


@blueprint.post("/ministry/fault/")
def break_it():
    times = _text(request.form, "times")
    if not (times.isascii() and times.isdigit()):
        raise Refused("Напишите, сколько раз.")
    faults.keep(world().store, _text(request.form, "mode"), int(times[:9]))
    return _back()


@blueprint.get("/ministry/facts.jsonl")
def as_file():
    """All of it as the file that the portal imports."""
    lines = "".join(f"{row['body']}\n" for row in world().ministry.everything())
    return Response(lines, content_type="application/x-ndjson; charset=utf-8")


@blueprint.post("/api/ministry/fact")
def api_fact():
    """One item as it is, sensible or not."""
    body = incoming.json_object(request)
    return jsonify({"seq": world().ministry.tell(json.dumps(body, ensure_ascii=False))})


@blueprint.post("/api/ministry/fault")
def api_fault():
    body = incoming.json_object(request)
    mode = incoming.text(body, "mode", longest=20)
    seconds = body.get("seconds", faults.LATE_SECONDS)
    return jsonify(faults.keep(world().store, mode, body.get("times", 1), seconds))


def _text(form, name: str) -> str:
    return incoming.text(form, name, longest=LONGEST_FIELD, required=False)


def _back():
    return redirect(url_for("ministry.ministry_page"), 303)


def _page(form: dict, error: str = "") -> str:
    return render_template(
        "ministry.html",
        form=form,
        error=error,
        kinds=service.KINDS,
        reasons=service.REASONS,
        nonsense=service.NONSENSE,
        modes=faults.MODES,
        fault=faults.current(world().store),
        facts=world().ministry.newest(SHOWN),
    )

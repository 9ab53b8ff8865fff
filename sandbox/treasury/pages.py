"""The Treasury's pages and its API for tests and play."""

from datetime import date

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for

from sandbox import clock, incoming
from sandbox.errors import Refused
from sandbox.treasury import deposit, documents, qr
from sandbox.world import world

blueprint = Blueprint("treasury", __name__)


@blueprint.get("/treasury/")
def treasury_page():
    return render_template("treasury.html", treasury=world().treasury, now=clock.now())


@blueprint.get("/treasury/pay/")
def pay_form():
    return _pay_page({"paid_on": clock.today().isoformat(), "bank": documents.USUAL_BANK})


@blueprint.post("/treasury/pay/")
def pay():
    form = request.form.to_dict()
    try:
        _pay_receipt(form)
    except Refused as error:
        return _pay_page(form, error.sentence), error.status
    return redirect(url_for("treasury.treasury_page"), 303)


@blueprint.route("/treasury/till/", methods=["GET", "POST"])
def till():
    """The money of the centre's cash desk, by the register of its report."""
    register, error, status = request.form.get("register", ""), "", 200
    try:
        if request.method == "POST":
            _take_till(request.form.to_dict())
            return redirect(url_for("treasury.treasury_page"), 303)
    except Refused as refusal:
        error, status = refusal.sentence, refusal.status
    return render_template("till.html", register=register, error=error), status


@blueprint.post("/api/treasury/till")
def api_till():
    return jsonify(_take_till(incoming.json_object(request)))


def _take_till(values: dict) -> dict:
    text = incoming.text(values, "register", longest=deposit.LONGEST, required=False)
    return world().treasury.take_till(deposit.read(text))


@blueprint.post("/treasury/<action>/")
def act(action: str):
    actions = {"post-now": world().treasury.post_now, "close-day": world().treasury.close_day}
    if action not in actions:
        raise Refused("Такого действия нет.", 404)
    actions[action]()
    return redirect(url_for("treasury.treasury_page"), 303)


@blueprint.post("/treasury/post/<int:money_id>/")
def post_one(money_id: int):
    if money_id < 2**63:
        world().treasury.post_one(money_id)
    return redirect(url_for("treasury.treasury_page"), 303)


@blueprint.get("/treasury/files/<name>")
def statement_file(name: str):
    content = world().treasury.file_content(name)
    return Response(content, content_type="text/plain; charset=windows-1251")


@blueprint.get("/api/treasury")
def api_state():
    treasury = world().treasury
    waiting = ("id", "kind", "source", "kopecks", "label", "held", "due_at")
    files = ("name", "day", "whole", "formed_at", "lines", "kopecks")
    return jsonify(
        {
            "business_day": treasury.business_day().isoformat(),
            "waiting": [{name: row[name] for name in waiting} for row in treasury.waiting()],
            "files": [{name: row[name] for name in files} for row in treasury.files()],
        }
    )


@blueprint.post("/api/treasury/pay")
def api_pay():
    return jsonify(_pay_receipt(incoming.json_object(request)))


@blueprint.post("/api/treasury/line")
def api_line():
    body = incoming.json_object(request)
    return jsonify(
        world().treasury.add_line({key: incoming.text(body, key, longest=250) for key in body})
    )


@blueprint.post("/api/treasury/post-now")
def api_post_now():
    return jsonify(world().treasury.post_now())


@blueprint.post("/api/treasury/close-day")
def api_close_day():
    treasury = world().treasury
    return jsonify(treasury.close_day() | {"business_day": treasury.business_day().isoformat()})


def _pay_receipt(values: dict) -> dict:
    return world().treasury.pay_receipt(
        incoming.text(values, "qr", longest=qr.LONGEST, required=False),
        paid_on=_date(incoming.text(values, "paid_on", longest=10, required=False)),
        bank=incoming.text(values, "bank", longest=100, required=False),
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused("День оплаты пишется так: 2026-02-14.") from None


def _pay_page(form: dict, error: str = "") -> str:
    return render_template("receipt.html", form=form, error=error)

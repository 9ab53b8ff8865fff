"""The phone's face: every key is a button of a form, so that it works without JavaScript."""

from flask import Blueprint, redirect, render_template, request, url_for

from sandbox.sms.centre import normalised
from sandbox.world import world

blueprint = Blueprint("phone", __name__, url_prefix="/phone")

ROWS = ("123", "456", "789", "*0#")
CODES = {
    "*132*006*1#": "ИНН",
    "*132*006*2#": "готов ли патент",
    "*132*006*3#": "срок и оплата",
    "*132*006#": "меню",
}
WORDS = ("ИНН", "ГОТОВ", "СРОК", "ПОМОЩЬ", "СТОП", "НЕ Я")


@blueprint.get("/")
def choose():
    return render_template("phones.html", phones=world().sms.phones())


@blueprint.post("/")
def chosen():
    phone = normalised(request.form.get("phone", ""))
    return redirect(url_for("phone.phone_page", phone=phone), 303)


@blueprint.get("/<phone>/")
def phone_page(phone: str):
    phone, here = normalised(phone), world()
    return render_template(
        "phone.html",
        phone=phone,
        handset=here.phones.handset(phone),
        rows=ROWS,
        codes=CODES,
        words=WORDS,
        messages=here.sms.inbox(phone, limit=20),
        written=here.phones.written(phone),
    )


@blueprint.post("/<phone>/")
def key(phone: str):
    """A key, or one of the two big buttons; `typed` is what stands on the line."""
    phones, typed = world().phones, request.form.get("typed", "")
    pressed = request.form.get("key", "call")
    if pressed == "call":
        phones.call(phone, request.form.get("code") or typed)
    elif pressed == "back":
        phones.rub_out(phone, typed)
    elif pressed == "end":
        phones.hang_up(phone)
    else:
        phones.press(phone, typed, pressed)
    return _back(phone)


@blueprint.post("/<phone>/sms/")
def send(phone: str):
    world().phones.send(phone, request.form.get("text", ""))
    return _back(phone)


def _back(phone: str):
    return redirect(url_for("phone.phone_page", phone=normalised(phone)), 303)

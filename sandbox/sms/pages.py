"""The inbox that a newcomer reads, and the same for tests as JSON."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from sandbox import incoming
from sandbox.sms import centre, faults
from sandbox.world import world

blueprint = Blueprint("sms", __name__)


@blueprint.get("/sms/")
def inbox():
    sms = world().sms
    return render_template(
        "sms.html",
        messages=sms.inbox(),
        phones=sms.phones(),
        phone="",
        faults=faults.current(world().store),
        modes=faults.WORDS,
    )


@blueprint.post("/sms/faults/")
def break_gate():
    faults.keep(world().store, *faults.read(request.form))
    return redirect(url_for("sms.inbox"), 303)


@blueprint.post("/api/sms/faults")
def api_break_gate():
    gate, fault = faults.read(incoming.json_object(request))
    faults.keep(world().store, gate, fault)
    return jsonify(fault)


@blueprint.get("/sms/<phone>/")
def phone_inbox(phone: str):
    phone, sms = centre.normalised(phone), world().sms
    return render_template(
        "sms.html", messages=sms.inbox(phone), phone=phone, switches=sms.switches(phone)
    )


@blueprint.post("/sms/<phone>/")
def turn_switch(phone: str):
    phone = centre.normalised(phone)
    world().sms.switch(phone, request.form.get("switch", ""), request.form.get("on") == "1")
    return redirect(url_for("sms.phone_inbox", phone=phone), 303)


@blueprint.get("/api/sms")
def api_inbox():
    phone = request.args.get("phone", "")
    messages = world().sms.inbox(centre.normalised(phone) if phone else "")
    return jsonify([_public(message) for message in messages])


def _public(message) -> dict:
    names = ("id", "gate", "phone", "text", "sign", "reference", "sent_at")
    status = "queued"
    if centre.settled(message):
        status = "delivered" if message["delivered"] else "failed"
    return {name: message[name] for name in names} | {"status": status}

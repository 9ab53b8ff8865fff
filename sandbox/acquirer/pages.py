"""The page where the buyer pays, and the acquirer's switches."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from sandbox import incoming
from sandbox.acquirer import faults
from sandbox.errors import Refused
from sandbox.world import world

blueprint = Blueprint("acquirer", __name__)


@blueprint.get("/pay/<payment_id>/")
def payment_page(payment_id: str):
    return render_template("pay.html", payment=world().acquirer.find(payment_id))


@blueprint.post("/pay/<payment_id>/")
def act_on_payment(payment_id: str):
    """Do what the buyer chose; a finished payment is left as it is."""
    payment = world().acquirer.find(payment_id)
    action = request.form.get("action", "")
    if action in ("pay", "pay_and_leave"):
        world().acquirer.pay(payment_id)
    elif action == "refuse":
        world().acquirer.cancel(payment_id, party="payment_network", reason="general_decline")
    else:
        raise Refused("Выберите, что сделать с платежом.")
    stays = action == "pay_and_leave" or not payment["return_url"]
    target = url_for("acquirer.payment_page", payment_id=payment_id)
    return redirect(target if stays else payment["return_url"], 303)


@blueprint.get("/acquirer/")
def acquirer_page():
    acquirer = world().acquirer
    return render_template(
        "acquirer.html",
        payments=acquirer.newest(100),
        switches=acquirer.switches(),
        fault=faults.current(world().store),
        deliveries=world().store.rows("SELECT * FROM deliveries ORDER BY id DESC LIMIT 50"),
    )


@blueprint.post("/acquirer/")
def turn_switch():
    world().acquirer.switch(request.form.get("switch", ""), request.form.get("on") == "1")
    return redirect(url_for("acquirer.acquirer_page"), 303)


@blueprint.post("/acquirer/<payment_id>/again/")
def tell_again(payment_id: str):
    world().acquirer.tell_again(payment_id)
    return redirect(url_for("acquirer.acquirer_page"), 303)


@blueprint.post("/acquirer/<payment_id>/forge/")
def forge(payment_id: str):
    world().acquirer.forge(payment_id)
    return redirect(url_for("acquirer.acquirer_page"), 303)


@blueprint.post("/api/acquirer/fault")
def set_fault():
    fault = faults.read(incoming.json_object(request))
    faults.keep(world().store, fault)
    return jsonify(fault)

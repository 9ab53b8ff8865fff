"""The first page: the whole outside world at a glance."""

from flask import Blueprint, render_template

from sandbox import clock
from sandbox.world import world

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
def overview():
    here = world()
    return render_template(
        "overview.html",
        messages=here.sms.inbox(limit=10),
        payments=here.acquirer.newest(10),
        treasury=here.treasury,
        switches=here.acquirer.switches(),
        now=clock.now(),
    )


@blueprint.get("/healthz")
def healthz():
    return "ok", {"Content-Type": "text/plain; charset=utf-8"}

"""Builds the web application around a world."""

import os
from datetime import datetime

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from sandbox import clock, money, overview, ticker, world
from sandbox.acquirer import api as acquirer_api
from sandbox.acquirer import pages as acquirer_pages
from sandbox.config import Config
from sandbox.errors import Refused
from sandbox.ministry import api as ministry_api
from sandbox.ministry import pages as ministry_pages
from sandbox.phone import pages as phone_pages
from sandbox.sms import aero, smsru
from sandbox.sms import pages as sms_pages
from sandbox.treasury import pages as treasury_pages

PARTS = (
    *(overview, phone_pages, aero, smsru, sms_pages, acquirer_api, acquirer_pages, treasury_pages),
    *(ministry_api, ministry_pages),
)
MACHINES = ("/api/", "/yookassa/", "/smsaero/", "/smsru/", "/ministry/v1/")
LARGEST_BODY = 1024 * 1024
STATUSES = {"pending": "ждёт оплаты", "succeeded": "оплачен", "canceled": "отменён"}


def create_app(config: Config | None = None, *, start_ticker: bool = False) -> Flask:
    """The sandbox over `config` (the environment's by default); time passes only when asked."""
    config = config or Config.from_environ(os.environ)
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.extensions["sandbox"] = world.build(config)
    for part in PARTS:
        app.register_blueprint(part.blueprint)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.after_request(_safe_headers)
    app.jinja_env.filters |= {"money": money.for_people, "moscow": moscow, "left": seconds_left}
    app.context_processor(lambda: {"portal_url": config.portal_url, "statuses": STATUSES})
    if start_ticker:
        app.extensions["sandbox-ticker"] = ticker.start(app.extensions["sandbox"])
    return app


def moscow(text: str) -> str:
    return f"{clock.moscow(clock.parse(text)):%d.%m.%Y %H:%M:%S}"


def seconds_left(due_at: str, now: datetime) -> int:
    return max(0, round((clock.parse(due_at) - now).total_seconds()))


def _refused(error: Refused):
    return _say(error.sentence, error.status)


def _http_error(error: HTTPException):
    if error.code is None or error.code < 400:
        return error
    return _say(error.description or error.name, error.code)


def _say(sentence: str, status: int):
    """The sentence as JSON to machines, as a page to people."""
    if request.path.startswith(MACHINES):
        return jsonify({"error": sentence}), status
    return render_template("error.html", sentence=sentence), status


def _safe_headers(answer: Response) -> Response:
    answer.headers.setdefault(
        "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'"
    )
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    return answer

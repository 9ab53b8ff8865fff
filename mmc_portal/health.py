"""For machines: is the process up, are its neighbours there."""

import logging
from datetime import timedelta

from celery import Celery
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from journal.services import WORKER, seen_within
from mmc_portal.celery import app

logger = logging.getLogger(__name__)
WORKER_SILENCE = timedelta(minutes=2)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The database and the broker answer too; 503 with the name of the one that does not."""
    missing = [name for name, ready in CHECKS.items() if not ready()]
    return JsonResponse({"missing": missing}, status=503 if missing else 200)


def database_ready() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.warning("database does not answer")
        return False
    return True


def broker_ready() -> bool:
    return answers(app)


def answers(celery: Celery) -> bool:
    """Does the broker of this Celery take a connection within two seconds?"""
    try:
        with celery.connection_for_read() as broker:
            broker.ensure_connection(max_retries=0, timeout=2)
    except (OperationalError, OSError):
        logger.warning("broker does not answer")
        return False
    return True


def worker_ready() -> bool:
    """A worker that did nothing for two minutes is gone, or nobody schedules its work."""
    try:
        return seen_within(name=WORKER, span=WORKER_SILENCE)
    except DatabaseError:
        return False


CHECKS = {"database": database_ready, "broker": broker_ready, "worker": worker_ready}

urlpatterns = [path("healthz", healthz), path("readyz", readyz)]

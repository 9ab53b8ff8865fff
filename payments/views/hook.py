"""The acquirer's hook."""

import logging
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from kombu.exceptions import OperationalError

from payments import hooks
from payments.models import Charge, ChargeStatus, Refund
from payments.models.charges import OPEN
from payments.tasks import refresh_charge as refresh_later

logger = logging.getLogger(__name__)


@login_not_required
@csrf_exempt
@require_POST
def yookassa_hook(request: HttpRequest) -> HttpResponse:
    """A hint that a payment has moved. The task asks the acquirer itself; the sweep does if it is
    lost. Unknown payments get 200 too, or the acquirer would repeat them for a day."""
    if not hooks.is_from_acquirer(request):
        logger.warning("a webhook from a foreign address")
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    try:
        hint = hooks.read(request.body)
    except hooks.Garbage:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if _is_news(hint):
        _ask_later(hint.payment_id)
    return HttpResponse(status=HTTPStatus.OK)


def _is_news(hint: hooks.Hint) -> bool:
    """Whether what we know may be behind what the notification says."""
    if hint.is_about_refund:
        return Refund.objects.open().filter(charge__provider_id=hint.payment_id).exists()
    charge = Charge.objects.filter(provider_id=hint.payment_id).only("status").first()
    if charge is None:
        return False
    given_up = charge.status == ChargeStatus.CANCELED and hint.event == "payment.succeeded"
    return charge.status in OPEN or given_up


def _ask_later(payment_id: str) -> None:
    try:
        refresh_later.delay(payment_id)
    except OperationalError:
        logger.warning("no broker: the sweep will ask about the payment")

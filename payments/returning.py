"""Where the acquirer sends a payer back."""

from django.urls import reverse

from payments.models import PayLink, Receipt


def payer_address(receipt: Receipt) -> str:
    """The owner's page of the receipt, or the public one when somebody else pays by a link."""
    token = PayLink.objects.filter(receipt=receipt).values_list("token", flat=True).first()
    if token:
        return reverse("payments:pay_link", args=[token])
    return reverse("payments:back", args=[receipt.reference])

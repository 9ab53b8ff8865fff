from django.db import models


class EarlyReceipt(models.Model):
    """A delivery receipt that came before our own row knew the provider's number."""

    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=60)
    code = models.CharField(max_length=20)
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference", "code"], name="early_receipt_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.reference} {self.code}"

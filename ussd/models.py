"""What a phone dialled. Numbers stand here as keyed hashes only."""

from django.db import models


class Session(models.Model):
    """One dialogue of a phone with us, so that it ends and a phone does not ask for ever."""

    key = models.CharField(max_length=64, unique=True, help_text="of the aggregator's id and phone")
    phone = models.CharField(max_length=64)
    begun_at = models.DateTimeField(db_index=True)
    steps = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["phone", "begun_at"], name="ussd_session_of_phone")]

    def __str__(self) -> str:
        return f"{self.pk}"

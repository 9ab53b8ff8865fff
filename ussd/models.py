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


class Inbound(models.Model):
    """An SMS that a person wrote to the centre: its word is kept, its text is not."""

    provider = models.CharField(max_length=20)
    number = models.CharField(max_length=60, help_text="the operator's")
    phone = models.CharField(max_length=64)
    word = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    person_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "number"], name="inbound_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.pk}"

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageStatus(models.TextChoices):
    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("handed to the operator")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("not delivered")
    DROPPED = "dropped", _("no longer true, not sent")
    EXPIRED = "expired", _("too late, not sent")
    UNKNOWN = "unknown", _("handed over, no receipt came")


class MessageQuerySet(models.QuerySet):
    def of(self, person_id: int):
        return self.filter(person_id=person_id)

    def claimable(self, now):
        """Waiting, or left behind by a worker whose lease is over."""
        return self.filter(
            Q(status=MessageStatus.QUEUED) | Q(status=MessageStatus.SENDING, lease_until__lt=now)
        )

    def claimed_until(self, message):
        """The row while it is still claimed by the run that read ``message``."""
        return self.filter(
            pk=message.pk, status=MessageStatus.SENDING, lease_until=message.lease_until
        )

    def awaiting_receipt(self, provider: str, reference: str):
        """Handed over as this number; a receipt later than a day is still the truth."""
        return self.filter(
            provider=provider,
            provider_reference=reference,
            status__in=[MessageStatus.SENT, MessageStatus.UNKNOWN],
        )

    def lost(self, now):
        """Rows that nobody works on: due and unclaimed, or claimed by somebody who died."""
        return self.filter(
            Q(status=MessageStatus.QUEUED, next_try_at__lte=now)
            | Q(status=MessageStatus.SENDING, lease_until__lt=now)
        )

    def unconfirmed_since(self, instant):
        return self.filter(status=MessageStatus.SENT, sent_at__lt=instant)


class Message(models.Model):
    """A promise to tell somebody something, written with its cause.

    queued → sending → sent → delivered | failed | unknown
    unknown → delivered | failed (a receipt came after all)
    queued → dropped (no longer true) | expired (too late) | failed (no address, refused)
    sending → queued (provider away, or the lease ran out)
    """

    event = models.CharField(_("event"), max_length=60)
    subject_id = models.BigIntegerField(_("subject"))
    key = models.CharField(_("key"), max_length=120)
    person_id = models.BigIntegerField(_("person"), null=True, blank=True, db_index=True)
    fixed_address = models.CharField(_("this address only"), max_length=40, blank=True)
    secret = models.TextField(_("sealed secret"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    address = models.CharField(_("address"), max_length=40, blank=True)
    text = models.TextField(
        _("text"), blank=True, help_text=_("as sent; a secret stands there as dots")
    )
    status = models.CharField(
        _("state"), max_length=12, choices=MessageStatus, default=MessageStatus.QUEUED
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    provider = models.CharField(_("provider"), max_length=20, blank=True)
    provider_reference = models.CharField(_("provider's number"), max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    next_try_at = models.DateTimeField(_("next try at"))
    expires_at = models.DateTimeField(_("useless after"))
    lease_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    taken_back_at = models.DateTimeField(
        _("taken back at"), null=True, blank=True, help_text=_("it was wrong; the person knows")
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="message_once"),
            models.CheckConstraint(
                name="message_status_known", condition=Q(status__in=MessageStatus.values)
            ),
            models.CheckConstraint(
                name="message_lease_iff_sending",
                condition=Q(status="sending", lease_until__isnull=False)
                | (~Q(status="sending") & Q(lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_delivered_at_iff_delivered",
                condition=Q(status="delivered", delivered_at__isnull=False)
                | (~Q(status="delivered") & Q(delivered_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_secret_only_while_waiting",
                condition=Q(secret="") | Q(status__in=["queued", "sending"]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(status__in=["queued", "sending"]),
                name="message_waiting",
            ),
            models.Index(
                fields=["sent_at"], condition=Q(status="sent"), name="message_unconfirmed"
            ),
            models.Index(
                fields=["provider", "provider_reference"],
                condition=~Q(provider_reference=""),
                name="message_by_provider",
            ),
            models.Index(fields=["event", "subject_id"], name="message_by_subject"),
            models.Index(fields=["-created_at", "-id"], name="message_by_instant"),
            models.Index(
                fields=["status", "-id"],
                condition=~Q(status="delivered"),
                name="message_not_delivered",
            ),
            models.Index(
                fields=["address", "id"],
                condition=Q(status="delivered"),
                name="message_delivered_to",
            ),
        ]
        permissions = [("read_message_text", _("Can read the text of messages"))]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"


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

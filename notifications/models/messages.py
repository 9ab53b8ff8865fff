from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from notifications.failures import DEAF, UNREACHED, Failure


class MessageStatus(models.TextChoices):
    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("handed to the operator")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("not delivered")
    DROPPED = "dropped", _("no longer true, not sent")
    EXPIRED = "expired", _("too late, not sent")
    UNKNOWN = "unknown", _("handed over, no receipt came")


class Channel(models.TextChoices):
    SMS = "sms", _("SMS")
    EMAIL = "email", _("e-mail")


class Lane(models.IntegerChoices):
    """Who goes first: what somebody waits for with the phone in the hand, never behind news."""

    AWAITED = 0, _("the person waits for it")
    NOTICE = 1, _("a notice")
    BULK = 2, _("to many at once")


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

    def unconfirmed_within(self, provider: str, since, before):
        """Handed over to the operator within the span, and no word came of it."""
        return self.filter(
            status=MessageStatus.SENT, provider=provider, sent_at__gte=since, sent_at__lt=before
        )

    def to_ask_about(self, provider: str, now, before, since):
        """Handed over long enough ago, without a word since, and not asked about just now."""
        waiting = self.unconfirmed_within(provider, since, before)
        return (
            waiting.filter(next_try_at__lte=now).exclude(provider_reference="").order_by("sent_at")
        )

    def ended_in_vain(self):
        """It did not arrive, nobody knows whether it did, or it is not wanted there; another
        address may have to stand in."""
        ends = [MessageStatus.FAILED, MessageStatus.EXPIRED, MessageStatus.UNKNOWN]
        in_vain = Q(status__in=ends)
        return self.filter(in_vain | Q(status=MessageStatus.DROPPED, failure=Failure.SWITCHED_OFF))

    def lost_at(self, number, since):
        """SMS to this number (E.164, or an expression) that failed for the number's sake after
        ``since``, and none has arrived after them; the newest first."""
        arrived = Message.objects.filter(
            address=OuterRef("address"), status=MessageStatus.DELIVERED, pk__gt=OuterRef("pk")
        )
        lost = self.filter(address=number, status=MessageStatus.FAILED, created_at__gt=since)
        lost = lost.filter(channel=Channel.SMS, failure__in=DEAF | UNREACHED)
        return lost.filter(~Exists(arrived)).order_by("-pk")

    def unconfirmed_since(self, instant):
        """Of a letter no receipt is waited for."""
        unconfirmed = self.filter(status=MessageStatus.SENT, sent_at__lt=instant)
        return unconfirmed.exclude(channel=Channel.EMAIL)


class Message(models.Model):
    """A promise to tell somebody something, written with its cause.

    While it waits ``provider`` is the one that was asked and perhaps has it.

    queued → sending → sent → delivered | failed | unknown
    unknown → delivered | failed (a receipt came after all)
    queued → dropped (no longer true) | expired (too late) | failed (no address, refused)
    sending → queued (provider away, or the lease ran out)
    """

    event = models.CharField(_("event"), max_length=60)
    subject_id = models.BigIntegerField(_("subject"))
    key = models.CharField(_("key"), max_length=120)
    topic = models.CharField(_("topic"), max_length=20, blank=True, default="", db_default="")
    lane = models.PositiveSmallIntegerField(
        _("lane"), choices=Lane, default=Lane.NOTICE, db_default=Lane.NOTICE
    )
    channel = models.CharField(
        _("channel"), max_length=8, choices=Channel, default=Channel.SMS, db_default=Channel.SMS
    )
    after = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # a partial one below: most rows stand in for nothing
        related_name="stand_ins",
        verbose_name=_("stands in for"),
        help_text=_("the message that did not arrive"),
    )
    person_id = models.BigIntegerField(_("person"), null=True, blank=True, db_index=True)
    fixed_address = models.CharField(_("this address only"), max_length=254, blank=True)
    secret = models.TextField(_("sealed secret"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    address = models.CharField(_("address"), max_length=254, blank=True)
    text = models.TextField(
        _("text"), blank=True, help_text=_("as sent; a secret stands there as dots")
    )
    status = models.CharField(
        _("state"), max_length=12, choices=MessageStatus, default=MessageStatus.QUEUED
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    failure = models.CharField(
        _("why it did not arrive"), max_length=30, blank=True, default="", db_default=""
    )
    provider = models.CharField(_("provider"), max_length=20, blank=True)
    provider_code = models.CharField(
        _("provider's code"), max_length=20, blank=True, default="", db_default=""
    )
    taken_possible = models.BooleanField(
        _("the provider may have it"),
        default=False,
        db_default=False,
        help_text=_("it is asked again at this provider and at no other"),
    )
    segments = models.PositiveSmallIntegerField(_("parts"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost, roubles"), max_digits=8, decimal_places=2, null=True, blank=True
    )
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
            models.UniqueConstraint(
                fields=["after"], condition=Q(after__isnull=False), name="message_one_stand_in"
            ),
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
            models.CheckConstraint(name="message_lane_known", condition=Q(lane__in=Lane.values)),
            models.CheckConstraint(
                name="message_channel_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(
                name="message_letter_has_no_parts",
                condition=Q(channel="sms") | Q(segments__isnull=True, cost__isnull=True),
            ),
            models.CheckConstraint(
                name="message_cost_not_negative", condition=Q(cost__isnull=True) | Q(cost__gte=0)
            ),
            models.CheckConstraint(
                name="message_stands_in_for_another",
                condition=Q(after__isnull=True) | ~Q(after=F("id")),
            ),
            models.CheckConstraint(
                name="message_failure_only_at_an_end",
                condition=Q(failure="") | ~Q(status__in=["queued", "sending", "sent", "delivered"]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["lane", "next_try_at", "id"],
                condition=Q(status="queued"),
                name="message_waiting",
            ),
            models.Index(
                fields=["lease_until"], condition=Q(status="sending"), name="message_claimed"
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
            models.Index(
                fields=["address", "-id"],
                condition=Q(status="failed"),
                name="message_failed_at",
            ),
        ]
        permissions = [("read_message_text", _("Can read the text of messages"))]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"

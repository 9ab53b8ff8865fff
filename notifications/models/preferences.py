from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.models.messages import Channel


class Topic(models.TextChoices):
    """What a message is about, as a person who chooses thinks of it."""

    ACCESS = "access", _("entrance and passwords")
    PATENT = "patent", _("the application and the patent")
    MONEY = "money", _("payments")
    REMINDERS = "reminders", _("reminders to pay")
    CENTRE = "centre", _("news of the centre")


class Preference(models.Model):
    """A person wants, or does not want, a topic by a channel. No row is the usual: wanted."""

    person_id = models.BigIntegerField(_("person"))
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    on = models.BooleanField(_("wanted"))

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        ordering = ["person_id", "topic", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "topic", "channel"], name="preference_once"
            ),
            models.CheckConstraint(
                name="preference_topic_known", condition=Q(topic__in=Topic.values)
            ),
            models.CheckConstraint(
                name="preference_channel_known", condition=Q(channel__in=Channel.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.topic} {self.channel}"

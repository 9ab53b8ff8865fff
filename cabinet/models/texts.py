"""Texts that staff edit in the admin: one set of columns a language, see `cabinet.translation`."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.texts import StaffText, days_in_order


class HelpTopic(StaffText):
    """A section of the page of help; buttons of the cabinet lead to some of them."""

    slug = models.SlugField(
        _("address"), unique=True, help_text=_("part of the address: /help/#address; it stays")
    )

    class Meta:
        verbose_name = _("help topic")
        verbose_name_plural = _("help topics")
        ordering = ["rank", "pk"]
        constraints = [days_in_order("help_topic_days_in_order")]


class Deadline(models.TextChoices):
    """The days that `cabinet.deadlines` counts for each person."""

    NONE = "none", _("no day of its own")
    PAY = "pay", _("the next payment")
    CONTRACT = "contract", _("the copy of the contract: two months from issue")
    REGISTRATION = "registration", _("the registration: three working days before the paid end")
    REISSUE = "reissue", _("a new patent: ten working days before the end of the year")
    LEAVE = "leave", _("the last covered day")


class Obligation(StaffText):
    """What the law asks of a foreign worker; with its deadline where one can be counted."""

    slug = models.SlugField(_("address"), unique=True)
    deadline = models.CharField(
        _("deadline"), max_length=12, choices=Deadline, default=Deadline.NONE
    )

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering = ["rank", "pk"]
        constraints = [
            days_in_order("obligation_days_in_order"),
            models.CheckConstraint(
                name="obligation_deadline_known", condition=Q(deadline__in=Deadline.values)
            ),
        ]


class Announcement(StaffText):
    """Said to everybody on the landing page, at the door and at home, between its days."""

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-first_day", "rank", "-pk"]
        constraints = [
            days_in_order("announcement_days_in_order"),
            models.CheckConstraint(
                name="announcement_begins",
                condition=Q(first_day__isnull=False),
                violation_error_message=_("Say from which day it is shown."),
            ),
        ]

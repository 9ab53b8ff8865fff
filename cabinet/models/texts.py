"""Texts that staff edit in the admin: one set of columns a language, see `cabinet.translation`."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TextQuerySet(models.QuerySet):
    def shown(self, day: date):
        """Those whose days hold this one; both ends are included, an empty end is open."""
        return self.filter(
            Q(first_day__isnull=True) | Q(first_day__lte=day),
            Q(last_day__isnull=True) | Q(last_day__gte=day),
        ).order_by("rank", "pk")


def days_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(last_day__isnull=True)
        | Q(first_day__isnull=True)
        | Q(last_day__gte=F("first_day")),
        violation_error_message=_("The last day comes before the first one."),
    )


class StaffText(models.Model):
    """A title and a body of simple markup (`cabinet.markup`), shown on its days."""

    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(
        _("text"),
        help_text=_(
            "An empty line begins a new paragraph. “- ” begins a line of a list. "
            "[words](/help/) is a link. {hotline} is our phone number. "
            "**Two stars** make words bold."
        ),
    )
    rank = models.PositiveSmallIntegerField(
        _("place"), default=100, help_text=_("smaller numbers stand first")
    )
    first_day = models.DateField(
        _("from day"), null=True, blank=True, help_text=_("empty: shown already")
    )
    last_day = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty: open")
    )

    objects = TextQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


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

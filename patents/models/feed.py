"""What the Interior Ministry sent, item by item, and how far it was asked."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common import clock
from patents.models.applications import Application
from patents.models.sources import Source

WAITS_TOO_LONG = timedelta(days=3)


class FeedKind(models.TextChoices):
    SENT = "sent", _("papers are at the Ministry")
    READY = "ready", _("patent ready")
    ISSUED = "issued", _("patent issued")
    REFUSED = "refused", _("refusal")
    ANNULLED = "annulled", _("patent annulled")
    INN = "inn", _("INN assigned")
    NEWS = "news", _("news")


class FeedStatus(models.TextChoices):
    RECEIVED = "received", _("received")
    APPLIED = "applied", _("applied")
    KNOWN = "known", _("already known")
    SUPERSEDED = "superseded", _("superseded")
    WAITING = "waiting", _("waits")
    BAD = "bad", _("could not be taken")
    SET_ASIDE = "set_aside", _("set aside")
    UNDONE = "undone", _("undone by two of the staff")


NOT_COUNTING = (FeedStatus.SET_ASIDE, FeedStatus.UNDONE)


class FeedReason(models.TextChoices):
    """Why an item could not be taken, in a sentence that a clerk can act on."""

    NOT_AN_ITEM = "not_an_item", _("This is not an item of the feed at all.")
    NO_ID = "no_id", _("The item has no name of its own.")
    UNKNOWN_KIND = "unknown_kind", _("The portal does not know this kind of event.")
    NO_DAY = "no_day", _("The day is missing or impossible.")
    NO_INSTANT = "no_instant", _("The time when the Ministry wrote it down is missing or wrong.")
    NO_APPLICATION = "no_application", _("The application number is missing or impossible.")
    NO_PATENT = "no_patent", _("The series or the number of the patent is missing or impossible.")
    NO_REASON = "no_reason", _("The reason is missing or too long. The person must read it.")
    WRONG_ADVICE = (
        "wrong_advice",
        _("What may be done after the refusal cannot be read: its code, its words or its day."),
    )
    WRONG_INN = "wrong_inn", _("The INN does not pass its check.")
    NO_NEWS = "no_news", _("The news lack a title or a text in Russian, or they are too long.")
    UNKNOWN_APPLICATION = (
        "unknown_application",
        _("No application has this number. Once it is registered, the item is taken by itself."),
    )
    FUTURE = "future", _("This day has not come yet.")
    BEFORE_ACCEPTED = "before_accepted", _("This day is before the application was accepted.")
    OUT_OF_ORDER = "out_of_order", _("This day does not fit the other days of the application.")
    PATENT_TAKEN = "patent_taken", _("Another application has a patent with this number.")
    OTHER_PATENT = "other_patent", _("The application has a patent with another number.")
    NOT_ISSUED_YET = "not_issued_yet", _("There is no patent yet. It waits for the issue.")
    REFUSED_THOUGH_GRANTED = (
        "refused_though_granted",
        _("A refusal, although the patent is ready or issued. Ask the Ministry what is true."),
    )
    REFUSED_AT_DESK = (
        "refused_at_desk",
        _("The centre wrote down a refusal of this application. Ask the Ministry what is true."),
    )
    NOT_AS_AT_DESK = (
        "not_as_at_desk",
        _("The centre wrote down something else. Compare it with the paper and correct the one."),
    )
    SAME_INSTANT = (
        "same_instant",
        _("The Ministry said two different things at one moment. Ask which is true."),
    )
    UNDONE_BEFORE = (
        "undone_before",
        _("The staff undid this word before. Ask the Ministry what is true."),
    )
    INN_TAKEN = "inn_taken", _("This INN belongs to another person.")
    REFUSED_BY_RULES = "refused_by_rules", _("The rules of the portal do not allow it.")


class FeedItemQuerySet(models.QuerySet):
    def facts(self):
        """Items that made sense when they were read; the others never take part in a decision."""
        return self.filter(recorded_at__isnull=False)

    def received(self):
        return self.filter(status=FeedStatus.RECEIVED)

    def counting(self):
        """What takes part in the truth: staff set the others aside, or undid them."""
        return self.exclude(status__in=NOT_COUNTING)

    def undone(self):
        return self.filter(status=FeedStatus.UNDONE)

    def standing(self):
        """What is believed: applied, or said again by another item."""
        return self.filter(status__in=[FeedStatus.APPLIED, FeedStatus.KNOWN])

    def open(self):
        """What a member of the staff may decide about."""
        return self.filter(status__in=[FeedStatus.BAD, FeedStatus.WAITING])

    def assignable(self):
        """Also what was undone: it may be about another application."""
        return self.filter(status__in=[FeedStatus.BAD, FeedStatus.WAITING, FeedStatus.UNDONE])

    def about(self, application: Application):
        return self.facts().counting().filter(application=application)

    def look_again(self) -> None:
        """Let the next round decide anew; what it decides stands in the history."""
        self.exclude(status=FeedStatus.RECEIVED).update(
            status=FeedStatus.RECEIVED, reason="", detail=""
        )

    def for_staff(self):
        """What a member of the staff must look at: bad, or waiting for too long."""
        long_ago = clock.now() - WAITS_TOO_LONG
        return self.filter(
            Q(status=FeedStatus.BAD) | Q(status=FeedStatus.WAITING, received_at__lt=long_ago)
        )

    def without_application(self):
        """Items about an application that was not known when they were looked at."""
        return self.filter(status=FeedStatus.BAD, reason=FeedReason.UNKNOWN_APPLICATION)


class FeedItem(models.Model):
    """An item exactly as it was sent, with what became of it. Never deleted.

    received → applied | known | superseded | waiting | bad;  bad | waiting → set aside
    applied | known → undone, by two of the staff; when it was right after all → received
    The first five are decided anew whenever something about the same application changes.
    """

    digest = models.CharField(_("hash"), max_length=64, unique=True)
    payload = models.TextField(_("as sent"))
    source = models.CharField(_("source"), max_length=10, choices=Source)
    received_at = models.DateTimeField(_("received at"))
    kind = models.CharField(_("kind"), max_length=10, choices=FeedKind, blank=True)
    number = models.CharField(_("application number"), max_length=10, blank=True, db_index=True)
    news_key = models.CharField(_("key of the news"), max_length=64, blank=True, db_index=True)
    occurred_on = models.DateField(_("day"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("written down by the Ministry"), null=True, blank=True)
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="feed_items",
        verbose_name=_("application"),
    )
    status = models.CharField(
        _("state"), max_length=10, choices=FeedStatus, default=FeedStatus.RECEIVED
    )
    reason = models.CharField(_("why"), max_length=30, choices=FeedReason, blank=True)
    detail = models.CharField(_("in detail"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_reason = models.CharField(_("reason of the decision"), max_length=300, blank=True)

    objects = FeedItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the Ministry's feed")
        verbose_name_plural = _("items of the Ministry's feed")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(
                fields=["status", "reason"],
                name="feed_item_undecided",
                condition=Q(status__in=["received", "bad", "waiting"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="feed_item_status_known", condition=Q(status__in=FeedStatus.values)
            ),
            models.CheckConstraint(
                name="feed_item_reason_iff_not_taken",
                condition=Q(status__in=["bad", "waiting"]) & ~Q(reason="")
                | ~Q(status__in=["bad", "waiting"]) & Q(reason=""),
            ),
            models.CheckConstraint(
                name="feed_item_set_aside_with_reason",
                condition=~Q(status__in=["set_aside", "undone"])
                | (~Q(decided_reason="") & Q(decided_by__isnull=False)),
                violation_error_message=_("Write why the item does not count."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display() or '?'} {self.number or self.news_key or self.pk}"


class FeedTrouble(models.TextChoices):
    """Why an answer was none, in words for staff."""

    NO_ANSWER = "no_answer", _("the Ministry does not answer")
    REFUSED = "refused", _("the Ministry does not accept our key")
    ERROR = "error", _("the Ministry answers with an error")
    NOT_DATA = "not_data", _("the Ministry answers with something that is not its data")
    TOO_LARGE = "too_large", _("the answer of the Ministry is too large")


def is_asked() -> bool:
    """Without an address the data come in files only, whenever somebody brings one."""
    return bool(settings.MINISTRY_URL)


def _long_ago():
    return clock.now() - timedelta(minutes=settings.MINISTRY_SILENT_MINUTES)


class FeedStateQuerySet(models.QuerySet):
    def silent(self):
        """Without an answer for longer than staff should bear without knowing.

        Also when nobody asked, were it never since the portal was set up: a worker that died, or
        never ran, raises no alarm of its own.
        """
        found = Q(failing_since__lte=_long_ago())
        if is_asked():
            found |= Q(heard_at__lte=_long_ago())
        return self.annotate(heard_at=Coalesce("answered_at", "created_at")).filter(found)


class FeedState(models.Model):
    """How far the Ministry was asked: one row for the one feed."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    cursor = models.CharField(_("cursor"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    failing_since = models.DateTimeField(_("no answer since"), null=True, blank=True)
    trouble = models.CharField(_("what is wrong"), max_length=30, blank=True)
    alarmed_at = models.DateTimeField(_("alarm raised at"), null=True, blank=True)
    created_at = models.DateTimeField(_("waited for since"), auto_now_add=True)

    objects = FeedStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of the Ministry's feed")
        verbose_name_plural = _("states of the Ministry's feed")
        constraints = [
            models.CheckConstraint(
                name="feed_state_trouble_iff_failing",
                condition=Q(failing_since__isnull=True, trouble="")
                | (Q(failing_since__isnull=False) & ~Q(trouble="")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def trouble_words(self) -> str:
        return FeedTrouble(self.trouble).label if self.trouble else ""

    @property
    def is_silent(self) -> bool:
        since = self.failing_since
        return (since is not None and since <= _long_ago()) or self._is_unheard

    @property
    def is_left_alone(self) -> bool:
        """No answer for long, and nobody knows why: it was not even asked."""
        return not self.failing_since and self._is_unheard

    @property
    def _is_unheard(self) -> bool:
        return is_asked() and (self.answered_at or self.created_at) <= _long_ago()

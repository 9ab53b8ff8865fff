"""Where every kopeck of every line is. Receipts and charges stand above: named, not imported."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.formats import roubles
from journal.history import never_emptied
from patents.models import Application, ApplicationStatus
from payments.models.guards import (
    never_deleted,
    never_more_than_the_line,
    places_of_lines_hold,
    sum_stays,
)
from payments.models.lines import Said, StatementLine
from payments.models.places import ELSEWHERE, LOOKED_FOR, WHOSE, Place, QueueReason


def _parts():
    return Placement.objects.current().filter(completed_by=OuterRef("pk"))


def _index_of_few(*names: str) -> list[models.Index]:
    """Most places have nothing there, and need not be written down for it."""
    return [
        models.Index(
            fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"placement_of_{name}"
        )
        for name in names
    ]


class PlacementQuerySet(models.QuerySet):
    def current(self):
        return self.filter(closed_at__isnull=True)

    def money(self):
        """Without notices about payments: they bring none."""
        return self.filter(line__said=Said.NEW)

    def queued(self):
        return self.current().filter(place=Place.QUEUE)

    def matched(self):
        return self.current().filter(place=Place.MATCHED)

    def months(self):
        """Without the sums that other money completed."""
        return self.matched().filter(completed_by__isnull=True)

    def joint(self):
        """Sums that make months together: the parts, and what completed them."""
        return self.matched().filter(Q(completed_by__isnull=False) | Exists(_parts()))

    def credit(self):
        """Money of a person that prolongs nothing yet."""
        return self.current().filter(place=Place.CREDIT)

    def surplus(self):
        """Credit, and waiting money of a known person that may buy months: the sum did not fit, or
        there was no room."""
        fits = Q(queue_reason__in=[QueueReason.AMOUNT, QueueReason.NO_ROOM], place=Place.QUEUE)
        known = self.current().filter(application__isnull=False, paid_on__isnull=False)
        return known.filter(Q(place=Place.CREDIT) | fits)

    def of_refused(self):
        """Money for applications that were refused, while nobody has decided about it.

        Without what a statement denies, and without what leads elsewhere: nobody's credit is made
        of a repeat or of another tax.
        """
        places = [Place.MATCHED, Place.QUEUE]
        refused = self.current().filter(application__status=ApplicationStatus.REFUSED)
        not_theirs_yet = [QueueReason.REPEAT, *ELSEWHERE]
        return refused.filter(place__in=places).exclude(queue_reason__in=not_theirs_yet)

    def held(self):
        """Lines of statements that nobody believes yet."""
        return self.queued().filter(queue_reason=QueueReason.HELD)

    def late(self):
        return self.queued().filter(queue_reason=QueueReason.LATE)

    def of_nobody(self):
        """Waiting money of which nobody is sure whose it is: a person is to be found."""
        return self.queued().filter(queue_reason__in=WHOSE, application__isnull=True)

    def unweighed(self):
        """Money that may be anybody's: nobody has looked yet whom it is like."""
        waiting = self.queued().filter(queue_reason__in=LOOKED_FOR, application__isnull=True)
        return waiting.filter(weighed_at__isnull=True)

    def most_urgent_first(self):
        """By the day on which the likeliest person must pay; where nobody is likely, last."""
        return self.order_by("urgent_on", "pk")

    def may_prove_timely(self):
        """Waiting money that earlier money, once known, may show to be paid in time."""
        return self.queued().filter(queue_reason__in=[QueueReason.LATE, QueueReason.DAY_UNKNOWN])


class Placement(models.Model):
    """Where the money of a line is. The current placements of a line add up to its sum;
    moving money closes a row and opens another."""

    line = models.ForeignKey(
        StatementLine, models.PROTECT, related_name="placements", verbose_name=_("line")
    )
    place = models.CharField(_("place"), max_length=10, choices=Place)
    amount = models.DecimalField(_("sum, roubles"), max_digits=14, decimal_places=2)
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        related_name="placements",
        null=True,
        blank=True,
        verbose_name=_("application"),
    )
    receipt = models.ForeignKey(
        "payments.Receipt",
        models.PROTECT,
        related_name="placements",
        null=True,
        blank=True,
        verbose_name=_("receipt"),
    )
    charge = models.ForeignKey(
        "payments.Charge",
        models.PROTECT,
        related_name="placements",
        db_index=False,
        null=True,
        blank=True,
        verbose_name=_("online payment"),
    )
    till_payment = models.ForeignKey(
        "payments.TillPayment",
        models.PROTECT,
        related_name="placements",
        db_index=False,
        null=True,
        blank=True,
        verbose_name=_("payment at the cash desk"),
    )
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    completed_by = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="parts",
        db_index=False,
        null=True,
        blank=True,
        verbose_name=_("completed by"),
        help_text=_("the last part of the months that this sum is a part of"),
    )
    paid_on = models.DateField(
        _("paid on"), null=True, blank=True, help_text=_("the earliest day that anything proves")
    )
    queue_reason = models.CharField(_("kind"), max_length=16, choices=QueueReason, blank=True)
    reason = models.CharField(_("reason"), max_length=300, help_text=_("a sentence for the clerk"))
    score = models.PositiveSmallIntegerField(
        _("how sure"),
        default=0,
        db_default=0,
        help_text=_("from 0 to 100: how sure it is whose money this is"),
    )
    # Of money that waits, kept by `importing.likely`: the people whom its line is like, the best
    # first, and the day by which the likeliest of them must pay.
    likely = models.JSONField(_("like whom"), null=True, blank=True)
    # The applications whose money it may be, so much is it like theirs: nobody of them reads that
    # nothing came.
    may_be_of = ArrayField(
        models.BigIntegerField(), verbose_name=_("maybe of"), null=True, blank=True
    )
    urgent_on = models.DateField(_("the person pays by"), null=True, blank=True)
    weighed_at = models.DateTimeField(_("candidates looked for at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
        help_text=_("empty: by the rules"),
    )
    opened_at = models.DateTimeField(_("since"), auto_now_add=True)
    closed_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of money")
        verbose_name_plural = _("money: where it is")
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="placement_by_instant"),
            *_index_of_few("charge", "till_payment", "decided_by"),
            models.Index(
                fields=["-opened_at", "-id"],
                condition=Q(place="queue", closed_at__isnull=True),
                name="placement_queued",
            ),
            models.Index(
                fields=["urgent_on", "id"],
                condition=Q(place="queue", closed_at__isnull=True),
                name="placement_urgent",
            ),
            models.Index(
                fields=["weighed_at", "id"],
                condition=Q(place="queue", closed_at__isnull=True),
                name="placement_to_weigh",
            ),
            GinIndex(
                fields=["may_be_of"],
                condition=Q(place="queue", closed_at__isnull=True),
                name="placement_may_be_of",
            ),
            models.Index(
                fields=["-opened_at", "-id"],
                condition=Q(place="credit", closed_at__isnull=True),
                name="placement_credit",
            ),
            models.Index(
                fields=["completed_by"],
                condition=Q(completed_by__isnull=False),
                name="placement_parts",
            ),
        ]
        triggers = [
            never_deleted(),
            never_emptied(),
            never_more_than_the_line(),
            places_of_lines_hold(),
            sum_stays(),
        ]
        constraints = [
            models.CheckConstraint(name="placement_score_in_range", condition=Q(score__lte=100)),
            models.CheckConstraint(name="placement_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="placement_place_known", condition=Q(place__in=Place.values)
            ),
            models.CheckConstraint(
                name="placement_matched_says_whose_and_when",
                condition=~Q(place="matched") | Q(application__isnull=False, paid_on__isnull=False),
            ),
            models.CheckConstraint(
                name="placement_matched_is_months_or_a_part",
                condition=Q(place="matched", months__gte=1, completed_by__isnull=True)
                | Q(place="matched", months=0, completed_by__isnull=False)
                | Q(~Q(place="matched"), months=0, completed_by__isnull=True),
            ),
            models.CheckConstraint(
                name="placement_queue_reason_iff_queue",
                condition=Q(place="queue", queue_reason__in=QueueReason.values)
                | (~Q(place="queue") & Q(queue_reason="")),
            ),
            models.UniqueConstraint(
                fields=["receipt"],
                condition=Q(place="matched", closed_at__isnull=True),
                name="placement_receipt_settled_once",
            ),
            models.UniqueConstraint(
                fields=["charge"],
                condition=Q(place="matched", closed_at__isnull=True),
                name="placement_charge_posted_once",
            ),
            models.UniqueConstraint(
                fields=["till_payment"],
                condition=Q(place="matched", closed_at__isnull=True),
                name="placement_till_payment_posted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}: {roubles(self.amount)}"

    @property
    def is_by_posting(self) -> bool:
        """The order has no day for this person: paid on the day of posting or before it."""
        taken = self.charge_id is not None or self.till_payment_id is not None
        own_day = self.line.day is not None or taken
        return not own_day and self.paid_on == self.line.posted_on

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from common.formats import roubles, short_day
from common.lookalikes import LOOKALIKES
from journal.history import keep_former_states
from patents.models import Application, Patent


class DateRange(Func):
    """valid_from and valid_until, both included; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


def one_at_a_time(name: str, message) -> ExclusionConstraint:
    """No two rows of a region may hold on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (
                DateRange("valid_from", "valid_until", RangeBoundary(True, True)),
                RangeOperators.OVERLAPS,
            ),
            ("region", RangeOperators.EQUAL),
        ],
        violation_error_message=message,
    )


class DatedQuerySet(models.QuerySet):
    def on(self, day, region):
        """Rows in force on a Moscow day, both ends included."""
        return self.filter(region=region, valid_from__lte=day).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )


class Tariff(models.Model):
    """The price of one month; the one in force on the payment date counts (domain facts 1)."""

    region = models.CharField(_("region"), max_length=2)
    valid_from = models.DateField(_("from day"))
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty: open")
    )
    monthly = models.DecimalField(_("a month, roubles"), max_digits=10, decimal_places=2)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")
        ordering = ["region", "valid_from"]
        constraints = [
            models.CheckConstraint(name="tariff_positive", condition=Q(monthly__gt=0)),
            one_at_a_time("tariff_one_a_day", _("Another tariff holds on some of these days.")),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.valid_from}: {self.monthly}"


class Requisites(models.Model):
    """Where the tax goes, by date (domain facts 3). A receipt keeps a copy of its own."""

    region = models.CharField(_("region"), max_length=2)
    valid_from = models.DateField(_("from day"))
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty: open")
    )
    payee = models.CharField(_("payee"), max_length=160)
    inn = models.CharField(_("payee's INN"), max_length=10, blank=True)
    kpp = models.CharField(_("payee's KPP"), max_length=9, blank=True)
    account = models.CharField(_("payee's account"), max_length=20)
    bank = models.CharField(_("bank"), max_length=160)
    bank_short = models.CharField(
        _("bank, short"), max_length=45, help_text=_("at most 45 characters: goes into the QR")
    )
    bic = models.CharField(_("BIC"), max_length=9)
    corr_account = models.CharField(_("correspondent account"), max_length=20, default="0")
    kbk = models.CharField(_("KBK (104)"), max_length=20)
    oktmo = models.CharField(_("OKTMO (105)"), max_length=11)
    drawer_status = models.CharField(_("payer status (101)"), max_length=2)
    basis = models.CharField(_("basis (106)"), max_length=2, default="0")
    period = models.CharField(_("tax period (107)"), max_length=10, default="0")
    document_number = models.CharField(_("document number (108)"), max_length=15, default="0")
    document_date = models.CharField(_("document date (109)"), max_length=10, default="0")
    purpose = models.CharField(_("purpose"), max_length=140)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("requisites")
        verbose_name_plural = _("requisites")
        ordering = ["region", "valid_from"]
        constraints = [
            one_at_a_time("requisites_one_a_day", _("Other requisites hold on some of these days."))
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.valid_from}"


class ReceiptStatus(models.TextChoices):
    FORMED = "formed", _("formed")
    POSTED = "posted", _("posted")
    CANCELLED = "cancelled", _("cancelled")


class ReceiptQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(person__user=user)

    def for_list(self):
        return self.select_related("person", "application__patent", "patent")

    def unpaid(self):
        """Papers that nobody is known to have paid: no charge, no money that waits for staff."""
        taken = Charge.objects.filter(receipt=OuterRef("pk"), status=ChargeStatus.SUCCEEDED)
        return self.filter(status=ReceiptStatus.FORMED).filter(~_waits(), ~Exists(taken))

    def waiting(self):
        """Papers whose money has arrived and waits in the queue for a decision of staff."""
        return self.filter(status=ReceiptStatus.FORMED).filter(_waits())


def _waits() -> Exists:
    """A queued sum is a receipt's when staff or the rules say so, or when its line names it."""
    queued = Placement.objects.queued().alias(plain=_plain("line__purpose"))
    its_own = Q(receipt=OuterRef("pk"))
    of_nobody_else = Q(application__person=OuterRef("person")) | Q(application__isnull=True)
    named = of_nobody_else & Q(plain__contains=OuterRef("reference"))
    return Exists(queued.filter(its_own | named))


def _plain(field: str) -> Func:
    """A purpose as `payments.reference` reads it, so that a number broken by dashes is found."""
    latin = Func(Upper(field), *map(Value, LOOKALIKES), function="TRANSLATE")
    gap = Value(r"[\s_.\u2010-\u2015\u2212-]+")
    text = models.TextField()
    return Func(latin, gap, Value(""), Value("g"), function="REGEXP_REPLACE", output_field=text)


class Receipt(models.Model):
    """One person's receipt for some months; the snapshot stays what it was when formed.

    formed → posted;  formed → cancelled
    """

    reference = models.CharField(_("number"), max_length=8, unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="receipts", verbose_name=_("person")
    )
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="receipts", verbose_name=_("application")
    )
    patent = models.ForeignKey(
        Patent,
        models.PROTECT,
        related_name="receipts",
        null=True,
        blank=True,
        verbose_name=_("patent"),
        help_text=_("empty while the patent is not issued"),
    )
    months = models.PositiveSmallIntegerField(_("months"))
    monthly = models.DecimalField(_("a month, roubles"), max_digits=10, decimal_places=2)
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    formed_on = models.DateField(_("formed on"))
    snapshot = models.JSONField(
        _("as formed"), help_text=_("payer and requisites of the day it was formed")
    )
    status = models.CharField(
        _("state"), max_length=10, choices=ReceiptStatus, default=ReceiptStatus.FORMED
    )
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="receipt_months_one_to_twelve", condition=Q(months__gte=1, months__lte=12)
            ),
            models.CheckConstraint(
                name="receipt_amount_is_months_by_monthly",
                condition=Q(amount=F("months") * F("monthly"), amount__gt=0),
            ),
            models.CheckConstraint(
                name="receipt_status_known", condition=Q(status__in=ReceiptStatus.values)
            ),
            models.CheckConstraint(
                name="receipt_posted_on_iff_posted",
                condition=Q(status="posted", posted_on__isnull=False)
                | (~Q(status="posted") & Q(posted_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ChargeStatus(models.TextChoices):
    NEW = "new", _("not yet known to the acquirer")
    PENDING = "pending", _("waiting for the payer")
    SUCCEEDED = "succeeded", _("taken")
    CANCELED = "canceled", _("not paid")


class ChargeQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(receipt__person__user=user)

    def open(self):
        return self.filter(status__in=[ChargeStatus.NEW, ChargeStatus.PENDING])

    def live(self):
        """Open or taken; a receipt has one at most."""
        return self.exclude(status=ChargeStatus.CANCELED)

    def unposted(self):
        """Money that the acquirer took and no statement line has shown yet."""
        posted = Placement.objects.current().filter(charge=OuterRef("pk"))
        return self.filter(status=ChargeStatus.SUCCEEDED).filter(~Exists(posted))


class Charge(models.Model):
    """An attempt to pay a receipt at the acquirer.

    new → pending → succeeded | canceled;  new → canceled
    """

    receipt = models.ForeignKey(
        Receipt, models.PROTECT, related_name="charges", verbose_name=_("receipt")
    )
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    idempotence_key = models.UUIDField(_("idempotence key"), unique=True)
    provider_id = models.CharField(
        _("acquirer's number"), max_length=60, unique=True, null=True, blank=True
    )
    confirmation_url = models.URLField(_("payment page"), max_length=500, blank=True)
    status = models.CharField(
        _("state"), max_length=10, choices=ChargeStatus, default=ChargeStatus.NEW
    )
    captured_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("online payment")
        verbose_name_plural = _("online payments")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt"],
                condition=Q(status__in=["new", "pending", "succeeded"]),
                name="charge_one_live_a_receipt",
            ),
            models.CheckConstraint(
                name="charge_status_known", condition=Q(status__in=ChargeStatus.values)
            ),
            models.CheckConstraint(
                name="charge_captured_at_iff_succeeded",
                condition=Q(status="succeeded", captured_at__isnull=False)
                | (~Q(status="succeeded") & Q(captured_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id}: {roubles(self.amount)}"


class Account(models.Model):
    """A Treasury account and how far its statements are complete."""

    number = models.CharField(_("account number"), max_length=20, unique=True)
    counted_through = models.DateField(
        _("opening: counted through"), help_text=_("completeness starts after this day")
    )
    complete_through = models.DateField(
        _("statements complete through"), help_text=_("included; derived from whole-day files")
    )

    class Meta:
        verbose_name = _("Treasury account")
        verbose_name_plural = _("Treasury accounts")
        constraints = [
            models.CheckConstraint(
                name="account_complete_not_before_opening",
                condition=Q(complete_through__gte=F("counted_through")),
            )
        ]

    def __str__(self) -> str:
        return self.number


class StatementQuerySet(models.QuerySet):
    def whole_on(self, first_day, last_day):
        """Statements that are the truth for one of these days at least."""
        return self.filter(first_day__lte=last_day, whole_through__gte=first_day)


class Statement(models.Model):
    """A statement file, known by its content."""

    content_hash = models.CharField(_("content hash"), max_length=64, unique=True)
    file_name = models.CharField(_("file"), max_length=200)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="statements", verbose_name=_("Treasury account")
    )
    sender = models.CharField(_("sender"), max_length=160, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), help_text=_("included"))
    formed_at = models.DateTimeField(_("formed at"), null=True, blank=True)
    file_number = models.CharField(_("the sender's file number"), max_length=40, blank=True)
    whole_through = models.DateField(
        _("whole through"),
        null=True,
        blank=True,
        help_text=_(
            "the last day, included, that was over when the file was formed; "
            "empty: its sums prove no whole day"
        ),
    )
    line_count = models.PositiveIntegerField(_("lines"))
    incoming = models.DecimalField(_("incoming, roubles"), max_digits=14, decimal_places=2)
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-imported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="statement_days_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="statement_whole_within_its_days",
                condition=Q(whole_through__isnull=True)
                | Q(whole_through__gte=F("first_day"), whole_through__lte=F("last_day")),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class StatementLine(models.Model):
    """A line exactly as sent; never changed. Where its money is stands in `Placement`."""

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="lines", verbose_name=_("statement")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="lines", verbose_name=_("Treasury account")
    )
    digest = models.CharField(
        _("likeness"), max_length=64, help_text=_("equal lines have equal digests")
    )
    occurrence = models.PositiveIntegerField(_("which of the equal ones"))
    posted_on = models.DateField(_("posted on"))
    document_number = models.CharField(_("order"), max_length=30, blank=True)
    document_date = models.DateField(_("order's date"), null=True, blank=True)
    amount = models.DecimalField(_("sum, roubles"), max_digits=14, decimal_places=2)
    payer_name = models.CharField(_("payer"), max_length=200, blank=True)
    payer_account = models.CharField(_("payer's account"), max_length=20, blank=True)
    payer_inn = models.CharField(_("payer's INN"), max_length=20, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    paid_on = models.DateField(
        _("paid on, by the order"),
        null=True,
        blank=True,
        help_text=_("the earliest day that the order itself proves"),
    )
    raw = models.JSONField(_("as sent"))

    class Meta:
        verbose_name = _("statement line")
        verbose_name_plural = _("statement lines")
        ordering = ["-posted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "occurrence"], name="statement_line_once"),
            models.CheckConstraint(name="statement_line_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{short_day(self.posted_on)} № {self.document_number}: {roubles(self.amount)}"


class Sighting(models.Model):
    """How many equal lines a file shows, its copies included: what tells repeats from payments."""

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="sightings", verbose_name=_("statement")
    )
    digest = models.CharField(_("likeness"), max_length=64, db_index=True)
    count = models.PositiveIntegerField(_("how many"))

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "digest"], name="sighting_once_a_statement"
            ),
            models.CheckConstraint(name="sighting_positive", condition=Q(count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.count}"


class Place(models.TextChoices):
    MATCHED = "matched", _("counted as paid months")
    CREDIT = "credit", _("the person's credit")
    QUEUE = "queue", _("waits for staff")
    RETURNED = "returned", _("returned")
    SET_ASIDE = "set_aside", _("set aside")


class QueueReason(models.TextChoices):
    UNKNOWN_PAYER = "unknown_payer", _("payer not recognised")
    AMOUNT = "amount", _("the sum does not fit")
    DAY_UNKNOWN = "day_unknown", _("day of payment unknown")
    LATE = "late", _("late money")
    REPEAT = "repeat", _("possible repeat")
    AMBIGUOUS = "ambiguous", _("several people fit")
    NO_ROOM = "no_room", _("all twelve months are paid")


class PlacementQuerySet(models.QuerySet):
    def current(self):
        return self.filter(closed_at__isnull=True)

    def queued(self):
        return self.current().filter(place=Place.QUEUE)

    def matched(self):
        return self.current().filter(place=Place.MATCHED)

    def late(self):
        return self.queued().filter(queue_reason=QueueReason.LATE)


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
        Receipt,
        models.PROTECT,
        related_name="placements",
        null=True,
        blank=True,
        verbose_name=_("receipt"),
    )
    charge = models.ForeignKey(
        Charge,
        models.PROTECT,
        related_name="placements",
        null=True,
        blank=True,
        verbose_name=_("online payment"),
    )
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    paid_on = models.DateField(
        _("paid on"), null=True, blank=True, help_text=_("the earliest day that anything proves")
    )
    queue_reason = models.CharField(_("kind"), max_length=16, choices=QueueReason, blank=True)
    reason = models.CharField(_("reason"), max_length=300, help_text=_("a sentence for the clerk"))
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
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
        constraints = [
            models.CheckConstraint(name="placement_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="placement_place_known", condition=Q(place__in=Place.values)
            ),
            models.CheckConstraint(
                name="placement_matched_says_whose_and_when",
                condition=~Q(place="matched")
                | Q(application__isnull=False, paid_on__isnull=False, months__gte=1),
            ),
            models.CheckConstraint(
                name="placement_months_only_when_matched",
                condition=Q(place="matched") | Q(months=0),
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
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}: {roubles(self.amount)}"


class ClaimStatus(models.TextChoices):
    OPEN = "open", _("waits for staff")
    CONFIRMED = "confirmed", _("cheque checked, money not yet posted")
    REJECTED = "rejected", _("not accepted")
    POSTED = "posted", _("money found")


LIVING_CLAIMS = [ClaimStatus.OPEN, ClaimStatus.CONFIRMED]


class ClaimQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(application__person__user=user)

    def for_list(self):
        return self.select_related("application__person")

    def living(self):
        """Money that counts: neither turned down nor found in a statement yet."""
        return self.filter(status__in=LIVING_CLAIMS)

    def found(self):
        return self.filter(status=ClaimStatus.POSTED)

    def shown_by(self, day):
        """Shown on a Moscow day or before it."""
        return self.filter(created_at__date__lte=day)


class Claim(models.Model):
    """A person shows the cheque of a payment that is not visible; it ends by a line or by staff.

    open → confirmed | rejected | posted;  confirmed → rejected | posted;
    posted → what it was before, when the statement's line is withdrawn
    """

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="claims", verbose_name=_("application")
    )
    months = models.PositiveSmallIntegerField(_("months"))
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    paid_on = models.DateField(_("day on the cheque"), help_text=_("as the person says"))
    bank = models.CharField(_("where it was paid"), max_length=120, blank=True)
    document_number = models.CharField(_("number on the cheque"), max_length=40, blank=True)
    cheque = models.FileField(_("picture of the cheque"), blank=True)
    status = models.CharField(
        _("state"), max_length=10, choices=ClaimStatus, default=ClaimStatus.OPEN
    )
    proven_on = models.DateField(
        _("day of payment"), null=True, blank=True, help_text=_("as staff read it on the cheque")
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    placement = models.ForeignKey(
        Placement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("place of money"),
    )
    created_at = models.DateTimeField(_("shown at"), auto_now_add=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("shown cheque")
        verbose_name_plural = _("shown cheques")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="claim_months_one_to_twelve", condition=Q(months__gte=1, months__lte=12)
            ),
            models.CheckConstraint(name="claim_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="claim_status_known", condition=Q(status__in=ClaimStatus.values)
            ),
            models.CheckConstraint(
                name="claim_decided_by_and_at_together",
                condition=Q(decided_by__isnull=False, decided_at__isnull=False)
                | Q(decided_by__isnull=True, decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="claim_decided_iff_staff_decided",
                condition=Q(status__in=["confirmed", "rejected"], decided_by__isnull=False)
                | Q(status="open", decided_by__isnull=True)
                | Q(status="posted", decided_by__isnull=True, proven_on__isnull=True)
                | Q(status="posted", decided_by__isnull=False, proven_on__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_confirmed_says_when",
                condition=~Q(status="confirmed") | Q(proven_on__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_open_says_nothing_proven",
                condition=~Q(status="open") | Q(proven_on__isnull=True),
            ),
            models.CheckConstraint(
                name="claim_reason_iff_rejected",
                condition=(Q(status="rejected") & ~Q(reason=""))
                | (~Q(status="rejected") & Q(reason="")),
            ),
            models.CheckConstraint(
                name="claim_placement_iff_posted",
                condition=Q(status="posted", placement__isnull=False)
                | (~Q(status="posted") & Q(placement__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["application", "paid_on", "amount"],
                condition=Q(status__in=["open", "confirmed"]),
                name="claim_one_living_a_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{short_day(self.paid_on)}: {roubles(self.amount)}"

    @property
    def is_living(self) -> bool:
        return self.status in LIVING_CLAIMS

    @property
    def is_confirmed(self) -> bool:
        return self.proven_on is not None

    @property
    def day(self):
        """The day of payment as well as it is known."""
        return self.proven_on or self.paid_on


ReceiptHistory = keep_former_states(Receipt)
ChargeHistory = keep_former_states(Charge)
PlacementHistory = keep_former_states(Placement)
ClaimHistory = keep_former_states(Claim)

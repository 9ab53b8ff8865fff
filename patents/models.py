from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Length, LPad
from django.utils.translation import gettext_lazy as _

from accounts.models import Country, Person, User
from journal.history import keep_history


class PatentRule(models.Model):
    """From when to when a country's citizens need a patent to work (domain facts 2.9)."""

    country = models.ForeignKey(
        Country, models.CASCADE, related_name="patent_rules", verbose_name=_("country")
    )
    needs_patent = models.BooleanField(_("needs a patent"))
    valid_from = models.DateField(_("from day"))
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty: open")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("patent rule of a country")
        verbose_name_plural = _("patent rules of countries")
        ordering = ["country", "valid_from"]

    def __str__(self) -> str:
        return f"{self.country_id} {self.valid_from}"


class ApplicationStatus(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    IN_REVIEW = "in_review", _("at the Interior Ministry")
    READY = "ready", _("ready")
    ISSUED = "issued", _("issued")
    REFUSED = "refused", _("refused")


class ApplicationQuerySet(models.QuerySet):
    def of(self, user):
        """The applications that this account may see."""
        return self.filter(person__user=user)

    def for_list(self):
        return self.select_related("person", "person__citizenship")

    def first_free_after(self, number: str) -> str:
        """The lowest free number above a taken one, as long as it; empty when there is none."""
        above = LPad(
            Cast(Cast("number", models.BigIntegerField()) + 1, models.TextField()),
            Length("number"),
            Value("0"),
        )
        gap = (
            self.annotate(length=Length("number"), above=above)
            .filter(length=len(number), number__gte=number)
            .exclude(Exists(self.model.objects.filter(number=OuterRef("above"))))
            .order_by("number")
            .values_list("above", flat=True)
            .first()
        )
        return gap if gap and gap > number else ""


class Application(models.Model):
    """An application for a patent; its number is a login.

    accepted → in_review → ready → issued;  accepted | in_review → refused
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="applications", verbose_name=_("person")
    )
    number = models.CharField(
        _("application number"),
        max_length=10,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{6,10}$")],
        error_messages={"unique": _("An application with this number already exists.")},
    )
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=ApplicationStatus,
        default=ApplicationStatus.ACCEPTED,
    )
    accepted_on = models.DateField(_("accepted on"))
    ready_on = models.DateField(_("ready since"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    refusal_reason = models.CharField(_("reason of the refusal"), max_length=300, blank=True)
    first_paid_on = models.DateField(
        _("first month paid on"), null=True, blank=True, help_text=_("set by the payments")
    )
    migration_card = models.CharField(_("migration card"), max_length=20, blank=True)
    registered_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("registered by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-accepted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="application_status_known", condition=Q(status__in=ApplicationStatus.values)
            ),
            models.CheckConstraint(
                name="application_ready_on_when_ready",
                condition=~Q(status__in=["ready"]) | Q(ready_on__isnull=False),
                violation_error_message=_("A ready patent needs the day since which it is ready."),
            ),
            models.CheckConstraint(
                name="application_refused_on_iff_refused",
                condition=Q(status="refused", refused_on__isnull=False)
                | (~Q(status="refused") & Q(refused_on__isnull=True)),
                violation_error_message=_("A refusal needs its day."),
            ),
            models.CheckConstraint(
                name="application_number_digits", condition=Q(number__regex=r"^[0-9]{6,10}$")
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PatentQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(application__person__user=user)


class Patent(models.Model):
    """An issued patent: facts only. Paid-through and pay-by are computed in `payments`."""

    application = models.OneToOneField(
        Application, models.PROTECT, related_name="patent", verbose_name=_("application")
    )
    series = models.CharField(_("series"), max_length=2)
    number = models.CharField(_("number"), max_length=10)
    issued_on = models.DateField(_("issued on"), help_text=_("as printed on the back"))
    profession = models.CharField(_("profession"), max_length=120, blank=True)
    annulled_on = models.DateField(_("annulled on"), null=True, blank=True)
    annulled_reason = models.CharField(_("reason of annulment"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = PatentQuerySet.as_manager()

    class Meta:
        verbose_name = _("patent")
        verbose_name_plural = _("patents")
        ordering = [F("issued_on").desc(), F("pk").desc()]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                name="patent_series_number_unique",
                violation_error_message=_("A patent with this series and number already exists."),
            ),
            models.CheckConstraint(
                name="patent_series_digits",
                condition=Q(series__regex=r"^[0-9]{2}$"),
                violation_error_message=_("The series has two digits."),
            ),
            models.CheckConstraint(
                name="patent_number_digits",
                condition=Q(number__regex=r"^[0-9]{10}$"),
                violation_error_message=_("The number has ten digits."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} № {self.number}"


class InnQuerySet(models.QuerySet):
    def current(self):
        return self.filter(valid_until__isnull=True)


class Inn(models.Model):
    """The taxpayer number of a person as a dated row: a corrected one closes the row before it."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="inns", verbose_name=_("person")
    )
    value = models.CharField(_("INN"), max_length=12)
    valid_from = models.DateField(_("known since"))
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty while in use")
    )
    source = models.CharField(_("source"), max_length=40, blank=True)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )

    objects = InnQuerySet.as_manager()

    class Meta:
        verbose_name = _("INN")
        verbose_name_plural = _("INNs")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_until__isnull=True), name="inn_one_current"
            ),
            models.UniqueConstraint(
                fields=["value"],
                condition=Q(valid_until__isnull=True),
                name="inn_of_one_person",
                violation_error_message=_("This INN already belongs to another person."),
            ),
            models.CheckConstraint(
                name="inn_twelve_digits", condition=Q(value__regex=r"^[0-9]{12}$")
            ),
        ]

    def __str__(self) -> str:
        return self.value


ApplicationHistory = keep_history(Application)
PatentHistory = keep_history(Patent)
InnHistory = keep_history(Inn)

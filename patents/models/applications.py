from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Length, LPad
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from patents import inn_missing
from patents.models.sources import Source, Sourced


class ApplicationStatus(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    IN_REVIEW = "in_review", _("at the Interior Ministry")
    READY = "ready", _("ready")
    ISSUED = "issued", _("issued")
    REFUSED = "refused", _("refused")


class Ground(models.TextChoices):
    """Why the person applies; the papers to bring depend on it."""

    FIRST = "first", _("first patent")
    REISSUE = "reissue", _("re-issue")


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

    Each state that was reached has its `ApplicationStep`; the days here repeat the steps' days.
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
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, default=Ground.FIRST)
    accepted_on = models.DateField(_("accepted on"))
    ready_on = models.DateField(_("ready since"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    refusal_reason = models.CharField(_("reason of the refusal"), max_length=300, blank=True)
    refusal_kind = models.ForeignKey(
        "patents.RefusalKind",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kind of reason"),
    )
    refusal_advice = models.TextField(_("what the person may do"), max_length=600, blank=True)
    refusal_until = models.DateField(
        _("may be done until"), null=True, blank=True, help_text=_("included")
    )
    # Hash of the Ministry's word that stands here: what staff added to it is not overwritten by it.
    refusal_digest = models.CharField(max_length=64, blank=True, editable=False)
    refusal_incomplete = models.BooleanField(
        _("refusal without advice or a day"), default=False, editable=False
    )
    first_paid_on = models.DateField(
        _("first month paid on"), null=True, blank=True, help_text=_("set by the payments")
    )
    registered_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("registered by"),
    )
    inn_missing = models.BooleanField(_("no INN"), default=True, editable=False)
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
                name="application_ground_known", condition=Q(ground__in=Ground.values)
            ),
            models.CheckConstraint(
                name="application_number_digits", condition=Q(number__regex=r"^[0-9]{6,10}$")
            ),
        ]
        indexes = [
            models.Index(fields=["-accepted_on", "-id"], name="application_by_day"),
            models.Index(
                fields=["-accepted_on", "-id"],
                condition=Q(ground="reissue"),
                name="application_of_a_reissue",
            ),
            models.Index(fields=["status", "-accepted_on", "-id"], name="application_by_state"),
            models.Index(
                fields=["ready_on"], condition=Q(status="ready"), name="application_ready_since"
            ),
            models.Index(
                fields=["id"],
                condition=Q(status="issued", first_paid_on__isnull=True),
                name="application_first_unpaid",
            ),
            models.Index(
                fields=["refused_on", "id"],
                condition=Q(refusal_incomplete=True),
                name="application_refusal_incomplete",
            ),
            models.Index(
                fields=["accepted_on", "id"],
                condition=Q(inn_missing=True),
                name="application_without_inn",
            ),
        ]
        triggers = [inn_missing.of_an_application()]

    def __str__(self) -> str:
        return self.number


class ApplicationStep(Sourced):
    """A state that an application reached: on which day, who says so, since when we know it."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="steps", verbose_name=_("application")
    )
    status = models.CharField(_("state"), max_length=10, choices=ApplicationStatus)
    on = models.DateField(_("day"))
    recorded_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("step of an application")
        verbose_name_plural = _("steps of applications")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "status"], name="step_once"),
            models.CheckConstraint(
                name="step_status_known", condition=Q(status__in=ApplicationStatus.values)
            ),
            models.CheckConstraint(name="step_source_known", condition=Q(source__in=Source.values)),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.status}"

"""Papers of an application: which kinds there are, which one was handed in and how it stands."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.texts import StaffText, TextQuerySet, days_in_order
from patents.models.applications import Application, Ground
from patents.models.sources import Sourced


class BroughtBy(models.TextChoices):
    PERSON = "person", _("the person brings it")
    STAFF = "staff", _("the centre prepares it")


class DocumentKindQuerySet(TextQuerySet):
    def needed_for(self, ground: str):
        return self.filter(**{f"for_{ground}": True})


class DocumentKind(StaffText):
    """A paper that an application needs: its name, and what it must have or how to fill it in."""

    slug = models.SlugField(_("address"), unique=True)
    brought_by = models.CharField(
        _("who brings it"), max_length=10, choices=BroughtBy, default=BroughtBy.PERSON
    )
    for_first = models.BooleanField(_("needed for the first patent"), default=True)
    for_reissue = models.BooleanField(_("needed for a re-issue"), default=True)

    objects = DocumentKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of paper")
        verbose_name_plural = _("kinds of papers")
        ordering = ["rank", "pk"]
        constraints = [
            days_in_order("document_kind_days_in_order"),
            models.CheckConstraint(
                name="document_kind_brought_by_known", condition=Q(brought_by__in=BroughtBy.values)
            ),
        ]

    @property
    def is_prepared_by_staff(self) -> bool:
        return self.brought_by == BroughtBy.STAFF

    def is_needed_for(self, ground: str) -> bool:
        return self.for_reissue if ground == Ground.REISSUE else self.for_first


class RefusalKind(StaffText):
    """A usual reason of a refusal (the title) and what the person may do about it (the text)."""

    slug = models.SlugField(_("address"), unique=True)

    class Meta:
        verbose_name = _("reason of refusals")
        verbose_name_plural = _("reasons of refusals")
        ordering = ["rank", "pk"]
        constraints = [days_in_order("refusal_kind_days_in_order")]


class PaperState(models.TextChoices):
    HANDED_IN = "handed_in", _("handed in")
    CHECKED = "checked", _("checked, all is right")
    MEND = "mend", _("to be mended")
    RETURNED = "returned", _("given back")


class PaperQuerySet(models.QuerySet):
    def to_mend(self):
        return self.filter(state=PaperState.MEND)


class Paper(Sourced):
    """A paper of an application. No row: it was not brought, or not prepared, yet.

    handed_in → checked | mend;  mend → handed_in;  any → returned
    `received_at` is when its present state was written down.
    """

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="papers", verbose_name=_("application")
    )
    kind = models.ForeignKey(
        DocumentKind, models.PROTECT, related_name="+", verbose_name=_("kind of paper")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=PaperState, default=PaperState.HANDED_IN
    )
    number = models.CharField(_("number"), max_length=40, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("included; empty: open")
    )
    remark = models.CharField(
        _("remark"), max_length=300, blank=True, help_text=_("The person reads these words.")
    )
    handed_on = models.DateField(_("handed in on"))
    recorded_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of an application")
        verbose_name_plural = _("papers of applications")
        ordering = ["kind__rank", "pk"]
        indexes = [
            models.Index(
                fields=["state", "-id"],
                condition=~Q(state="handed_in"),
                name="paper_decided",
            ),
            models.Index(
                fields=["-id"], condition=Q(valid_until__isnull=False), name="paper_with_a_term"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="paper_once"),
            models.CheckConstraint(
                name="paper_state_known", condition=Q(state__in=PaperState.values)
            ),
            models.CheckConstraint(
                name="paper_to_mend_says_what",
                condition=~Q(state="mend") | ~Q(remark=""),
                violation_error_message=_("Write what has to be mended."),
            ),
            models.CheckConstraint(
                name="paper_days_in_order",
                condition=Q(valid_until__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(valid_until__gte=F("issued_on")),
                violation_error_message=_("The last day comes before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind_id}"

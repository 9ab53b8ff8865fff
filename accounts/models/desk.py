"""What the desk does to people's records: decisions of two, corrections, merges."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Person
from accounts.models.users import User


class ApprovalKind(models.TextChoices):
    PHONE = "phone", _("another phone")
    MERGE = "merge", _("merge of two records")
    TILL = "till", _("correction at the cash desk")
    OPENING = "opening", _("months before the opening")
    RETURN = "return", _("money that the tax office gave back")
    REFUND = "refund", _("money of an online payment back")
    CHARGE = "charge", _("state of an online payment put right")
    FEED = "feed", _("word of the Interior Ministry undone")
    DAY = "day", _("day of issue of a patent")
    PLACE = "place", _("whose money of a line is")
    WORDS = "words", _("wrong words taken back")
    AWAY = "away", _("money set aside or given back")
    REPEAT = "repeat", _("possible repeat: a payment or a copy")
    STATEMENT = "statement", _("a held statement that is not ours")
    JOINT = "joint", _("balances that do not follow each other")
    ACCESS = "access", _("access to the cabinet")


class Access(models.TextChoices):
    CLOSED = "closed", _("close the cabinet")
    OPEN = "open", _("open the cabinet again")
    GIVEN_UP = "given-up", _("delete the access: passwords, devices and e-mail")


# Undone news name nobody, and a stranger's money is nobody's.
ABOUT_NOBODY = [
    ApprovalKind.FEED,
    ApprovalKind.AWAY,
    ApprovalKind.REPEAT,
    ApprovalKind.WORDS,
    ApprovalKind.STATEMENT,
    ApprovalKind.JOINT,
]


class ApprovalQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decided_at__isnull=True)


class Approval(models.Model):
    """Something that one member of staff asks for and another one decides."""

    kind = models.CharField(_("kind"), max_length=12, choices=ApprovalKind)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, related_name="approvals", verbose_name=_("person")
    )
    facts = models.JSONField(_("facts"), default=dict)
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    granted = models.BooleanField(_("granted"), null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of two")
        verbose_name_plural = _("decisions of two")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="approval_about_somebody",
                condition=Q(person__isnull=False) | Q(kind__in=ABOUT_NOBODY),
            ),
            models.CheckConstraint(
                name="approval_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                violation_error_message=_("Another member of staff must decide."),
            ),
            models.CheckConstraint(
                name="approval_decided_whole",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, granted__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, granted__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.person_id}"


class Correction(models.Model):
    """A wrong name, birth date or passport put right: what it was, what it is, who and why."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="corrections", verbose_name=_("person")
    )
    field = models.CharField(_("what"), max_length=30)
    before = models.CharField(_("it was"), max_length=120, blank=True)
    after = models.CharField(_("it is"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    corrected_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("corrected by")
    )
    corrected_at = models.DateTimeField(_("corrected at"), auto_now_add=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-corrected_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.field}"

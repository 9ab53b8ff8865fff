"""What the staff's desk remembers by itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User

CODE_TRIES = 3


class CallerCheckQuerySet(models.QuerySet):
    def answered(self):
        return self.filter(confirmed_at__isnull=False)

    def open(self):
        return self.filter(confirmed_at__isnull=True, tries__lt=CODE_TRIES)


class CallerCheck(models.Model):
    """Is the caller the person? A code went to the person's phone, and the caller reads it out.

    Name, birth date and passport prove nothing: relatives and employers know them.
    """

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="caller_checks", verbose_name=_("person")
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    code_hash = models.CharField(_("code, hashed"), max_length=64)
    tries = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("useless after"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = CallerCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a caller")
        verbose_name_plural = _("checks of callers")
        constraints = [
            models.CheckConstraint(
                name="caller_check_few_tries", condition=Q(tries__lte=CODE_TRIES)
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"

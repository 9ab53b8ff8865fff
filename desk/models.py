"""What the staff's desk remembers by itself."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from journal.history import never_emptied

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


class NoteQuerySet(models.QuerySet):
    def about(self, person: Person):
        """With what was written beside a record that turned out to be of this person."""
        same = Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person))
        return self.filter(person__in=same.order_by().values("pk"))


class Note(models.Model):
    """What staff tell each other about a person. Written once; the person does not read it.

    A merge moves nothing here: the notes of the other record are found by the record they name.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="notes", verbose_name=_("person")
    )
    text = models.CharField(_("note"), max_length=500)
    written_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-written_at", "-pk"]
        constraints = [models.CheckConstraint(name="note_not_empty", condition=~Q(text=""))]
        triggers = [
            never_emptied(),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.pk}"

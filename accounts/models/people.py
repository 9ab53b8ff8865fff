"""Whom it is about: names, papers, phones with their dates, and what happened to them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Reverse, Upper
from django.utils.translation import gettext_lazy as _

from accounts import names
from accounts.models.users import User
from common import identifiers, languages


class Country(models.Model):
    """A country of citizenship; whether its people need a patent is a dated fact of `patents`."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=80, help_text=_("English; translated when shown"))

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name"]

    def __str__(self) -> str:
        return str(_(self.name))


class PersonQuerySet(models.QuerySet):
    def demo(self):
        return self.filter(is_demo=True)

    def whole(self):
        """People, without the records that turned out to be about somebody written down before."""
        return self.filter(merged_into__isnull=True)


class Person(models.Model):
    """Whom it is about. At most one account; staff have an account and no person."""

    deaf_phones = ()  # found by accounts.deaf.mark_people

    user = models.OneToOneField(
        User,
        models.PROTECT,
        related_name="person",
        null=True,
        blank=True,
        verbose_name=_("account"),
    )
    last_name = models.CharField(_("last name"), max_length=60)
    first_name = models.CharField(_("first name"), max_length=60)
    middle_name = models.CharField(_("patronymic"), max_length=60, blank=True)
    latin_name = models.CharField(_("full name in Latin letters"), max_length=120, blank=True)
    birth_date = models.DateField(_("birth date"))
    citizenship = models.ForeignKey(Country, models.PROTECT, verbose_name=_("citizenship"))
    language = models.CharField(_("language"), max_length=10, choices=languages.told, default="ru")
    latin = models.BooleanField(
        _("SMS in Latin letters"),
        default=False,
        db_default=False,
        help_text=_("for a phone that does not show Cyrillic; one SMS holds more"),
    )
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_records",
        verbose_name=_("is the same person as"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    written = models.GeneratedField(
        expression=names.written(), output_field=models.TextField(), db_persist=True
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(
                OpClass(Upper("last_name"), name="varchar_pattern_ops"), name="person_last_name"
            ),
            GinIndex(fields=["written"], opclasses=["gin_trgm_ops"], name="person_written"),
            models.Index(fields=["last_name", "id"], name="person_by_last_name"),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_language_known", condition=Q(language__in=settings.TOLD_LANGUAGES)
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return " ".join(part for part in self.name_parts if part)

    @property
    def name_parts(self) -> tuple[str, str, str]:
        return self.last_name, self.first_name, self.middle_name


class PhoneKind(models.TextChoices):
    CENTRE_SIM = "centre_sim", _("the centre's SIM card")
    OWN = "own", _("own number")


# Handed over at the desk, or answered from.
PROVEN = Q(kind=PhoneKind.CENTRE_SIM) | Q(bound_at__isnull=False)


def _of_recovery() -> Q:
    """Typed with the printed code, and nobody has used the password that went there."""
    opened = Person.objects.filter(
        pk=OuterRef("person"),
        recovery_holds__number=OuterRef("number"),
        recovery_holds__ended_at__isnull=False,
        recovery_holds__objected=False,
    )
    only_said = Q(kind=PhoneKind.OWN, bound_at__isnull=True, disowned_at__isnull=True)
    return only_said & Q(Exists(opened))


class PhoneQuerySet(models.QuerySet):
    def current(self):
        return self.filter(valid_until__isnull=True)

    def not_disowned(self):
        """Without those whose holder said that the number is not this person's."""
        return self.current().filter(disowned_at__isnull=True)

    def of_recovery(self):
        """Whoever typed it may have meant any number: it gets its password and nothing else."""
        return self.current().filter(_of_recovery())

    def theirs(self):
        """Those that SMS about the person go to."""
        return self.not_disowned().exclude(_of_recovery())

    def bound(self):
        """Own numbers from which the person answered."""
        return self.current().filter(kind=PhoneKind.OWN, bound_at__isnull=False)

    def proven(self):
        """Numbers that speak for their person; one that was only said does not."""
        return self.current().filter(PROVEN)

    def only_said(self):
        """Said at the desk and never answered from: it may be a stranger's, and nobody said so."""
        return self.not_disowned().filter(kind=PhoneKind.OWN, bound_at__isnull=True)

    def disowned(self):
        """Nothing about the person goes there; they are asked for another number."""
        return self.current().filter(disowned_at__isnull=False)

    def told(self):
        """Those that SMS go to, and all that were disowned: a word may still wait with a number
        that was closed meanwhile, and must not go there."""
        told = self.filter(Q(valid_until__isnull=True) | Q(disowned_at__isnull=False))
        return told.exclude(_of_recovery())

    def proven_since(self, day):
        """With those that were given up on this day or later."""
        return self.filter(PROVEN).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class Phone(models.Model):
    """A number of a person with its dates; the old ones stay."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="phones", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=PhoneKind)
    number = models.CharField(_("number"), max_length=16, db_index=True, help_text="+79161234567")
    valid_from = models.DateField(_("from day"))
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty while in use")
    )
    bound_at = models.DateTimeField(
        _("bound at"), null=True, blank=True, help_text=_("the person answered from this number")
    )
    disowned_at = models.DateTimeField(
        _("not theirs since"),
        null=True,
        blank=True,
        help_text=_("whoever has the number answered NOT ME: nothing about the person goes there"),
    )

    objects = PhoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(valid_until__isnull=True),
                name="phone_one_current_of_a_kind",
            ),
            models.CheckConstraint(
                name="phone_disowned_only_if_said",
                condition=Q(disowned_at__isnull=True)
                | Q(kind=PhoneKind.OWN, bound_at__isnull=True),
                violation_error_message=_("A number that proved itself is its person's."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(disowned_at__isnull=False),
                name="phone_disowned",
            ),
            models.Index(
                OpClass(Reverse("number"), name="text_pattern_ops"), name="phone_last_digits"
            ),
        ]

    def __str__(self) -> str:
        return identifiers.mask_phone(self.number)


class PassportQuerySet(models.QuerySet):
    def current(self):
        return self.filter(valid_until__isnull=True)


class Passport(models.Model):
    """A passport of a person as it was shown; a corrected one closes the row before it."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="passports", verbose_name=_("person")
    )
    number = models.CharField(
        _("series and number"), max_length=12, help_text=_("as printed, without spaces")
    )
    valid_from = models.DateField(_("from day"))
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty while in use")
    )

    objects = PassportQuerySet.as_manager()

    class Meta:
        verbose_name = _("passport")
        verbose_name_plural = _("passports")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(valid_until__isnull=True),
                name="passport_one_current",
            )
        ]
        indexes = [
            models.Index(
                fields=["number"], opclasses=["varchar_pattern_ops"], name="passport_number"
            )
        ]

    def __str__(self) -> str:
        return self.number


class TimelineEntry(models.Model):
    """What happened to a person. The kind and its facts are kept; the words are made when read."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="timeline", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=60)
    facts = models.JSONField(_("facts"), default=dict)
    happened_at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who did it"),
    )

    class Meta:
        verbose_name = _("timeline entry")
        verbose_name_plural = _("timeline")
        ordering = [F("happened_at").desc(), F("pk").desc()]
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="timeline_by_instant"),
            models.Index(
                fields=["happened_at"], condition=Q(kind="not-me-by-sms"), name="timeline_not_me"
            ),
        ]

    def __str__(self) -> str:
        return self.kind

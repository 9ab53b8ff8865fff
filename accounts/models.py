import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def create_superuser(self, username, password=None, **fields):
        user = self.model(username=username, is_staff=True, is_superuser=True, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """What signs in. Staff have a name; a migrant's login names stand in `LoginName`."""

    username = models.CharField(_("name"), max_length=60, unique=True, default=uuid.uuid4)
    is_staff = models.BooleanField(_("member of staff"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    password_expires_at = models.DateTimeField(
        _("temporary password dies at"), null=True, blank=True
    )
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    date_joined = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                name="user_expiry_iff_temporary_password",
                condition=Q(must_change_password=True, password_expires_at__isnull=False)
                | Q(must_change_password=False, password_expires_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.username if self.is_staff else str(_("account %(id)s") % {"id": self.pk})

    def get_short_name(self) -> str:
        return self.username


class LoginKind(models.TextChoices):
    APPLICATION = "application", _("application number")


class LoginName(models.Model):
    """A name that opens an account; every application number of a person opens the same one."""

    kind = models.CharField(_("kind"), max_length=12, choices=LoginKind)
    value = models.CharField(_("value"), max_length=60)
    user = models.ForeignKey(
        User, models.CASCADE, related_name="login_names", verbose_name=_("account")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("login name")
        verbose_name_plural = _("login names")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                name="login_name_unique",
                violation_error_message=_("This number already opens another cabinet."),
            )
        ]

    def __str__(self) -> str:
        return self.value


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


class Person(models.Model):
    """Whom it is about. At most one account; staff have an account and no person."""

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
    language = models.CharField(_("language"), max_length=10, default="ru")
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(
                OpClass(Upper("last_name"), name="varchar_pattern_ops"), name="person_last_name"
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


class PhoneQuerySet(models.QuerySet):
    def current(self):
        return self.filter(valid_until__isnull=True)


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

    objects = PhoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(valid_until__isnull=True),
                name="phone_one_current_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return self.number


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

    def __str__(self) -> str:
        return self.number


class ResetAttempt(models.Model):
    """A reset asked for a number on a Moscow day, known or not. The ordinal is the cap:
    whatever races, the database has room for three."""

    number = models.CharField(_("application number"), max_length=10)
    day = models.DateField(_("Moscow day"))
    ordinal = models.PositiveSmallIntegerField(_("which of the day"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("reset attempt")
        verbose_name_plural = _("reset attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["number", "day", "ordinal"], name="reset_attempt_once_an_ordinal"
            ),
            models.CheckConstraint(
                name="reset_attempt_three_a_day",
                condition=Q(ordinal__gte=1, ordinal__lte=settings.RESETS_A_DAY),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} #{self.ordinal}"


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

    def __str__(self) -> str:
        return self.kind

"""What signs in, and the names that open it."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
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
    waiting_password = models.CharField(
        _("password that waits"),
        max_length=200,
        blank=True,
        help_text=_("hashed; sent by SMS, it replaces the other when it is first used"),
    )
    waiting_until = models.DateTimeField(_("waits until"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    date_joined = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        indexes = [
            models.Index(fields=["username"], condition=Q(is_staff=True), name="user_of_the_staff")
        ]
        constraints = [
            models.CheckConstraint(
                name="user_expiry_iff_temporary_password",
                condition=Q(must_change_password=True, password_expires_at__isnull=False)
                | Q(must_change_password=False, password_expires_at__isnull=True),
            ),
            models.CheckConstraint(
                name="user_waiting_password_has_its_end",
                condition=Q(waiting_password="", waiting_until__isnull=True)
                | (~Q(waiting_password="") & Q(waiting_until__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.username if self.is_staff else str(_("account %(id)s") % {"id": self.pk})

    def get_short_name(self) -> str:
        """For the head of a page: a migrant's username is made by us and says nothing."""
        return str(self)


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

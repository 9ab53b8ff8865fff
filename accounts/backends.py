from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from accounts.models import LoginKind, LoginName, User
from accounts.passwords import as_issued, looks_issued
from accounts.services import adopt_waiting, waits
from common import clock, identifiers
from common.questions import RowQuestion

ACCOUNT = RowQuestion(
    lambda account: User.objects.select_related("person").filter(pk=account), account=-7_002
)
NO_PASSWORD = ""  # costs a hash like any other, and fits nothing


class LoginNameBackend(ModelBackend):
    """Application numbers open the accounts of migrants; the staff sign in with a name.

    The time does not tell which numbers exist: how many hashes are computed for a refusal depends
    on what was typed alone. It is one, and two for what looks like a one-time password.
    """

    def authenticate(self, request, username=None, password=None, **kwargs):
        if username is None or password is None:
            return None
        user = self._by_number(username) or self._staff(username) or User(is_active=False)
        fits = user.check_password(_as_meant(password, user))
        if fits and self.user_can_authenticate(user):
            return user
        return self._with_waiting(user, password) if looks_issued(password) else None

    def _with_waiting(self, user: User, password: str) -> User | None:
        """The password from the SMS, used for the first time."""
        waiting = user.waiting_password if user.is_active and waits(user) else NO_PASSWORD
        fits = check_password(as_issued(password), waiting)
        return adopt_waiting(user=user) if fits else None

    def get_user(self, user_id) -> User | None:
        """The account with its person: each page of a cabinet is about them."""
        user = ACCOUNT.ask(account=user_id)
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user) -> bool:
        """Asked at login and at each click: a dead temporary password ends its session, too."""
        return super().user_can_authenticate(user) and not _is_dead(user)

    def _by_number(self, typed: str) -> User | None:
        try:
            number = identifiers.application_number(typed)
        except ValidationError:
            return None
        found = LoginName.objects.filter(kind=LoginKind.APPLICATION, value=number)
        login = found.select_related("user").first()
        return login and login.user

    def _staff(self, typed: str) -> User | None:
        return User.objects.filter(username=typed.strip(), is_staff=True).first()


def _as_meant(password: str, user: User) -> str:
    return as_issued(password) if user.must_change_password else password


def _is_dead(user: User) -> bool:
    """A temporary password that nobody used in its time."""
    return user.password_expires_at is not None and user.password_expires_at <= clock.now()

from accounts.forms.login import LoginForm
from accounts.forms.password import PasswordForm
from accounts.forms.reset import ResetForm

__all__ = ["LoginForm", "PasswordForm", "ResetForm"]

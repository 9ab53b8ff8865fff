from accounts.forms.login import LoginForm, NumberForm
from accounts.forms.password import PasswordForm
from accounts.forms.reset import ResetForm

__all__ = ["LoginForm", "NumberForm", "PasswordForm", "ResetForm"]

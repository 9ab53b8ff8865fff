from accounts.forms.contacts import AddressForm, CodeForm, EmailForm, PhoneForm
from accounts.forms.login import LoginForm, NumberForm
from accounts.forms.password import PasswordForm
from accounts.forms.recover import RecoverForm
from accounts.forms.reset import ResetForm

__all__ = [
    "AddressForm",
    "CodeForm",
    "EmailForm",
    "LoginForm",
    "NumberForm",
    "PasswordForm",
    "PhoneForm",
    "RecoverForm",
    "ResetForm",
]

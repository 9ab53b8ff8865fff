"""The picture code: four digits, easy to type on an old phone and used once."""

import secrets

from captcha.fields import CaptchaField, CaptchaTextInput
from captcha.models import CaptchaStore
from django import forms
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import clock

DIGITS = 4
REFRESH = "refresh"  # the button that sends the form for another picture
NOT_SENT_ON = ("required", "aria-invalid", "aria-describedby")  # of the hidden key


def four_digits() -> tuple[str, str]:
    """The challenge and its answer, for CAPTCHA_CHALLENGE_FUNCT."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    return code, code


@transaction.atomic
def answered(key: str, answer: str) -> bool:
    """True for the right answer to a living picture. Any answer uses the picture up.

    The package reads and then deletes: the lock makes parallel answers wait for their turn.
    """
    store = CaptchaStore.objects.select_for_update().filter(hashkey=key).first()
    if store is None:
        return False
    store.delete()
    return store.expiration > clock.now() and store.response == answer


class PictureCodeInput(CaptchaTextInput):
    """One label for the answer box; «Обновить» sends the form, so that it needs no script."""

    template_name = "accounts/captcha.html"
    use_fieldset = False

    def __init__(self):
        super().__init__(
            attrs={
                "inputmode": "numeric",
                "maxlength": DIGITS,
                "placeholder": _("enter the check code"),
            }
        )

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["width"], context["height"] = settings.CAPTCHA_IMAGE_SIZE
        context["refresh"] = REFRESH
        key = context["widget"]["subwidgets"][0]["value"]
        context["sound"] = reverse("accounts:spoken_code", args=[key])
        hidden = context["widget"]["subwidgets"][0]["attrs"]
        for attribute in [*NOT_SENT_ON, "inputmode", "maxlength", "placeholder"]:
            hidden.pop(attribute, None)
        return context


class PictureCodeField(CaptchaField):
    def __init__(self, **kwargs):
        super().__init__(widget=PictureCodeInput(), **kwargs)

    def clean(self, value):
        key, answer = forms.MultiValueField.clean(self, value).split(",", 1)
        CaptchaStore.remove_expired()
        if not answered(key, "".join(answer.split())):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return key

import importlib

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = _("Common parts")

    def ready(self):
        checks.register(signed_codes_can_be_made)
        importlib.import_module("common.lookups")


def signed_codes_can_be_made(app_configs=None, **kwargs):
    """Errors when SIGNING_KEYS cannot be read or the portal's address is too long for the QR."""
    from django.conf import settings

    from common import signing

    found = []
    if not signing.fits(settings.PORTAL_URL):
        said = "PORTAL_URL is too long: with a signed code it does not fit into a QR of version 7."
        found.append(checks.Error(said, id="common.E001"))
    try:
        signing.check_keys()
    except (ValueError, IndexError):
        said = "SIGNING_KEYS are wrong: «number:private:key» first, then «number:public:key»."
        found.append(checks.Error(said, hint="manage.py signing_key 1", id="common.E002"))
    return found

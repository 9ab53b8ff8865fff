from importlib import import_module

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class UssdConfig(AppConfig):
    name = "ussd"
    verbose_name = _("Short codes")

    def ready(self):
        from ussd.deploy_checks import somebody_may_ask

        checks.register(somebody_may_ask, deploy=True)
        import_module("ussd.messages")

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and access")

    def ready(self):
        from accounts.search import keys_by_anything
        from common.found_admin import find_people_with

        find_people_with(keys_by_anything)
        import_module("accounts.kinds")
        import_module("accounts.letters")
        import_module("accounts.messages")
        import_module("accounts.session_limits")

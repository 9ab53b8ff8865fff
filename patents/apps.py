from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatentsConfig(AppConfig):
    name = "patents"
    verbose_name = _("Patents")

    def ready(self):
        from accounts import merging
        from patents.services import follow_merge

        merging.register(follow_merge)
        import_module("patents.timeline")
        import_module("patents.messages")

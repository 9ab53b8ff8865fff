from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class PatentsConfig(AppConfig):
    name = "patents"
    verbose_name = _("Patents")

    def ready(self):
        from accounts import merging
        from patents.services import follow_merge

        merging.register(follow_merge)
        checks.register(transferred_days_are_known)
        import_module("patents.timeline")
        import_module("patents.messages")


def transferred_days_are_known(app_configs=None, **kwargs):
    """A warning from December on while the library does not know the next year's transfers."""
    from common import clock
    from patents.workdays import transfers_known_through

    needed = (clock.today() + timedelta(days=31)).year
    if transfers_known_through() >= needed:
        return []
    said = f"The transferred days of {needed} are not known: working days may be counted wrongly."
    return [checks.Warning(said, hint="Install a newer release of holidays.", id="patents.W001")]

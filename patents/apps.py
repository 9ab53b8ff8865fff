from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PatentsConfig(AppConfig):
    name = "patents"
    verbose_name = _("Patents")

    def ready(self):
        from accounts import merging
        from accounts.search import find_also
        from patents.search import by_papers
        from patents.services import follow_merge

        merging.register(follow_merge)
        find_also(by_papers)
        post_migrate.connect(ship_texts, sender=self, dispatch_uid="patents.texts")
        checks.register(transferred_days_are_known)
        import_module("patents.timeline")
        import_module("patents.messages")
        import_module("patents.feed.undoing")
        import_module("patents.services.moving")


def transferred_days_are_known(app_configs=None, **kwargs):
    """A warning from December on while the library does not know the next year's transfers."""
    from common import clock
    from patents.workdays import transfers_known_through

    needed = (clock.today() + timedelta(days=31)).year
    if transfers_known_through() >= needed:
        return []
    said = f"The transferred days of {needed} are not known: working days may be counted wrongly."
    return [checks.Warning(said, hint="Install a newer release of holidays.", id="patents.W001")]


def ship_texts(sender, using, apps, **kwargs):
    """Kinds of papers and reasons of refusals that are missing, after each migrate."""
    from patents import content

    try:
        models = [apps.get_model("patents", name) for name in ("DocumentKind", "RefusalKind")]
    except LookupError:  # migrated back to where there were none
        return
    content.ship_all(*models)

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = _("Staff desk")

    def ready(self):
        from accounts import merging
        from desk.services import follow_merge

        merging.register(follow_merge)
        import_module("desk.kinds")
        import_module("desk.messages")
        post_migrate.connect(sync_roles, dispatch_uid="desk.roles")


def sync_roles(sender, **kwargs):
    """Called for each app once its permissions exist: `auth` connects before us and makes them."""
    from desk.roles import sync

    if sender.models_module is not None:
        sync(sender.label)

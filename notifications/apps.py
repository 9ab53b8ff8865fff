from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self):
        from notifications.deploy_checks import operators_are_known, operators_have_our_account

        checks.register(operators_are_known)
        checks.register(operators_have_our_account, deploy=True)

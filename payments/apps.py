from importlib import import_module

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    name = "payments"
    verbose_name = _("Payments")

    def ready(self):
        from accounts import merging, reprints
        from payments import deploy_checks
        from payments.reprints import wrong_receipts
        from payments.services.merges import follow

        for one in deploy_checks.ALL:
            checks.register(one, deploy=True)
        merging.register(follow)
        reprints.register(wrong_receipts)
        import_module("payments.decisions")
        import_module("payments.moved_days")
        import_module("payments.timeline")
        import_module("payments.services.till_corrections")
        import_module("payments.services.returns")
        import_module("payments.services.annulled")
        import_module("payments.services.by_hand")
        import_module("payments.services.put_away")
        import_module("payments.services.repeats")
        import_module("payments.messages")
        import_module("payments.services.withdrawals")
        import_module("payments.services.opening_corrections")

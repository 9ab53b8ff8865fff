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
        from payments.services.papers.merges import follow

        for one in deploy_checks.ALL:
            checks.register(one, deploy=True)
        merging.register(follow)
        reprints.register(wrong_receipts)
        import_module("payments.decisions")
        import_module("payments.moved_days")
        import_module("payments.timeline")
        import_module("payments.services.tills.till_corrections")
        import_module("payments.services.ledger.returns")
        import_module("payments.services.deciding.annulled")
        import_module("payments.services.deciding.by_hand")
        import_module("payments.services.deciding.joints")
        import_module("payments.services.deciding.put_away")
        import_module("payments.services.deciding.repeats")
        import_module("payments.messages")
        import_module("payments.services.deciding.withdrawals")
        import_module("payments.services.ledger.opening_corrections")

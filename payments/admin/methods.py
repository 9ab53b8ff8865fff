"""Ways of paying online and their limits: the staff keep them true."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.formats import roubles
from common.readonly import roubles_of
from common.staff_lists import StaffList
from journal.history_pages import HistoryIsShown
from payments.models import MobileOperator, PaymentMethod


class KeptTrue(HistoryIsShown, StaffList, admin.ModelAdmin):
    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(PaymentMethod)
class PaymentMethodAdmin(KeptTrue):
    list_display = ["code", "from_", "for_all", "up_to", "is_open"]
    from_ = roubles_of("least", _("at least"))
    for_all = roubles_of("surely", _("everybody up to"))
    up_to = roubles_of("most", _("at most"))

    def has_add_permission(self, request):
        """The ways are the acquirer's: another one needs a change of the code."""
        return False

    def get_readonly_fields(self, request, obj=None):
        return ["code"]


@admin.register(MobileOperator)
class MobileOperatorAdmin(KeptTrue):
    list_display = ["name", "up_to", "source"]

    @admin.display(description=_("at most"), ordering="most")
    def up_to(self, operator):
        return roubles(operator.most) if operator.most else "—"

"""How registers of senders are shaped: described once, by hand."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.staff_lists import StaffList
from payments.models import Register

COLUMNS = (
    *("amount", "posted_on", "paid_on", "document_date", "document_number", "payer_name"),
    *("payer_inn", "payer_account", "purpose", "uin", "account_column"),
)


@admin.register(Register)
class RegisterAdmin(StaffList, admin.ModelAdmin):
    list_display = ["sender", "account", "amount", "is_read"]
    list_select_related = ["account"]
    fieldsets = [
        (None, {"fields": ["sender", "account", "in_kopecks", "number_after", "is_read"]}),
        (
            _("Heads of the columns"),
            {
                "fields": COLUMNS,
                "description": _("As they stand in the file; empty: there is no such column."),
            },
        ),
    ]

    def has_delete_permission(self, request, obj=None):
        return False

"""Treasury accounts: how far their statements reach, since when, and what is missing."""

from django.contrib import admin

from common.readonly import ReadOnlyAdmin
from payments import reach
from payments.models import Account


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    list_display = ["number", "counted_through", "complete_through", "broken_on"]
    search_fields = ["number"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        account = self.get_object(request, object_id)
        found = {"reach": account and reach.of(account)}
        return super().change_view(request, object_id, form_url, found | (extra_context or {}))

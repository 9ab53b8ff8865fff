"""Links by which others pay for a person. Their addresses are shown to nobody but the owner."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.clock import today
from common.found_admin import FoundByPerson
from payments.admin.base import PersonalMoneyAdmin, receipts_of
from payments.models import PayLink


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("paid", pgettext_lazy("link", "paid")),
            ("alive", _("can be paid")),
            ("over", _("over or withdrawn")),
        ]

    def queryset(self, request, queryset):
        choices = {
            "paid": queryset.filter(is_paid=True),
            "alive": queryset.filter(is_paid=False).alive(today()),
            "over": queryset.filter(is_paid=False).over(today()),
        }
        return choices.get(self.value(), queryset)


@admin.register(PayLink)
class PayLinkAdmin(FoundByPerson, PersonalMoneyAdmin):
    list_display = [
        *("created_at", "person", "application", "months"),
        *("good_through", "revoked_at", "paid"),
    ]
    list_select_related = ["application__person"]
    list_filter = [StateFilter]
    search_help_text = _("Receipt, name, phone or a number of any paper")
    path_to_person = "application__person"
    date_hierarchy = "created_at"
    fields = [
        *("person", "application", "months", "months_before", "created_at"),
        *("good_through", "revoked_at", "receipt", "payers", "paid"),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_paid()

    def history_parts(self, row):
        return []  # the row itself says when it was made and withdrawn

    def person_id_of(self, row):
        return row.application.person_id

    def by_own_numbers(self, term: str):
        return receipts_of(term, "pay_link")

    @admin.display(description=_("person"), ordering="application__person__last_name")
    def person(self, link):
        return link.application.person

    @admin.display(description=pgettext_lazy("link", "paid"), boolean=True)
    def paid(self, link):
        return link.is_paid

    @admin.display(description=_("who pays for the person"))
    def payers(self, link):
        """Whoever opened its payment, paid or not, as they wrote it."""
        charges = link.receipt.charges.order_by("created_at", "pk") if link.receipt else []
        return ", ".join(name for charge in charges for name in charge.payers)

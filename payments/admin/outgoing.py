"""Money that left the accounts: staff look whose it was."""

from django.contrib import admin, messages
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.found_admin import FoundByPerson
from common.readonly import roubles_of
from payments.admin.base import PersonalMoneyAdmin, raw_of
from payments.models import Outgoing
from payments.services.importing import outgoing


class SeenFilter(admin.SimpleListFilter):
    title = _("what to show")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [("all", _("all"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("what nobody has looked at")}, *others]

    def queryset(self, request, queryset):
        return queryset if self.value() == "all" else queryset.unseen()


@admin.register(Outgoing)
class OutgoingAdmin(FoundByPerson, PersonalMoneyAdmin):
    list_display = ["posted_on", "document_number", "sum", "application", "purpose", "seen_at"]
    list_select_related = ["application__person"]
    list_filter = [SeenFilter]
    path_to_person = "application__person"
    list_per_page = 50
    actions = ["look_at"]
    sum = roubles_of("amount", _("sum"))
    fields = [
        *("statement", "account", "posted_on", "document_number", "sum", "application", "line"),
        *("purpose", "seen_at", "seen_by", "as_sent"),
    ]

    def person_id_of(self, row):
        return row.application and row.application.person_id

    def by_own_numbers(self, term: str):
        return [Outgoing.objects.order_by().filter(document_number=term).values_list("pk")]

    @admin.display(description=_("as sent"))
    def as_sent(self, row):
        return raw_of(row)

    def has_match_permission(self, request):
        return request.user.has_perm("payments.change_placement")

    @admin.action(description=_("I looked whose money it was"), permissions=["match"])
    def look_at(self, request, queryset):
        count = outgoing.look_at(rows=queryset, actor=request.user)
        self.message_user(request, gettext("Done: %d.") % count, messages.SUCCESS)

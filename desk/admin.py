"""Lists of the apps below with what only the apps above know."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from patents.admin import PatentAdmin
from patents.models import Patent
from payments.covered import OPENING, paid_through

admin.site.unregister(Patent)


@admin.register(Patent)
class PaidPatentAdmin(PatentAdmin):
    """A patent knows nothing of money: its list at the desk does."""

    list_display = [
        "__str__",
        "application",
        "person",
        "issued_on",
        "paid_through",
        "annulled_on",
        "source",
    ]
    list_select_related = ["application__person", OPENING]

    def complete(self, rows):
        rows = list(rows)
        through = paid_through(rows)
        for row in rows:
            row.through = through[row.pk]
        return rows

    @admin.display(description=_("paid through"))
    def paid_through(self, patent):
        return patent.through

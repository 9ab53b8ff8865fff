from django.contrib import admin

from common.formats import roubles
from common.staff_lists import StaffList


class ReadOnlyAdmin(StaffList, admin.ModelAdmin):
    """What staff look at and services write: money, messages, logs. Most grow with the people."""

    def get_sortable_by(self, request):
        return self.columns_by_index()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def roubles_of(field: str, label):
    """A column for a sum as a person reads it; it sorts by the field itself."""

    @admin.display(description=label, ordering=field)
    def shown(self, row):
        return roubles(getattr(row, field))

    return shown

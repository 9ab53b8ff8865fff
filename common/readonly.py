from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """What staff look at and services write: money, messages, logs."""

    show_full_result_count = False  # counting a large table costs more than its page

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

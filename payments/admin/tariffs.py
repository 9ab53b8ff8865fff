"""What payments cost and where they go."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.readonly import roubles_of
from common.staff_lists import StaffList
from payments.models import Requisites, Tariff


class DatedForm(forms.ModelForm):
    def clean(self):
        first, last = map(self.cleaned_data.get, ("valid_from", "valid_until"))
        if first and last and last < first:
            self.add_error("valid_until", _("The last day is earlier than the first."))
        return self.cleaned_data


class DatedAdmin(StaffList, admin.ModelAdmin):
    """Edited by hand; the database refuses days that overlap, in a sentence."""

    form = DatedForm
    list_filter = ["region"]
    ordering = ["region", "-valid_from"]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changeform_initial_data(self, request):
        return {"region": settings.REGION} | super().get_changeform_initial_data(request)


@admin.register(Tariff)
class TariffAdmin(DatedAdmin):
    list_display = ["valid_from", "valid_until", "month", "region", "source"]
    month = roubles_of("monthly", _("a month"))


@admin.register(Requisites)
class RequisitesAdmin(DatedAdmin):
    list_display = ["valid_from", "valid_until", "account", "kpp", "kbk", "oktmo", "region"]

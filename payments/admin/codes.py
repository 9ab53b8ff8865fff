"""Signed codes: a checker says nine letters by telephone, staff find what they stand for."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.found_admin import FoundByPerson
from payments import codes, reference
from payments.admin.base import PersonalMoneyAdmin
from payments.models import SignedCode


@admin.register(SignedCode)
class SignedCodeAdmin(FoundByPerson, PersonalMoneyAdmin):
    list_display = ["voice", "application", "made_on", "good_through", "revoked_at"]
    list_select_related = ["application__person"]
    path_to_person = "application__person"
    search_help_text = _("Nine letters of the code, name, phone or a number of any paper")
    fields = [
        *("voice", "application", "charge", "till_payment", "claim"),
        *("made_on", "good_through", "revoked_at"),
    ]

    def person_id_of(self, row):
        return row.application.person_id

    def by_own_numbers(self, term: str):
        serial = reference.normalise(term)
        return [SignedCode.objects.filter(serial=serial).order_by().values_list("pk")]

    @admin.display(description=_("code by voice"), ordering="serial")
    def voice(self, row):
        return codes.voice_shown(row.serial)

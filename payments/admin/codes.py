"""Signed codes: a checker says nine letters by telephone, staff find what they stand for."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from payments import codes, reference
from payments.admin.base import PersonalMoneyAdmin
from payments.models import SignedCode


@admin.register(SignedCode)
class SignedCodeAdmin(PersonalMoneyAdmin):
    list_display = ["voice", "application", "made_on", "good_through", "revoked_at"]
    list_select_related = ["application__person"]
    search_fields = ["serial", "application__number"]
    search_help_text = _("Nine letters of the code, or the application")
    fields = [
        *("voice", "application", "charge", "till_payment", "claim"),
        *("made_on", "good_through", "revoked_at"),
    ]

    def person_id_of(self, row):
        return row.application.person_id

    def get_search_results(self, request, queryset, search_term):
        typed = reference.normalise(search_term)
        term = typed if codes.is_voice(typed) else search_term
        return super().get_search_results(request, queryset, term)

    @admin.display(description=_("code by voice"), ordering="serial")
    def voice(self, row):
        return codes.voice_shown(row.serial)

"""Signed codes: a checker says nine letters by telephone, staff find what they stand for."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from common.found_admin import FoundByPerson
from payments import codes, reference
from payments.admin.base import PersonalMoneyAdmin, form_for, is_done
from payments.models import SignedCode
from payments.services.online.codes import withdraw


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the code is withdrawn"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("The person reads this. Simple words."),
        error_messages={"required": _("Write the reason: the person reads it.")},
    )


@admin.register(SignedCode)
class SignedCodeAdmin(FoundByPerson, PersonalMoneyAdmin):
    list_display = ["voice", "application", "made_on", "good_through", "revoked_at"]
    list_select_related = ["application__person"]
    path_to_person = "application__person"
    search_help_text = _("Nine letters of the code, name, phone or a number of any paper")
    fields = [
        *("voice", "application", "charge", "till_payment", "claim"),
        *("made_on", "good_through", "revoked_at", "revoke_reason"),
    ]

    def person_id_of(self, row):
        return row.application.person_id

    def by_own_numbers(self, term: str):
        serial = reference.normalise(term)
        return [SignedCode.objects.filter(serial=serial).order_by().values_list("pk")]

    @admin.display(description=_("code by voice"), ordering="serial")
    def voice(self, row):
        return codes.voice_shown(row.serial)

    def get_urls(self):
        view = self.admin_site.admin_view(self.withdraw_view)
        return [
            path("<int:pk>/withdraw/", view, name="payments_signedcode_withdraw"),
            *super().get_urls(),
        ]

    def withdraw_view(self, request, pk):
        """Asks for the reason, which the person reads."""
        code = self.row_for(request, pk, "payments.change_signedcode")
        form = form_for(request, WithdrawForm)
        if is_done(form, withdraw, code=code, actor=request.user):
            messages.success(request, _t("The code is withdrawn. The person reads why."))
            return redirect("admin:payments_signedcode_change", code.pk)
        return self.page(
            request,
            "admin/payments/signedcode/withdraw.html",
            title=_t("Withdraw the code %s") % self.voice(code),
            code=code,
            voice=self.voice(code),
            form=form,
        )

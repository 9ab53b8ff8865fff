"""Treasury accounts: how far their statements reach, since when, and what is missing."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.errors import Refusal
from common.readonly import ReadOnlyAdmin
from payments import reach
from payments.models import Account
from payments.services.deciding import joints


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": _("Write why.")},
    )


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    list_display = ["number", "counted_through", "complete_through", "broken_on"]
    search_fields = ["number"]

    def get_urls(self):
        joint = self.admin_site.admin_view(self.joint_view)
        own = path("<int:pk>/joint/<int:file>/", joint, name="payments_account_joint")
        return [own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        account = self.get_object(request, object_id)
        found = {
            "reach": account and reach.of(account),
            "may_decide": request.user.has_perm(joints.PERMISSION),
        }
        return super().change_view(request, object_id, form_url, found | (extra_context or {}))

    def joint_view(self, request, pk, file):
        """Somebody says why both files are right, or why they are not; another one decides."""
        if not request.user.has_perm(joints.PERMISSION):
            raise PermissionDenied
        account = get_object_or_404(Account, pk=pk)
        joint, is_accepted = reach.joint_of(account, file)
        form = WhyForm(request.POST if request.method == "POST" else None)
        if joint and form.is_valid() and _is_asked(request, form, account, joint, not is_accepted):
            said = gettext("Another member of staff decides about the balances.")
            self.message_user(request, said, messages.SUCCESS)
            return redirect("admin:payments_account_change", pk)
        context = self.admin_site.each_context(request) | {"opts": self.opts, "account": account}
        context |= {"joint": joint, "is_accepted": is_accepted, "form": form}
        return TemplateResponse(request, "admin/payments/account/joint.html", context)


def _is_asked(request, form, account: Account, joint: reach.BrokenJoint, accepted: bool) -> bool:
    try:
        joints.ask(
            account=account,
            day=joint.day,
            sender=joint.sender,
            accepted=accepted,
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True

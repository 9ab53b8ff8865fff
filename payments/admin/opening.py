"""Months counted at go-live: a list to read, and a correction that a colleague decides."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.found_admin import FoundByPerson
from common.readonly import roubles_of
from journal.exports import ListIsExported
from journal.services import record_look
from patents.models import Application
from payments.admin.base import PersonalMoneyAdmin, form_for, is_done
from payments.coverage import MONTHS_IN_YEAR
from payments.models import OpeningMonths
from payments.services.ledger import opening_corrections

PERMISSION = "payments.change_openingmonths"


class MonthsForm(forms.Form):
    months = forms.IntegerField(label=_("Months"), min_value=0, max_value=MONTHS_IN_YEAR)
    amount = forms.DecimalField(
        label=_("Sum, roubles"), min_value=0, max_digits=10, decimal_places=2
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Which paper shows it."),
        error_messages={"required": _("Write the reason.")},
    )


@admin.register(OpeningMonths)
class OpeningMonthsAdmin(FoundByPerson, ListIsExported, PersonalMoneyAdmin):
    list_display = ["application", "person", "months", "sum", "counted_on", "corrected"]
    sum = roubles_of("amount", _("sum"))
    list_select_related = ["application__person"]
    list_filter = ["months"]
    path_to_person = "application__person"
    fields = ["application", "person", "months", "sum", "counted_on", "corrections"]
    readonly_fields = ["person", "sum", "corrections"]
    change_form_template = "admin/payments/openingmonths/card.html"

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("application__person")
        return rows.prefetch_related("application__opening_corrections__decided_by")

    def get_urls(self):
        view = self.admin_site.admin_view(self.correct_view)
        address = "of/<int:pk>/correct/"
        return [path(address, view, name="payments_openingmonths_correct"), *super().get_urls()]

    def person_id_of(self, row):
        return row.application.person_id

    @admin.display(description=_("person"))
    def person(self, row):
        return row.application.person

    @admin.display(description=_("corrected"), boolean=True)
    def corrected(self, row):
        return bool(row.application.opening_corrections.all())

    @admin.display(description=_("corrections"))
    def corrections(self, row):
        return "; ".join(str(one) for one in row.application.opening_corrections.all()) or "—"

    def correct_view(self, request, pk: int):
        """Any application: of some the file of the opening knew no months."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        application = get_object_or_404(Application.objects.select_related("person"), pk=pk)
        person_id = application.person_id
        record_look(actor_id=request.user.pk, person_id=person_id, page="opening months")
        form, asked = form_for(request, MonthsForm), opening_corrections.ask_correction
        if is_done(form, asked, application=application, actor=request.user):
            messages.success(request, gettext("Asked. Another member of the staff decides."))
            return redirect("admin:person_card", person_id)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": gettext("Months before the opening, application %s") % application.number,
            "person": application.person,
            "form": form,
            "button": gettext("Ask for the decision"),
            "lead": gettext("What was counted stays in the history as an entry of its own."),
        }
        return TemplateResponse(request, "accounts/desk/form.html", context)

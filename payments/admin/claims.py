"""Shown cheques at the desk: look at the paper, confirm its day or say why it does not count."""

from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from common.clock import moscow_day, today
from common.found_admin import FoundByPerson
from common.readonly import ReadOnlyAdmin, roubles_of
from journal.history_pages import HistoryIsShown
from journal.looks import LooksAreKept
from journal.services import record_look
from payments import cheques, fiscal_code, letter
from payments.admin.base import form_for, is_done
from payments.claim_forms import AskForm, ConfirmForm, RejectForm
from payments.facts import standing_of
from payments.models import CLAIM_DAYS, Charge, Claim, ClaimStatus, Placement, TillPayment
from payments.sentence import sentence
from payments.services.claims.claim_steps import ask_for_more
from payments.services.claims.claims import confirm, reject

SUPERVISOR_AFTER = timedelta(days=CLAIM_DAYS)


class Overdue(admin.SimpleListFilter):
    """Claims that a supervisor must look at: nothing was found or decided for 30 days."""

    title = _("age")
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return [("overdue", _("30 days and more"))]

    def queryset(self, request, queryset):
        if self.value() != "overdue":
            return queryset
        return queryset.living().shown_by(today() - SUPERVISOR_AFTER)


class Covers(admin.SimpleListFilter):
    """Sums that are not whole months are looked for, too, but nobody's patent hangs on them."""

    title = _("months")
    parameter_name = "covers"

    def lookups(self, request, model_admin):
        return [("months", _("covers months")), ("none", _("covers no month"))]

    def queryset(self, request, queryset):
        chosen = {"months": queryset.whole, "none": queryset.parts}
        return chosen.get(self.value(), queryset.all)()


@admin.register(Claim)
class ClaimAdmin(FoundByPerson, LooksAreKept, HistoryIsShown, ReadOnlyAdmin):
    list_display = ["person", "application", "sum", "paid_on", "status", "age", "has_cheque"]
    sum = roubles_of("amount", _("sum"))
    list_display_links = ["person"]
    list_select_related = ["application__person"]
    list_filter = ["status", Covers, Overdue]
    date_hierarchy = "created_at"
    search_help_text = _("Number on the cheque, name, phone or a number of any paper")
    path_to_person = "application__person"

    def person_id_of(self, row):
        return row.application.person_id

    def by_own_numbers(self, term: str):
        return [Claim.objects.filter(document_number=term).order_by().values_list("pk")]

    @admin.display(description=_("person"))
    def person(self, claim):
        return claim.application.person

    @admin.display(description=_("days"), ordering="-created_at")
    def age(self, claim):
        return (today() - moscow_day(claim.created_at)).days if claim.is_living else ""

    @admin.display(description=_("picture"), boolean=True)
    def has_cheque(self, claim):
        return bool(claim.cheque)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/cheque/", wrap(self.cheque_view), name="payments_claim_cheque"),
            path("<int:pk>/confirm/", wrap(self.confirm_view), name="payments_claim_confirm"),
            path("<int:pk>/ask/", wrap(self.ask_view), name="payments_claim_ask"),
            path("<int:pk>/letter/", wrap(self.letter_view), name="payments_claim_letter"),
            path("<int:pk>/reject/", wrap(self.reject_view), name="payments_claim_reject"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self._card(request, self._claim(request, object_id))

    def cheque_view(self, request, pk):
        claim = self._claim(request, pk)
        if not claim.cheque:
            raise Http404
        return cheques.answer(claim.cheque)

    def confirm_view(self, request, pk):
        claim, form = self._asked(request, pk, ConfirmForm)
        if is_done(form, confirm, claim=claim, actor=request.user):
            messages.success(request, _t("The cheque is confirmed. The person is told."))
            return redirect(_address(claim))
        return self._card(request, claim, confirm_form=form)

    def reject_view(self, request, pk):
        claim, form = self._asked(request, pk, RejectForm)
        if is_done(form, reject, claim=claim, actor=request.user):
            messages.success(request, _t("The cheque is not accepted. The person is told."))
            return redirect(_address(claim))
        return self._card(request, claim, reject_form=form)

    def ask_view(self, request, pk):
        claim, form = self._asked(request, pk, AskForm)
        if is_done(form, ask_for_more, claim=claim, actor=request.user):
            messages.success(request, _t("The person is told what you need."))
            return redirect(_address(claim))
        return self._card(request, claim, ask_form=form)

    def letter_view(self, request, pk):
        return letter.answer(self._claim(request, pk))

    def _asked(self, request, pk, form):
        if not request.user.has_perm("payments.change_claim"):
            raise PermissionDenied
        return self._claim(request, pk), form_for(request, form)

    def _claim(self, request, pk) -> Claim:
        """Whoever opens a claim, or its cheque, is written down."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not str(pk).isdigit():
            raise Http404
        claim = get_object_or_404(Claim.objects.for_list(), pk=pk)
        person_id = claim.application.person_id
        record_look(actor_id=request.user.pk, person_id=person_id, page="claim")
        return claim

    def _card(self, request, claim, **forms):
        may_decide = request.user.has_perm("payments.change_claim") and claim.is_living
        context = self.admin_site.each_context(request) | _facts(claim)
        context |= {
            "title": _t("Shown cheque"),
            "opts": self.opts,
            "confirm_form": ConfirmForm(initial={"paid_on": claim.paid_on}),
            "ask_form": AskForm(auto_id="ask_%s"),
            "reject_form": RejectForm(),
            "may_confirm": may_decide and claim.status == ClaimStatus.OPEN,
            "may_reject": may_decide,
        }
        context |= forms
        return TemplateResponse(request, "admin/payments/claim/card.html", context)


def _address(claim: Claim) -> str:
    return reverse("admin:payments_claim_change", args=[claim.pk])


def _facts(claim: Claim) -> dict:
    """The claim beside everything else that is known of this money."""
    person = claim.application.person
    known = Placement.objects.current().filter(application__person=person).select_related("line")
    taken = Charge.objects.unposted().filter(receipt__person=person).select_related("receipt")
    at_till = TillPayment.objects.unposted().filter(receipt__person=person)
    return {
        "claim": claim,
        "code": fiscal_code.read(claim.fiscal),
        "same_cheque": _same_cheque(claim),
        "person": person,
        "sentence": sentence(standing_of(person)),
        "placements": known.order_by("-line__posted_on", "-pk")[:24],
        "at_till": at_till.select_related("till").order_by("-taken_on", "-pk")[:24],
        "charges": taken.order_by("-captured_at", "-pk")[:24],
    }


def _same_cheque(claim: Claim) -> list[Claim]:
    """The cheque of one payment shown by others, or for another month, too."""
    if not claim.fiscal:
        return []
    return list(Claim.objects.filter(fiscal=claim.fiscal).exclude(pk=claim.pk).order_by("pk")[:24])

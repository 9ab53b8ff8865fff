"""What waits for the decision of a second member of the staff."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.access import AccessForm
from accounts.forms.desk_phone import DeskPhoneForm
from accounts.models import Approval, Person
from accounts.services import approvals, closing
from common.errors import Refusal
from common.found_admin import FoundByPerson
from common.readonly import ReadOnlyAdmin
from journal.looks import LooksAreKept
from journal.services import record_look


class PhoneDesk:
    """The page of a person's card where another phone is asked for."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.phone_view)
        return [path("<int:pk>/phone/", view, name="accounts_person_phone"), *super().get_urls()]

    def phone_view(self, request, pk: int):
        if not request.user.has_perm("accounts.add_approval"):
            raise PermissionDenied
        person = get_object_or_404(Person, pk=pk)
        self.looked(request, person)
        form = DeskPhoneForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._asked(request, person, form):
            messages.success(request, gettext("Asked. Another member of the staff decides."))
            return redirect("admin:accounts_person_change", person.pk)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": gettext("Another phone"),
            "person": person,
            "form": form,
            "button": gettext("Ask for the decision"),
            "lead": gettext(
                "Look at the passport first. When a colleague agrees, the old phones end and are "
                "told by SMS; a one-time password goes to the new phone."
            ),
        }
        return TemplateResponse(request, "accounts/desk/form.html", context)

    def _asked(self, request, person: Person, form) -> bool:
        try:
            approvals.ask_phone(person=person, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return False
        return True


class AccessDesk:
    """The page of a person's card where it is asked to close the cabinet, or to open it again."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.access_view)
        return [path("<int:pk>/access/", view, name="accounts_person_access"), *super().get_urls()]

    def access_view(self, request, pk: int):
        if not request.user.has_perm("accounts.add_approval"):
            raise PermissionDenied
        person = get_object_or_404(Person, pk=pk)
        self.looked(request, person)
        form = AccessForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and _access_asked(request, person, form):
            messages.success(request, gettext("Asked. Another member of the staff decides."))
            return redirect("admin:accounts_person_change", person.pk)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": gettext("Access to the cabinet"),
            "person": person,
            "form": form,
            "button": gettext("Ask for the decision"),
            "lead": gettext(
                "When a colleague agrees, everybody who is in the cabinet is out, and all numbers "
                "of the person hear of it by SMS. The data about the patent and payments stay."
            ),
        }
        return TemplateResponse(request, "accounts/desk/form.html", context)


def _access_asked(request, person: Person, form) -> bool:
    try:
        closing.ask_access(person=person, actor=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


class WaitingFilter(admin.SimpleListFilter):
    title = _("what to show")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [("all", _("with its history"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("what waits for a decision")}, *others]

    def queryset(self, request, queryset):
        return queryset if self.value() == "all" else queryset.open()


@admin.register(Approval)
class ApprovalAdmin(FoundByPerson, LooksAreKept, ReadOnlyAdmin):
    list_display = ["asked_at", "kind", "person", "reason", "asked_by", "decided_by", "granted"]
    list_select_related = ["person", "asked_by", "decided_by"]
    list_filter = [WaitingFilter, "kind"]
    date_hierarchy = "asked_at"

    def get_urls(self):
        view = self.admin_site.admin_view(self.decide_view)
        return [
            path("<int:pk>/decide/", view, name="accounts_approval_decide"),
            *super().get_urls(),
        ]

    def person_id_of(self, row):
        return row.person_id

    def change_view(self, request, object_id, form_url="", extra_context=None):
        approval = self._approval(request, object_id)
        may = _may_decide(request.user, approval) and approval.decided_at is None
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": gettext("Decision of two"),
            "approval": approval,
            "wanted": approvals.DEEDS[approval.kind].said(approval),
            "may_decide": may and approval.asked_by_id != request.user.pk,
            "is_mine": approval.asked_by_id == request.user.pk,
        }
        return TemplateResponse(request, "accounts/desk/approval.html", context)

    def decide_view(self, request, pk: int):
        if not request.user.has_perm("accounts.change_approval"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        approval = self._approval(request, pk)
        if not _may_decide(request.user, approval):
            raise PermissionDenied
        granted = request.POST.get("decision") == "grant"
        try:
            approvals.decide(approval=approval, granted=granted, actor=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:accounts_approval_change", pk)
        messages.success(request, gettext("Granted.") if granted else gettext("Refused."))
        return redirect("admin:accounts_approval_changelist")

    def _approval(self, request, pk) -> Approval:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not str(pk).isdigit():
            raise Http404
        rows = Approval.objects.select_related("person", "asked_by", "decided_by")
        approval = get_object_or_404(rows, pk=pk)
        if approval.person_id:
            record_look(actor_id=request.user.pk, person_id=approval.person_id, page="approval")
        return approval


def _may_decide(user, approval: Approval) -> bool:
    own = approvals.DEEDS[approval.kind].permission
    return user.has_perms(["accounts.change_approval", own])

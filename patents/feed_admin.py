"""The Ministry's items at the desk: what could not be taken, why, and what to do about it."""

import json

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from common import identifiers
from common.errors import Refusal
from common.found_admin import FoundByPerson
from common.readonly import ReadOnlyAdmin
from journal.exports import ListIsExported
from journal.history_pages import HistoryIsShown
from journal.looks import LooksAreKept
from journal.services import record_look
from patents.feed import contradictions, decisions, undoing
from patents.feed.forms import AssignForm, FeedFileForm, SetAsideForm
from patents.feed.settling import settle
from patents.feed.taking import take_file
from patents.models import FeedItem, FeedState, FeedStatus

TEMPLATES = "admin/patents/feeditem"


class ShownFilter(admin.SimpleListFilter):
    """First of all what waits for a decision of the staff."""

    title = _("what to show")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [("open", _("everything that is not taken")), ("all", _("all items"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("what waits for staff")}, *others]

    def queryset(self, request, queryset):
        chosen = {"open": queryset.open, "all": queryset.all}
        return chosen.get(self.value(), queryset.for_staff)()


@admin.register(FeedItem)
class FeedItemAdmin(FoundByPerson, LooksAreKept, ListIsExported, HistoryIsShown, ReadOnlyAdmin):
    list_display = ["received_at", "kind", "number", "occurred_on", "status", "why", "person"]
    list_select_related = ["application__person"]
    list_filter = [ShownFilter, "kind", "status", "source"]
    path_to_person = "application__person"
    date_hierarchy = "received_at"
    list_per_page = 50
    actions = ["try_again", "export"]
    change_list_template = f"{TEMPLATES}/change_list.html"

    def person_id_of(self, row):
        return row.application and row.application.person_id

    def by_own_numbers(self, term: str):
        """Of applications that nobody knows, too."""
        items = FeedItem.objects.order_by()
        number = identifiers.digits(term)
        return [items.filter(number=number).values_list("pk")] if number.isdigit() else []

    @admin.display(description=_("why"))
    def why(self, item):
        return " ".join(filter(None, [item.get_reason_display(), item.detail]))

    @admin.display(description=_("person"))
    def person(self, item):
        return item.application and item.application.person

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("upload/", wrap(self.upload_view), name="patents_feeditem_upload"),
            path("<int:pk>/again/", wrap(self.again_view), name="patents_feeditem_again"),
            path("<int:pk>/assign/", wrap(self.assign_view), name="patents_feeditem_assign"),
            path("<int:pk>/aside/", wrap(self.aside_view), name="patents_feeditem_aside"),
            path("<int:pk>/theirs/", wrap(self.theirs_view), name="patents_feeditem_theirs"),
            path("<int:pk>/undo/", wrap(self.undo_view), name="patents_feeditem_undo"),
            *super().get_urls(),
        ]

    def has_decide_permission(self, request):
        return request.user.has_perm("patents.change_feeditem")

    def has_upload_permission(self, request):
        return request.user.has_perm("patents.add_feeditem")

    def changelist_view(self, request, extra_context=None):
        shown = {
            "title": _t("Items of the Ministry that wait for staff: %d")
            % FeedItem.objects.for_staff().count(),
            "may_upload": self.has_upload_permission(request),
            "feed": FeedState.objects.first(),
        }
        return super().changelist_view(request, shown | (extra_context or {}))

    @admin.action(description=_("Try again"), permissions=["decide"])
    def try_again(self, request, queryset):
        self._say_taken(request, decisions.try_again(items=queryset))

    def _say_taken(self, request, count: int):
        self.message_user(request, _t("Taken: %d.") % count, messages.SUCCESS)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self._card(request, self._item(request, object_id))

    def again_view(self, request, pk):
        item = self._to_decide(request, pk)
        if request.method == "POST":
            self._say_taken(request, decisions.try_again(items=[item]))
        return redirect(_address(item))

    def assign_view(self, request, pk):
        item = self._to_decide(request, pk)
        form = AssignForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            facts = {"application": form.application, "reason": form.cleaned_data["reason"]}
            return self._decide(request, decisions.assign, item, facts)
        return self._card(request, item, assign_form=form)

    def aside_view(self, request, pk):
        item = self._to_decide(request, pk)
        form = SetAsideForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            return self._decide(request, decisions.set_aside, item, form.cleaned_data)
        return self._card(request, item, aside_form=form)

    def theirs_view(self, request, pk):
        """The Ministry is right: our record gives way."""
        item = self._to_decide(request, pk)
        form = SetAsideForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            decide = contradictions.ministry_is_right
            return self._decide(request, decide, item, form.cleaned_data)
        return self._card(request, item, theirs_form=form)

    def undo_view(self, request, pk):
        """It was a mistake: a colleague decides whether it is undone."""
        item = self._to_decide(request, pk)
        form = SetAsideForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return self._card(request, item, undo_form=form)
        try:
            undoing.ask_undo(item=item, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            words = _t("Asked. Another member of the staff decides.")
            self.message_user(request, words, messages.SUCCESS)
        return redirect(_address(item))

    def _decide(self, request, decide, item, facts):
        try:
            decided = decide(item=item, actor=request.user, **facts)
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            words = _t("The item is now: %s.") % decided.get_status_display()
            self.message_user(request, words, messages.SUCCESS)
        return redirect(_address(item))

    def upload_view(self, request):
        if not self.has_upload_permission(request):
            raise PermissionDenied
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = FeedFileForm(*posted)
        if form.is_valid() and self._take(request, form):
            return redirect("admin:patents_feeditem_changelist")
        context = self._context(request, _t("Upload a file of the Ministry")) | {"form": form}
        return TemplateResponse(request, f"{TEMPLATES}/upload.html", context)

    def _take(self, request, form) -> bool:
        try:
            count, new = take_file(form.cleaned_data["file"].read())
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            return False
        settle()
        words = _t("Items in the file: %(count)d, new: %(new)d.") % {"count": count, "new": new}
        self.message_user(request, words, messages.SUCCESS)
        return True

    def _to_decide(self, request, pk) -> FeedItem:
        if not self.has_decide_permission(request):
            raise PermissionDenied
        return self._item(request, pk)

    def _item(self, request, pk) -> FeedItem:
        """Whoever opens an item about somebody whom we know is written down."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = FeedItem.objects.select_related("application__person", "decided_by")
        item = get_object_or_404(rows, pk=pk if str(pk).isdigit() else 0)
        if person_id := self.person_id_of(item):
            record_look(actor_id=request.user.pk, person_id=person_id, page="ministry item")
        return item

    def _card(self, request, item, **forms):
        context = self._context(request, _t("Item of the Ministry")) | {
            "item": item,
            "why": self.why(item),
            "as_sent": json.dumps(json.loads(item.payload), ensure_ascii=False, indent=2),
            "assign_form": AssignForm(),
            "aside_form": SetAsideForm(auto_id="aside_%s"),
            "theirs_form": SetAsideForm(auto_id="theirs_%s"),
            "undo_form": SetAsideForm(auto_id="undo_%s"),
            "undo_asked": undoing.asked_about(item),
            **self._what_may(request, item),
            **forms,
        }
        return TemplateResponse(request, f"{TEMPLATES}/card.html", context)

    def _what_may(self, request, item) -> dict:
        """Which decisions stand on the card."""
        may = self.has_decide_permission(request)
        may_decide = may and item.status in (FeedStatus.BAD, FeedStatus.WAITING)
        may_assign = may_decide or (may and item.status == FeedStatus.UNDONE)
        return {
            "may_decide": may_decide,
            "may_yield": may_decide and contradictions.may_yield(item),
            "may_assign": may_assign and item.recorded_at and item.number,
            "may_undo": may and undoing.may_undo(item),
        }

    def _context(self, request, title):
        return self.admin_site.each_context(request) | {"title": title, "opts": self.opts}


def _address(item: FeedItem) -> str:
    return reverse("admin:patents_feeditem_change", args=[item.pk])

"""Texts of the cabinet as staff edit them: a block a language, and a look before it is shown."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname

from cabinet.models import Announcement, HelpTopic, Obligation
from common.clock import today
from common.staff_lists import StaffList
from journal.history_pages import HistoryIsShown
from patents.models import DocumentKind, RefusalKind

OPEN = ("ru", "en")
NAMES = {
    "ru": _("Russian"),
    "en": _("English"),
    "uz": _("Uzbek"),
    "uz-cyrl": _("Uzbek, Cyrillic"),
    "tg": _("Tajik"),
    "az": _("Azerbaijani"),
    "ro": _("Romanian"),
    "uk": _("Ukrainian"),
}


def _columns(language: str) -> list[str]:
    return [build_localized_fieldname(field, language) for field in ("title", "body")]


def _block(language: str) -> tuple:
    closed = () if language in OPEN else ("collapse",)
    return NAMES[language], {"fields": _columns(language), "classes": closed}


class TextAdmin(HistoryIsShown, StaffList, admin.ModelAdmin):
    """Nobody deletes a text: its last day takes it away, and its history stays."""

    change_form_template = "admin/cabinet/text_form.html"
    list_display = ["title", "shown", "first_day", "last_day", "rank", "languages"]
    search_fields = ["title_ru", "body_ru", "title_en"]
    own_fields: list[str] = []

    def get_fieldsets(self, request, obj=None):
        general = (None, {"fields": [*self.own_fields, "first_day", "last_day", "rank"]})
        return [general, *(_block(language) for language in AVAILABLE_LANGUAGES)]

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("shown today"), boolean=True)
    def shown(self, row):
        day = today()
        return (row.first_day or day) <= day <= (row.last_day or day)

    @admin.display(description=_("languages"))
    def languages(self, row):
        count = sum(all(_said(row, language)) for language in AVAILABLE_LANGUAGES)
        return ngettext("%(count)d language", "%(count)d languages", count) % {"count": count}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and "_preview" in request.POST:
            return self._preview(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _may_write(self, request, row) -> bool:
        if row is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, row)

    def _preview(self, request, object_id):
        """What people would read, in each language written so far; nothing is kept."""
        row = self.get_object(request, object_id) if object_id else None
        if not self._may_write(request, row):
            raise PermissionDenied
        form = self.get_form(request, row)(request.POST, instance=row)
        form.is_valid()
        written = form.instance
        context = self.admin_site.each_context(request) | {
            "title": _("Preview"),
            "form": form,
            "versions": [
                (language, NAMES[language], *_said(written, language))
                for language in AVAILABLE_LANGUAGES
                if any(_said(written, language))
            ],
        }
        return TemplateResponse(request, "admin/cabinet/preview.html", context)


def _said(row, language: str) -> list[str]:
    return [getattr(row, column) or "" for column in _columns(language)]


class WithAddress(TextAdmin):
    """Its address stands in links of pages and papers: once given it stays."""

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


@admin.register(HelpTopic)
class HelpTopicAdmin(WithAddress):
    own_fields = ["slug"]


@admin.register(Obligation)
class ObligationAdmin(WithAddress):
    own_fields = ["slug", "deadline"]
    list_display = [*TextAdmin.list_display, "deadline"]


@admin.register(Announcement)
class AnnouncementAdmin(TextAdmin):
    date_hierarchy = "first_day"


@admin.register(DocumentKind)
class DocumentKindAdmin(WithAddress):
    own_fields = ["slug", "brought_by", "for_first", "for_reissue"]
    list_display = [*TextAdmin.list_display, "brought_by", "for_first", "for_reissue"]
    list_filter = ["brought_by", "for_first", "for_reissue"]


@admin.register(RefusalKind)
class RefusalKindAdmin(WithAddress):
    own_fields = ["slug"]

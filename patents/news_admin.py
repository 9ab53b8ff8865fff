"""News of the Ministry: staff mend, translate and hide them; the Ministry writes them."""

from django.conf import settings
from django.contrib import admin, messages
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from common.staff_lists import StaffList
from journal.history_pages import HistoryIsShown
from patents.models import News
from patents.services.news import hide, show

OPEN = ("ru", "en")


def _columns(language: str) -> list[str]:
    return [build_localized_fieldname(field, language) for field in ("title", "text")]


def _block(language: str) -> tuple:
    closed = () if language in OPEN else ("collapse",)
    name = get_language_info(language)["name_local"]
    return name, {"fields": _columns(language), "classes": closed}


@admin.register(News)
class NewsAdmin(HistoryIsShown, StaffList, admin.ModelAdmin):
    list_display = ["title", "occurred_on", "source", "received_at", "shown", "languages"]
    list_filter = ["source", ("hidden_at", admin.EmptyFieldListFilter)]
    search_fields = ["title_ru", "text_ru", "key"]
    date_hierarchy = "occurred_on"
    readonly_fields = ["key", "occurred_on", "source", "received_at", "hidden_at"]
    actions = ["hide", "show"]

    def get_fieldsets(self, request, obj=None):
        languages = settings.MODELTRANSLATION_LANGUAGES
        return [(None, {"fields": self.readonly_fields}), *(_block(one) for one in languages)]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("people see it"), boolean=True)
    def shown(self, news):
        return news.hidden_at is None

    @admin.display(description=_("languages"))
    def languages(self, news):
        written = settings.MODELTRANSLATION_LANGUAGES
        count = sum(all(getattr(news, name) for name in _columns(one)) for one in written)
        return ngettext("%(count)d language", "%(count)d languages", count) % {"count": count}

    @admin.action(description=_("Hide from people"), permissions=["change"])
    def hide(self, request, queryset):
        words = _t("Hidden: %d.") % hide(news=queryset)
        self.message_user(request, words, messages.SUCCESS)

    @admin.action(description=_("Show to people"), permissions=["change"])
    def show(self, request, queryset):
        words = _t("Shown: %d.") % show(news=queryset)
        self.message_user(request, words, messages.SUCCESS)

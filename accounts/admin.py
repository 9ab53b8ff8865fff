"""People and access at the staff desk: cards to read, one-time passwords to hand out."""

from django.contrib import admin
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import services, timeline
from accounts.access_words import access_of
from accounts.approval_admin import AccessDesk, PhoneDesk
from accounts.deaf import mark_people, people_unreached
from accounts.desk_admin import PersonDesk
from accounts.models import (
    Address,
    Correction,
    Country,
    Email,
    LoginName,
    Passport,
    Person,
    Phone,
    TimelineEntry,
    User,
)
from accounts.password_admin import OneTimePasswords
from accounts.staff_admin import NOTHING
from common import identifiers
from common.found_admin import FoundByPerson
from common.readonly import ReadOnlyAdmin
from common.staff_lists import StaffList
from journal.exports import ListIsExported
from journal.history_pages import HistoryIsShown
from journal.looks import LooksAreKept
from journal.services import record_look

admin.site.unregister([StaticDevice, TOTPDevice])  # one page shows secrets, the other is unused

TIMELINE_LENGTH = 50


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class PhoneInline(ReadOnlyInline):
    """Masked: the card shows the numbers in full and writes down who wanted them."""

    model = Phone
    ordering = ["-valid_from", "-pk"]
    fields = ["kind", "masked", "valid_from", "valid_until", "bound_at", "disowned_at"]
    readonly_fields = ["masked"]
    verbose_name_plural = _("Phones")

    @admin.display(description=_("number"))
    def masked(self, phone):
        return identifiers.mask_phone(phone.number)


class CorrectionInline(ReadOnlyInline):
    model = Correction
    fields = ["corrected_at", "field", "before", "after", "reason", "corrected_by"]
    readonly_fields = ["corrected_at"]


class PassportInline(ReadOnlyInline):
    model = Passport
    ordering = ["-valid_from", "-pk"]


class DeafFilter(admin.SimpleListFilter):
    """Of numbers in use: what the operators said of the messages to them."""

    title = _("SMS")
    parameter_name = "sms"

    def lookups(self, request, model_admin):
        return [("none", _("do not come"))]

    def queryset(self, request, queryset):
        if self.value() != "none":
            return queryset
        return queryset.filter(pk__in=people_unreached())


@admin.register(Person)
class PersonAdmin(
    FoundByPerson,
    AccessDesk,
    PhoneDesk,
    PersonDesk,
    LooksAreKept,
    ListIsExported,
    HistoryIsShown,
    OneTimePasswords,
    ReadOnlyAdmin,
):
    change_form_template = "accounts/admin_card.html"
    list_display = ["full_name", "birth_date", "citizenship", "numbers", "access", "no_sms"]
    list_select_related = ["citizenship", "user"]
    list_filter = ["citizenship", ("user", admin.EmptyFieldListFilter), DeafFilter]
    path_to_person = "pk"
    ordering = ["-pk"]
    fields = [
        ("last_name", "first_name", "middle_name"),
        "latin_name",
        "birth_date",
        "citizenship",
        ("language", "latin"),
        "numbers",
        "access",
        "story",
    ]
    inlines = [PhoneInline, PassportInline, CorrectionInline]

    def get_queryset(self, request):
        logins = LoginName.objects.order_by("-created_at", "-pk")
        found = super().get_queryset(request).whole()
        return found.prefetch_related(Prefetch("user__login_names", queryset=logins))

    def complete(self, rows):
        return mark_people(rows)

    def get_readonly_fields(self, request, obj=None):
        return ["numbers", "access", "story"]

    @admin.display(description=_("no SMS comes to"))
    def no_sms(self, person):
        return "; ".join(
            f"{identifiers.mask_phone(one.number)}: {one.deaf}" for one in person.deaf_phones
        )

    @admin.display(description=_("full name"), ordering="last_name")
    def full_name(self, person):
        return person.full_name

    @admin.display(description=_("application numbers"))
    def numbers(self, person):
        return ", ".join(_numbers_of(person)) or NOTHING

    @admin.display(description=_("access"))
    def access(self, person):
        return access_of(person.user)

    @admin.display(description=_("timeline"))
    def story(self, person):
        entries = person.timeline.select_related("actor")[:TIMELINE_LENGTH]
        return format_html_join(
            "", "<div>{} · {} · {}</div>", (_line_of(entry) for entry in entries)
        )

    def person_id_of(self, row):
        return row.pk

    def history_parts(self, row):
        """With the account, its numbers, the papers, and every way to reach the person."""
        logins = LoginName.objects.filter(user_id=row.user_id).values_list("pk", flat=True)
        return [
            (Person, [row.pk]),
            (User, [row.user_id] if row.user_id else []),
            (LoginName, logins),
            (Phone, row.phones.values_list("pk", flat=True)),
            (Passport, row.passports.values_list("pk", flat=True)),
            (Email, row.emails.values_list("pk", flat=True)),
            (Address, row.addresses.values_list("pk", flat=True)),
        ]

    def looked(self, request, subject):
        record_look(actor_id=request.user.pk, person_id=subject.pk, page="person")

    def may_issue(self, request, subject):
        return request.user.has_perm("accounts.change_person")

    def issue(self, request, subject):
        password = services.issue_password(
            person=subject, actor=request.user, tell="tell" in request.POST
        )
        return _numbers_of(subject)[0], password


def _numbers_of(person: Person) -> list[str]:
    """The newest first."""
    if person.user is None:
        return []
    return [login.value for login in person.user.login_names.all()]


def _line_of(entry: TimelineEntry) -> tuple[str, str, str]:
    when = timezone.localtime(entry.happened_at)
    who = str(entry.actor) if entry.actor else gettext("by themselves or the portal")
    return f"{when:%d.%m.%Y %H:%M}", timeline.words(entry), who


@admin.register(TimelineEntry)
class TimelineEntryAdmin(FoundByPerson, LooksAreKept, ReadOnlyAdmin):
    list_display = ["happened_at", "person", "said", "actor"]
    list_select_related = ["person", "actor"]
    date_hierarchy = "happened_at"
    fields = ["happened_at", "person", "said", "actor"]

    def person_id_of(self, row):
        return row.person_id

    @admin.display(description=_("what happened"))
    def said(self, entry):
        return timeline.words(entry)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        entry = self.get_object(request, object_id)
        if entry is not None and self.has_view_permission(request, entry):
            record_look(actor_id=request.user.pk, person_id=entry.person_id, page="timeline")
        return super().change_view(request, object_id, form_url, extra_context)


@admin.register(Country)
class CountryAdmin(StaffList, admin.ModelAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]
    ordering = ["name"]

    def has_delete_permission(self, request, obj=None):
        return False

"""People and access at the staff desk: cards to read, one-time passwords to hand out."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import services, slip, timeline
from accounts.approval_admin import PhoneDesk
from accounts.desk_admin import PersonDesk
from accounts.models import (
    Correction,
    Country,
    LoginName,
    Passport,
    Person,
    Phone,
    TimelineEntry,
    User,
)
from accounts.search import as_stored
from accounts.services import second_steps
from common import formats
from common.errors import Refusal
from common.readonly import ReadOnlyAdmin
from journal.history_pages import HistoryIsShown
from journal.looks import LooksAreKept
from journal.services import record_look

admin.site.unregister([StaticDevice, TOTPDevice])  # their pages show the secrets

TIMELINE_LENGTH = 50
NOTHING = "—"


class OneTimePasswords:
    """A page of a card that makes a one-time password; the answer to its POST is the slip.

    Whatever is reloaded or sent again afterwards, no second password is made: a ticket is spent.
    """

    def get_urls(self):
        view = self.admin_site.admin_view(self.password_view)
        return [path("<int:pk>/password/", view, name=self._password_url()), *super().get_urls()]

    def _password_url(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_password"

    def password_view(self, request, pk: int):
        subject = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.may_issue(request, subject):
            raise PermissionDenied
        self.looked(request, subject)
        if request.method == "POST":
            return self._answer(request, subject)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "subject": subject,
            "title": gettext("New one-time password"),
            "ticket": slip.new_ticket(request),
            "can_tell": isinstance(subject, Person),
        }
        return TemplateResponse(request, "accounts/admin_password.html", context)

    def _answer(self, request, subject):
        if not slip.spend_ticket(request, request.POST.get("ticket", "")):
            messages.warning(
                request,
                gettext("This slip was printed already. For another password press once more."),
            )
            return redirect(request.path)
        try:
            number, password = self.issue(request, subject)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        self.log_change(request, subject, "one-time password")
        person = subject if isinstance(subject, Person) else None
        return slip.render_slip(request, person, number, password)

    def looked(self, request, subject) -> None:
        """Note who saw the data of a person; members of the staff have none here."""

    def may_issue(self, request, subject) -> bool:
        raise NotImplementedError

    def issue(self, request, subject) -> tuple[str, str]:
        """The login and the new password."""
        raise NotImplementedError

    def change_view(self, request, object_id, form_url="", extra_context=None):
        subject = self.get_object(request, object_id)
        seen = subject is not None and self.has_view_permission(request, subject)
        if seen and request.method == "GET":
            self.looked(request, subject)
        extra = {
            **(extra_context or {}),
            "password_url": f"admin:{self._password_url()}",
            "may_issue": seen and self.may_issue(request, subject),
        }
        return super().change_view(request, object_id, form_url, extra)


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class PhoneInline(ReadOnlyInline):
    model = Phone
    ordering = ["-valid_from", "-pk"]


class CorrectionInline(ReadOnlyInline):
    model = Correction
    fields = ["corrected_at", "field", "before", "after", "reason", "corrected_by"]
    readonly_fields = ["corrected_at"]


class PassportInline(ReadOnlyInline):
    model = Passport
    ordering = ["-valid_from", "-pk"]


@admin.register(Person)
class PersonAdmin(
    PhoneDesk, PersonDesk, LooksAreKept, HistoryIsShown, OneTimePasswords, ReadOnlyAdmin
):
    change_form_template = "accounts/admin_card.html"
    list_display = ["full_name", "birth_date", "citizenship", "numbers", "access"]
    list_select_related = ["citizenship", "user"]
    list_filter = ["citizenship"]
    search_fields = [
        "last_name__istartswith",
        "first_name__istartswith",
        "middle_name__istartswith",
        "latin_name",
        "=phones__number",
        "=passports__number",
        "=user__login_names__value",
    ]
    search_help_text = _("Name, application number, phone or passport")
    ordering = ["-pk"]
    fields = [
        ("last_name", "first_name", "middle_name"),
        "latin_name",
        "birth_date",
        "citizenship",
        "language",
        "numbers",
        "access",
        "story",
    ]
    inlines = [PhoneInline, PassportInline, CorrectionInline]

    def get_queryset(self, request):
        logins = LoginName.objects.order_by("-created_at", "-pk")
        found = super().get_queryset(request).whole()
        return found.prefetch_related(Prefetch("user__login_names", queryset=logins))

    def get_readonly_fields(self, request, obj=None):
        return ["numbers", "access", "story"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, as_stored(search_term))

    @admin.display(description=_("full name"), ordering="last_name")
    def full_name(self, person):
        return person.full_name

    @admin.display(description=_("application numbers"))
    def numbers(self, person):
        return ", ".join(_numbers_of(person)) or NOTHING

    @admin.display(description=_("access"))
    def access(self, person):
        return _access_of(person.user)

    @admin.display(description=_("timeline"))
    def story(self, person):
        entries = person.timeline.select_related("actor")[:TIMELINE_LENGTH]
        return format_html_join(
            "", "<div>{} · {} · {}</div>", (_line_of(entry) for entry in entries)
        )

    def person_id_of(self, row):
        return row.pk

    def history_parts(self, row):
        """With the account, its numbers, the phones and the passports."""
        logins = LoginName.objects.filter(user_id=row.user_id).values_list("pk", flat=True)
        return [
            (Person, [row.pk]),
            (User, [row.user_id] if row.user_id else []),
            (LoginName, logins),
            (Phone, row.phones.values_list("pk", flat=True)),
            (Passport, row.passports.values_list("pk", flat=True)),
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


def _access_of(user: User | None) -> str:
    if user is None:
        return gettext("no login yet")
    if not user.is_active:
        return gettext("closed")
    if user.must_change_password:
        until = formats.day_year(timezone.localtime(user.password_expires_at).date())
        return gettext("one-time password until %(day)s") % {"day": until}
    return gettext("own password") if user.has_usable_password() else gettext("no password yet")


def _line_of(entry: TimelineEntry) -> tuple[str, str, str]:
    when = timezone.localtime(entry.happened_at)
    who = str(entry.actor) if entry.actor else gettext("by themselves or the portal")
    return f"{when:%d.%m.%Y %H:%M}", timeline.words(entry), who


@admin.register(User)
class StaffAdmin(HistoryIsShown, OneTimePasswords, admin.ModelAdmin):
    """Members of the staff. Their passwords are made by the portal: nobody chooses another's."""

    change_form_template = "accounts/admin_card.html"
    list_display = ["username", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username"]
    ordering = ["username"]
    fields = ["username", "is_active", "groups"]
    filter_horizontal = ["groups"]
    actions = ["forget_second_step"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(is_staff=True).prefetch_related("groups")

    def get_fields(self, request, obj=None):
        return self.fields if obj else ["username", "groups"]

    def get_readonly_fields(self, request, obj=None):
        return ["username"] if obj else []

    def has_change_permission(self, request, obj=None):
        """A superuser is changed by superusers only."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(
        description=_("The phone is gone: begin the second step anew"), permissions=["change"]
    )
    def forget_second_step(self, request, queryset):
        """Of colleagues only: who holds one open session does not free it of its second step."""
        others = queryset.exclude(pk=request.user.pk)
        allowed = [user for user in others if self.has_change_permission(request, user)]
        for user in allowed:
            second_steps.forget_second_step(user=user)
            self.log_change(request, user, "second step")
        self.message_user(request, gettext("Begin anew: %d.") % len(allowed))

    @admin.display(description=_("roles"))
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all()) or NOTHING

    def save_model(self, request, obj, form, change):
        if change:
            services.allow_signing_in(user=obj, allowed=obj.is_active)
        else:
            request.one_time_password = services.open_staff(user=obj)

    def response_add(self, request, obj, post_url_continue=None):
        return slip.render_slip(request, None, obj.username, request.one_time_password)

    def may_issue(self, request, subject):
        return self.has_change_permission(request, subject)

    def issue(self, request, subject):
        return subject.username, services.issue_staff_password(user=subject)


@admin.register(TimelineEntry)
class TimelineEntryAdmin(LooksAreKept, ReadOnlyAdmin):
    list_display = ["happened_at", "person", "said", "actor"]
    list_select_related = ["person", "actor"]
    search_fields = ["person__last_name__istartswith", "=person__user__login_names__value"]
    search_help_text = _("Last name or application number")
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
class CountryAdmin(admin.ModelAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]
    ordering = ["name"]

    def has_delete_permission(self, request, obj=None):
        return False

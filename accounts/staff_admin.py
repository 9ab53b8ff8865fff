"""Members of the staff, and what their groups may do."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import services, slip
from accounts.models import GroupPermission, Membership, OwnPermission, User
from accounts.password_admin import OneTimePasswords
from accounts.services import second_steps
from common.staff_lists import StaffList
from journal.history import keys_of
from journal.history_pages import HistoryIsShown

NOTHING = "—"


class RolesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group) -> str:
        return gettext(group.name)


@admin.register(User)
class StaffAdmin(HistoryIsShown, OneTimePasswords, StaffList, admin.ModelAdmin):
    """Members of the staff. Their passwords are made by the portal: nobody chooses another's."""

    change_form_template = "accounts/admin_card.html"
    list_display = ["username", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username"]
    ordering = ["username"]
    fields = ["username", "is_active", "groups"]
    actions = ["forget_second_step"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(is_staff=True).prefetch_related("groups")

    def history_parts(self, row):
        """With the groups that the account was ever in."""
        theirs = {"user_id": row.pk}
        return [
            (User, [row.pk]),
            (Membership, keys_of(Membership, **theirs)),
            (OwnPermission, keys_of(OwnPermission, **theirs)),
        ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs |= {"form_class": RolesField, "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, help_text="", **kwargs)

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
        return ", ".join(gettext(group.name) for group in user.groups.all()) or NOTHING

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


admin.site.unregister(Group)


@admin.register(Group)
class RolesAdmin(HistoryIsShown, StaffList, GroupAdmin):
    """A group is read here; what it may do stands in the code."""

    def history_parts(self, row):
        return [(GroupPermission, keys_of(GroupPermission, group_id=row.pk))]

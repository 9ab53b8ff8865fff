"""One-time passwords that the desk makes, for people and for colleagues."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext

from accounts import slip
from accounts.deaf import mark
from accounts.models import Person, Phone
from common.errors import Refusal


def _phones(subject) -> list[Phone]:
    """Of a person, with what is known of SMS to them."""
    return mark(subject.phones.current()) if isinstance(subject, Person) else []


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
            "phones": _phones(subject),
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

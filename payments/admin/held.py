"""What staff say of a held statement: it is right, or it is not ours."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.errors import Refusal
from payments.misread import misread
from payments.models import Statement
from payments.services.deciding import annulled
from payments.services.importing.oddness import is_for_its_codes
from payments.services.importing.released import release
from payments.services.importing.scarcity import Brought, usual_before


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the statement is right"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": _("Write why the statement is right.")},
    )


class AnnulForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the statement is not ours"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": _("Write why the statement is not ours.")},
    )


class Held:
    """Of the admin of statements."""

    def get_urls(self):
        release, annul = map(self.admin_site.admin_view, (self.release_view, self.annul_view))
        return [
            path("<int:pk>/release/", release, name="payments_statement_release"),
            path("<int:pk>/annul/", annul, name="payments_statement_annul"),
            *super().get_urls(),
        ]

    def release_view(self, request, pk):
        """A held statement is posted when somebody says why it is right."""
        words = gettext("Release a held statement"), gettext("The statement is released.")
        return self._decision(request, pk, (ReleaseForm, "release", release), words)

    def annul_view(self, request, pk):
        """A held statement that is not ours counts nowhere when another one agrees."""
        asked = gettext("Another member of staff decides whether the statement is ours.")
        words = gettext("Annul a held statement"), asked
        return self._decision(request, pk, (AnnulForm, "annul", annulled.ask), words)

    def _decision(self, request, pk, deed: tuple, words: tuple[str, str]):
        """`deed`: a form, a template, what it does; `words`: the title, what is said then."""
        if not self.has_upload_permission(request):
            raise PermissionDenied
        (form_class, name, do), (title, done) = deed, words
        statement = get_object_or_404(Statement, pk=pk)
        form = form_class(request.POST if request.method == "POST" else None)
        if form.is_valid() and _is_done(do, request, form, statement):
            self.message_user(request, done, messages.SUCCESS)
            return redirect("admin:payments_statement_change", pk)
        context = self.admin_site.each_context(request)
        context |= {"statement": statement, "form": form, "opts": self.opts, "title": title}
        context |= {"usual": _usual(statement), "misread": _misread(statement)}
        context |= {"is_for_its_codes": is_for_its_codes(statement)}
        return TemplateResponse(request, f"admin/payments/statement/{name}.html", context)


def _usual(statement: Statement) -> Brought | None:
    """Beside what the day brought for which it is held."""
    return statement.scarce_on and usual_before(statement.account, statement.first_day)


def _misread(statement: Statement) -> str:
    found = statement.is_held and misread(statement)
    return found.value if found else ""


def _is_done(do: Callable, request, form, statement: Statement) -> bool:
    try:
        do(statement=statement, actor=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True

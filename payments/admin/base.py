"""What the pages of money share."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from common.errors import Refusal
from common.readonly import ReadOnlyAdmin
from journal.history_pages import HistoryIsShown
from journal.looks import LooksAreKept
from journal.services import record_look
from payments import reference
from payments.models import Placement, Receipt, StatementLine

MONEY_WORDS = _("Order, payer's INN, receipt, name or a number of any paper; what waits: any word")


class PersonalMoneyAdmin(LooksAreKept, HistoryIsShown, ReadOnlyAdmin):
    """Opening a row of a known person is a look at their data, and is written down."""

    def person_id_of(self, row) -> int | None:
        raise NotImplementedError

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row is not None and (person_id := self.person_id_of(row)):
            record_look(
                actor_id=request.user.pk, person_id=person_id, page=f"admin {self.opts.model_name}"
            )
        return row

    def row_for(self, request, pk: int, permission: str):
        """The row that a page of its own is about; opening it is a look, too."""
        if not request.user.has_perm(permission):
            raise PermissionDenied
        if (row := self.get_object(request, str(pk))) is None:
            raise Http404
        return row

    def page(self, request, template: str, **context) -> TemplateResponse:
        """A page about a row, with the list in its path."""
        common = self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, template, common | context)


def form_for(request, kind: type[Form]) -> Form:
    return kind(request.POST if request.method == "POST" else None)


def is_done(form: Form, act: Callable, **about) -> bool:
    """Whether what was typed is right and the service did it; its refusal stands in the form."""
    if not form.is_valid():
        return False
    try:
        act(**about, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def receipts_of(term: str, column: str) -> list[QuerySet]:
    """What stands in `column` of the receipt whose number this is; nothing when it is none."""
    typed = reference.normalise(term)
    if not reference.is_valid(typed):
        return []
    found = Receipt.objects.filter(reference=typed, **{f"{column}__isnull": False})
    return [found.order_by().values_list(column)]


def lines_of(term: str) -> list[QuerySet]:
    """Lines by the order's number or the payer's INN, whole; those that wait by any word."""
    lines = StatementLine.objects.order_by()
    waiting = Placement.objects.queued().filter(
        Q(line__payer_name__icontains=term) | Q(line__purpose__icontains=term)
    )
    return [
        lines.filter(document_number=term).values_list("pk"),
        lines.filter(payer_inn=term).exclude(payer_inn="").values_list("pk"),
        waiting.order_by().values_list("line"),
    ]


def raw_of(line: StatementLine) -> str:
    pairs = format_html_join("", "<dt>{}</dt><dd>{}</dd>", line.raw.items())
    return format_html("<dl>{}</dl>", pairs)

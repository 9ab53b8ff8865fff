"""What the pages of money share."""

from django.utils.html import format_html, format_html_join

from common.readonly import ReadOnlyAdmin
from journal.history_pages import HistoryIsShown
from journal.looks import LooksAreKept
from journal.services import record_look
from payments.models import StatementLine


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


def raw_of(line: StatementLine) -> str:
    pairs = format_html_join("", "<dt>{}</dt><dd>{}</dd>", line.raw.items())
    return format_html("<dl>{}</dl>", pairs)

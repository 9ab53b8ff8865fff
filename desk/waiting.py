"""What waits for the staff today: counted, with the list where it is decided."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Approval
from common import clock
from common.staff_lists import counted
from desk.worklists import PERMISSION, WORKLISTS
from journal.models import Heartbeat
from notifications.models import Message, MessageStatus, Operator
from notifications.services.spending import used_up
from patents.models import FeedItem, FeedState
from payments.models import (
    CLAIM_DAYS,
    Account,
    Charge,
    Claim,
    ClaimStatus,
    Outgoing,
    Placement,
    Refund,
    RefusedFile,
    Statement,
    Trace,
    Upload,
)

LATELY = timedelta(days=7)  # an older SMS that did not arrive is nobody's work any more


@dataclass(frozen=True)
class Work:
    """One kind of work; `query` narrows its list to what was counted."""

    permission: str
    words: str
    page: str
    rows: Callable[[], QuerySet]
    query: Callable[[], dict] = dict
    inside: tuple = ()

    @property
    def address(self) -> str:
        query = self.query()
        return reverse(self.page, args=self.inside) + (f"?{urlencode(query)}" if query else "")


def _failed_lately() -> dict:
    since = clock.now().astimezone(clock.MOSCOW) - LATELY
    midnight = since.replace(hour=0, minute=0, second=0, microsecond=0)
    return {"status": MessageStatus.FAILED.value, "created_at__gte": midnight.isoformat()}


def _keys(rows: QuerySet) -> str:
    return ",".join(map(str, rows.values_list("pk", flat=True))) or "0"


KINDS = [
    Work(
        "payments.change_placement",
        _("Money that waits for a decision"),
        "admin:payments_placement_changelist",
        Placement.objects.queued,
    ),
    Work(
        "payments.add_statement",
        _("Held statements: look at them and release them"),
        "admin:payments_statement_changelist",
        Statement.objects.held,
        lambda: {
            "held_at__isnull": False,
            "released_at__isnull": True,
            "annulled_at__isnull": True,
        },
    ),
    Work(
        "payments.add_statement",
        _("Imports that were broken off: send the file again"),
        "admin:payments_statement_changelist",
        Statement.objects.broken_off,
        lambda: {"held_at__isnull": True, "finished_at__isnull": True},
    ),
    Work(
        "payments.add_statement",
        _("No statements of the Treasury for a long time"),
        "admin:payments_account_changelist",
        Account.objects.silent,
    ),
    Work(
        "payments.add_statement",
        _("Uploaded statements whose import stopped: start it again"),
        "admin:payments_statement_upload",
        Upload.objects.stopped,
    ),
    Work(
        "payments.add_statement",
        _("Files of the folder that were refused"),
        "admin:payments_statement_refused",
        RefusedFile.objects.unseen,
    ),
    Work(
        "payments.add_statement",
        _("Statements whose balances do not follow each other: ask for new files"),
        "admin:payments_account_changelist",
        Account.objects.disjoint,
        lambda: {"broken_on__isnull": False},
    ),
    Work(
        "payments.change_placement",
        _("Money that left the accounts: see whose it was"),
        "admin:payments_outgoing_changelist",
        Outgoing.objects.unseen,
    ),
    Work(
        "payments.change_claim",
        _("Cheques to check"),
        "admin:payments_claim_changelist",
        lambda: Claim.objects.filter(status=ClaimStatus.OPEN),
        lambda: {"status__exact": ClaimStatus.OPEN.value},
    ),
    Work(
        "accounts.change_user",  # of the staff: a supervisor
        _("Cheques of 30 days without an end"),
        "admin:payments_claim_changelist",
        lambda: Claim.objects.living().shown_by(clock.today() - timedelta(days=CLAIM_DAYS)),
        lambda: {"age": "overdue"},
    ),
    Work(
        "payments.change_placement",
        _("Money of refused applications"),
        "admin:payments_placement_changelist",
        Placement.objects.of_refused,
        lambda: {"shown": "refused"},
    ),
    Work(
        "payments.change_placement",
        _("Payments that we are looking for"),
        "admin:payments_trace_changelist",
        Trace.objects.open,
    ),
    Work(
        "payments.add_refund",
        _("Paid twice: give it back or keep it"),
        "admin:payments_charge_changelist",
        Charge.objects.paid_twice,
        lambda: {"shown": "twice"},
    ),
    Work(
        "payments.add_refund",
        _("Online payments without an end"),
        "admin:payments_charge_changelist",
        Charge.objects.endless,
        lambda: {"shown": "endless"},
    ),
    Work(
        "payments.add_refund",
        _("Refunds without an end"),
        "admin:payments_refund_changelist",
        Refund.objects.endless,
        lambda: {"shown": "endless"},
    ),
    Work(
        "payments.add_refund",
        _("Given back, and received by the Treasury, too"),
        "admin:payments_charge_changelist",
        Charge.objects.posted_though_refunded,
        lambda: {"shown": "posted"},
    ),
    Work(
        "accounts.change_approval",
        _("Decisions that need a second member of the staff"),
        "admin:accounts_approval_changelist",
        Approval.objects.open,
    ),
    Work(
        "patents.change_feeditem",
        _("Items of the Ministry that could not be taken"),
        "admin:patents_feeditem_changelist",
        FeedItem.objects.for_staff,
    ),
    Work(
        "patents.change_feeditem",
        _("No data of the Ministry for a long time"),
        "admin:patents_feeditem_changelist",
        FeedState.objects.silent,
    ),
    Work(
        "notifications.view_message",
        _("SMS not delivered in 7 days"),
        "admin:notifications_message_changelist",
        lambda: Message.objects.filter(**_failed_lately()),
        _failed_lately,
    ),
    Work(
        "notifications.view_operator",
        _("SMS operators that refuse our account"),
        "admin:notifications_operator_changelist",
        Operator.objects.refusing,
        lambda: {"refused_at__isnull": False},
    ),
    Work(
        "notifications.view_spent",
        _("SMS wait: their sum is used up"),
        "admin:notifications_spent_changelist",
        used_up,
        lambda: {"id__in": _keys(used_up())},
    ),
    Work(
        "journal.view_heartbeat",
        _("Work that nobody does: a worker stands still"),
        "admin:journal_heartbeat_changelist",
        Heartbeat.objects.silent,
        lambda: {"id__in": _keys(Heartbeat.objects.silent())},
    ),
    *(
        Work(PERMISSION, work.words, "admin:worklist", work.rows, inside=(work.name,))
        for work in WORKLISTS.values()
    ),
]


def waiting_for(user) -> list[tuple[Work, int]]:
    """The kinds of work that this user may do, one query each; nothing for other users.

    A number above COUNTED only says that there is more.
    """
    return [(work, counted(work.rows())) for work in KINDS if user.has_perm(work.permission)]

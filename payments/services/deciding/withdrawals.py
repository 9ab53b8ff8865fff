"""Taking wrong words back: from exactly the people who may have read them, once, with an apology.

Two of the staff decide. The act moves no money: that is put right first, so that nobody whom the
words were true for is asked to forget them. Whoever was told that money is missing, while it is,
was told right; other words of an event (a reminder with a wrong sum) are taken back from everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals, record_of_many
from common import clock
from common.batches import batches
from common.formats import clock_time, short_day
from notifications.events import words
from notifications.models import Message, MessageStatus
from notifications.services import queue_many
from payments import timeline
from payments.errors import NobodyWasTold
from payments.messages import (
    APOLOGY,
    DAY_OF_PAYMENT_UNKNOWN,
    FIRST_MISSING,
    LAPSED,
    LATE_MONEY,
    PAYMENT_UNCOUNTED,
    UNSEEN,
)
from payments.models import Placement, Statement, Withdrawal
from payments.services.ledger.uncounted import OF_MONTHS

PERMISSION = "payments.add_withdrawal"
AT_ONCE = 500
NOT_SENT = gettext_noop("taken back before it was sent")
# Their subject is the place of the money, too: it waited.
OF_WAITING = (DAY_OF_PAYMENT_UNKNOWN.code, LATE_MONEY.code)
# They say that money is not there: of some of those who were told so that is true.
OF_MISSING = (UNSEEN, LAPSED, FIRST_MISSING)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is taken back: all that a statement told wrongly, or an event within a time; the end
    is not included."""

    statement: Statement | None = None
    event: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def facts(self) -> dict:
        if self.statement:
            return {"statement": self.statement.pk}
        span = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return {"event": self.event, **span}

    @classmethod
    def read(cls, facts: dict) -> "Scope":
        if "statement" in facts:
            return cls(Statement.objects.get(pk=facts["statement"]))
        since, until = (datetime.fromisoformat(facts[name]) for name in ("since", "until"))
        return cls(None, facts["event"], since, until)

    def __str__(self) -> str:
        if self.statement:
            return _("what statement %s told") % self.statement
        span = {"since": _instant(self.since), "until": _instant(self.until)}
        return _("“%(event)s” from %(since)s to %(until)s") % {"event": words(self.event), **span}


def _instant(moment: datetime) -> str:
    return f"{short_day(clock.moscow_day(moment))} {clock_time(moment)}"


def told(scope: Scope) -> QuerySet[Message]:
    """Messages whose people may have read them and that nobody has taken back yet; without those
    that say that money is missing where it is missing."""
    rows = _read(scope)
    return rows.exclude(subject_id__in=_true_of(scope, rows))


def _read(scope: Scope) -> QuerySet[Message]:
    read = ~Q(text="") | Q(status=MessageStatus.SENDING)
    return _within(scope).filter(read, person_id__isnull=False, taken_back_at=None)


def _within(scope: Scope) -> QuerySet[Message]:
    if scope.statement:
        return Message.objects.filter(_wrong_of(scope.statement))
    span = {"created_at__gte": scope.since, "created_at__lt": scope.until}
    return Message.objects.filter(event=scope.event, **span)


def _true_of(scope: Scope, rows: QuerySet[Message]) -> set[int]:
    """Subjects of which the words are true now; asked only of words about missing money."""
    event = next((one for one in OF_MISSING if one.code == scope.event), None)
    subjects = rows.order_by("pk").values_list("subject_id", flat=True) if event else []
    return {pk for some in batches(list(subjects), AT_ONCE) for pk in event.many(some)}


def _wrong_of(statement: Statement) -> Q:
    """What its lines do not bear out any more, and nobody was told so already; also of the months
    that parts of them completed on lines of other statements."""
    places = Placement.objects.filter(line__statement=statement, application__isnull=False)
    joint = Placement.objects.filter(pk__in=places.values("completed_by"))
    told = Message.objects.filter(event=PAYMENT_UNCOUNTED.code, subject_id=OuterRef("pk"))
    same = Placement.objects.current().filter(
        line=OuterRef("line"), application__person=OuterRef("application__person")
    )
    gone = places.filter(~Exists(told), ~Exists(same))
    uncounted = (some.filter(~Exists(told), ~Exists(same.matched())) for some in (places, joint))
    own, others = (Q(event__in=OF_MONTHS, subject_id__in=some.values("pk")) for some in uncounted)
    return own | others | Q(event__in=OF_WAITING, subject_id__in=gone.values("pk"))


def people(rows: QuerySet[Message]) -> int:
    return rows.order_by().values("person_id").distinct().count()


def ask(*, scope: Scope, actor: User, reason: str) -> Approval:
    """Another one of the staff decides. Raises NobodyWasTold, ReasonMissing."""
    if not told(scope).exists():
        raise NobodyWasTold
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.WORDS, person=None, facts=scope.facts, actor=actor, reason=reason
    )
    return asked


def begin(approval: Approval, actor: User) -> Withdrawal:
    """Two have decided: the act begins and is carried on piece by piece."""
    scope = Scope.read(approval.facts)
    unsent = _within(scope).filter(status=MessageStatus.QUEUED)
    unsent = unsent.exclude(subject_id__in=_true_of(scope, unsent))
    unsent.update(status=MessageStatus.DROPPED, reason=NOT_SENT, secret="")
    act = Withdrawal.objects.create(
        approval=approval,
        statement=scope.statement,
        event=scope.event,
        since=scope.since,
        until=scope.until,
        people=people(told(scope)),
    )
    transaction.on_commit(_hint, robust=True)
    return act


def _hint() -> None:
    from payments.tasks import take_words_back

    take_words_back.delay()


def take_back() -> int:
    """Carry on whatever was begun; returns how many people were told now."""
    count = 0
    for pk in Withdrawal.objects.going_on().order_by("pk").values_list("pk", flat=True):
        while (some := _some_of(pk)) is not None:
            count += some
    return count


@transaction.atomic
def _some_of(pk: int) -> int | None:
    """The next messages of an act; None when there are no more, or another run is at it."""
    act = Withdrawal.objects.select_for_update(of=("self",), skip_locked=True)
    act = act.going_on().filter(pk=pk).first()
    if act is None:
        return None
    rows = _next_of(act)
    if not rows:
        act.finished_at = clock.now()
        act.save(update_fields=["finished_at"])
        return None
    act.last_message = rows[-1].pk
    true = _true_of(_scope_of(act), Message.objects.filter(pk__in=[row.pk for row in rows]))
    new = _apologise(act, [row for row in rows if row.subject_id not in true])
    act.told += new
    act.save(update_fields=["last_message", "told"])
    return new


def _next_of(act: Withdrawal) -> list[Message]:
    rows = _read(_scope_of(act)).filter(pk__gt=act.last_message).order_by("pk")[:AT_ONCE]
    return list(Message.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def _scope_of(act: Withdrawal) -> Scope:
    return Scope(act.statement, act.event, act.since, act.until)


def _apologise(act: Withdrawal, rows: Sequence[Message]) -> int:
    """Each message is marked, each person told once an act; returns how many were told now."""
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(taken_back_at=clock.now())
    keys = {f"apology:{act.pk}:{row.person_id}": row for row in reversed(rows)}
    known = Message.objects.filter(key__in=keys).values_list("key", flat=True)
    new = {key: row for key, row in keys.items() if key not in set(known)}
    queue_many(APOLOGY, [(row.pk, row.person_id, key) for key, row in new.items()])
    entries = ((row.person_id, timeline.APOLOGY, {"wrong_on": day_of(row)}) for row in new.values())
    record_of_many(sorted(entries, key=lambda entry: entry[0]))
    return len(new)


def day_of(row: Message):
    return clock.moscow_day(row.created_at)


def _said(approval: Approval) -> dict:
    scope = Scope.read(approval.facts)
    count = people(told(scope))
    return {"text": _("%(what)s: an apology to %(count)d people") % {"what": scope, "count": count}}


approvals.register(ApprovalKind.WORDS, approvals.Deed(begin, _said, PERMISSION))

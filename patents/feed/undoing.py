"""An item that was applied by mistake is undone by two of the staff: what stood before stands.

The items that say the same are undone with it, and whoever says it again is asked about
(`FeedReason.UNDONE_BEFORE`). Other words of the Ministry are decided anew.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals
from common.errors import Refusal
from common.formats import short_day
from notifications.services import was_told
from patents import messages, timeline
from patents.feed import settling
from patents.feed.course import decide
from patents.feed.items import parse
from patents.feed.knowledge import known_of
from patents.feed.verdicts import word_of
from patents.models import (
    Application,
    ApplicationStatus,
    FeedItem,
    FeedKind,
    FeedReason,
    FeedStatus,
)
from patents.services import news, unsaying
from patents.services.rows import note, tell
from patents.services.undoing import undo_refusal, undo_step

PERMISSION = "patents.change_feeditem"


class NothingToUndo(Refusal):
    message = _("This item does not stand any more. There is nothing to undo.")


def may_undo(item: FeedItem) -> bool:
    return item.status == FeedStatus.APPLIED


def asked_about(item: FeedItem) -> Approval | None:
    """The question that waits for a colleague."""
    return Approval.objects.open().filter(kind=ApprovalKind.FEED, facts__item=item.pk).first()


def ask_undo(*, item: FeedItem, reason: str, actor: User) -> Approval:
    """Ask a colleague to undo an item; asking twice is asking once.

    Raises ReasonMissing, NothingToUndo.
    """
    if not may_undo(item):
        raise NothingToUndo
    person = item.application.person if item.application else None
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.FEED, person=person, facts={"item": item.pk}, actor=actor, reason=reason
    )
    return asked


def said(approval: Approval) -> dict:
    """What would be undone, for who decides."""
    item = FeedItem.objects.get(pk=approval.facts["item"])
    text = _t("%(item)s, day %(day)s") % {"item": item, "day": short_day(item.occurred_on)}
    return {"text": text, "page": reverse("admin:patents_feeditem_change", args=[item.pk])}


@transaction.atomic
def carry_out(approval: Approval, actor: User) -> FeedItem:
    """Undo the item of a granted approval; the person's lock is held.

    Raises NothingToUndo, AnnulledAtDesk, and what the services refuse.
    """
    row = _held(approval.facts["item"])
    told = row.kind in TOLD_BY and _was_told(row)
    _undo(row, approval)
    UNDO[row.kind](row)
    if row.application_id:
        _say(row, told, actor)
        _bring_back(row, actor)
    return row


def _say(row: FeedItem, told: bool, actor: User) -> None:
    entry = note(_application(row), timeline.WORD_UNDONE, actor)
    if told:
        tell(messages.WORD_UNDONE, row.application_id, entry)


def believe_again(row: FeedItem) -> None:
    """What was undone is true after all: it counts again, with the item that repeats it."""
    same = _same_word(row, _about(row).undone())
    FeedItem.objects.filter(pk__in=[one.pk for one in same]).look_again()


def _held(item_id: int) -> FeedItem:
    """The item, with its application locked first: a decision about it may be under way."""
    row = FeedItem.objects.get(pk=item_id)
    if row.application_id:
        settling.locked(row.application_id)
    else:
        list(settling.locked_news(row.news_key))
    row = FeedItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if not _stands(row):
        raise NothingToUndo
    return row


def _stands(row: FeedItem) -> bool:
    """Applied, or known since a repeat of it was applied in its place."""
    if row.status == FeedStatus.KNOWN:
        return any(may_undo(one) for one in _same_word(row, _about(row).standing()))
    return may_undo(row)


def _application(row: FeedItem) -> Application:
    return Application.objects.select_related("person").get(pk=row.application_id)


def _about(row: FeedItem):
    """All items about the same thing."""
    if row.kind == FeedKind.NEWS:
        return settling.of_news(row.news_key)
    if row.kind == FeedKind.INN:
        return settling.of_inns(_application(row).person_id)
    return settling.of_course(row.application_id)


def _same_word(row: FeedItem, rows) -> list[FeedItem]:
    word = word_of(parse(row.payload))
    return [one for one in rows.filter(kind=row.kind) if word_of(parse(one.payload)) == word]


def _undo(row: FeedItem, approval: Approval) -> None:
    for one in _same_word(row, _about(row).standing()):
        one.status, one.reason, one.detail = FeedStatus.UNDONE, "", ""
        one.decided_by, one.decided_reason = approval.decided_by, approval.reason
        one.save()


# --- what each kind leaves behind


def _course(row: FeedItem) -> None:
    """Another word of the Ministry about the same step takes its place, or nobody's, or ours."""
    application = _application(row)
    if _word_left(application, row.kind) is None:
        UNSAY[row.kind](application)
    settling.settle_course(application.pk)


def _word_left(application: Application, kind: str):
    items = settling.of_course(application.pk)
    facts = [parse(one.payload) for one in items.counting()]
    undone = frozenset(word_of(parse(one.payload)) for one in items.undone())
    return getattr(decide(known_of(application, facts, undone), facts).course, kind)


def _inn(row: FeedItem) -> None:
    person = _application(row).person
    inn = person.inns.current().filter(value=parse(row.payload).value).first()
    if inn is None:
        raise NothingToUndo
    unsaying.unsay_inn(inn)
    settling.settle_inns(person.pk)


def _news(row: FeedItem) -> None:
    news.forget(key=row.news_key)
    settling.settle_news(row.news_key)


UNSAY: dict[str, Callable[[Application], None]] = {
    FeedKind.SENT: lambda application: undo_step(application, ApplicationStatus.IN_REVIEW),
    FeedKind.READY: lambda application: undo_step(application, ApplicationStatus.READY),
    FeedKind.REFUSED: undo_refusal,
    FeedKind.ISSUED: unsaying.unsay_issue,
    FeedKind.ANNULLED: lambda application: unsaying.unsay_annulment(application.patent),
}
UNDO: dict[str, Callable[[FeedItem], None]] = dict.fromkeys(UNSAY, _course) | {
    FeedKind.INN: _inn,
    FeedKind.NEWS: _news,
}


def _bring_back(row: FeedItem, actor: User) -> None:
    """What the centre took back for the Ministry's sake, when staff said that it was right."""
    history = FeedItem.pgh_event_model.objects.filter(pgh_obj_id=row.pk)
    gave_way = history.exclude(reason="").order_by("-pgh_id").values_list("reason", flat=True)
    restore = GAVE_WAY.get(gave_way.first())
    if restore and row.decided_by_id:
        restore(_application(row), actor)


GAVE_WAY = {
    FeedReason.REFUSED_AT_DESK: unsaying.refuse_again,
    FeedReason.REFUSED_THOUGH_GRANTED: unsaying.grant_again,
}


# --- whether the person read it


@dataclass(frozen=True, slots=True)
class Told:
    """Which events told a kind, and whose number is their subject."""

    events: tuple
    subject: Callable[[Application], object]


def _of_itself(application: Application):
    return application


def _of_patent(application: Application):
    return application.patent


def _of_inn(application: Application):
    return application.person.inns.current().first()


TOLD_BY = {
    FeedKind.SENT: Told((messages.PAPERS_SENT,), _of_itself),
    FeedKind.READY: Told((messages.PATENT_READY,), _of_itself),
    FeedKind.REFUSED: Told((messages.APPLICATION_REFUSED, messages.REFUSAL_RESTATED), _of_itself),
    FeedKind.ISSUED: Told((messages.PATENT_ISSUED, messages.PATENT_CORRECTED), _of_patent),
    FeedKind.ANNULLED: Told((messages.PATENT_ANNULLED, messages.ANNULMENT_RESTATED), _of_patent),
    FeedKind.INN: Told((messages.INN_ASSIGNED,), _of_inn),
}


def _was_told(row: FeedItem) -> bool:
    application, told = _application(row), TOLD_BY[row.kind]
    subject = told.subject(application)
    codes = [event.code for event in told.events]
    return subject is not None and was_told(application.person_id, codes, subject.pk)


approvals.register(ApprovalKind.FEED, approvals.Deed(carry_out, said, PERMISSION))

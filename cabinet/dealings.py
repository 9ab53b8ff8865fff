"""The history of a person's dealings with the centre: what, when, by which way and with whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from accounts import kinds as door
from accounts import timeline
from accounts.models import Person, TimelineEntry
from cabinet.access_log import staff_names
from patents import timeline as patents
from patents.models import Source
from payments import timeline as money

CENTRE, PHONE, MINISTRY, TREASURY, CABINET = "centre", "phone", "ministry", "treasury", "cabinet"
CHANNELS = {
    CENTRE: _("At the centre"),
    CABINET: _("In the cabinet and by SMS"),
    TREASURY: _("The Treasury"),
    MINISTRY: _("The Interior Ministry"),
    PHONE: _("By phone"),
}
SUBJECTS = {
    "patent": (_("Application and patent"), Q(kind__startswith="patents.")),
    "money": (_("Payments"), Q(kind__startswith="payments.")),
    "door": (
        _("Access and personal data"),
        ~Q(kind__startswith="patents.") & ~Q(kind__startswith="payments."),
    ),
}
_OURS = [Source.DESK, Source.OPENING]
_THEIRS = [Source.MINISTRY, Source.FILE]
# Only the desk does these, also where an older version of the portal wrote no name down.
_OF_THE_DESK = [
    door.REGISTERED,
    door.LOGIN_OPENED,
    door.RECORDS_MERGED,
    door.DATA_CORRECTED,
    patents.ACCEPTED,
]
_OF_THE_TREASURY = [money.POSTED, money.WAITS, money.WITHDRAWN, money.FELL_APART]
_CHANNEL = Case(
    When(kind__startswith="desk.", then=Value(PHONE)),
    # What a member of the staff entered was said at a desk; a line they assigned was not.
    When(kind__in=_OF_THE_TREASURY, then=Value(TREASURY)),
    When(facts__source__in=_THEIRS, then=Value(MINISTRY)),
    When(Q(actor__is_staff=True) | Q(kind__in=_OF_THE_DESK), then=Value(CENTRE)),
    When(facts__source__in=_OURS, then=Value(CENTRE)),
    When(kind__startswith="patents.", then=Value(MINISTRY)),
    default=Value(CABINET),
    output_field=CharField(),
)


@dataclass(frozen=True, slots=True)
class Dealing:
    at: datetime
    words: str
    channel: str
    who: str  # role and number of the member of the staff, or nothing


def dealings(person: Person, *, channel: str = "", subject: str = "") -> QuerySet[TimelineEntry]:
    """Entries of a person, the newest first; an unknown filter is no filter."""
    rows = person.timeline.select_related("actor").annotate(channel=_CHANNEL)
    if channel in CHANNELS:
        rows = rows.filter(channel=channel)
    if subject in SUBJECTS:
        rows = rows.filter(SUBJECTS[subject][1])
    return rows


def told(entries: Iterable[TimelineEntry]) -> list[Dealing]:
    """In words; three questions, however many entries."""
    rows = list(entries)
    names = staff_names({row.actor_id for row in rows if row.actor and row.actor.is_staff})
    return [
        Dealing(row.happened_at, timeline.words(row), _channel(row.channel), names(row.actor_id))
        for row in rows
    ]


def _channel(code: str) -> str:
    if code == CENTRE and settings.CENTRE_OFFICE:
        return f"{CHANNELS[code]}, {settings.CENTRE_OFFICE}"
    return str(CHANNELS[code])

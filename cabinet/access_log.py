"""Who of the staff looked at a person's data, in words that say enough and name nobody."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, gettext_noop

from accounts.models import Person, User
from journal.models import Look

SHOWN = 200

ROLES = {
    "operator": gettext_noop("operator"),
    "accountant": gettext_noop("accountant"),
    "reviewer": gettext_noop("reviewer"),
    "supervisor": gettext_noop("supervisor"),
    "auditor": gettext_noop("auditor"),
    "hotline": gettext_noop("hotline"),
}
STAFF = gettext_noop("member of the staff")

PAGES = {
    "person": gettext_noop("your card"),
    "timeline": gettext_noop("your history"),
    "timelineentry": gettext_noop("your history"),
    "application": gettext_noop("your application"),
    "patent": gettext_noop("your patent"),
    "inn": gettext_noop("your INN"),
    "receipt": gettext_noop("your receipt"),
    "charge": gettext_noop("your online payment"),
    "placement": gettext_noop("your payment"),
    "line": gettext_noop("your payment"),
    "statementline": gettext_noop("your payment"),
    "outgoing": gettext_noop("your payment"),
    "claim": gettext_noop("your shown cheque"),
    "message": gettext_noop("a message to you"),
    "history": gettext_noop("changes of your data"),
    "approval": gettext_noop("a decision about your data"),
    "correction": gettext_noop("a correction of your data"),
    "assist": gettext_noop("help with a payment"),
    "hotline": gettext_noop("a call to the hotline"),
}
OTHER = gettext_noop("another page of the centre")


@dataclass(frozen=True, slots=True)
class Seen:
    at: datetime
    who: str
    page: str
    in_list: bool


def seen(person: Person) -> list[Seen]:
    """The newest first; looks at the records that were merged into this person are theirs."""
    looks = Look.objects.filter(person_id__in=_records(person))[:SHOWN]
    who = staff_names({look.actor_id for look in looks})
    return [
        Seen(look.looked_at, who(look.actor_id), _page(look.page), look.page.startswith("list "))
        for look in looks
    ]


def _records(person: Person) -> list[int]:
    return [person.pk, *person.merged_records.values_list("pk", flat=True)]


def staff_names(actor_ids: Iterable[int]) -> Callable[[int | None], str]:
    """Role and number of each; a name would tell more than the person needs.

    Nothing is said of nobody, nor of somebody who was not asked for.
    """
    asked = set(actor_ids)
    users = User.objects.filter(pk__in=asked).prefetch_related("groups")
    roles = {user.pk: [group.name for group in user.groups.all()] for user in users}

    def said(actor_id: int | None) -> str:
        if actor_id not in asked:
            return ""
        known = [gettext(ROLES[name]) for name in roles.get(actor_id, []) if name in ROLES]
        return f"{', '.join(known) or gettext(STAFF)} № {actor_id}"

    return said


def _page(code: str) -> str:
    """«list application», «admin receipt» and «application/issue» are pages of one thing."""
    thing = code.split()[-1].partition("/")[0] if code.split() else ""
    return gettext(PAGES.get(thing, OTHER))

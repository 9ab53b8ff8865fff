"""Numbers that SMS do not reach, marked for the staff with the reason.

A number is deaf when it can take no SMS at all (a landline, a country that we do not send to), when
an operator said so of it, or when several SMS in a row did not arrive. One SMS that arrives, or a
code of ours that the person typed, and it is heard again. A number whose holder said that it is
somebody else's takes no SMS about the person either, until a code or two of the staff prove it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import Person, Phone
from notifications import failures, numbers
from notifications.failures import DEAF, Failure
from notifications.models import Message, MessageStatus

IN_A_ROW = 3
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def people_unreached() -> QuerySet:
    """Ids of people with a number in use that no SMS about them goes to. Two answers put together:
    as one condition the database would read every number."""
    heard_of = deaf(Phone.objects.current()).order_by().values("person_id")
    return heard_of.union(Phone.objects.disowned().order_by().values("person_id"))


def deaf(phones: QuerySet) -> QuerySet:
    """Of these, numbers that the operators' answers have shown to be deaf; one question."""
    failed = Message.objects.filter(status=MessageStatus.FAILED).exclude(address="")
    known = with_answers(phones.filter(number__in=failed.order_by().values("address")))
    return known.filter(Q(said_deaf__isnull=False) | Q(last_in_a_row__isnull=False))


def mark(phones: QuerySet) -> list[Phone]:
    """With `.deaf` on each: why it takes no SMS, in words, or ''. One given up is not looked at."""
    found = list(with_answers(phones))
    for phone in found:
        phone.deaf = "" if phone.valid_until else failures.words(_failure(phone))
    return found


def mark_people(people: Iterable[Person]) -> list[Person]:
    """With `.deaf_phones` on each; one question, whatever many."""
    people, by_person = list(people), defaultdict(list)
    for phone in mark(Phone.objects.current().filter(person__in=people).order_by("pk")):
        if phone.deaf:
            by_person[phone.person_id].append(phone)
    for person in people:
        person.deaf_phones = by_person[person.pk]
    return people


def with_answers(phones: QuerySet) -> QuerySet:
    """Each by the index of its number: what an operator said of it, and the first of the last
    ones in a row that did not arrive."""
    since = Coalesce(OuterRef("bound_at"), Value(LONG_AGO))
    lost = Message.objects.lost_at(OuterRef("number"), since).values("failure")
    return phones.annotate(
        said_deaf=Subquery(lost.filter(failure__in=DEAF)[:1]),
        last_in_a_row=Subquery(lost[IN_A_ROW - 1 : IN_A_ROW]),
    )


def _failure(phone: Phone) -> str:
    if phone.disowned_at:
        return Failure.DISOWNED
    return numbers.refusal(phone.number) or phone.said_deaf or phone.last_in_a_row or ""

"""Whoever else paid lately: so many that the page about the days of posting has figures.

They promise nothing and nobody signs in as one of them.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from accounts.models import Person
from desk.demo import stories, treasury
from desk.demo.people import DemoPerson
from notifications.models import Channel, Topic
from notifications.services import choose_channel
from payments.models import Placement
from payments.posting_times import FEWEST, WEEKS
from payments.standing import State


def _neighbour(login: str, last_name: str, first_name: str, inn: str) -> DemoPerson:
    return DemoPerson(
        login=login,
        last_name=last_name,
        first_name=first_name,
        middle_name="",
        birth_date=date(1990, 2, 12),
        citizenship="UZB",
        passport=f"FA4{login[-6:]}",
        phone=f"+7916{login}",
        inn=inn,
        promise=State.VALID,
    )


NEIGHBOURS = [
    _neighbour("1381171", "Турсунов", "Шерзод", "775104319002"),
    _neighbour("1381172", "Каюмова", "Нигора", "775104319718"),
    _neighbour("1381173", "Хамидов", "Улугбек", "775104320449"),
]
ISSUED = 36  # days ago
# Each pays a month on every third day; of so many days on the way, one after another.
ON_THE_WAY = (1, 0, 1, 2, 1, 3, 1, 2, 4, 1, 2)
THIRD_DAY = 3


def are_enough(today: date) -> bool:
    """Of their payments, whatever others paid."""
    rows = Placement.objects.matched().filter(
        application__person__inns__value__in=[who.inn for who in NEIGHBOURS],
        line__posted_on__gt=today - timedelta(weeks=WEEKS),
    )
    return rows.count() >= FEWEST


def want_no_sms(person_ids: Iterable[int]) -> None:
    """A visitor who looks for an SMS of their own would not find it among theirs."""
    for person_id in person_ids:
        for topic in (Topic.PATENT, Topic.MONEY, Topic.REMINDERS):
            choose_channel(person_id=person_id, topic=topic, channel=Channel.SMS, on=False)


def paid_often(story: stories.Story) -> None:
    """All twelve months of a patent, one by one."""
    application = story.with_patent(story.today - timedelta(days=ISSUED), months=1)
    for number, days in enumerate(ON_THE_WAY, 1):
        paid_on = story.today - timedelta(days=ISSUED - THIRD_DAY * number)
        story.paid(application, 1, paid_on, on_the_way=days)


def lines_of(people: list[tuple[DemoPerson, Person]], today: date) -> list[treasury.DemoLine]:
    told = [stories.Story(who, person, today) for who, person in people]
    for story in told:
        paid_often(story)
    return [line for story in told for line in story.lines]

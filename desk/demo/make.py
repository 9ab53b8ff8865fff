"""Makes the demo people and keeps their promises; doing it twice changes nothing."""

from datetime import date, timedelta

from django.db import transaction

from accounts.models import Country, LoginKind, LoginName, Person
from accounts.services import create_person
from common.clock import today as moscow_today
from desk.demo import access, counter, neighbours, news, stories, treasury
from desk.demo.people import PEOPLE, DemoPerson
from patents.services import enter_inn
from payments.facts import standing_of
from payments.standing import State


def make_demo() -> list[str]:
    """Returns the logins whose story had to be told anew today."""
    today = moscow_today()
    access.make_staff()
    treasury.report([], today)
    news.tell()
    _let_neighbours_pay(today)
    renewed = [who.login for who in PEOPLE if _keep_promise(who, today)]
    for who in PEOPLE:
        if who.at_counter:
            counter.visit(_person(who, today), today)
        user = _person(who, today).user
        access.give(user, who.password, temporary=who.promise == State.READY)
    return renewed


@transaction.atomic
def _let_neighbours_pay(today: date) -> None:
    if not neighbours.are_enough(today):
        people = [(who, _person(who, today)) for who in neighbours.NEIGHBOURS]
        neighbours.want_no_sms([person.pk for _who, person in people])
        treasury.report(neighbours.lines_of(people, today), today)


@transaction.atomic
def _keep_promise(who: DemoPerson, today: date) -> bool:
    person = _person(who, today)
    if stories.holds(who, standing_of(person, today)):
        return False
    story = stories.Story(who, person, today, lines=stories.close_old(person))
    stories.tell(story)
    treasury.report(story.lines, today)
    return True


def _person(who: DemoPerson, today: date) -> Person:
    login = LoginName.objects.filter(kind=LoginKind.APPLICATION, value=who.login).first()
    return login.user.person if login else _new_person(who, today - timedelta(days=200))


def _new_person(who: DemoPerson, on: date) -> Person:
    person = create_person(
        last_name=who.last_name,
        first_name=who.first_name,
        middle_name=who.middle_name,
        birth_date=who.birth_date,
        citizenship=Country.objects.get(pk=who.citizenship),
        passport=who.passport,
        centre_sim=who.phone,
        on=on,
        is_demo=True,
    )
    enter_inn(person=person, value=who.inn, on=on, note="demo")
    return person

"""The operator's one screen: a POST makes person, application, login and password, once."""

from datetime import date
from threading import Barrier, Thread

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import reverse

import accounts.services
from accounts.models import Country, LoginName, Passport, Person, Phone, PhoneKind
from common.sealing import unseal
from journal.models import Look
from notifications.models import Message
from patents import errors, services
from patents.models import Application
from patents.services import enrolments
from tests.factories import ApplicationFactory, PassportFactory, PersonFactory, UserFactory

TYPED = {
    "number": "138-1170",
    "accepted_on": "2026-02-10",
    "last_name": "  Каримов ",
    "first_name": "Тимур",
    "middle_name": "Рустамович",
    "latin_name": "Karimov Timur",
    "birth_date": "17.05.1990",
    "citizenship": "UZB",
    "passport": "fa 1234567",
    "migration_card": "46151234567",
    "centre_sim": "8 916 123-45-67",
    "own_phone": "",
    "language": "ru",
}


def address():
    return reverse("admin:patents_application_add")


@pytest.fixture
def february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def desk(client, db, february):
    """The client of a signed-in operator."""
    operator = UserFactory(username="operator-1", is_staff=True)
    operator.groups.add(Group.objects.get(name="operator"))
    client.force_login(operator)
    client.operator = operator
    return client


def errors_of(response):
    return response.context["form"].errors


def test_the_screen_offers_the_next_free_number_and_today(desk):
    ApplicationFactory(number="1381169")

    form = desk.get(address()).context["form"]

    assert form["number"].value() == "1381170"
    assert form["accepted_on"].value() == date(2026, 2, 10)


def test_one_post_registers_a_person_and_answers_with_the_slip(desk):
    response = desk.post(address(), TYPED)

    application = Application.objects.get()
    person = application.person
    assert response.status_code == 200
    assert "accounts/slip.html" in [t.name for t in response.templates]
    assert application.number == "1381170"
    assert application.papers.get(kind__slug="migration-card").number == "4615 1234567"
    assert application.registered_by == desk.operator
    assert (person.full_name, person.latin_name) == ("Каримов Тимур Рустамович", "KARIMOV TIMUR")
    assert (person.birth_date, person.citizenship_id) == (date(1990, 5, 17), "UZB")
    assert [p.number for p in person.passports.all()] == ["FA1234567"]
    assert [(p.kind, p.number) for p in person.phones.all()] == [
        (PhoneKind.CENTRE_SIM, "+79161234567")
    ]
    assert LoginName.objects.get(value="1381170").user == person.user


def test_the_password_stands_on_the_slip_once_and_nowhere_in_the_database(desk):
    slip = desk.post(address(), TYPED).content.decode()

    message = Message.objects.get()
    password = unseal(message.secret)
    user = Person.objects.get().user
    assert slip.count(password) == 1
    assert user.check_password(password)
    assert user.must_change_password
    assert password not in message.secret
    assert password not in "".join(stored_texts())


def stored_texts():
    """Every text of every row of the database."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT row_to_json(t)::text FROM {quoted} t")
            yield from (text for (text,) in cursor.fetchall())


def test_the_same_form_sent_again_makes_nothing_and_shows_what_was_made(desk):
    desk.post(address(), TYPED)
    password_before = Person.objects.get().user.password

    response = desk.post(address(), TYPED)

    application = Application.objects.get()
    assert response.url == reverse("admin:patents_application_change", args=[application.pk])
    assert Person.objects.get().user.password == password_before
    assert Message.objects.count() == 1


def test_a_taken_number_keeps_what_was_typed_and_offers_the_next_one(desk):
    ApplicationFactory(number="1381170", person__last_name="Другой")

    response = desk.post(address(), TYPED)

    form = response.context["form"]
    assert form["number"].value() == "1381171"
    assert "1381171" in errors_of(response)["number"][0]
    assert form["last_name"].value() == TYPED["last_name"]
    assert not Person.objects.filter(last_name="Каримов").exists()


def test_the_offered_number_then_registers(desk):
    ApplicationFactory(number="1381170", person__last_name="Другой")
    offered = desk.post(address(), TYPED).context["form"]["number"].value()

    desk.post(address(), TYPED | {"number": offered})

    assert Application.objects.get(number=offered).person.last_name == "Каримов"


def test_an_empty_form_says_what_to_fill_in(desk):
    response = desk.post(address(), {})

    assert errors_of(response).keys() == {
        "number",
        "accepted_on",
        "last_name",
        "first_name",
        "birth_date",
        "citizenship",
        "passport",
        "language",
        "centre_sim",
    }
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("number", "13A1170"),
        ("number", "12345"),
        ("accepted_on", "2026-02-11"),
        ("accepted_on", "31.02.2026"),
        ("accepted_on", "2025-02-08"),
        ("last_name", "Каримов7"),
        ("last_name", "<b>"),
        ("latin_name", "Каримов"),
        ("birth_date", "2026-05-17"),
        ("birth_date", "2012-02-11"),
        ("birth_date", "1925-02-10"),
        ("citizenship", "XXX"),
        ("passport", "12"),
        ("migration_card", "4"),
        ("centre_sim", "12345"),
        ("centre_sim", "call me"),
        ("language", "xx"),
    ],
)
def test_bad_input_is_explained_at_its_field(desk, field, wrong):
    response = desk.post(address(), TYPED | {field: wrong})

    assert list(errors_of(response)) == [field]
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("accepted_on", "2025-02-09"), ("birth_date", "2012-02-10"), ("birth_date", "1925-02-11")],
)
def test_the_outermost_days_are_still_possible(desk, field, typed):
    desk.post(address(), TYPED | {field: typed})

    assert Application.objects.count() == 1


def test_the_same_phone_twice_is_noticed(desk):
    response = desk.post(address(), TYPED | {"own_phone": "+79161234567"})

    assert list(errors_of(response)) == ["own_phone"]


def test_a_citizen_who_needs_no_patent_is_registered_only_after_a_tick(desk):
    typed = TYPED | {"citizenship": "KGZ"}

    warned = desk.post(address(), typed)
    assert list(errors_of(warned)) == ["no_patent_needed"]
    assert 'name="no_patent_needed"' in warned.content.decode()
    assert not Person.objects.exists()

    desk.post(address(), typed | {"no_patent_needed": "on"})
    assert Application.objects.get().person.citizenship_id == "KGZ"


def test_the_rule_of_the_day_of_acceptance_counts(desk):
    warned = desk.post(address(), TYPED | {"citizenship": "MDA"})
    desk.post(address(), TYPED | {"citizenship": "MDA", "accepted_on": "2025-06-24"})

    assert list(errors_of(warned)) == ["no_patent_needed"]
    assert Application.objects.count() == 1


def test_nobody_is_asked_about_a_tick_without_a_reason(desk):
    assert 'name="no_patent_needed"' not in desk.get(address()).content.decode()


@pytest.fixture
def known(db):
    """Somebody of the same passport and another name, with a cabinet."""
    person = PersonFactory(last_name="Каримова", first_name="Лола", birth_date=date(1985, 1, 1))
    PassportFactory(person=person, number="FA1234567")
    ApplicationFactory(person=person, number="1300001")
    return person


@pytest.fixture
def namesake(db):
    person = PersonFactory(last_name="КАРИМОВ", first_name="тимур")
    PassportFactory(person=person, number="AA0000001")
    return person


@pytest.mark.parametrize("who", ["known", "namesake"])
def test_somebody_known_is_shown_before_a_second_person_is_made(desk, request, who):
    person = request.getfixturevalue(who)

    response = desk.post(address(), TYPED)

    page = response.content.decode()
    assert list(errors_of(response)) == ["person"]
    assert person.full_name in page
    assert f'<input type="radio" name="person" value="{person.pk}"' in page
    assert Person.objects.count() == 1


@pytest.mark.parametrize("who", ["known", "namesake"])
def test_whoever_is_shown_as_a_likeness_was_looked_at(desk, request, who):
    person = request.getfixturevalue(who)

    desk.post(address(), TYPED)

    assert list(Look.objects.values_list("person_id", flat=True)) == [person.pk]


def test_another_person_is_made_when_the_operator_says_so(desk, known):
    desk.post(address(), TYPED | {"person": "another"})

    assert Person.objects.count() == 2
    assert Application.objects.get(number="1381170").person != known


def test_a_known_person_gets_a_second_application_and_keeps_the_password(desk, known):
    before = known.user.password

    response = desk.post(address(), TYPED | {"person": str(known.pk)})

    application = Application.objects.get(number="1381170")
    known.user.refresh_from_db()
    assert application.person == known
    assert known.user.password == before
    assert response.url == reverse("admin:patents_application_change", args=[application.pk])


def test_a_person_who_was_not_shown_cannot_be_chosen(desk, known):
    stranger = PersonFactory(last_name="Чужой")

    response = desk.post(address(), TYPED | {"person": str(stranger.pk)})

    assert list(errors_of(response)) == ["person"]
    assert not stranger.applications.exists()


@pytest.mark.parametrize("role", ["accountant", "reviewer"])
def test_other_roles_do_not_register(client, db, role):
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)

    assert client.get(address()).status_code == 403
    assert client.post(address(), TYPED).status_code == 403
    assert not Person.objects.exists()


def test_a_migrant_is_not_let_in(client, db):
    client.force_login(ApplicationFactory().person.user)

    assert client.get(address()).status_code == 302


def enrol_at_once(number, count):
    """`count` operators send the same number at one moment; what each of them gets."""
    barrier, outcomes = Barrier(count), []

    def register(name):
        facts = {"last_name": name, "first_name": "Тимур", "birth_date": date(1990, 5, 17)}
        facts |= {"citizenship": Country.objects.get(code="UZB"), "passport": f"FA000000{name}"}
        barrier.wait()
        try:
            services.enrol(number=number, accepted_on=date(2026, 1, 2), person=facts)
            outcomes.append("made")
        except errors.NumberTaken:
            outcomes.append("taken")
        finally:
            connection.close()

    threads = [Thread(target=register, args=(str(n),)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_two_operators_with_one_number_make_one_application_and_no_orphans():
    Country.objects.get_or_create(code="UZB", defaults={"name": "Uzbekistan"})

    outcomes = enrol_at_once("1381170", 4)

    assert outcomes == ["made", "taken", "taken", "taken"]
    assert (Application.objects.count(), Person.objects.count()) == (1, 1)
    assert (Passport.objects.count(), LoginName.objects.count()) == (1, 1)
    assert Message.objects.count() == 1


@pytest.fixture
def unguarded_numbers(transactional_db, monkeypatch):
    """The table without its unique number, and a login that asks nobody."""
    monkeypatch.setattr(
        enrolments, "open_login", lambda person, number: accounts.services.account_of(person)
    )
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "patents_application")
        [name] = [n for n, c in found.items() if c["unique"] and c["columns"] == ["number"]]
        cursor.execute(f"ALTER TABLE patents_application DROP CONSTRAINT {name}")
        yield
        Application.objects.all().delete()
        cursor.execute(f"ALTER TABLE patents_application ADD CONSTRAINT {name} UNIQUE (number)")


def test_without_the_constraint_the_same_race_makes_several(unguarded_numbers):
    Country.objects.get_or_create(code="UZB", defaults={"name": "Uzbekistan"})

    outcomes = enrol_at_once("1381170", 4)

    assert outcomes == ["made"] * 4
    assert Application.objects.filter(number="1381170").count() == 4


@pytest.mark.parametrize(("typed", "ground"), [({}, "first"), ({"ground": "reissue"}, "reissue")])
def test_the_ground_is_asked_and_a_newcomer_applies_for_the_first_patent(desk, typed, ground):
    assert 'name="ground"' in desk.get(address()).content.decode()

    assert desk.post(address(), TYPED | typed).status_code == 200

    assert Application.objects.get().ground == ground


def test_a_ground_that_is_none_is_refused(desk):
    assert "ground" in errors_of(desk.post(address(), TYPED | {"ground": "third"}))


def test_a_landline_is_taken_down_only_after_a_tick(desk):
    typed = TYPED | {"centre_sim": "8 495 123-45-67"}

    assert list(errors_of(desk.post(address(), typed))) == ["centre_sim", "no_sms_anyway"]
    assert desk.post(address(), typed | {"no_sms_anyway": "on"}).status_code == 200
    assert Phone.objects.get().number == "+74951234567"


def test_nobody_is_asked_about_a_mobile_phone(desk):
    assert b"no_sms_anyway" not in desk.get(address()).content

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import is_password_usable
from django.core.exceptions import ValidationError

from accounts import kinds, services
from accounts.errors import LoginTaken, NoAccount, PasswordChangedMeanwhile
from accounts.models import Country, LoginName, Person, PhoneKind, TimelineEntry, User
from accounts.passwords import ALPHABET, as_issued, one_time
from common import sealing
from notifications.models import Message
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
ISSUED = re.compile(rf"([{ALPHABET}]{{4}})-([{ALPHABET}]{{4}})-([{ALPHABET}]{{4}})")


def made_person(**changed):
    facts = {
        "last_name": "Каримов",
        "first_name": "Тимур",
        "birth_date": date(1990, 5, 17),
        "citizenship": Country.objects.get(code="UZB"),
        "passport": "FA1234567",
        "centre_sim": "+79161234567",
        "own_phone": "8 903 000-00-01",
        "on": date(2026, 1, 2),
    }
    return services.create_person(**{**facts, **changed})


def with_login(number="1381161", **changed):
    person = made_person(**changed)
    services.open_login(person=person, number=number)
    return person


def kinds_of(person):
    return list(person.timeline.order_by("pk").values_list("kind", flat=True))


def test_a_new_person_has_passport_and_phones_in_use_from_the_day():
    person = made_person()

    assert person.user is None
    assert person.passports.current().get().number == "FA1234567"
    phones = person.phones.current().order_by("kind").values_list("kind", "number", "valid_from")
    assert list(phones) == [
        (PhoneKind.CENTRE_SIM, "+79161234567", date(2026, 1, 2)),
        (PhoneKind.OWN, "+79030000001", date(2026, 1, 2)),
    ]
    assert kinds_of(person) == [kinds.REGISTERED]


def test_a_wrong_phone_leaves_no_half_of_a_person():
    with pytest.raises(ValidationError):
        made_person(own_phone="12")

    assert not Person.objects.exists()


def test_the_first_number_makes_an_account_that_nobody_can_enter_yet():
    person = with_login()

    person.refresh_from_db()
    assert not is_password_usable(person.user.password)
    assert person.user.login_names.get().value == "1381161"
    assert kinds_of(person) == [kinds.REGISTERED, kinds.LOGIN_OPENED]


def test_a_second_application_opens_the_same_account_and_asking_again_changes_nothing():
    person = with_login()
    services.open_login(person=person, number="2381161")
    services.open_login(person=person, number="2381161")

    assert User.objects.count() == 1
    values = person.user.login_names.order_by("value").values_list("value", flat=True)
    assert list(values) == ["1381161", "2381161"]


def test_a_number_of_another_cabinet_is_refused_and_leaves_no_account():
    with_login()
    stranger = made_person()

    with pytest.raises(LoginTaken):
        services.open_login(person=stranger, number="1381161")

    stranger.refresh_from_db()
    assert stranger.user is None
    assert LoginName.objects.count() == User.objects.count() == 1


def test_one_time_passwords_are_in_groups_of_signs_that_nobody_misreads():
    passwords = {one_time() for _ in range(200)}

    assert len(passwords) == 200
    assert all(ISSUED.fullmatch(password) for password in passwords)
    assert not set("0o1liqgzs2u5") & set(ALPHABET)


@pytest.mark.parametrize(
    "typed", ["HK7M-x4rd-93wt", "hk7m x4rd 93wt", "Hk7mx4rd93wt ", "hk7m–x4rd–93wt"]
)
def test_a_one_time_password_is_understood_however_it_is_copied(typed):
    assert as_issued(typed) == "hk7m-x4rd-93wt"


@pytest.mark.parametrize("typed", ["demo-Parol-1381162", "hk7m-x4rd-93w", " свой пароль ", ""])
def test_any_other_password_stays_as_it_was_typed(typed):
    assert as_issued(typed) == typed


@time_machine.travel("2026-02-14 21:30:00+00:00", tick=False)
def test_an_issued_password_is_temporary_and_is_told_with_a_sealed_secret():
    person = with_login()

    password = services.issue_password(person=person)

    user = User.objects.get()
    assert user.check_password(password)
    assert user.must_change_password
    lives = user.password_expires_at - user.date_joined
    assert timedelta(days=29) < lives <= timedelta(days=30)
    message = Message.objects.get()
    assert (message.event, message.person_id) == ("accounts.password_issued", person.pk)
    assert sealing.unseal(message.secret) == password
    assert password not in message.secret
    assert TimelineEntry.objects.filter(facts__icontains=password).count() == 0


def test_issuing_again_kills_the_password_before_it():
    person = with_login()

    first = services.issue_password(person=person)
    second = services.issue_password(person=person)

    user = User.objects.get()
    assert not user.check_password(first)
    assert user.check_password(second)


def test_a_password_for_the_slip_alone_is_told_to_nobody():
    services.issue_password(person=with_login(), tell=False)

    assert not Message.objects.exists()


def test_there_is_no_password_without_a_login():
    with pytest.raises(NoAccount):
        services.issue_password(person=made_person())


def test_a_changed_password_is_the_persons_own():
    person = with_login()
    services.issue_password(person=person)

    services.change_password(user=person.user, new_password="zimniy dalniy les")

    user = User.objects.get()
    assert user.check_password("zimniy dalniy les")
    assert (user.must_change_password, user.password_expires_at) == (False, None)
    assert kinds_of(person)[-1] == kinds.PASSWORD_CHANGED


def test_a_change_that_lost_against_a_new_password_is_refused():
    person = with_login()
    services.issue_password(person=person)
    stale = User.objects.get()
    newest = services.issue_password(person=person)

    with pytest.raises(PasswordChangedMeanwhile):
        services.change_password(user=stale, new_password="zimniy dalniy les")

    assert User.objects.get().check_password(newest)


def test_the_staff_get_a_one_time_password_too():
    password = services.open_staff(user=User(username="novikova"))

    user = User.objects.get()
    assert user.check_password(password)
    assert (user.is_staff, user.is_superuser, user.must_change_password) == (True, False, True)


def test_a_closed_account_is_closed_at_once():
    user = UserFactory()

    services.allow_signing_in(user=user, allowed=False)

    assert not User.objects.get().is_active
    assert user.check_password(PASSWORD)

from datetime import date

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.password_validation import NotAboutThePerson
from tests.factories import ApplicationFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    person = PersonFactory(
        last_name="Алиев",
        first_name="Фёдор",
        middle_name="Рустам оглы",
        latin_name="ALIEV FYODOR",
        birth_date=date(1990, 5, 17),
    )
    ApplicationFactory(person=person, number="1381161")
    ApplicationFactory(person=person, number="2381999")
    return person.user


@pytest.mark.parametrize(
    "password",
    [
        "moy1381161nomer",
        "138-11-61-xyz",
        "2381999-2381999",
        "АЛИЕВ-люблю-чай",
        "Федор фёдор фёдор",
        "а л и е в 12345",
        "aliev_and_tea",
        "17051990tea-tea",
        "17.05.1990 чай",
        "1990-05-17 чай",
        "chay 170590 chay",
        "мой патент 77",
        "Patent-Patent-1",
        "mmc.moskva.2026",
        "migrantmigrant",
    ],
)
def test_what_others_know_is_no_password(user, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)

    assert "password_about_person" in [reason.code for reason in refused.value.error_list]


@pytest.mark.parametrize(
    "password", ["zimniy dalniy les", "зелёный чай по утрам", "lesleslesl8", "верблюд-чайник-42"]
)
def test_words_that_others_do_not_know_are_welcome_without_further_rules(user, password):
    validate_password(password, user)


def test_short_names_forbid_nothing():
    user = PersonFactory(last_name="Ли", first_name="Али", middle_name="").user

    validate_password("дали чай на вокзале", user)


@pytest.mark.parametrize("password", ["short-9ab", "1234567890", "qwertyuiop", "aaaaaaaaaa"])
def test_short_and_common_passwords_are_refused(user, password):
    with pytest.raises(ValidationError):
        validate_password(password, user)


def test_the_name_of_a_member_of_staff_is_no_password():
    with pytest.raises(ValidationError):
        validate_password("novikova-novikova", StaffFactory(username="novikova"))


def test_an_account_that_is_not_saved_yet_is_judged_by_the_words_alone():
    validate_password("zimniy dalniy les", User())
    NotAboutThePerson().validate("zimniy dalniy les")


@given(st.text(min_size=0, max_size=128))
def test_no_text_breaks_the_judgement(password):
    try:
        NotAboutThePerson().validate(password)
    except ValidationError:
        return

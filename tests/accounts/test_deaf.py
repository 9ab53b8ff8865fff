"""A number that takes no SMS is marked for the staff, until it is heard again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.text import capfirst

from accounts.deaf import IN_A_ROW, deaf, mark, mark_people
from accounts.forms import PhoneForm
from accounts.forms.desk_phone import DeskPhoneForm
from accounts.models import Phone, PhoneKind
from common import clock
from notifications import failures
from tests.desk.rows import message
from tests.factories import PersonFactory, PhoneFactory
from tests.patents.desk import sign_in_as

pytestmark = pytest.mark.django_db
NUMBER = "+79160000001"
LANDLINE = "+74951234567"


@pytest.fixture
def phone():
    return PhoneFactory(number=NUMBER)


def sent(*outcomes: str):
    for outcome in outcomes:
        is_there = outcome == "delivered"
        end = {"status": "delivered", "delivered_at": clock.now()} if is_there else {}
        message(address=NUMBER, **end or {"status": "failed", "failure": outcome})


def why() -> str:
    [one] = mark(Phone.objects.filter(number=NUMBER))
    assert bool(one.deaf) == deaf(Phone.objects.current()).exists()
    return one.deaf


@pytest.mark.parametrize("failure", ["no-such-number", "blocked", "takes-no-sms", "not-allowed"])
def test_one_word_of_the_operator_about_the_number_is_enough(phone, failure):
    sent("delivered", failure)

    assert why() == failures.words(failure)


def test_a_phone_that_is_off_once_is_not_deaf_and_three_times_in_a_row_is(phone):
    sent(*["phone-off"] * (IN_A_ROW - 1))
    assert why() == ""

    sent("not-delivered")
    assert why() == failures.words("phone-off")


def test_one_that_arrives_between_them_begins_the_row_anew(phone):
    sent("phone-off", "phone-off", "delivered", "phone-off")

    assert why() == ""


@pytest.mark.parametrize("failure", ["text-refused", "too-late", "our-error", "too-many"])
def test_what_is_no_fault_of_the_number_says_nothing_of_it(phone, failure):
    sent(*[failure] * 5)

    assert why() == ""


def test_it_is_heard_again_when_an_sms_arrives(phone):
    sent("blocked", "delivered")

    assert why() == ""


def test_it_is_heard_again_when_the_person_typed_a_code_sent_to_it(phone):
    sent("blocked")
    Phone.objects.update(kind=PhoneKind.OWN, bound_at=clock.now() + timedelta(seconds=1))
    assert why() == ""

    Phone.objects.update(bound_at=clock.now() - timedelta(days=1))
    assert why() == failures.words("blocked")


def test_a_landline_is_marked_before_anything_is_sent_to_it():
    person = PhoneFactory(number=LANDLINE).person

    [marked] = mark_people([person])
    assert [one.deaf for one in marked.deaf_phones] == [failures.words("takes-no-sms")]


def test_a_number_given_up_is_not_marked(phone):
    sent("blocked")
    Phone.objects.update(valid_until=clock.today())

    assert why() == ""


def test_marking_asks_one_question_however_many(django_assert_num_queries):
    people = [PhoneFactory().person for _ in range(4)]

    with django_assert_num_queries(1):
        mark_people(people)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_asks_as_much_whatever_its_length(client, count):
    sign_in_as(client, "operator")
    address = reverse("admin:accounts_person_changelist")
    for _ in range(count):
        PhoneFactory(number=LANDLINE)

    page = client.get(address).content.decode()

    assert page.count(failures.words("takes-no-sms")) == count


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("operator", "admin:person_card"),
        ("operator", "admin:accounts_person_password"),
    ],
)
def test_staff_read_it_where_they_serve_the_person(client, phone, role, page):
    sign_in_as(client, role)
    sent("blocked")

    said = client.get(reverse(page, args=[phone.person_id])).content.decode()

    assert capfirst(failures.words("blocked")) in said


def test_who_searches_a_person_reads_it_too(client):
    sign_in_as(client, "operator")
    for number in [NUMBER, "+79160000002"]:
        PhoneFactory(person=PersonFactory(last_name="Гафуров"), number=number)
    sent("blocked")

    found = client.post(reverse("admin:find"), {"q": "Гафуров"}).content.decode()

    assert found.count(capfirst(failures.words("blocked"))) == 1


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("8 495 123-45-67", "no-sms"),
        ("+998 71 123 45 67", "no-sms"),
        ("+1 202 555 0123", "no-sms"),
        ("8 800 555-35-35", "phone"),
        ("916 123", "phone"),
        ("112", "phone"),
        ("", "required"),
    ],
)
def test_a_number_that_no_sms_can_reach_is_refused_where_one_is_sent_at_once(number, why):
    own = PhoneForm(PersonFactory().user, {"phone": number, "password": "x"})
    desk = DeskPhoneForm({"number": number, "reason": "паспорт"})

    [one], [other] = own.errors.as_data()["phone"], desk.errors.as_data()["number"]
    assert (one.code, other.code) == (why, why)


def test_a_mobile_of_the_country_of_the_person_is_taken():
    assert DeskPhoneForm({"number": "+998 90 123 45 67", "reason": "паспорт"}).is_valid()

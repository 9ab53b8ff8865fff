"""Pages beside a person's card: correct, merge, the end of the shift."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts import search, services
from accounts.models import Approval, Correction, PhoneKind
from accounts.services.merges import carry_out
from common import clock
from journal.models import Look
from notifications.models import Message
from tests.factories import (
    ApplicationFactory,
    PassportFactory,
    PersonFactory,
    PhoneFactory,
    ReceiptFactory,
    UserFactory,
)
from tests.searches import searched

pytestmark = pytest.mark.django_db
SHIFT = "admin:accounts_person_shift"


@pytest.fixture
def sign_in(client):
    def enter(role):
        client.user = UserFactory(is_staff=True)
        client.user.groups.add(Group.objects.get(name=role))
        client.force_login(client.user)
        return client

    return enter


@pytest.fixture
def desk(sign_in):
    return sign_in("operator")


@pytest.fixture
def someone(person):
    PassportFactory(person=person, number="FA1234567")
    return person


@pytest.fixture
def double(db):
    double = PersonFactory(last_name="Каримав")
    PassportFactory(person=double, number="FA9999999")
    ApplicationFactory(person=double, number="1381999")
    return double


def page(name, person):
    return reverse(f"admin:accounts_person_{name}", args=[person.pk])


RIGHT = {
    "last_name": "Каримова",
    "first_name": "Тимур",
    "middle_name": "Рустамович",
    "latin_name": "",
    "birth_date": "1990-05-17",
    "passport": "FA1234567",
    "reason": "буква",
}


def test_a_correction_answers_with_the_receipts_to_print_again(desk, someone):
    receipt = ReceiptFactory(application=someone.applications.get())
    assert desk.get(page("correct", someone)).status_code == 200

    answer = desk.post(page("correct", someone), RIGHT).content.decode()

    assert receipt.reference in answer
    assert Correction.objects.get().corrected_by == desk.user
    assert Look.objects.filter(person_id=someone.pk, actor_id=desk.user.pk).exists()


@pytest.mark.parametrize(
    ("field", "wrong"), [("last_name", "К4"), ("passport", "1"), ("reason", ""), ("birth_date", "")]
)
def test_a_wrong_correction_is_explained(desk, someone, field, wrong):
    answer = desk.post(page("correct", someone), RIGHT | {field: wrong})

    assert list(answer.context["form"].errors) == [field]
    assert not Correction.objects.exists()


def test_nothing_to_correct_is_said(desk, someone):
    answer = desk.post(page("correct", someone), RIGHT | {"last_name": "Каримов"})

    assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize("name", ["correct", "merge"])
@pytest.mark.parametrize("role", ["accountant", "reviewer"])
def test_other_roles_change_nobody(sign_in, someone, name, role):
    desk = sign_in(role)

    assert desk.get(page(name, someone)).status_code == 403
    assert desk.post(page(name, someone), RIGHT).status_code == 403


def test_a_merge_is_searched_for_asked_for_and_not_done_at_once(desk, someone, double):
    found = searched(desk, page("merge", someone), "FA 9999999").content.decode()
    assert f"?with={double.pk}" in found

    address = f"{page('merge', someone)}?with={double.pk}"
    assert "1381999" in desk.get(address).content.decode()
    desk.post(address, {"reason": "паспорт тот же"})
    desk.post(address, {"reason": "паспорт тот же"})

    approval = Approval.objects.get()
    assert (approval.person, approval.facts) == (someone, {"gone": double.pk})
    double.refresh_from_db()
    assert double.merged_into is None


def test_a_granted_merge_is_carried_out(desk, someone, double):
    desk.post(f"{page('merge', someone)}?with={double.pk}", {"reason": "паспорт тот же"})

    carry_out(Approval.objects.get(), UserFactory(is_staff=True))

    assert someone.applications.count() == 2
    assert search.people("1381999") == [someone]
    assert desk.get(page("change", double)).status_code == 302


@pytest.mark.parametrize(
    "term",
    ["1381161", "138-1161", "каримов", "Тимур Кар", "karim", "fa 1234567", "8 916 123-45-67"],
)
def test_a_person_is_found_by_whatever_they_can_show(someone, double, term):
    someone.latin_name = "KARIMOV TIMUR"
    someone.save()

    assert someone in search.people(term)


@pytest.mark.parametrize("name", ["merge", "add"])
def test_whoever_is_found_was_looked_at(desk, someone, double, name):
    add = reverse("admin:patents_application_add")

    searched(desk, add if name == "add" else page("merge", someone), "1381999")

    assert Look.objects.filter(person_id=double.pk, actor_id=desk.user.pk).exists()


@pytest.mark.parametrize("term", ["", "  ", "нет такого", "%", "0"])
def test_nothing_finds_nobody(someone, term):
    assert search.people(term) == []


@pytest.fixture
def issued(desk):
    """A slip of the signed-in operator, with its SMS in some state."""

    def issue(status, **fields):
        person = PersonFactory()
        ApplicationFactory(person=person)
        PhoneFactory(person=person, kind=PhoneKind.OWN)
        services.issue_password(person=person, actor=desk.user)
        Message.objects.filter(person_id=person.pk).update(status=status, secret="", **fields)
        return person

    return issue


def test_the_shift_counts_my_slips_the_lost_sms_and_those_to_be_told(desk, issued):
    lost, waiting = issued("failed"), issued("sent")
    reached = issued("delivered", delivered_at=clock.now())
    stranger = ApplicationFactory().person
    services.issue_password(person=stranger, actor=UserFactory(is_staff=True))

    shift = desk.get(reverse(SHIFT)).context["shift"]

    assert {entry.person for entry in shift.slips} == {lost, waiting, reached}
    assert [message.person_id for message in shift.undelivered] == [lost.pk]
    assert set(shift.to_tell) == {lost, waiting}


def test_whoever_signed_in_needs_no_telling(desk, issued):
    person = issued("failed")
    person.user.refresh_from_db()
    services.change_password(user=person.user, new_password="dalniy-les-43")

    assert desk.get(reverse(SHIFT)).context["shift"].to_tell == []


def test_yesterday_is_another_shift(desk, issued):
    person = issued("failed")
    person.timeline.update(happened_at=clock.now() - timedelta(days=1))

    assert desk.get(reverse(SHIFT)).context["shift"].slips == []

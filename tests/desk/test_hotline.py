"""The hotline says something about a person only to who reads a code from the person's phone."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import LoginKind
from common.sealing import unseal
from desk import kinds, messages, services
from desk.models import CODE_TRIES, CallerCheck
from journal.models import Look
from notifications.models import Message
from tests.factories import ApplicationFactory, PassportFactory, PhoneFactory, StaffFactory

PAGE = reverse("admin:hotline")
pytestmark = pytest.mark.django_db


def of(role, name="h1"):
    user = StaffFactory(username=name, is_superuser=False)
    user.groups.set(Group.objects.filter(name=role))
    return user


@pytest.fixture
def hotline(client):
    user = of("hotline")
    client.force_login(user)
    return user


@pytest.fixture
def person():
    application = ApplicationFactory(number="1381161")
    PhoneFactory(person=application.person, number="+79161234567")
    PassportFactory(person=application.person)
    return application.person


def asked(client):
    client.post(PAGE, {"number": "138-11-61"})
    check = CallerCheck.objects.get()
    code = unseal(Message.objects.get(event="desk.caller_code").secret)
    return reverse("admin:hotline_call", args=[check.pk]), code


def test_the_code_opens_the_one_page_of_the_caller(client, hotline, person):
    address, code = asked(client)
    assert "Каримов" not in client.get(address).content.decode()
    assert not Look.objects.exists()

    page = client.post(address, {"code": code}, follow=True).content.decode()

    assert gettext(messages.CALLER_CODE.label) in page
    assert "desk.caller_code" not in page
    assert Look.objects.get().page == "hotline"
    told = set(person.timeline.values_list("kind", flat=True))
    assert {kinds.CALL_ASKED, kinds.CALL_ANSWERED} <= told
    for secret in ["FA1234567", "Каримов", "1990", "+79161234567", "/password/", "/phone/"]:
        assert secret not in page


def test_the_desk_of_the_hotline_begins_with_a_call(client, hotline):
    page = client.get(reverse("admin:index")).content.decode()

    assert f'href="{PAGE}"' in page
    assert PAGE not in client_of("operator").get(reverse("admin:index")).content.decode()


def client_of(role):
    client = Client()
    client.force_login(of(role, role))
    return client


def test_a_wrong_code_says_nothing_and_three_of_them_end_the_check(client, hotline, person):
    address, code = asked(client)
    wrong = "000000" if code != "000000" else "000001"
    for _ in range(CODE_TRIES):
        assert "desk.caller_code" not in client.post(address, {"code": wrong}).content.decode()

    assert "desk.caller_code" not in client.post(address, {"code": code}).content.decode()
    assert not CallerCheck.objects.answered().exists()


def test_a_colleague_does_not_read_the_page_of_my_caller(client, hotline, person):
    address, code = asked(client)
    client.post(address, {"code": code})

    client.force_login(of("hotline", "h2"))

    assert client.get(address).status_code == 404


def test_the_page_closes_after_the_call(client, hotline, person):
    address, code = asked(client)
    client.post(address, {"code": code})
    past = CallerCheck.objects.get().confirmed_at - services.CALL_LIFE
    CallerCheck.objects.update(confirmed_at=past)

    assert "desk.caller_code" not in client.get(address).content.decode()


def test_a_person_gets_few_codes_a_day(hotline, person):
    for _ in range(services.CODES_A_DAY):
        services.ask_caller(number="1381161", actor=hotline)

    with pytest.raises(services.TooManyCodes):
        services.ask_caller(number="1381161", actor=hotline)


def test_without_a_phone_or_a_number_there_is_no_check(hotline, person):
    person.phones.all().delete()

    for number in ["1381161", "9999999"]:
        with pytest.raises(services.NoPhoneToAsk):
            services.ask_caller(number=number, actor=hotline)
    assert person.user.login_names.get().kind == LoginKind.APPLICATION


def test_the_hotline_sees_nothing_else(client, hotline, person):
    for name in ["accounts_person", "patents_application", "notifications_message"]:
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403
    for name in ["change", "password", "correct", "merge", "phone"]:
        page = reverse(f"admin:accounts_person_{name}", args=[person.pk])
        assert client.get(page).status_code == 403
        assert client.post(page).status_code == 403


@pytest.mark.parametrize("role", ["operator", "auditor", "accountant"])
def test_others_answer_no_calls(client, person, role):
    client.force_login(of(role))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"number": "1381161"}).status_code == 403

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import DoorRequest, User
from accounts.services import passwords
from common import clock
from notifications.models import Message
from tests.factories import PASSWORD, PersonFactory, StaffFactory, UserFactory

LOGIN, CHANGE = reverse("accounts:login"), reverse("accounts:password_change")
RESET, DONE = reverse("accounts:password_reset"), reverse("accounts:password_reset_done")
HOME = reverse("cabinet:home")
OWN = "zimniy dalniy les"


def enter(client, username="1381161", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def entered(client) -> bool:
    return SESSION_KEY in client.session


@pytest.mark.parametrize("typed", ["1381161", " 1381161 ", "138-11-61", "№ 1381161"])
def test_a_person_enters_with_the_application_number_and_lands_in_the_cabinet(
    client, person, typed
):
    answer = enter(client, typed)

    assert (answer.status_code, answer.url) == (302, HOME)
    assert int(client.session[SESSION_KEY]) == person.user.pk


def test_every_number_of_a_person_opens_the_same_cabinet(client, person):
    services.open_login(person=person, number="2381161")

    enter(client, "2381161")

    assert int(client.session[SESSION_KEY]) == person.user.pk


def test_the_staff_enter_with_a_name_and_land_at_the_desk(client, db):
    StaffFactory(username="novikova")

    answer = enter(client, "novikova")

    assert answer.url == reverse("admin:index")


def test_the_inner_name_of_a_migrants_account_is_no_login(client, person):
    enter(client, person.user.username)

    assert not entered(client)


def test_a_number_goes_to_its_person_even_when_a_member_of_staff_is_called_so(client, person):
    StaffFactory(username="1381161")

    enter(client)

    assert int(client.session[SESSION_KEY]) == person.user.pk


def _blanked(page: bytes) -> str:
    """The page without what is random in every answer."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return re.sub(r"[0-9a-f]{40}", "", text)


def test_unknown_wrong_closed_expired_and_passwordless_get_the_same_page(client, person):
    typed = {"username": "1381161", "password": "not it, not at all"}
    wrong = _blanked(client.post(LOGIN, typed).content)
    person.user.login_names.update(value="1381162")
    unknown = _blanked(client.post(LOGIN, typed).content)
    person.user.login_names.update(value="1381161")
    services.allow_signing_in(user=person.user, allowed=False)
    closed = _blanked(client.post(LOGIN, {**typed, "password": PASSWORD}).content)
    services.allow_signing_in(user=person.user, allowed=True)
    password = services.issue_password(person=person)
    with time_machine.travel(clock.now().timestamp() + 31 * 24 * 3600):
        expired = _blanked(client.post(LOGIN, {**typed, "password": password}).content)

    assert wrong == unknown == closed == expired
    assert not entered(client)


def test_each_answer_of_the_door_costs_one_hash(client, person, hashes):
    services.open_login(person=PersonFactory(user=None), number="2381161")  # no password yet
    costs = []
    for username in ["1381161", "9999999", "2381161", "nobody"]:
        hashes.clear()
        enter(client, username, "wrong")
        costs.append(len(hashes))

    assert costs == [1, 1, 1, 1]


def test_an_empty_form_says_what_to_write(client, db):
    page = client.post(LOGIN, {}).content.decode()

    assert page.count('href="#id_username"') == page.count('href="#id_password"') == 1


def test_a_zero_byte_in_the_form_is_a_mistake_not_a_crash(client, db):
    assert enter(client, "1381161\x00", "a\x00b").status_code == 200


def test_the_page_asked_for_before_opens_after_the_door(client, person):
    wanted = reverse("cabinet:patent")
    door = client.get(wanted)
    assert door.url == f"{LOGIN}?next={wanted}"
    assert f'name="next" value="{wanted}"' in client.get(door.url).content.decode()

    assert enter(client, next=wanted).url == wanted


@pytest.mark.parametrize(
    "bad", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_the_door_leads_to_no_other_site(client, person, bad):
    assert enter(client, next=bad).url == HOME


def test_the_session_has_a_new_name_after_the_door(client, person):
    client.get(LOGIN)
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key

    enter(client)

    assert client.session.session_key != session.session_key


def test_who_is_inside_is_not_asked_again(client, person):
    client.force_login(person.user)

    assert client.get(LOGIN).url == HOME


def test_leaving_is_a_post_and_ends_the_session(client, person):
    client.force_login(person.user)
    leave = reverse("accounts:logout")
    assert client.get(leave).status_code == 405
    assert entered(client)

    answer = client.post(leave)

    assert answer.url == reverse("cabinet:landing")
    assert not entered(client)


def test_a_one_time_password_leads_to_its_change_and_then_into_the_cabinet(client, person):
    password = services.issue_password(person=person)
    enter(client, password=password.upper().replace("-", " "))
    assert client.get(HOME).url == CHANGE

    typed = {"old_password": password, "new_password1": OWN, "new_password2": OWN}
    answer = client.post(CHANGE, typed)

    assert answer.url == HOME
    said = [str(message) for message in client.get(HOME).context["messages"]]
    assert len(said) == 1
    assert User.objects.get().check_password(OWN)
    assert enter(Client(), password=password).status_code == 200


def test_a_one_time_password_serves_one_sitting(client, person):
    password = services.issue_password(person=person)
    enter(client, password=password)

    with time_machine.travel(clock.now().timestamp() + 30 * 60):
        assert enter(Client(), password=password).status_code == 302
    with time_machine.travel(clock.now().timestamp() + 61 * 60):
        assert enter(Client(), password=password).status_code == 200


def test_a_second_entrance_with_a_one_time_password_ends_the_first(client, person):
    password = services.issue_password(person=person)
    enter(client, password=password)
    second = Client()

    enter(second, password=password)

    assert client.get(CHANGE).url.startswith(LOGIN)
    assert second.get(CHANGE).status_code == 200


def test_a_one_time_password_that_nobody_used_waits_for_its_person(client, person):
    password = services.issue_password(person=person)

    with time_machine.travel(clock.now().timestamp() + 29 * 24 * 3600):
        assert enter(client, password=password).status_code == 302


def test_a_newer_one_time_password_is_not_shortened_by_the_use_of_the_old_one(person):
    services.issue_password(person=person)
    read_before = User.objects.get()
    services.issue_password(person=person)

    passwords.begin_sitting(user=read_before)

    assert User.objects.get().password_expires_at > clock.now() + timedelta(days=29)


def test_an_own_password_serves_many_sittings(person):
    here, there = Client(), Client()
    enter(here)
    enter(there)

    assert here.get(HOME).status_code == 200
    assert User.objects.get().password_expires_at is None


def test_an_expired_one_time_password_ends_the_session_it_began(client, person):
    password = services.issue_password(person=person)
    enter(client, password=password)

    with time_machine.travel(clock.now().timestamp() + 31 * 24 * 3600):
        assert client.get(CHANGE).url.startswith(LOGIN)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(person):
    here, there = Client(), Client()
    enter(here)
    enter(there)

    here.post(CHANGE, {"old_password": PASSWORD, "new_password1": OWN, "new_password2": OWN})

    assert here.get(CHANGE).status_code == 200
    assert there.get(CHANGE).url.startswith(LOGIN)


def test_a_new_password_from_the_desk_ends_the_sessions(client, person):
    enter(client)

    services.issue_password(person=person)

    assert client.get(CHANGE).url.startswith(LOGIN)


def test_a_closed_account_is_out_at_the_next_click(client, person):
    enter(client)

    services.allow_signing_in(user=person.user, allowed=False)

    assert client.get(CHANGE).url.startswith(LOGIN)


def refused(client, **changed):
    typed = {"old_password": PASSWORD, "new_password1": OWN, "new_password2": OWN, **changed}
    answer = client.post(CHANGE, typed)
    assert answer.status_code == 200
    assert User.objects.get().check_password(PASSWORD)
    return set(answer.context["form"].errors)


def test_a_change_that_cannot_be_made_names_the_field(client, person):
    enter(client)

    assert refused(client, old_password="other") == {"old_password"}
    assert refused(client, new_password2="zimniy blizkiy les") == {"new_password2"}
    assert refused(client, new_password1="short1", new_password2="short1") == {"new_password1"}
    assert refused(client, new_password1="1234567890", new_password2="1234567890") == {
        "new_password1"
    }
    assert refused(client, new_password1=PASSWORD, new_password2=PASSWORD) == {"new_password1"}
    assert refused(client, new_password1="", new_password2="", old_password="") == {
        "old_password",
        "new_password1",
        "new_password2",
    }


@pytest.mark.parametrize("own", ["  spaces at both ends  ", "дальний 森 лес 🌲", "x7" * 64])
def test_any_long_password_works_as_it_was_typed(client, person, own):
    enter(client)

    client.post(CHANGE, {"old_password": PASSWORD, "new_password1": own, "new_password2": own})

    assert enter(Client(), password=own).status_code == 302
    assert User.objects.get().check_password(own)


def ask(client, picture, number="1381161", phone="8 916 123-45-67"):
    return client.post(RESET, {"username": number, "phone": phone, **picture()})


@pytest.mark.parametrize("number", ["138-11-61", " 1381161"])
@pytest.mark.parametrize("phone", ["+7 (916) 123-45-67", "89161234567", "916 123 45 67"])
def test_a_reset_sends_one_message_and_leads_to_the_neutral_page(
    client, person, picture, carried_out, number, phone
):
    answer = ask(client, picture, number, phone)
    carried_out()

    assert answer.url == f"{DONE}?left=2"
    assert Message.objects.get().fixed_address == "+79161234567"


def test_the_answer_to_a_reset_is_the_same_for_known_and_unknown_to_the_byte(
    client, person, picture
):
    pages = []
    for number in ["1381161", "1381162"]:
        answers = [ask(client, picture, number) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
        pages.append(_blanked(answers[3].content).replace(number, "N"))

    assert pages[0] == pages[1]


def test_a_wrong_code_changes_nothing_and_draws_another_picture(client, person, picture):
    drawn = picture()
    typed = {"username": "1381161", "phone": "89161234567", **drawn, "captcha_1": "x"}

    answer = client.post(RESET, typed)

    assert set(answer.context["form"].errors) == {"captcha"}
    page = answer.content.decode()
    assert drawn["captcha_0"] not in page
    assert re.search(r"/captcha/image/[0-9a-f]{40}/", page)
    assert not DoorRequest.objects.exists()
    assert not Message.objects.exists()


def test_one_picture_is_good_for_one_reset(client, person, picture):
    typed = {"username": "1381161", "phone": "89161234567", **picture()}

    answers = [client.post(RESET, typed).status_code for _ in range(2)]

    assert answers == [302, 200]
    assert DoorRequest.objects.count() == 1


def test_an_empty_reset_names_each_field(client, db):
    answer = client.post(RESET, {})

    assert set(answer.context["form"].errors) == {"username", "phone", "captcha"}
    assert b'href="#id_captcha_1"' in answer.content


@pytest.mark.parametrize(
    ("number", "phone", "wrong"),
    [("13811б1", "89161234567", "username"), ("1381161", "8916123456", "phone")],
)
def test_a_number_that_cannot_be_is_explained_and_not_counted(
    client, db, picture, number, phone, wrong
):
    answer = ask(client, picture, number, phone)

    assert set(answer.context["form"].errors) == {wrong}
    assert not DoorRequest.objects.exists()


@pytest.mark.parametrize("page", [LOGIN, RESET, CHANGE])
def test_the_pages_of_the_door_are_not_kept_by_the_browser(client, person, page):
    if page == CHANGE:
        client.force_login(person.user)

    assert "no-store" in client.get(page)["Cache-Control"]


def test_a_person_whose_account_has_no_person_can_still_change_the_password(client, db):
    client.force_login(StaffFactory())
    typed = {"old_password": PASSWORD, "new_password1": OWN, "new_password2": OWN}

    assert client.post(CHANGE, typed).url == reverse("admin:index")


def test_a_stranger_gets_nothing_of_another(client, person):
    stranger = PersonFactory(user=UserFactory())
    client.force_login(stranger.user)

    client.post(CHANGE, {"old_password": PASSWORD, "new_password1": OWN, "new_password2": OWN})

    person.user.refresh_from_db()
    assert person.user.check_password(PASSWORD)

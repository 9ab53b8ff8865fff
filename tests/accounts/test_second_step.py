"""The staff's second step: nothing of theirs opens before it, each code counts once."""

import re
import threading

import pytest
import time_machine
from django.contrib import admin
from django.db import connection
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import PhoneApp
from accounts.services import second_steps
from common.sealing import SealBroken
from tests.at_once import at_once, meeting, no_row_is_locked
from tests.factories import StaffFactory

CODE_PAGE = reverse("accounts:second_step")
DESK = reverse("admin:index")


@pytest.fixture(autouse=True)
def _enforced(settings):
    settings.STAFF_TOTP = True


@pytest.fixture
def staff(client, db):
    user = StaffFactory()
    client.force_login(user)
    return user


def shown(device) -> str:
    """What the application on the phone shows now."""
    return f"{TOTP(device.bin_key).token():06d}"


def connected(user) -> tuple[PhoneApp, list[str]]:
    """The phone is connected since yesterday."""
    with time_machine.travel("2026-02-13 09:00:00+03:00", tick=False):
        device = second_steps.offered_device(user=user)
        return second_steps.confirm_device(user=user, code=shown(device))


@pytest.mark.parametrize("path", ["/admin/", "/admin/accounts/person/", "/cabinet/"])
def test_no_page_opens_before_the_code(client, staff, path):
    assert client.get(path).url == f"{CODE_PAGE}?next={path}"
    assert client.post(path).url.startswith(CODE_PAGE)


def test_the_local_mode_asks_for_none(client, staff, settings):
    settings.STAFF_TOTP = False

    assert client.get(DESK).status_code == 200


def test_outside_the_local_mode_it_is_on():
    from mmc_portal.settings import base

    assert base.STAFF_TOTP is True


def test_the_first_code_connects_the_phone_and_shows_the_backup_codes_once(client, staff):
    page = client.get(CODE_PAGE, {"next": "/admin/accounts/person/"})
    device = PhoneApp.objects.get(user=staff)
    assert "segno" in page.content.decode()

    answer = client.post(CODE_PAGE, {"code": shown(device), "next": "/admin/accounts/person/"})

    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", answer.content.decode())
    assert len(set(codes)) == second_steps.BACKUP_CODES
    assert 'href="/admin/accounts/person/"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.get(DESK).status_code == 200
    assert client.get(CODE_PAGE).status_code == 302


def test_looking_twice_shows_one_secret(client, staff):
    client.get(CODE_PAGE)
    client.get(CODE_PAGE)

    assert PhoneApp.objects.count() == 1


def test_a_wrong_first_code_connects_nothing(client, staff):
    client.get(CODE_PAGE)

    page = client.post(CODE_PAGE, {"code": "000000"})

    assert page.status_code == 200
    assert not PhoneApp.objects.get().confirmed
    assert client.get(DESK).status_code == 302


@time_machine.travel("2026-02-14 09:00:00+03:00", tick=False)
def test_the_code_of_the_phone_opens_the_desk_and_gives_a_new_session(client, staff):
    device, _codes = connected(staff)
    before = client.session.session_key

    answer = client.post(CODE_PAGE, {"code": shown(device), "next": DESK})

    assert answer.url == DESK
    assert client.get(DESK).status_code == 200
    assert client.session.session_key != before


def test_who_has_a_phone_is_shown_no_secret(client, staff):
    connected(staff)

    assert "segno" not in client.get(CODE_PAGE).content.decode()
    assert second_steps.confirm_device(user=staff, code="000000") is None


@time_machine.travel("2026-02-14 09:00:00+03:00", tick=False)
def test_one_code_of_the_phone_counts_once(staff):
    device, _codes = connected(staff)
    code = shown(device)

    assert second_steps.check_second_step(user=staff, code=code)
    assert not second_steps.check_second_step(user=staff, code=code)


def test_a_backup_code_opens_once_however_it_is_typed(client, staff):
    _device, codes = connected(staff)

    assert client.post(CODE_PAGE, {"code": codes[0].upper().replace("-", " ")}).status_code == 302
    assert second_steps.check_second_step(user=staff, code=codes[1])
    assert not second_steps.check_second_step(user=staff, code=codes[0])


def test_a_copy_of_the_table_makes_no_codes(client, staff, settings):
    device, _codes = connected(staff)
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_phoneapp::text FROM accounts_phoneapp")
        [row] = cursor.fetchone()

    assert device.bin_key.hex() not in row
    assert not TOTPDevice.objects.exists()
    settings.SEALING_KEYS = ["b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItb3Q="]
    with pytest.raises(SealBroken):
        _ = PhoneApp.objects.get().bin_key


@time_machine.travel("2026-02-14 09:00:00+03:00", tick=False)
def test_after_the_sealing_key_was_changed_the_phone_still_opens(client, staff, settings):
    device, _codes = connected(staff)
    settings.SEALING_KEYS = [
        "b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItb3Q=",
        *settings.SEALING_KEYS,
    ]

    assert second_steps.check_second_step(user=staff, code=shown(device)) == device


def test_backup_codes_are_not_kept_in_clear(staff):
    _device, codes = connected(staff)
    stored = set(StaticToken.objects.values_list("token", flat=True))

    assert not stored & set(codes)
    assert not stored & {code.replace("-", "") for code in codes}


def test_wrong_codes_make_the_next_one_wait(staff):
    _device, codes = connected(staff)
    for _ in range(3):
        second_steps.check_second_step(user=staff, code="wrong-wrong")

    assert not second_steps.check_second_step(user=staff, code=codes[0])


def test_the_code_of_a_colleague_opens_nothing(staff):
    device, codes = connected(StaffFactory())
    connected(staff)

    assert not second_steps.check_second_step(user=staff, code=codes[0])


def test_when_the_phone_is_forgotten_open_sessions_ask_again(client, staff):
    _device, codes = connected(staff)
    client.post(CODE_PAGE, {"code": codes[0]})
    assert client.get(DESK).status_code == 200

    second_steps.forget_second_step(user=staff)

    assert client.get(DESK).status_code == 302
    assert not StaticDevice.objects.exists()


def test_the_page_is_for_staff_only(client, person):
    client.force_login(person.user)

    assert client.get(CODE_PAGE).status_code == 403


def test_the_secrets_have_no_page_in_the_admin():
    assert not {PhoneApp, TOTPDevice, StaticDevice} & set(admin.site._registry)


@pytest.mark.django_db(transaction=True)
def test_one_backup_code_tried_by_eight_at_once_opens_once():
    user = StaffFactory()
    _device, codes = connected(user)
    opened, together = [], threading.Barrier(8)

    def attempt():
        together.wait()
        opened.append(second_steps.check_second_step(user=user, code=codes[0]))
        connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len([device for device in opened if device]) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_backup_code_opens_for_two(monkeypatch):
    """The twin: both have found the code before either of them uses it up."""
    user = StaffFactory()
    _device, codes = connected(user)
    no_row_is_locked(monkeypatch)
    meeting(monkeypatch, StaticToken, "delete", 2)

    assert all(at_once(*[lambda: second_steps.check_second_step(user=user, code=codes[0])] * 2))


def test_the_admin_has_no_door_of_its_own(client, person):
    assert client.get("/admin/login/", {"next": "/admin/"}).url == "/login/?next=/admin/"
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).url == "/login/?next="

    client.force_login(person.user)
    assert client.get("/admin/login/").url == reverse("cabinet:home")


def forget(client, *users):
    typed = {"action": "forget_second_step", "_selected_action": [user.pk for user in users]}
    return client.post(reverse("admin:accounts_user_changelist"), typed)


def test_a_supervisor_lets_a_colleague_begin_anew_and_never_themselves(client, staff, settings):
    settings.STAFF_TOTP = False
    colleague = StaffFactory(is_superuser=False)
    connected(colleague)
    connected(staff)

    forget(client, colleague, staff)

    assert not second_steps.has_second_step(colleague)
    assert second_steps.has_second_step(staff)

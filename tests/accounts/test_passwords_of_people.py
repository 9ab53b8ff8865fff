"""What the offline list, the personal words and the strength hint say of a password."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from accounts import breached
from accounts.password_validation import NotBreached
from accounts.strength import FAIR, STRONG, WEAK, WORDS, strength
from tests.factories import PASSWORD, PassportFactory, PersonFactory, PhoneFactory

CHANGE, LOGIN = reverse("accounts:password_change"), reverse("accounts:login")


@pytest.mark.parametrize(
    "password",
    [
        "1234567890",
        "Qwertyuiop",
        "iloveyou123",
        "liverpool1",
        "йцукенгшщз",
        "ЙЦУКЕНГШЩЗ",
        "пароль12345",
        "password2031",
        "2031-dragon-2031",
        "1qaz2wsx3edc",
    ],
)
def test_a_common_or_breached_password_is_refused_in_any_layout(password):
    with pytest.raises(ValidationError) as refused:
        NotBreached().validate(password)

    assert "three that do not belong together" in str(refused.value) or "три" in str(refused.value)


@pytest.mark.parametrize(
    "password",
    [
        "zimniy dalniy les",
        "зелёный чай по утрам",
        "верблюд-чайник-42",
        "дальний 森 лес 🌲",
        "\ud800" * 12,
    ],
)
def test_a_password_that_nobody_else_has_is_welcome(password):
    NotBreached().validate(password)


def test_without_the_list_a_breached_password_would_pass(monkeypatch):
    """The twin: the list is what refuses it."""
    assert breached.is_breached("liverpool1")

    monkeypatch.setattr(breached, "_file", lambda: b"")

    assert not breached.is_breached("liverpool1")


def test_the_list_is_made_of_files_and_finds_what_stood_in_them(tmp_path, monkeypatch, capsys):
    words = tmp_path / "words.txt"
    words.write_text("short\nLongEnough One\nlong enough two\nlong enough three\n")
    monkeypatch.setattr(breached, "FILE", tmp_path / "list.bin")
    breached._file.cache_clear()
    try:
        call_command("breached_list", str(words), most=2)

        assert capsys.readouterr().out == "2 passwords, 10 bytes\n"
        assert breached.is_breached("longenough ONE")
        assert not breached.is_breached("long enough three")
    finally:
        breached._file.cache_clear()


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["moy +7 916 123-45-67", "les-1234567-les", "fa 1234567 les"])
def test_phones_and_passports_are_no_password(password):
    person = PersonFactory()
    PhoneFactory(person=person, number="+79161234567")
    PassportFactory(person=person, number="FA1234567")

    with pytest.raises(ValidationError) as refused:
        validate_password(password, person.user)

    assert "password_about_person" in [reason.code for reason in refused.value.error_list]


SAMPLES = {
    "": WEAK,
    "korotkiy": WEAK,
    "aaaaaaaaaaaaaaaaaaaa": WEAK,
    "abcdefghijklmnop": WEAK,
    "12345678901234567890": WEAK,
    "lampa-zebra": FAIR,
    "zimniy dalniy les": STRONG,
    "森林🌲река дальняя": STRONG,
}


@pytest.mark.parametrize(("password", "how"), SAMPLES.items())
def test_the_strength_of_a_password_is_said_in_three_words(password, how):
    assert strength(password) == how


@pytest.mark.skipif(shutil.which("node") is None, reason="no JavaScript on this machine")
def test_the_script_says_the_same_while_one_types():
    script = Path("static/accounts/strength.js").read_text()
    rule = script[script.index("const strength") : script.index("for (const hint")]
    program = f"{rule}\nconsole.log(JSON.stringify({json.dumps(list(SAMPLES))}.map(strength)))"

    said = subprocess.run(["node", "-e", program], capture_output=True, check=True, timeout=20)

    assert json.loads(said.stdout) == list(SAMPLES.values())


def test_the_strength_is_said_after_sending_without_scripts(client, person):
    client.force_login(person.user)
    typed = {
        "old_password": "wrong",
        "new_password1": "lampa-zebra",
        "new_password2": "lampa-zebra",
    }

    page = client.post(CHANGE, typed).content.decode()

    assert f">{WORDS[FAIR]}<" in page


def test_a_long_password_can_be_pasted_and_is_not_cut(client, person):
    client.force_login(person.user)
    page = client.get(CHANGE).content.decode()
    assert "onpaste" not in page
    long = "длинный пароль " * 9

    typed = {"old_password": PASSWORD, "new_password1": long, "new_password2": long}
    assert len(long) > 128
    errors = client.post(CHANGE, typed).context["form"].errors
    assert set(errors) == {"new_password1", "new_password2"}
    assert errors["new_password1"] == ["Слишком длинно. Нужно не больше 128 знаков."]


@pytest.mark.parametrize("page", [CHANGE, LOGIN])
def test_no_browser_cuts_a_long_password(client, person, page):
    """A box with a length would, and say nothing."""
    if page == CHANGE:
        client.force_login(person.user)

    boxes = re.findall(r'<input[^>]+type="password"[^>]*>', client.get(page).content.decode())

    assert boxes
    assert not any("maxlength" in box for box in boxes)


def test_of_two_long_passwords_the_last_sign_counts(client, person):
    long = "森林🌲" * 42 + "ab"
    person.user.set_password(long)
    person.user.save()

    for typed in [long[:-1], long[:-1] + "x"]:
        assert client.post(LOGIN, {"username": "1381161", "password": typed}).status_code == 200
    assert client.post(LOGIN, {"username": "1381161", "password": long}).status_code == 302

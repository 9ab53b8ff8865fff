"""Signed codes: genuine as long as their key is known, of one spelling, small enough for a QR."""

import re
import runpy
from pathlib import Path

import pytest
import segno
from cryptography.exceptions import InvalidSignature
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from common import signing
from common.apps import signed_codes_can_be_made
from common.signing import CutCode, ForeignCode, Signed

SAID = Signed(1, bytes(range(15)))
PAGE = Path(__file__).parents[2] / "docs" / "signed-codes.md"


def test_a_code_says_what_was_signed():
    assert signing.read(signing.sign(SAID)) == SAID


def test_the_same_words_give_the_same_code():
    assert signing.sign(SAID) == signing.sign(SAID)


@given(st.integers(1, 255), st.binary(min_size=15, max_size=15))
def test_every_code_is_130_letters_of_base32(kind, body):
    assert re.fullmatch("[A-Z2-7]{130}", signing.sign(Signed(kind, body)))


@given(place=st.integers(0, 129), letter=st.sampled_from(sorted(signing.LETTERS)))
def test_one_other_letter_makes_a_code_foreign(place, letter):
    code = signing.sign(SAID)
    changed = code[:place] + letter + code[place + 1 :]

    if changed != code:
        with pytest.raises(ForeignCode):
            signing.read(changed)


@pytest.mark.parametrize("length", [0, 1, 3, 64, 128, 129])
def test_a_piece_of_a_code_is_told_from_a_foreign_one(length):
    with pytest.raises(CutCode):
        signing.read(signing.sign(SAID)[:length])


@pytest.mark.parametrize("text", ["A" * 131, "0" * 130, "http://example.org", "а" * 130, "A B"])
def test_what_cannot_be_a_code_is_foreign(text):
    with pytest.raises(ForeignCode):
        signing.read(text)


def test_after_a_change_of_keys_old_codes_stay_genuine_and_new_ones_have_the_new_key(settings):
    old = signing.sign(SAID)
    private, _public = signing.new_key(2)
    [former] = signing.public_keys().values()
    settings.SIGNING_KEYS = [private, f"1:public:{former.hex()}"]

    assert signing.read(old) == SAID
    assert signing.sign(SAID) != old
    assert signing.read(signing.sign(SAID)) == SAID


def test_a_key_that_was_taken_out_makes_its_codes_foreign(settings):
    old = signing.sign(SAID)
    settings.SIGNING_KEYS = [signing.new_key(2)[0]]

    with pytest.raises(ForeignCode):
        signing.read(old)


def test_the_same_number_of_another_portals_key_is_foreign(settings):
    old = signing.sign(SAID)
    settings.SIGNING_KEYS = [signing.new_key(1)[0]]

    with pytest.raises(ForeignCode):
        signing.read(old)


def test_the_longest_address_that_passes_the_check_fits_version_7_m(settings):
    settings.PORTAL_URL = "https://" + "a" * 32
    address = signing.address(signing.sign(SAID))

    assert signing.fits(settings.PORTAL_URL)
    assert not signing.fits(settings.PORTAL_URL + "a")
    assert len(address) == 178
    assert segno.make_qr(address, error="m", boost_error=False).designator == "7-M"


def test_the_check_names_an_address_that_is_too_long(settings):
    assert signed_codes_can_be_made() == []
    settings.PORTAL_URL = "https://" + "a" * 33

    assert [error.id for error in signed_codes_can_be_made()] == ["common.E001"]


@pytest.mark.parametrize(
    "keys",
    [
        [],
        ["1:private"],
        ["1:private:12"],
        ["1:secret:" + "00" * 32],
        ["256:private:" + "00" * 32],
        ["1:public:" + "00" * 32],
        ["1:private:" + "00" * 32, "1:public:" + "11" * 32],
        ["1:private:" + "00" * 32, "2:public:" + "11" * 31],
    ],
)
def test_the_check_names_keys_that_are_none(settings, keys):
    settings.SIGNING_KEYS = keys

    assert [error.id for error in signed_codes_can_be_made()] == ["common.E002"]


def test_the_command_makes_keys_that_sign_and_check(settings, capsys):
    call_command("signing_key", "9")
    private, public = re.findall(r"9:(?:private|public):[0-9a-f]{64}", capsys.readouterr().out)
    settings.SIGNING_KEYS = [private]
    code = signing.sign(SAID)
    settings.SIGNING_KEYS = [signing.new_key(10)[0], public]

    assert signing.read(code) == SAID


# --- the verifier of the docs


def published(tmp_path):
    [text] = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    file = tmp_path / "verifier.py"
    file.write_text(text)
    return runpy.run_path(str(file))["verify"], text


def test_the_published_verifier_has_ten_lines_and_checks_a_code(tmp_path):
    verify, text = published(tmp_path)
    kind, _made, _through, _tail, says = verify(signing.sign(SAID), signing.public_keys())

    assert len(text.split("def verify")[1].strip().splitlines()) <= 10
    assert (kind, says) == (1, SAID.body[8:])


def test_the_published_verifier_refuses_a_changed_code(tmp_path):
    verify, _text = published(tmp_path)
    code = signing.sign(SAID)
    changed = code[:10] + ("B" if code[10] == "A" else "A") + code[11:]

    with pytest.raises(InvalidSignature):
        verify(changed, signing.public_keys())

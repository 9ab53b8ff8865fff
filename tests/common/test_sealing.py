"""Secrets travel sealed; a rotated key still opens what it sealed."""

import pytest
from cryptography.fernet import Fernet

from common.sealing import SealBroken, seal, unseal


def test_sealed_text_does_not_show_the_secret():
    assert "пароль" not in seal("пароль-7")
    assert unseal(seal("пароль-7")) == "пароль-7"


def test_after_rotation_old_seals_open_and_new_ones_use_the_new_key(settings):
    old = seal("тайна")
    settings.SEALING_KEYS = [Fernet.generate_key().decode(), *settings.SEALING_KEYS]

    assert unseal(old) == "тайна"
    new = seal("тайна")
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    assert unseal(new) == "тайна"


def test_a_lost_key_is_said(settings):
    sealed = seal("тайна")
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(SealBroken):
        unseal(sealed)

from accounts.hashers import Argon2id
from mmc_portal.settings import base


def test_passwords_are_hashed_as_owasp_wants_and_no_dearer():
    hasher = Argon2id()

    encoded = hasher.encode("zimniy dalniy les", hasher.salt())

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert hasher.verify("zimniy dalniy les", encoded)
    assert not hasher.verify("zimniy dalniy lez", encoded)


def test_it_is_the_first_hasher_of_every_mode_but_the_tests():
    assert base.PASSWORD_HASHERS[0] == "accounts.hashers.Argon2id"

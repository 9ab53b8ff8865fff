"""A password must not be something that relatives, employers and brokers know."""

import re
from datetime import date

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.breached import TO_LATIN, is_breached
from accounts.models import Person, User

TAIL_OF_PHONE = 7  # however the code is written
SHORTEST_NAME = 4  # «Ли» and «Али» stand inside too many words
HOUSE_WORDS = ["patent", "патент", "mmc", "ммц", "migrant", "мигрант", "migrac", "миграц"]
BIRTH_DATE_SPELLINGS = ["%d%m%Y", "%Y%m%d", "%m%d%Y", "%d%m%y", "%y%m%d"]
ONE_WORD = re.compile(r"[\W\d_]*([^\W\d_]+)[\W\d_]*")
NOT_A_SIGN = re.compile(r"[\W_]+")


class NotBreached:
    """Refuses what stands in the offline lists of breached passwords, and one common word with
    digits or signs around it: that is what people try first."""

    def __init__(self):
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: User | None = None) -> None:
        if is_breached(password) or self._is_common_word(password):
            raise ValidationError(
                _(
                    "Many people use this password. "
                    "Take other words, for example three that do not belong together."
                ),
                code="password_breached",
            )

    def _is_common_word(self, password: str) -> bool:
        one = ONE_WORD.fullmatch(password.casefold())
        return one is not None and {one[1], one[1].translate(TO_LATIN)} & self.common != set()

    def get_help_text(self) -> str:
        return _("Not a password that many people use.")


class NotAboutThePerson:
    """Refuses the person's number, names and birth date, and words of the house."""

    def validate(self, password: str, user: User | None = None) -> None:
        folded = _folded(password)
        known = [*HOUSE_WORDS, *(_known_of(user) if user is not None else [])]
        if any(word in folded for word in known):
            raise ValidationError(
                _(
                    "Others know your name, birth date and number. "
                    "Take other words, for example three that do not belong together."
                ),
                code="password_about_person",
            )

    def get_help_text(self) -> str:
        return _("Without your name, birth date and application number.")


def _known_of(user: User) -> list[str]:
    words = [_folded(user.username)] if user.is_staff else []
    if user.pk:
        words += user.login_names.values_list("value", flat=True)
        words += _known_of_person(Person.objects.filter(user_id=user.pk).first())
    return words


def _known_of_person(person: Person | None) -> list[str]:
    """Names, birth date, phones and passports, those of before included."""
    if person is None:
        return []
    phones = person.phones.values_list("number", flat=True)
    passports = person.passports.values_list("number", flat=True)
    papers = [number[-TAIL_OF_PHONE:] for number in phones] + [_folded(p) for p in passports]
    names = _folded(" ".join([*person.name_parts, person.latin_name]), between=" ").split()
    long_enough = [name for name in names if len(name) >= SHORTEST_NAME]
    return long_enough + papers + _spellings(person.birth_date)


def _spellings(day: date) -> list[str]:
    return [day.strftime(spelling) for spelling in BIRTH_DATE_SPELLINGS]


def _folded(text: str, between: str = "") -> str:
    """Without capitals, signs and ё, as people vary one password."""
    return NOT_A_SIGN.sub(between, text.casefold().replace("ё", "е"))

"""A password must not be something that relatives, employers and brokers know."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Person, User

SHORTEST_NAME = 4  # «Ли» and «Али» stand inside too many words
HOUSE_WORDS = ["patent", "патент", "mmc", "ммц", "migrant", "мигрант", "migrac", "миграц"]
BIRTH_DATE_SPELLINGS = ["%d%m%Y", "%Y%m%d", "%m%d%Y", "%d%m%y", "%y%m%d"]
NOT_A_SIGN = re.compile(r"[\W_]+")


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
    if person is None:
        return []
    names = _folded(" ".join([*person.name_parts, person.latin_name]), between=" ").split()
    long_enough = [name for name in names if len(name) >= SHORTEST_NAME]
    return long_enough + _spellings(person.birth_date)


def _spellings(day: date) -> list[str]:
    return [day.strftime(spelling) for spelling in BIRTH_DATE_SPELLINGS]


def _folded(text: str, between: str = "") -> str:
    """Without capitals, signs and ё, as people vary one password."""
    return NOT_A_SIGN.sub(between, text.casefold().replace("ё", "е"))

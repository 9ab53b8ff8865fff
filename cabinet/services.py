"""What is asked for without login. Whoever asks learns nothing of whom they ask about."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import limits
from accounts.models import Person, Phone
from cabinet.messages import INN_ASKED
from common import clock
from common.errors import Refusal
from notifications.services import queue

ASKED, SENT = "open-inn", "open-inn-sent"
ASKED_A_DAY = 3  # of one number as it was typed, known or not; and sent to one person


class AskedEnough(Refusal):
    message = _("The INN was asked for by this number 3 times today. Ask again tomorrow.")


@transaction.atomic
def ask_inn(*, number: str = "", phone: str = "") -> None:
    """Send the INN to the phones of whoever has this application number, or this proven phone.

    Nothing says whether anybody has it. Raises AskedEnough, for unknown numbers too.
    """
    if not limits.take(ASKED, limits.hashed(number or phone), limits.DAY, ASKED_A_DAY):
        raise AskedEnough
    for person_id in _whose(number, phone):
        _send(person_id)


def _whose(number: str, phone: str) -> list[int]:
    if number:
        named = Person.objects.filter(applications__number=number)
        return list(named.values_list("pk", flat=True))
    numbers = Phone.objects.proven().filter(number=phone).order_by("person_id")
    return list(numbers.values_list("person_id", flat=True).distinct())


def _send(person_id: int) -> None:
    times = limits.note(SENT, limits.hashed(person_id), limits.DAY)
    if times <= ASKED_A_DAY:
        queue(INN_ASKED, person_id, key=f"inn-asked:{person_id}:{clock.today()}:{times}")

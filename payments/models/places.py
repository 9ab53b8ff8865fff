"""Where money can be, and why some of it waits for staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.TextChoices):
    MATCHED = "matched", _("counted as paid months")
    CREDIT = "credit", _("the person's credit")
    QUEUE = "queue", _("waits for staff")
    RETURNED = "returned", _("returned")
    SET_ASIDE = "set_aside", _("set aside")


class QueueReason(models.TextChoices):
    UNKNOWN_PAYER = "unknown_payer", _("payer not recognised")
    AMOUNT = "amount", _("the sum does not fit")
    DAY_UNKNOWN = "day_unknown", _("day of payment unknown")
    LATE = "late", _("late money")
    REPEAT = "repeat", _("possible repeat")
    HELD = "held", _("its statement is held")
    NOTICE = "notice", _("a notice about a payment")
    AMBIGUOUS = "ambiguous", _("several people fit")
    UNDONE = "undone", _("a decision was undone")
    NO_ROOM = "no_room", _("all twelve months are paid")
    OTHER_TAX = "other_tax", _("the KBK is of another tax")
    OTHER_BUDGET = "other_budget", _("the OKTMO is of another region")


ELSEWHERE = (QueueReason.OTHER_TAX, QueueReason.OTHER_BUDGET)
WHOSE = (QueueReason.UNKNOWN_PAYER, QueueReason.AMBIGUOUS, *ELSEWHERE)
LOOKED_FOR = (*WHOSE, QueueReason.NO_ROOM)  # where it names no application

"""The page of a genuine code, in the words of the day it is looked at."""

from django.utils.translation import gettext as _

from common.clock import now
from payments.codes import voice_shown
from payments.sentence import seen_by_words, third_party_words
from payments.verification import Checked, Fate

SIGNS = {
    Fate.ON_ITS_WAY: "way",
    Fate.SEARCHED: "trace",
    Fate.ONLY_SHOWN: "unseen",
    Fate.POSTED: "ok",
    Fate.GONE: "warn",
}


def verification(checked: Checked) -> dict:
    row, said = checked.row, checked.said
    kind, series, number = row.snapshot["document"]
    told = checked.patent_today
    return {
        "title": _title(checked),
        "explained": _explained(checked.fate),
        "state": checked.fate.value,
        "sign": SIGNS[checked.fate],
        "payment": checked.payment,
        "posted_on": checked.posted_on,
        "known_through": checked.known_through,
        "patent_today": told and third_party_words(told),
        "is_patent": kind == "patent",
        "series": series,
        "number": number,
        "said": said,
        "seen": seen_by_words(said.seen_by),
        "row": row,
        "voice": voice_shown(row.serial),
        "now": now(),
    }


def _title(checked: Checked) -> str:
    if checked.fate == Fate.ON_ITS_WAY:
        number = checked.payment.day_no
        return _("The payment is on its way: day %(number)d of 7.") % {"number": number}
    return {
        Fate.SEARCHED: _("The payment was made. The centre is looking for the money."),
        Fate.ONLY_SHOWN: _("A cheque was shown. The centre has not checked it yet."),
        Fate.POSTED: _("The Treasury has received the payment."),
        Fate.GONE: _("This payment does not count any more."),
    }[checked.fate]


def _explained(fate: Fate) -> str:
    return {
        Fate.ON_ITS_WAY: _(
            "The person has paid. The Treasury writes the money down within 7 days."
        ),
        Fate.SEARCHED: _(
            "The person has paid. More than 7 days have passed, and the statements do not show "
            "the money yet. The centre is looking for it."
        ),
        Fate.ONLY_SHOWN: _(
            "The person says that they paid, and showed a cheque. Nobody has confirmed it yet."
        ),
        Fate.POSTED: _("The payment was on its way when the paper was made. Now it has arrived."),
        Fate.GONE: _(
            "The money went back to the payer, or the centre did not accept the cheque. "
            "Ask the owner of the paper about another payment."
        ),
    }[fate]

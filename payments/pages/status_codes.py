"""The signed status: what its owner sees, and what a checker reads of it today."""

from django.utils.translation import gettext as _

from accounts.models import Person
from common.clock import now, today
from payments.codes import TOLD, WORDS, is_genuine, unpack, voice_shown
from payments.facts import standing_of
from payments.models import SignedCode
from payments.sentence import third_party_words
from payments.sentence.outsiders import payment_due
from payments.standing import State, ThirdParty
from payments.verification import CheckedStatus

SIGNS = {
    ThirdParty.VALID: "ok",
    ThirdParty.IN_TRANSIT: "way",
    ThirdParty.CHECKED: "unseen",
    ThirdParty.ENDED: "end",
    ThirdParty.NO_PATENT: "patent",
}


def status_codes(person: Person) -> dict:
    """The codes that are good, the newest first, and how the patent stands."""
    told = standing_of(person).third_party
    return {
        "told": told,
        "may_make": told in WORDS,
        "sign": SIGNS[told],
        "words": third_party_words(told),
        "codes": [_code(row) for row in _alive(person)],
        "withdrawn": [_withdrawn(row) for row in _of(person).withdrawn_by_centre(today())],
    }


def _alive(person: Person) -> list[SignedCode]:
    return [row for row in _of(person).alive(today()) if is_genuine(row.code)]


def _withdrawn(row: SignedCode) -> dict:
    return {"voice": voice_shown(row.serial), "reason": row.revoke_reason}


def _of(person: Person):
    return SignedCode.objects.of_status().filter(application__person=person)


def _code(row: SignedCode) -> dict:
    said = unpack(row.code)
    return {
        "row": row,
        "voice": voice_shown(row.serial),
        "said": said,
        "words": third_party_words(TOLD[said.word]),
    }


def verified_status(checked: CheckedStatus) -> dict:
    """Today wins; what the code said is told where it was something else."""
    _kind, series, number = checked.row.snapshot["document"]
    told, said = checked.told, TOLD[checked.said.word]
    return {
        "state": told.value,
        "sign": SIGNS[told],
        "title": third_party_words(told),
        "due": payment_due(checked.now) if told != ThirdParty.ENDED else _ended(checked),
        "explained": _explained(checked),
        "before": "" if said == told else third_party_words(said),
        "row": checked.row,
        "said": checked.said,
        "series": series,
        "number": number,
        "voice": voice_shown(checked.row.serial),
        "known_through": checked.now.complete_through,
        "now": now(),
    }


def _ended(checked: CheckedStatus) -> tuple[str, ...]:
    """The careful words, where it is this patent that they are about."""
    same = checked.now.third_party == ThirdParty.ENDED
    return payment_due(checked.now) if same else ()


def _explained(checked: CheckedStatus) -> str:
    """One line that an employer, a policeman and the person read alike."""
    told = checked.told
    if told == ThirdParty.ENDED and checked.now.state == State.LAPSED:
        return _("Did the person pay in time? A cheque helps: the centre looks for the money.")
    return {
        ThirdParty.VALID: _("The tax is paid in time. The person may work."),
        ThirdParty.IN_TRANSIT: _(
            "The person has paid. The Treasury writes the money down within 7 days. The person may "
            "work."
        ),
        ThirdParty.CHECKED: _(
            "The payment is not visible yet: the money takes up to 7 days. It does not mean that "
            "the person did not pay. Look again in some days."
        ),
        ThirdParty.ENDED: _("The person may not work on this patent."),
    }[told]

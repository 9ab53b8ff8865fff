"""A standing in words for pages.

Careful words on purpose: nobody is blamed, `unseen` never says late, `lapsed` says what the
statements show. What each may and may not say: docs/decisions/002-standing.md.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.formats import day_year, roubles
from payments.sentence import pieces
from payments.sentence.actions import Action
from payments.sentence.words import SIGNS, action_label, word
from payments.standing import Standing, State


@dataclass(frozen=True, slots=True)
class Sentence:
    """`word` stands beside the `sign`, `title` is the sentence, `text` its paragraphs.

    `day_no` is set where a progress of seven days is shown; `note` says of which day it speaks.
    """

    state: State
    word: str
    sign: str
    title: str
    text: tuple[str, ...]
    action: Action
    action_label: str
    note: tuple[str, ...]
    day_no: int | None = None


def sentence(it: Standing) -> Sentence:
    title, text, action = _SENTENCES[it.state](it)
    return Sentence(
        state=it.state,
        word=word(it.state),
        sign=SIGNS[it.state],
        title=title,
        text=(*text, *pieces.waiting(it)),
        action=action,
        action_label=action_label(action, it),
        note=pieces.note(it),
        day_no=it.transit.day_no if it.state == State.IN_TRANSIT else None,
    )


# The long sentences: each gives the title, the paragraphs and the one action.


def _annulled(it: Standing) -> tuple:
    patent = it.case.patent
    title = _("The Ministry annulled the patent on %(day)s.") % {
        "day": day_year(patent.annulled_on)
    }
    text = [_("Reason: %(reason)s.") % {"reason": pieces.clause(patent.annulled_reason)}]
    may_not = _("You may not work on this patent.")
    return title, [*(text if patent.annulled_reason else []), may_not], Action.WHAT_NOW


def _expired(it: Standing) -> tuple:
    title = _("The year of the patent ended on %(day)s.") % {"day": day_year(it.year_end)}
    return title, [_("To go on working you need a new patent.")], Action.NEW_PATENT


def _lapsed(it: Standing) -> tuple:
    days = {"day": pieces.day(it.last_in_time, it), "by": pieces.day(it.lapse_known_by, it)}
    title = _("A payment made by %(day)s had not reached the Treasury by %(by)s.") % days
    text = [
        _("Do you have a cheque dated by %(day)s inclusive? Show it: we will look for the money.")
        % days,
        _("No such cheque? Call us. We will explain what can be done."),
    ]
    return title, text, Action.CHEQUE


def _tracing(it: Standing) -> tuple:
    if pieces.is_only_shown(it):
        title = _("You showed a cheque of %(day)s. We are looking for the money.") % {
            "day": pieces.day(it.transit.money.paid_on, it)
        }
    else:
        title = _("You paid in time. We are looking for your money.")
    text = [_("More than 7 days have passed. A member of staff is working on it.")]
    if it.today <= it.proven_through:
        text.append(_("The patent is valid."))
    return title, [*text, *pieces.after_transit(it)], Action.CERTIFICATE


def _in_transit(it: Standing) -> tuple:
    values = {"day": pieces.day(it.transit.money.paid_on, it), "number": it.transit.day_no}
    if pieces.is_only_shown(it):
        title = _(
            "You showed a cheque of %(day)s. "
            "The money is on its way to the Treasury: day %(number)d of 7."
        )
    else:
        title = _("You paid in time. The money is on its way to the Treasury: day %(number)d of 7.")
    text = [pieces.taken(it), pieces.expected(it), *pieces.after_transit(it)]
    return title % values, text, Action.CERTIFICATE


def _held(it: Standing) -> tuple:
    """The mistake was in our records: nothing is asked of whoever paid by them."""
    title = _("The day of issue of your patent was corrected. We are checking your payments.")
    told = (
        _("We will send you an SMS with the answer.")
        if it.money_by_sms
        else _("The answer will stand here, in your cabinet.")
    )
    in_time = pieces.is_next_near(it) and it.today <= it.pay_by_after_held
    action = Action.PAY_AHEAD if in_time else Action.CHEQUE
    return title, [*pieces.after_held(it), told], action


def _unseen(it: Standing) -> tuple:
    if it.held:
        return _held(it)
    if it.undecided:
        title = _("We have money of yours. The centre is finding out what it pays for.")
    elif it.maybe:
        title = _("We have money that may be yours. The centre is finding out whose it is.")
    elif it.halves:
        title = _("Your sums make a month together. The centre is looking for the money.")
    elif it.asked:
        title = _("You began to pay on %(day)s. We are asking the bank whether it took the money.")
        title %= {"day": pieces.day(max(it.asked), it)}
    elif it.months == 0:
        title = _("We do not see the payment for the first month yet.")
    else:
        title = _("We do not see your payment yet. The money takes up to 7 days.")
    until = {"day": pieces.day(it.pay_until, it)}
    text = [
        _("Did you pay by %(day)s inclusive? Do nothing and do not pay a second time.") % until,
        *pieces.last_day_of_first_month(it),
        _("We check every day and will send you an SMS.")
        if it.money_by_sms
        else _("We check every day. The answer will stand here, in your cabinet."),
    ]
    asks = pieces.asks_for_cheque(it)
    if asks:
        text.append(
            _(
                "Do you have a cheque? Show it to us. "
                "Then your cabinet will say: “Payment on its way”."
            )
        )
    text += pieces.feed_is_late(it, it.lapse_known_by)
    return title, text, Action.CHEQUE if asks else Action.CERTIFICATE


def _due(it: Standing) -> tuple:
    title = pieces.to_pay(it)
    text = [
        _("Then the patent will be valid through %(day)s.") % {"day": day_year(it.next_through)},
        pieces.days_left(it),
    ]
    if (it.pay_until - it.today).days > 3:
        text.append(_("Pay 3–4 days earlier: the money takes a while."))
    text.append(_("Have you already paid? The money takes up to 7 days."))
    return title, text, Action.PAY


def _valid(it: Standing) -> tuple:
    title = _("The patent is valid. Paid through %(day)s.") % {"day": day_year(it.covered_through)}
    if it.pay_by is None:
        return title, [*pieces.year_is_paid(it), *pieces.living(it)], Action.NEW_PATENT
    text = [_("There is nothing to pay now."), pieces.next_payment(it)]
    return title, [*text, _reminder(it), *pieces.living(it)], Action.PAY_AHEAD


def _reminder(it: Standing) -> str:
    if not it.reminded:
        return _("You switched reminders off: we will not remind you.")
    return _("We will remind you on %(day)s.") % {"day": pieces.day(it.remind_on, it)}


def _ready(it: Standing) -> tuple:
    ready_on = it.case.application.ready_on
    title = (
        _("The patent is ready. Come for it from %(day)s.") % {"day": pieces.day(ready_on, it)}
        if ready_on
        else _("The patent is ready. Come for it.")
    )
    if it.months or it.late:
        return title, [*pieces.first_month(it), pieces.bring(it)], Action.BOOK
    bring = [_("Then bring your passport."), _("Do you pay at a bank? Bring the cheque too.")]
    return title, [pieces.pay_first(it), *bring], Action.PAY_FIRST


def _preparing(it: Standing) -> tuple:
    expected_on = it.case.application.expected_ready_on
    if expected_on and expected_on >= it.today:
        title = _("We are preparing your patent. We expect it by %(day)s.") % {
            "day": pieces.day(expected_on, it)
        }
    else:
        title = pieces.preparing(it)
    first = pieces.first_month(it)
    if not first and not it.late:
        first = [_("The first month is paid before you get the patent.")]
    if it.is_paid_by_card:
        first.append(_("For the patent, bring your passport and the certificate of payment."))
    return title, first, Action.PAPERS


def _refused(it: Standing) -> tuple:
    application = it.case.application
    title = (
        _("The Ministry refused the patent on %(day)s.") % {"day": day_year(application.refused_on)}
        if application.refused_on
        else _("The Ministry refused the patent.")
    )
    text = [_("Reason: %(reason)s.") % {"reason": pieces.clause(application.refusal_reason)}]
    paid = [
        _(
            "You paid %(sum)s. This money stays yours: it counts for a new application, or you "
            "get it back. Ask the centre."
        )
        % {"sum": roubles(pieces.total(it.paid))}
    ]
    text = [*(text if application.refusal_reason else []), _("You can appeal the decision.")]
    return title, [*text, *(paid if it.paid else [])], Action.WHAT_NOW


def _none(it: Standing) -> tuple:
    title = _("You have no application for a patent yet.")
    where = _("You can apply at the centre within 30 days of your entry.")
    return title, [where], Action.BOOK


_SENTENCES = {
    State.ANNULLED: _annulled,
    State.EXPIRED: _expired,
    State.LAPSED: _lapsed,
    State.TRACING: _tracing,
    State.IN_TRANSIT: _in_transit,
    State.UNSEEN: _unseen,
    State.DUE: _due,
    State.VALID: _valid,
    State.READY: _ready,
    State.PREPARING: _preparing,
    State.REFUSED: _refused,
    State.NONE: _none,
}

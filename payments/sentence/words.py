"""Single words for standings, months and buttons."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from common.formats import roubles
from payments.codes import SeenBy
from payments.sentence.actions import Action
from payments.standing import BoxState, Standing, State, ThirdParty

# Lazy: a page asks for one of them, and a table of texts would be translated whole.
STANDINGS = {
    State.ANNULLED: pgettext_lazy("standing", "Annulled"),
    State.EXPIRED: pgettext_lazy("standing", "The year is over"),
    State.LAPSED: pgettext_lazy("standing", "The term has passed"),
    State.TRACING: pgettext_lazy("standing", "Looking for the payment"),
    State.IN_TRANSIT: pgettext_lazy("standing", "Payment on its way"),
    State.UNSEEN: pgettext_lazy("standing", "Payment not visible yet"),
    State.DUE: pgettext_lazy("standing", "Time to pay"),
    State.VALID: pgettext_lazy("standing", "Valid"),
    State.READY: pgettext_lazy("standing", "Patent ready"),
    State.PREPARING: pgettext_lazy("standing", "Preparing"),
    State.REFUSED: pgettext_lazy("standing", "Refused"),
    State.NONE: pgettext_lazy("standing", "No application"),
}
BOXES = {
    BoxState.POSTED: pgettext_lazy("month", "paid"),
    BoxState.IN_TRANSIT: pgettext_lazy("month", "money on its way"),
    BoxState.TRACING: pgettext_lazy("month", "looking for the money"),
    BoxState.DUE: pgettext_lazy("month", "to be paid"),
    BoxState.UNSEEN: pgettext_lazy("month", "payment not visible yet"),
    BoxState.LAPSED: pgettext_lazy("month", "closed"),
    BoxState.LATER: pgettext_lazy("month", "not yet"),
}


def word(state: State) -> str:
    """The name of a standing, for the panel, tags and filters."""
    return str(STANDINGS[state])


def box_word(state: BoxState) -> str:
    """What the hidden text and the legend of the year say of one month."""
    return str(BOXES[state])


def year_title(it: Standing) -> str:
    """The heading over the twelve boxes."""
    if it.months_living:
        return ngettext(
            "Year of the patent: %(posted)d month paid, %(living)d more on its way",
            "Year of the patent: %(posted)d months paid, %(living)d more on their way",
            it.months_posted,
        ) % {"posted": it.months_posted, "living": it.months_living}
    return ngettext(
        "Year of the patent: %(posted)d month of 12 paid",
        "Year of the patent: %(posted)d months of 12 paid",
        it.months_posted,
    ) % {"posted": it.months_posted}


def third_party_words(told: ThirdParty) -> str:
    """What a policeman or an employer reads."""
    return {
        ThirdParty.VALID: _("The patent is valid."),
        ThirdParty.IN_TRANSIT: _("The patent is valid. The payment is on its way."),
        ThirdParty.CHECKED: _("The payment is being checked."),
        ThirdParty.ENDED: _("The patent is not valid."),
        ThirdParty.NO_PATENT: _("There is no patent."),
    }[told]


def seen_by_words(seen_by: SeenBy) -> str:
    """Who saw the payment of a certificate, on the day when it was made."""
    return {
        SeenBy.ACQUIRER: _("online, on the centre's portal"),
        SeenBy.TILL: _("at the cash desk of the centre"),
        SeenBy.CHECKED_CHEQUE: _("at a bank; the centre checked the cheque"),
        SeenBy.SHOWN_CHEQUE: _("at a bank; the centre had not checked the cheque"),
    }[seen_by]


SIGNS = {
    State.ANNULLED: "end",
    State.EXPIRED: "end",
    State.LAPSED: "end",
    State.TRACING: "trace",
    State.IN_TRANSIT: "way",
    State.UNSEEN: "unseen",
    State.DUE: "due",
    State.VALID: "ok",
    State.READY: "ready",
    State.PREPARING: "prep",
    State.REFUSED: "no",
    State.NONE: "patent",
}


def action_label(action: Action, it: Standing) -> str:
    if action == Action.PAY:
        return _("Pay %(sum)s") % {"sum": roubles(it.monthly)} if it.monthly else _("Pay")
    if action == Action.BOOK and it.state == State.NONE:
        return _("Make an appointment at the centre")
    return {
        Action.PAY_AHEAD: _("Pay ahead"),
        Action.PAY_FIRST: _("Pay for the first month"),
        Action.CERTIFICATE: _("Download a certificate"),
        Action.CHEQUE: _("Show a cheque"),
        Action.NEW_PATENT: _("Papers for a new patent"),
        Action.WHAT_NOW: _("What can be done"),
        Action.BOOK: _("Make an appointment"),
        Action.PAPERS: _("See what you handed in"),
    }[action]

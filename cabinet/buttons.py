"""Where the one button of a standing leads. Only pages that exist are named."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from payments.sentence import Action, Sentence
from payments.standing import Standing, State


@dataclass(frozen=True)
class Link:
    url: str
    label: str


def button(sentence: Sentence) -> Link:
    if sentence.state == State.REFUSED:  # what may be done stands beside the reason
        return Link(reverse("cabinet:patent"), sentence.action_label)
    return Link(_address(sentence.action), sentence.action_label)


def links(standing: Standing) -> list[Link]:
    """Quieter ways on, beside the button."""
    if standing.state in (State.READY, State.PREPARING):
        return _links_before_issue(standing)
    if standing.state == State.DUE:
        return [Link(reverse("payments:receipt_new"), _("Receipt for a bank"))]
    if standing.first_month_is_in_time:
        return [Link(reverse("payments:pay"), _("Pay for the first month today"))]
    if standing.state == State.VALID and standing.pay_by and not standing.reminded:
        return [Link(reverse("accounts:settings"), _("Switch reminders on"))]
    if standing.state in (State.UNSEEN, State.LAPSED) and not standing.held:
        return [Link(reverse("cabinet:help") + "#late", _("Not paid yet? What to do"))]
    return []


def _links_before_issue(standing: Standing) -> list[Link]:
    if standing.months:
        return [Link(reverse("payments:certificate"), _("Certificate of payments"))]
    if standing.late:
        return []
    return [Link(reverse("payments:receipt_new"), _("Receipt for a bank"))]


def _address(action: Action) -> str:
    name, anchor = ADDRESSES[action]
    return reverse(name) + anchor


ADDRESSES = {
    Action.PAY: ("payments:pay", ""),
    Action.PAY_AHEAD: ("payments:pay", ""),
    Action.PAY_FIRST: ("payments:pay", ""),
    Action.CERTIFICATE: ("payments:certificate", ""),
    Action.CHEQUE: ("payments:claims", ""),
    Action.NEW_PATENT: ("cabinet:documents", "?ground=reissue"),
    Action.WHAT_NOW: ("cabinet:help", "#what-now"),
    Action.BOOK: ("cabinet:help", "#visit"),
    Action.PAPERS: ("cabinet:documents", ""),
}

"""Treasury accounts and how far their statements are complete: derived from the files each time."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.clock import moscow_day
from common.errors import Refusal
from payments.models import Account, Requisites, Statement
from payments.opening.known import moves_over_lines
from payments.services.locks import hold_accounts
from payments.statements.completeness import complete_through
from payments.statements.model import ONE_DAY


class OpeningBehindLines(Refusal):
    message = _("Lines of these days are counted already. The opening cannot be moved over them.")


@transaction.atomic
def open_account(*, number: str, counted_through: date) -> Account:
    """Completeness of this account starts after the day; lines up to it count as known before.

    Asked again it moves the opening, unless lines would change their meaning.
    """
    hold_accounts([number])
    account = Account.objects.filter(number=number).first()
    if account is None:
        return Account.objects.create(
            number=number, counted_through=counted_through, complete_through=counted_through
        )
    if account.counted_through != counted_through:
        _move_opening(account, counted_through)
    return account


def _move_opening(account: Account, counted_through: date) -> None:
    if moves_over_lines(account.number, counted_through):
        raise OpeningBehindLines
    account.counted_through = counted_through
    account.complete_through = _derived(account)
    account.save(update_fields=["counted_through", "complete_through"])


def own_account(number: str) -> Account | None:
    """Our account of this number. One whose opening nobody has said yet begins with its
    requisites, so that nothing is complete and nothing is taken as counted before."""
    account = Account.objects.filter(number=number).first()
    first = Requisites.objects.filter(account=number).order_by("valid_from").first()
    if account or first is None:
        return account
    return open_account(number=number, counted_through=first.valid_from - ONE_DAY)


def recompute(account: Account) -> None:
    """What finished statements prove. The caller holds the account."""
    account.complete_through = _derived(account)
    account.save(update_fields=["complete_through"])


def _derived(account: Account) -> date:
    whole = Statement.objects.finished().filter(account=account, whole_through__isnull=False)
    days = whole.values_list("first_day", "whole_through", "imported_at")
    through = complete_through(account.counted_through, (_over(*row) for row in days))
    return max(account.counted_through, min(through, _before_held(account)))


def _before_held(account: Account) -> date:
    """While nobody has said whether a held file is ours, its days wait, whatever others show: its
    lines may be payments, and nobody may hear that theirs did not come."""
    held = Statement.objects.held().filter(account=account)
    first = held.order_by("first_day").values_list("first_day", flat=True).first()
    return date.max if first is None else first - ONE_DAY


def _over(first_day: date, whole_through: date, came_at: datetime) -> tuple[date, date]:
    """Of a file that came before its days were over only those before it count, whatever clock
    its sender has. What it shows is the sender's whole day all the same: pieces do not add to it.
    """
    return first_day, min(whole_through, moscow_day(came_at) - ONE_DAY)

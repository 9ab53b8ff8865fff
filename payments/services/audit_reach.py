"""The proof that days called complete are proven by files, and what is not in the books yet."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from common.formats import short_day
from payments.models import Account, Statement
from payments.services.importing.completeness import derived
from payments.services.ledger.locks import hold_accounts


def not_proven() -> Iterator[str]:
    """Accounts whose days are kept as complete otherwise than their files say."""
    for account in Account.objects.order_by("number"):
        if _differs(account) and _differs_held(account):
            yield _(
                "account %(number)s: complete through %(kept)s is kept, its files prove %(proven)s"
            ) % {
                "number": account.number,
                "kept": short_day(account.complete_through),
                "proven": short_day(derived(account).through),
            }


def not_in_the_books() -> Iterator[str]:
    """Files that wait: no fault, but what they show counts for nothing."""
    for file in Statement.objects.filter(finished_at__isnull=True).order_by("pk"):
        said = (
            _("statement %(id)d is held: %(lines)d lines wait for staff")
            if file.is_held
            else _("statement %(id)d is not finished: %(lines)d lines, some may be missing")
        )
        yield said % {"id": file.pk, "lines": file.line_count}


def _differs(account: Account) -> bool:
    found = derived(account)
    return (account.complete_through, account.broken_on) != (found.through, found.broken_on)


@transaction.atomic
def _differs_held(account: Account) -> bool:
    """Once more while no import can end in between."""
    hold_accounts([account.number])
    account.refresh_from_db()
    return _differs(account)

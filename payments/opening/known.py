"""An opening file beside the database: nobody and nothing may be there already."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import LoginKind, LoginName, Passport
from common.clock import today
from patents.models import Application, Inn, Patent
from payments.models import Account, Requisites, StatementLine
from payments.opening.columns import ACCOUNTS, APPLICATIONS, PATENTS, PEOPLE, Sheet
from payments.opening.faults import Faults
from payments.opening.position import Fact, Position

AT_ONCE = 5000
A_YEAR_AND_MORE = timedelta(days=400)  # a patent's year, and the month in which it is looked for


def refuse_known(found: Position, faults: Faults) -> None:
    """A row for everything that the database has, and for accounts that do not fit."""
    logins = LoginName.objects.filter(kind=LoginKind.APPLICATION)
    _refuse(PEOPLE, found.people, "passport", Passport.objects.current(), "number", faults)
    _refuse(PEOPLE, found.people, "inn", Inn.objects.current(), "value", faults)
    _refuse(APPLICATIONS, found.applications, "number", Application.objects.all(), "number", faults)
    _refuse(APPLICATIONS, found.applications, "number", logins, "value", faults)
    _refuse_patents(found.patents, faults)
    _refuse_accounts(found.accounts, faults)


def _refuse(
    sheet: Sheet, facts: list[Fact], key: str, rows: QuerySet, name: str, faults: Faults
) -> None:
    taken = _taken({fact[key] for fact in facts if fact[key]}, rows, name)
    for fact in facts:
        if fact[key] in taken:
            faults.add(sheet, fact.line, key, _("The portal has this number already."))


def _taken(values: Iterable[str], rows: QuerySet, name: str) -> set[str]:
    values, taken = list(values), set()
    for start in range(0, len(values), AT_ONCE):
        some = rows.filter(**{f"{name}__in": values[start : start + AT_ONCE]})
        taken |= set(some.values_list(name, flat=True))
    return taken


def _refuse_patents(facts: list[Fact], faults: Faults) -> None:
    numbers = {fact["patent_number"] for fact in facts if fact["patent_number"]}
    same_numbers = _taken(numbers, Patent.objects.all(), "number")
    rows = Patent.objects.filter(number__in=same_numbers).values_list("series", "number")
    taken = set(rows)
    for fact in facts:
        if (fact["series"], fact["patent_number"]) in taken:
            reason = _("The portal has this number already.")
            faults.add(PATENTS, fact.line, "patent_number", reason)


# --- the Treasury's accounts


def _refuse_accounts(facts: list[Fact], faults: Faults) -> None:
    ours = set(Requisites.objects.values_list("account", flat=True))
    for fact in facts:
        if not fact["account"] or not fact["counted_through"]:
            continue
        if fact["account"] not in ours:
            faults.add(ACCOUNTS, fact.line, "account", _("This account is not one of ours."))
        elif moves_over_lines(fact["account"], fact["counted_through"]):
            reason = _("Statements of these days are counted already. Name the day they begin.")
            faults.add(ACCOUNTS, fact.line, "counted_through", reason)
    for number in sorted(accounts_to_name() - {fact["account"] for fact in facts}):
        reason = _("The account %s took payments and is not named.") % number
        faults.add(ACCOUNTS, 0, "", reason)


def accounts_to_name() -> set[str]:
    """Left out, an account would count again what its months hold already."""
    lately = Q(valid_until__isnull=True) | Q(valid_until__gte=today() - A_YEAR_AND_MORE)
    rows = Requisites.objects.filter(lately, valid_from__lte=today())
    return set(rows.values_list("account", flat=True))


def moves_over_lines(number: str, counted_through: date) -> bool:
    """Whether this opening would change what lines mean that are here already."""
    account = Account.objects.filter(number=number).first()
    if account is None:
        return False
    first, last = sorted([account.counted_through, counted_through])
    lines = StatementLine.objects.filter(account=account)
    return lines.filter(posted_on__gt=first, posted_on__lte=last).exists()

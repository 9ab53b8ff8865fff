"""Forming receipts: a paper with everything that a bank needs, kept as it was on its day."""

import secrets
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from patents.inns import current_inn
from patents.models import Application
from payments import pricing, reference
from payments.models import Receipt, Requisites, Tariff
from payments.promises import no_inn
from payments.room import COPIED_REQUISITES, months_left, require_open, require_room

LONGEST_PURPOSE = 210
REFERENCE_TRIES = 5
NOT_TYPED = ("middle_name", "latin_name", "passport")


@transaction.atomic
def form_receipt(
    *,
    application: Application,
    months: int,
    on: date,
    anew: bool = False,
    typed_alone: bool = False,
) -> Receipt:
    """A receipt at the tariff and requisites of the day `on`, for months that still fit the year.

    Asked twice on a day for the same, it gives the same paper while nobody paid it by card, unless
    `anew`. With `typed_alone` it says no more of the payer than a stranger types who asks for it
    without login: last and first name and INN.
    Raises NothingToPay, MonthsBeyondCap, NoInn, TariffUnknown, RequisitesUnknown.
    """
    # The lock is what keeps two tabs from forming more months than the year has.
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    require_open(application, on)
    require_room(months, months_left(application))
    tariff, requisites = pricing.tariff_on(on), pricing.requisites_on(on)
    draft = _draft(application, months, tariff, on)
    draft.snapshot = _snapshot(draft, tariff, requisites)
    if typed_alone:
        draft.snapshot["payer"] |= dict.fromkeys(NOT_TYPED, "")
    same = None if anew else _same_paper(draft)
    return same or _save_under_new_reference(draft)


def _draft(application: Application, months: int, tariff: Tariff, on: date) -> Receipt:
    return Receipt(
        person=application.person,
        application=application,
        patent=getattr(application, "patent", None),
        months=months,
        monthly=tariff.monthly,
        amount=tariff.monthly * Decimal(months),
        formed_on=on,
    )


def _snapshot(draft: Receipt, tariff: Tariff, requisites: Requisites) -> dict:
    """Everything that the paper and its QR say, but the reference."""
    last_name, first_name, middle_name = draft.person.name_parts
    copied = {name: getattr(requisites, name) for name in COPIED_REQUISITES}
    return copied | {
        "wording": requisites.purpose,
        "price_until": tariff.valid_until and tariff.valid_until.isoformat(),
        "application": draft.application.number,
        "patent": _patent(draft),
        "payer": {
            "last_name": last_name,
            "first_name": first_name,
            "middle_name": middle_name,
            "latin_name": draft.person.latin_name,
            "inn": _inn(draft.application),
            "passport": _passport(draft.person),
        },
    }


def _patent(draft: Receipt) -> dict | None:
    patent = draft.patent
    return patent and {"series": patent.series, "number": patent.number}


def _inn(application: Application) -> str:
    inn = current_inn(application.person)
    if inn is None:
        raise no_inn(application)
    return inn


def _passport(person) -> str:
    return person.passports.current().values_list("number", flat=True).first() or ""


def _same_paper(draft: Receipt) -> Receipt | None:
    """A receipt of the same day that says the same and was not paid by card."""
    papers = Receipt.objects.unpaid().filter(
        application=draft.application,
        formed_on=draft.formed_on,
        months=draft.months,
        pay_link__isnull=True,
    )
    return next((paper for paper in papers if _says_the_same(paper, draft)), None)


def _says_the_same(paper: Receipt, draft: Receipt) -> bool:
    said = {key: value for key, value in paper.snapshot.items() if key != "purpose"}
    return said == draft.snapshot and paper.monthly == draft.monthly


def _save_under_new_reference(draft: Receipt) -> Receipt:
    """Two receipts get one reference once in billions: the constraint says so, we draw again."""
    snapshot = draft.snapshot
    for attempt in range(1, REFERENCE_TRIES + 1):
        draft.reference = reference.new(secrets.SystemRandom())
        draft.snapshot = snapshot | {"purpose": purpose(snapshot, draft.reference)}
        try:
            with transaction.atomic():
                draft.save(force_insert=True)
        except IntegrityError:
            if attempt == REFERENCE_TRIES:
                raise
        else:
            return draft
    raise AssertionError("unreachable")


def purpose(snapshot: dict, receipt_reference: str) -> str:
    """Field 24 of the payment order: Russian whatever the page's language, 210 characters at most.

    The reference stands before the name, so that cutting a long name never costs the reference.
    """
    payer = snapshot["payer"]
    parts = [
        snapshot["wording"],
        _document(snapshot),
        f"квитанция MMC-{receipt_reference}",
        f"{payer['last_name']} {payer['first_name']}",
    ]
    return ", ".join(parts)[:LONGEST_PURPOSE].rstrip(" ,")


def _document(snapshot: dict) -> str:
    patent = snapshot["patent"]
    if patent:
        return f"патент {patent['series']} № {patent['number']}"
    passport = snapshot["payer"]["passport"]
    return f"заявление № {snapshot['application']}" + (f", паспорт {passport}" if passport else "")

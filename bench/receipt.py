"""What the receipt's PDF costs: processor time against the same page through weasyprint and
against the same page without its QR, in one run; and its size."""

import statistics
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import escape

ROUNDS, PAPERS = 5, 3
GOALS = {"weasyprint": 0.5, "without_qr": 3, "size": 60}
FIELDS = {
    "Name": "Казначейство России (ФНС России)",
    "PersonalAcc": "03100643000000018500",
    "BankName": "ОТДЕЛЕНИЕ ТУЛА БАНКА РОССИИ//УФК по Тул. обл.",
    "BIC": "017003983",
    "CorrespAcc": "40102810445370000059",
    "Sum": "2000000",
    "Purpose": "Налог на доходы физических лиц в виде фиксированного авансового платежа, "
    "патент 77 № 2600418174, квитанция MMC-7KQ4MX2P, Мамедов Эльчин",
    "PayeeINN": "7727406020",
    "PayerINN": "775100004210",
    "DrawerStatus": "13",
    "KPP": "770701001",
    "CBC": "18210102040011000110",
    "OKTMO": "45000000",
    "LastName": "Мамедов",
    "FirstName": "Эльчин",
    "MiddleName": "Расим оглы",
    "TechCode": "03",
}


def main() -> None:
    from payments.receipt_pdf import render

    paper = sample()
    bare = replace(paper, payload=b"")
    ways = {"ours": lambda: render(paper), "without_qr": lambda: render(bare)}
    page = _through_weasyprint(paper)
    if page:
        ways["weasyprint"] = page
    costs = _measured(ways)
    _print(costs, len(render(paper)))


def sample():
    """A receipt of an invented person, filled in as a real one is."""
    from payments import gost
    from payments.receipt_pdf import ReceiptPrint

    return ReceiptPrint(
        payee=FIELDS["Name"],
        inn=FIELDS["PayeeINN"],
        kpp=FIELDS["KPP"],
        account=FIELDS["PersonalAcc"],
        bank="ОТДЕЛЕНИЕ ТУЛА БАНКА РОССИИ//УФК по Тульской области, г Тула",
        bic=FIELDS["BIC"],
        corr_account=FIELDS["CorrespAcc"],
        kbk=FIELDS["CBC"],
        oktmo=FIELDS["OKTMO"],
        drawer_status="13",
        basis="0",
        period="0",
        document_number="0",
        document_date="0",
        purpose=FIELDS["Purpose"],
        payer="Мамедов Эльчин Расим оглы",
        payer_inn=FIELDS["PayerINN"],
        document="Патент 77 № 2600418174",
        amount=Decimal("20000.00"),
        reference="7KQ4MX2P",
        formed_on=date(2026, 2, 8),
        pay_by=date(2026, 2, 14),
        months=2,
        payload=gost.payload(FIELDS),
    )


def _through_weasyprint(paper):
    """The same rows and the same QR as a page of HTML; None where weasyprint is not installed."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return None
    return lambda: weasyprint.HTML(string=_html(paper)).write_pdf()


def _html(paper) -> str:
    from payments.receipt_pdf import code_of
    from payments.receipt_pdf.form import rows_of

    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(c.value)}<br><small>{c.caption}</small></td>" for c in row)
        for row in rows_of(paper)
    )
    code = code_of(paper.payload).svg_data_uri(scale=2)
    half = f"<table>{rows}</table>"
    style = "@page { size: A4; margin: 1cm } body { font: 9pt sans-serif }"
    return f'<style>{style}</style><img src="{code}" width="170">{half}<hr>{half}'


def _measured(ways: dict) -> dict[str, float]:
    """Milliseconds of processor time of one paper: the median of rounds that take turns."""
    costs = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _round in range(ROUNDS):
        for name, way in ways.items():
            before = time.process_time()
            for _paper_no in range(PAPERS):
                way()
            costs[name].append((time.process_time() - before) / PAPERS * 1000)
    return {name: statistics.median(spent) for name, spent in costs.items()}


def _print(costs: dict[str, float], size: int) -> None:
    ours = costs["ours"]
    for name, spent in costs.items():
        print(f"receipt_pdf_{name}: {spent:.2f} ms")
    for name in ("weasyprint", "without_qr"):
        if name in costs:
            goal = f"goal {GOALS[name]} at most"
            print(f"receipt_pdf_to_{name}: {ours / costs[name]:.2f} × ({goal})")
        else:
            print(f"receipt_pdf_to_{name}: skipped, {name} is not installed here")
    print(f"receipt_pdf_size: {size / 1024:.1f} KB (goal {GOALS['size']} at most)")

"""A file is refused with the line on which the fault stands, as an editor numbers it."""

import re
from datetime import date

import pytest
from django.utils import translation
from lxml import etree

from payments.statements.errors import NotAStatement
from payments.statements.formats import must_have_come
from tests.payments import camt_files, gis_gmp_files, test_registers
from tests.payments.parsing import read, refusal
from tests.payments.statement_files import ACCOUNT, order, statement
from tests.payments.test_one_c_stream import FIRST, LAST, file_of, section

MIDDLE = date(2026, 2, 10)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def line_with(text: str, mark: str, occurrence: int = 1) -> int:
    """Counted apart from the parsers: the line that begins so, for the so-many-th time."""
    begins = [n for n, line in enumerate(text.split("\n"), 1) if line.strip().startswith(mark)]
    return begins[occurrence - 1]


# --- 1C: the key, not the section


GOOD = statement(order(ДатаСписано="04.02.2026"), order(number="2"))
FAULTS = {
    "a sum in words": ("Сумма=10000.00", "Сумма=десять"),
    "no sum": ("Сумма=10000.00", "Сумма="),
    "a sum too large": ("Сумма=10000.00", "Сумма=1000000000"),
    "an impossible day of the order": ("Дата=05.02.2026", "Дата=31.02.2026"),
    "an impossible day of the payment": ("ДатаСписано=04.02.2026", "ДатаСписано=вчера"),
    "posted on a foreign day": ("ДатаПоступило=11.02.2026", "ДатаПоступило=10.02.2026"),
    "a balance in words": ("КонечныйОстаток=1020000.00", "КонечныйОстаток=много"),
    "a wrong balance": ("КонечныйОстаток=1020000.00", "КонечныйОстаток=1.00"),
    "a wrong total": ("ВсегоПоступило=20000.00", "ВсегоПоступило=20000.01"),
    "a wrong total of what left": ("ВсегоСписано=0", "ВсегоСписано=5.00"),
    "an hour that no clock shows": ("ВремяСоздания=00:10:00", "ВремяСоздания=25:10:00"),
    "an impossible day of forming": ("ДатаСоздания=12.02.2026", "ДатаСоздания=12.13.2026"),
    "half an account": (f"РасчСчет={ACCOUNT}", "РасчСчет=0310"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("encoding", ["cp1251", "cp866"])
def test_a_fault_of_1c_is_named_with_the_line_of_its_key(fault, encoding):
    good, bad = FAULTS[fault]
    blank = GOOD.replace("Номер=", "\r\n\r\nНомер=").replace("РасчСчет=", "\r\nРасчСчет=", 1)
    assert good in blank
    text = blank.replace(good, bad, 1)

    said = refusal(text.encode(encoding))

    assert said.startswith(f"Line {line_with(text, bad)}: ")


def test_what_a_document_does_not_say_is_named_with_the_line_of_the_document():
    text = GOOD.replace("Сумма=10000.00\r\n", "", 1)

    assert refusal(text.encode("cp1251")) == (
        f"Line {line_with(text, 'СекцияДокумент')}: the sum of the payment must be more than zero."
    )


def test_a_day_of_the_header_is_not_looked_for_in_the_section_of_the_account():
    """Both have the key, and the header may go on below the section."""
    head = GOOD.replace("ДатаНачала=11.02.2026\r\nДатаКонца=11.02.2026\r\n", "", 1)
    below = "КонецРасчСчет\r\nДатаНачала=12.02.2026\r\nДатаКонца=11.02.2026\r\n"
    text = head.replace("КонецРасчСчет\r\n", below)

    assert refusal(text.encode("cp1251")) == (
        f"Line {line_with(text, 'ДатаКонца', 2)}: the last day is before the first (ДатаНачала)."
    )


def of_two(first: str, second: str) -> str:
    return file_of(order(), sections=first + second).decode("cp1251")


EARLIER = section(ACCOUNT, FIRST, FIRST, 100, 0)
LATER = section(ACCOUNT, MIDDLE, LAST, 100, 10000)
FAULTS_OF_SECTIONS = {
    "one does not follow the other": (
        EARLIER,
        section(ACCOUNT, MIDDLE, LAST, 90, 10000),
        ("НачальныйОстаток", 2),
        "НачальныйОстаток is 90.00, but the section before ends with 100.00.",
    ),
    "the payments lead elsewhere": (
        EARLIER.replace("ВсегоСписано=0.00\r\n", ""),
        LATER.replace("ВсегоСписано=0.00\r\n", "").replace("=10100.00", "=10099.00"),
        ("КонечныйОстаток", 2),
        "КонечныйОстаток is 10099.00, but the payments of the file lead to 10100.00.",
    ),
    "half an account": (
        EARLIER,
        LATER.replace(ACCOUNT, "0310"),
        ("РасчСчет", 3),
        "an account number has 20 digits.",
    ),
    "days the wrong way round": (
        EARLIER,
        LATER.replace("ДатаКонца=11.02.2026", "ДатаКонца=09.02.2026"),
        ("ДатаКонца", 3),
        "the last day is before the first (ДатаНачала).",
    ),
}


@pytest.mark.parametrize("fault", FAULTS_OF_SECTIONS)
def test_a_fault_of_a_section_is_named_with_its_own_line(fault):
    first, second, place, sentence = FAULTS_OF_SECTIONS[fault]
    text = of_two(first, second)

    assert refusal(text.encode("cp1251")) == f"Line {line_with(text, *place)}: {sentence}"


def test_sections_whose_faults_make_up_for_each_other_are_refused():
    """The sum of both, and the way from the first balance to the last, are right."""
    good = of_two(EARLIER, LATER)
    text = of_two(EARLIER.replace("=0.00", "=10000.00", 1), LATER.replace("=10000.00", "=0.00", 1))

    assert read(good.encode("cp1251"))[1][0].sums_agree
    assert refusal(text.encode("cp1251")) == (
        f"Line {line_with(text, 'КонечныйОстаток')}: КонечныйОстаток is 100.00,"
        " but the other sums of the section make 10100.00."
    )


# --- camt.053: the element, not the statement


def on_lines(content: bytes) -> str:
    """Every element on a line of its own, as banks send them."""
    root = etree.fromstring(content, etree.XMLParser(remove_blank_text=True))
    return etree.tostring(root, pretty_print=True, encoding="unicode")


WHOLE = on_lines(
    camt_files.whole(
        camt_files.entry(),
        summary=camt_files.tag("TtlNtries", camt_files.tag("NbOfNtries", "1"))
        + camt_files.tag("TtlCdtNtries", camt_files.tag("Sum", "10000.00")),
    )
)
FAULTS_OF_CAMT = {
    "a closing balance": ('<Amt Ccy="RUB">11000.00<', "11000.01<", "<Bal>", 2),
    "an opening balance in words": ('<Amt Ccy="RUB">1000.00<', "ten<", "<Bal>", 1),
    "a total": ("<Sum>10000.00<", "10000.01<", "<TtlCdtNtries>", 1),
    "how many there are": ("<NbOfNtries>1<", "2<", "<TtlNtries>", 1),
    "half an account": (f"<Id>{ACCOUNT}<", "0310<", "<Acct>", 1),
    "days the wrong way round": ("<FrDtTm>2026-02-11T", "2026-02-13T", "<FrToDt>", 1),
    "a stamp in words": ("<CreDtTm>2026-02-12T00:10:00+03:00<", "soon<", "<CreDtTm>", 2),
}


@pytest.mark.parametrize("fault", FAULTS_OF_CAMT)
def test_a_fault_of_camt_is_named_with_the_line_of_its_element(fault):
    good, bad, mark, occurrence = FAULTS_OF_CAMT[fault]
    assert WHOLE.count(good) == 1
    text = WHOLE.replace(good, good[: good.index(">") + 1] + bad)

    assert refusal(text.encode()).startswith(f"Line {line_with(text, mark, occurrence)}: ")


# --- XML beyond the line to which its reader counts


BLANK = "\n" * 66_000


def test_the_line_is_right_beyond_the_65535th_of_camt():
    entries = camt_files.entry(), camt_files.entry(posted_on=date(2026, 3, 1))
    text = on_lines(camt_files.whole(*entries, balances=False)).replace("<Stmt>", f"{BLANK}<Stmt>")

    assert refusal(text.encode()).startswith(
        f"Line {line_with(text, '<Ntry>', 2)}: the day of posting is outside"
    )


def test_the_line_is_right_beyond_the_65535th_of_gis_gmp():
    notices = gis_gmp_files.notice(), gis_gmp_files.notice(amount="ten")
    text = gis_gmp_files.package(*notices).decode().replace("<pkg:Imp", f"{BLANK}<pkg:Imp", 1)

    assert refusal(text.encode()).startswith(
        f"Line {line_with(text, '<pkg:ImportedPayment', 2)}: “amount”"
    )


# --- what the whole file is refused for


TYPED = '<!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize("long", ["", " " * 70_000], ids=["near", "beyond what is looked at first"])
def test_a_document_type_is_refused_with_its_line(long):
    about = f"<?xml version='1.0'?>\n<!-- urn:iso:std:iso:20022:tech:xsd:camt.053. {long}-->\n"

    assert refusal(f"{about}{TYPED}{WHOLE}".encode()).startswith("Line 3: a document type")


def test_an_unknown_version_of_camt_is_named_with_the_line_that_says_it():
    text = WHOLE.replace("camt.053.001.08", "camt.053.001.99")

    assert refusal(f"\n\n{text}".encode()) == (
        "Line 3: the version camt.053.001.99 is not known here. Ask the bank for camt.053.001.08."
    )


FAR_OFF = date(2026, 4, 20)


def far_off_in_1c() -> tuple[bytes, str]:
    text = statement(order(), last=FAR_OFF).replace("\r\n", "\r\n\r\n")
    return text.encode("cp1251"), f"Line {line_with(text, 'ДатаКонца=')}: "


def far_off_in_a_section() -> tuple[bytes, str]:
    text = of_two(EARLIER, section(ACCOUNT, MIDDLE, FAR_OFF, 100, 10000))
    head, rest = text.split("СекцияРасчСчет", 1)
    head = re.sub("Дата(Начала|Конца)=.*\r\n", "", head)
    text = f"{head}СекцияРасчСчет{rest}"
    return text.encode("cp1251"), f"Line {line_with(text, 'ДатаКонца=', 2)}: "


def far_off_in_camt() -> tuple[bytes, str]:
    text = WHOLE.replace("<ToDtTm>2026-02-11T", "<ToDtTm>2026-04-20T")
    assert text != WHOLE
    return text.encode(), f"Line {line_with(text, '<FrToDt>')}: "


def far_off_in_gis_gmp() -> tuple[bytes, str]:
    notices = (
        gis_gmp_files.notice(),
        gis_gmp_files.notice(payment_id="7" * 32, paymentExecDate=FAR_OFF),
    )
    text = gis_gmp_files.package(*notices).decode()
    return text.encode(), f"Line {line_with(text, '<pkg:ImportedPayment', 2)}: "


def far_off_in_a_register() -> tuple[bytes, str]:
    later = test_registers.changed(posted_on=f"{FAR_OFF:%d.%m.%Y}")
    return test_registers.csv_of(test_registers.ROW, later, test_registers.ROW), "Line 3: "


@pytest.mark.parametrize(
    "file",
    [
        far_off_in_1c,
        far_off_in_a_section,
        far_off_in_camt,
        far_off_in_gis_gmp,
        far_off_in_a_register,
    ],
)
def test_a_day_that_has_not_come_is_refused_with_the_line_that_says_it(file):
    content, line = file()
    [head] = read(content, test_registers.ONLY)[1]

    with pytest.raises(NotAStatement) as caught:
        must_have_come(head, date(2026, 2, 12))

    assert str(caught.value) == (
        f"{line}this day has not come yet: 20.04.2026. Check the days of the file."
    )

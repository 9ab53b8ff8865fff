import time
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from common.clock import MOSCOW
from payments.statements import formats
from payments.statements.errors import NotAStatement
from payments.statements.model import Line, StatementHead
from tests.payments import statement_files as files
from tests.payments.parsing import read, refusal
from tests.payments.statement_files import ACCOUNT, order, piece, statement, whole

MEGABYTE = 2**20


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@dataclass
class Parsed:
    """A file about one account."""

    head: StatementHead
    lines: list[Line]

    def __getattr__(self, name):
        return getattr(self.head, name)


def parse(content: bytes) -> Parsed:
    lines, [head] = read(content)
    return Parsed(head, lines)


def without(text: str, line: str) -> bytes:
    return text.replace(f"{line}\r\n", "").encode("cp1251")


# --- what a good file says


def test_a_line_is_read_with_everything_that_identifies_it():
    [line] = parse(whole(order(ДатаСписано="04.02.2026"))).lines

    assert line.account == ACCOUNT
    assert line.posted_on == files.POSTED
    assert line.amount == Decimal("10000.00")
    assert line.document_number == "104233"
    assert line.document_date == date(2026, 2, 5)
    assert line.payer_name == "КАРИМОВ ТИМУР РУСТАМОВИЧ"
    assert line.payer_account == files.BANK_ACCOUNT
    assert line.payer_inn == files.INN
    assert line.purpose == files.WORDING
    assert line.raw["ПолучательИНН"] == "7727406020"


def test_a_whole_day_statement_knows_its_days_and_its_stamp():
    parsed = parse(whole(order(), number="17"))

    assert (parsed.first_day, parsed.last_day) == (files.POSTED, files.POSTED)
    assert parsed.formed_at == datetime(2026, 2, 12, 0, 10, tzinfo=MOSCOW)
    assert (parsed.sender, parsed.file_number) == ("Казначейство", "17")
    assert parsed.whole_through == files.POSTED
    assert sum(line.amount for line in parsed.lines) == Decimal("10000.00")


def test_an_empty_day_is_a_statement_too():
    parsed = parse(whole())

    assert parsed.lines == []
    assert parsed.whole_through == files.POSTED


@pytest.mark.parametrize(
    ("options", "through"),
    [
        ({"formed": "{same} 18:00:00"}, None),
        ({"totals": False}, None),
        ({"formed": ""}, None),
        ({"first": date(2026, 2, 9), "last": date(2026, 2, 11)}, date(2026, 2, 11)),
        (
            {
                "first": date(2026, 2, 9),
                "last": date(2026, 2, 11),
                "formed": "{same} 18:00:00",
            },
            date(2026, 2, 10),
        ),
    ],
    ids=["its own day is not over", "no sums", "no stamp", "three days", "the last day goes on"],
)
def test_whole_days_need_sums_and_a_stamp_after_them(options, through):
    assert parse(whole(**options)).whole_through == through


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("version", ["1.02", "1.03"])
def test_the_bytes_decide_the_encoding_whatever_the_file_says(encoding, version):
    text = statement(order()).replace("1.03", version)

    [line] = parse(text.encode(encoding)).lines

    assert line.payer_name == "КАРИМОВ ТИМУР РУСТАМОВИЧ"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("10000.00", "10000"), ("10 000,50", "10000.5"), ("10\u00a0000.5", "10000.5"), ("7", "7")],
)
def test_sums_may_have_a_comma_and_spaces(written, meant):
    [line] = parse(whole(order(amount=written), totals=False)).lines

    assert line.amount == Decimal(meant)


def test_blank_lines_small_letters_and_bare_newlines_do_no_harm():
    text = statement(order()).replace("Кодировка=Windows", "Кодировка=windows")
    text = text.replace("КонецДокумента\r\n", "КонецДокумента\n\n\n")

    assert len(parse(text.encode("cp1251")).lines) == 1


def test_a_purpose_in_six_parts_or_broken_into_lines_is_one_purpose():
    parts = order(purpose=None, НазначениеПлатежа1="НДФЛ патент", НазначениеПлатежа2="MMC-7KQ4")
    broken = order(purpose="НДФЛ патент\r\nMMC-7KQ4")

    assert [line.purpose for line in parse(whole(parts)).lines] == ["НДФЛ патент MMC-7KQ4"]
    assert [line.purpose for line in parse(whole(broken)).lines] == ["НДФЛ патент MMC-7KQ4"]


def test_direction_is_told_by_the_account():
    returned = order(ПлательщикСчет=ACCOUNT, ПолучательСчет=files.BANK_ACCOUNT)

    parsed = parse(whole(returned, order(), order(number="2")))

    assert [(line.document_number, line.outgoing) for line in parsed.lines] == [
        ("104233", True),
        ("104233", False),
        ("2", False),
    ]
    assert parsed.sums_agree


def test_a_missing_end_is_forgiven_when_the_sums_prove_that_nothing_is_missing():
    assert len(parse(without(statement(order()), "КонецФайла")).lines) == 1


DOS_ENDS = {
    "below": "КонецФайла\r\n\x1a",
    "beside": "КонецФайла\x1a",
    "many": f"КонецФайла\r\n{chr(26) * 40}",
    "without the end": "\x1a",
}


@pytest.mark.parametrize("end", DOS_ENDS.values(), ids=DOS_ENDS)
def test_the_sign_that_ends_a_text_of_dos_is_no_line_of_it(end):
    text = statement(order()).replace("КонецФайла\r\n", end)

    assert len(parse(text.encode("cp866")).lines) == 1
    assert "something follows" in refusal(f"{text}\r\nКонецФайла\r\nя".encode("cp866"))


# --- when the person paid


def test_paid_on_is_the_earliest_day_that_the_order_names():
    [line] = parse(whole(order(on=date(2026, 2, 5), ДатаСписано="04.02.2026"))).lines

    assert line.paid_on == date(2026, 2, 4)


def test_what_is_posted_was_paid_by_then_at_the_latest():
    [line] = parse(whole(order(on=date(2026, 2, 20)))).lines

    assert line.paid_on == files.POSTED


# --- equal lines


def test_equal_lines_have_equal_digests_whatever_file_and_encoding_they_came_in():
    [one] = parse(whole(order())).lines
    [copy] = parse(statement(order(purpose=f" {files.WORDING} "), number="9").encode()).lines

    assert one.digest == copy.digest


@pytest.mark.parametrize(
    "difference",
    [
        {"number": "104234"},
        {"on": date(2026, 2, 6)},
        {"amount": "10000.01"},
        {"posted_on": date(2026, 2, 12)},
        {"inn": "500100732259"},
        {"payer_account": "40817810000000000001"},
        {"purpose": "НДФЛ"},
    ],
    ids=lambda difference: next(iter(difference)),
)
def test_one_difference_makes_another_line(difference):
    days = {"first": date(2026, 2, 11), "last": date(2026, 2, 12)}

    one, other = parse(whole(order(), order(**difference), **days)).lines

    assert one.digest != other.digest


# --- what is refused, whole


UNKNOWN = (
    "This is no statement that we know: neither 1CClientBankExchange, nor ГИС ГМП, nor camt.053,"
    " nor a register that the centre has described."
)
GOOD = statement(order(), order(number="2"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\r\n \r\n", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (
            b"Date;Sum\r\n1;2\r\n",
            UNKNOWN,
        ),
        (
            b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
            UNKNOWN,
        ),
        (
            b"1CClientBankExchange\r\n" + "ВерсияФормата=1.03".encode("koi8-r"),
            "The file is written in an encoding we do not read. Save it in Windows-1251 or UTF-8.",
        ),
        (
            GOOD.encode("utf-16"),
            "The file is written in an encoding we do not read. Save it in Windows-1251 or UTF-8.",
        ),
        (
            GOOD.replace("Плательщик1=КАРИМОВ", "Плательщик1=\x00").encode("cp1251"),
            "Line 25: this is not text.",
        ),
        (
            GOOD[: GOOD.index("ДатаПоступило")].encode("cp1251"),
            "The file is cut off: the section begun in line 19 has no end.",
        ),
        (
            without(GOOD, "КонецДокумента"),
            "Line 30: the section begun in line 19 has no end.",
        ),
        (
            GOOD[: GOOD.rindex("СекцияДокумент")].encode("cp1251"),
            "Line 15: ВсегоПоступило is 20000.00, but the payments of the file make 10000.00. "
            "Is it cut off?",
        ),
        (
            GOOD.replace("КонечныйОстаток=1020000.00", "КонечныйОстаток=1020000.01").encode(
                "cp1251"
            ),
            "Line 17: КонечныйОстаток is 1020000.01, but the other sums of the section make"
            " 1020000.00.",
        ),
        (
            (GOOD + GOOD).encode("cp1251"),
            "Line 44: something follows the end of the file.",
        ),
        (
            GOOD.replace("Сумма=10000.00", "Сумма=десять").encode("cp1251"),
            "Line 22: “Сумма” is not a sum of money.",
        ),
        (
            GOOD.replace("Сумма=10000.00", "Сумма=10000.001").encode("cp1251"),
            "Line 22: “Сумма” is not a sum of money.",
        ),
        (
            GOOD.replace("Сумма=10000.00", "Сумма=-10000.00").encode("cp1251"),
            "Line 22: the sum of the payment must be more than zero.",
        ),
        (
            GOOD.replace("Дата=05.02.2026", "Дата=31.02.2026").encode("cp1251"),
            "Line 21: “Дата” is not a date like 14.02.2026.",
        ),
        (
            GOOD.replace("ДатаПоступило=11.02.2026", "ДатаПоступило=10.02.2026").encode("cp1251"),
            "Line 27: the day of posting is outside of the days of this file.",
        ),
        (
            GOOD.replace("ДатаНачала=11.02.2026", "ДатаНачала=12.02.2026").encode("cp1251"),
            "Line 12: the last day is before the first (ДатаНачала).",
        ),
        (
            without(GOOD.replace("РасчСчет=0310", "РасчСчет=0310", 1), "ДатаКонца=11.02.2026"),
            "Line 1: the file does not say which days it is about (ДатаНачала, ДатаКонца).",
        ),
        (
            GOOD.replace(f"ПолучательСчет={ACCOUNT}", "ПолучательСчет=1").encode("cp1251"),
            "Line 19: neither the payer nor the payee is the account of this file.",
        ),
    ],
    ids=[
        "empty",
        "blank",
        "only a mark of UTF-8",
        "a table",
        "a picture",
        "KOI-8",
        "UTF-16",
        "binary inside",
        "cut inside a document",
        "a document that never ends",
        "cut between documents",
        "balances disagree",
        "two files glued",
        "a sum in words",
        "a fraction of a kopeck",
        "a negative sum",
        "an impossible date",
        "posted on a foreign day",
        "days the wrong way round",
        "no last day",
        "somebody else's payment",
    ],
)
def test_a_bad_file_is_refused_whole_with_the_line_and_the_reason(content, sentence):
    assert refusal(content) == sentence


def test_a_file_without_end_and_without_sums_is_cut_off():
    text = statement(order(), totals=False)

    assert refusal(without(text, "КонецФайла")) == (
        "The file is cut off after line 21: it has no end (КонецФайла)."
    )


@pytest.mark.parametrize(("first", "then"), [("cp1251", "utf-8"), ("cp1251", "cp866")])
def test_a_file_that_changes_its_encoding_is_refused(first, then):
    head, tail = GOOD.split("СекцияДокумент", 1)

    sentence = refusal(head.encode(first) + f"СекцияДокумент{tail}".encode(then))

    assert sentence.startswith("Line ")


def test_a_value_in_another_encoding_is_refused():
    content = GOOD.encode("cp1251").replace("КАРИМОВ".encode("cp1251"), "КАРИМОВ".encode(), 1)

    assert refusal(content) == "Line 25: the encoding changes within the file."


@pytest.mark.parametrize(
    "content",
    [
        b"\xff" * (50 * MEGABYTE),
        b"1CClientBankExchange\r\n" + b"A" * (50 * MEGABYTE),
        whole(order())[:-12] + b"\x01\x02\r\n" * (12 * MEGABYTE),
    ],
    ids=["from the first byte", "in one endless line", "after a good beginning"],
)
def test_fifty_megabytes_of_garbage_are_answered_at_once(content):
    before = time.process_time()

    refusal(content)

    assert time.process_time() - before < 1


def test_a_file_beyond_the_limit_is_not_even_looked_at():
    with pytest.raises(NotAStatement) as caught:
        formats.must_not_be_too_big(3 * MEGABYTE, 2 * MEGABYTE)

    assert str(caught.value) == "The file is too big: 4 MB. A statement has at most 2 MB."


def test_an_endless_purpose_is_one_line_of_a_statement_no_more():
    assert refusal(whole(order(purpose="А" * 70_000))) == (
        "Line 29: the line is too long for a statement."
    )


def test_a_piece_of_a_day_is_a_good_file():
    parsed = parse(piece(order()))

    assert len(parsed.lines) == 1
    assert parsed.whole_through is None

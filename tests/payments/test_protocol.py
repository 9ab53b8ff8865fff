"""What every format gives the import."""

import io

import pytest

from payments.statements import formats
from payments.statements.errors import NotAStatement, WrongEncoding
from payments.statements.model import Line, StatementHead
from tests.payments.statement_files import ACCOUNT, POSTED, order, whole


def read(content: bytes) -> list[Line | StatementHead]:
    file = io.BytesIO(content)
    return list(formats.parser_of(file).lines(file))


def test_the_lines_of_a_file_come_before_the_head_of_their_account():
    first, second, head = read(whole(order(), order(number="2")))

    assert (first.document_number, second.document_number) == ("104233", "2")
    assert (head.account, head.whole_through) == (ACCOUNT, POSTED)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"name;sum\n", b"\xff\xfe1\x00"])
def test_a_file_of_no_known_format_is_refused(content):
    with pytest.raises(NotAStatement):
        read(content)


def test_a_file_of_two_bytes_a_letter_is_told_apart():
    with pytest.raises(WrongEncoding):
        read("1CClientBankExchange".encode("utf-16"))


def test_a_payment_named_by_the_budgets_own_number_is_alike_only_with_itself():
    facts = {"account": ACCOUNT, "posted_on": POSTED, "amount": 1}

    one, two = Line(**facts, payment_id="1"), Line(**facts, payment_id="2")

    assert one.digest != two.digest
    assert one.digest == Line(**facts, payment_id="1").digest

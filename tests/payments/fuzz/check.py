"""What must hold of a parser for whatever bytes."""

import io
from datetime import date
from decimal import Decimal

from payments.statements.errors import NotAStatement
from payments.statements.model import Line, StatementHead
from payments.statements.protocol import HEAD_BYTES, Parser


def one_input(parser: Parser, content: bytes) -> bool:
    """Lines and heads that fit each other, or a refusal with a sentence; True when it was read."""
    parser.recognises(content[:HEAD_BYTES])
    try:
        found = list(parser.lines(io.BytesIO(content)))
    except NotAStatement as refused:
        if not str(refused):
            raise AssertionError("a refusal without a sentence") from refused
        return False
    heads = {one.account: one for one in found if isinstance(one, StatementHead)}
    assert heads
    for line in found:
        if isinstance(line, Line):
            _must_be_sane(line, heads[line.account])
    return True


def _must_be_sane(line: Line, head: StatementHead) -> None:
    assert isinstance(line.amount, Decimal)
    assert Decimal("0.01") <= line.amount <= 10**8
    assert line.amount == round(line.amount, 2)
    assert head.first_day <= line.posted_on <= head.last_day
    assert line.paid_on is None or isinstance(line.paid_on, date)
    assert line.paid_on is None or line.outgoing or line.paid_on <= line.posted_on
    assert len(line.account) == 20
    assert len(line.digest) == 64
    assert max(len(line.payer_inn), len(line.payer_account)) <= 20
    assert max(len(line.payer_name), len(line.document_number)) <= 200

"""What staff described of registers, for the parsers."""

from payments.models import Register
from payments.statements.protocol import Parser
from payments.statements.registers import FIELDS, Mapping, Registers

COLUMN_OF = {name: name for name in FIELDS} | {"account": "account_column"}


def parsers() -> list[Parser]:
    """One for all described registers; none when there are none."""
    rows = Register.objects.filter(is_read=True).select_related("account")
    mappings = [_mapping(row) for row in rows]
    return [Registers(mappings)] if mappings else []


def _mapping(row: Register) -> Mapping:
    heads = {name: getattr(row, column) for name, column in COLUMN_OF.items()}
    return Mapping(
        sender=row.sender,
        columns={name: head for name, head in heads.items() if head},
        account=row.account.number if row.account else "",
        in_kopecks=row.in_kopecks,
        number_after=row.number_after,
    )

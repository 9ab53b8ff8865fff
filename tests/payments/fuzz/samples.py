"""Good files of every format: what a fuzzer begins with."""

from collections.abc import Callable
from functools import partial

from payments.statements.camt import Camt053
from payments.statements.gis_gmp import GisGmp
from payments.statements.one_c import OneC
from payments.statements.protocol import Parser
from payments.statements.registers import Registers
from tests.payments import camt_files, gis_gmp_files, test_registers
from tests.payments import real_shapes as shapes
from tests.payments import statement_files as files
from tests.payments.fuzz.check import one_input
from tests.payments.fuzz.openings import OPENINGS, one_opening

ORDERS = (files.order(), files.order(number="2", amount="5 000,50", Код="18209965213722486565"))
BACK = files.order(ПлательщикСчет=files.ACCOUNT, ПолучательСчет=files.BANK_ACCOUNT)
ONE_C = [
    files.whole(*ORDERS, BACK),
    files.statement(files.order()).encode(),
    files.statement(files.order(Плательщик="ИНН 770000000156 ИП"), totals=False).encode("cp866"),
    files.whole(),
    shapes.one_day().encode("cp1251"),
    shapes.tax_orders().encode("cp1251"),
    shapes.consolidated().encode(),
    shapes.two_accounts().encode(),
    shapes.of_dos().encode("cp866"),
]
GIS_GMP = [
    gis_gmp_files.package(gis_gmp_files.notice(), gis_gmp_files.notice(meaning="3")),
    gis_gmp_files.answer(gis_gmp_files.notice(name="PaymentInfo")),
]
CAMT = [
    camt_files.whole(camt_files.entry(), camt_files.entry(direction="DBIT"), sent="10000.00"),
    camt_files.whole(
        camt_files.entry(
            camt_files.payment(amount="1.00"), camt_files.payment(amount="2.00"), amount="3.00"
        ),
        came="3.00",
    ),
]
REGISTERS = [
    test_registers.csv_of(test_registers.ROW, test_registers.ROW),
    test_registers.table(test_registers.ROW, delimiter="\t").encode(),
    test_registers.excel_of(test_registers.ROW),
]
TABLES = Registers([test_registers.BANK, test_registers.TERMINAL])


def _target(parser: Parser) -> Callable[[bytes], bool]:
    return partial(one_input, parser)


# What must hold for whatever bytes (True: they were read), and the files to begin with.
FORMATS: dict[str, tuple[Callable[[bytes], bool], list[bytes]]] = {
    "one_c": (_target(OneC()), ONE_C),
    "gis_gmp": (_target(GisGmp()), GIS_GMP),
    "camt": (_target(Camt053()), CAMT),
    "registers": (_target(TABLES), REGISTERS),
    "opening": (one_opening, OPENINGS),
}

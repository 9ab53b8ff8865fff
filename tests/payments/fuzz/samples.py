"""Good files of every format: what a fuzzer begins with."""

from payments.statements.camt import Camt053
from payments.statements.gis_gmp import GisGmp
from payments.statements.one_c import OneC
from payments.statements.protocol import Parser
from payments.statements.registers import Registers
from tests.payments import camt_files, gis_gmp_files, test_registers
from tests.payments import statement_files as files

ORDERS = (files.order(), files.order(number="2", amount="5 000,50", Код="18209965213722486565"))
BACK = files.order(ПлательщикСчет=files.ACCOUNT, ПолучательСчет=files.BANK_ACCOUNT)
ONE_C = [
    files.whole(*ORDERS, BACK),
    files.statement(files.order()).encode(),
    files.statement(files.order(Плательщик="ИНН 770000000156 ИП"), totals=False).encode("cp866"),
    files.whole(),
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
FORMATS: dict[str, tuple[Parser, list[bytes]]] = {
    "one_c": (OneC(), ONE_C),
    "gis_gmp": (GisGmp(), GIS_GMP),
    "camt": (Camt053(), CAMT),
    "registers": (Registers([test_registers.BANK, test_registers.TERMINAL]), REGISTERS),
}

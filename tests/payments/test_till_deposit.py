"""The whole way of the till's money: recorded, counted, brought to the Treasury, posted."""

from datetime import date

import pytest

from payments import till_report
from payments.facts import standing_of
from payments.models import Placement, TillPayment
from payments.services.importing.statements import import_statement
from payments.services.papers.receipts import form_receipt
from payments.services.tills import tills
from payments.standing import Channel
from sandbox.config import Config
from sandbox.factory import create_app
from sandbox.treasury import deposit, documents
from tests.factories import PlacementFactory, StaffFactory, TillFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY = date(2026, 2, 10)


@pytest.fixture
def treasury(tmp_path, settings):
    settings.ACQUIRER_PAYERS = [documents.CENTRE["ПлательщикСчет"]]
    config = Config(data_dir=tmp_path / "data", statements_dir=tmp_path / "inbox")
    return create_app(config).extensions["sandbox"].treasury


def test_the_register_of_the_report_brings_the_money_to_its_receipt(application, treasury):
    PlacementFactory(application=application)
    paper = form_receipt(application=application, months=1, on=TODAY)
    taken = tills.take(
        receipt=paper,
        till=TillFactory(),
        cheque_number="1",
        amount=paper.amount,
        actor=StaffFactory(),
    )

    rows = [row for one in till_report.of_day(TODAY) for row in one.rows]
    treasury.take_till(deposit.read(till_report.register_of(rows)))
    file = treasury.post_now()["file"]
    import_statement(content=treasury.file_content(file), name=file)

    place = Placement.objects.get(till_payment=taken)
    assert (place.place, place.receipt, place.paid_on) == ("matched", paper, TODAY)
    assert not TillPayment.objects.unposted().exists()
    assert standing_of(application.person, TODAY).paid[-1].channel == Channel.TILL

"""A paper that would no longer be written as it is: not to be paid, kept, and never lost."""

from datetime import date

import pytest
from django.urls import reverse

from patents.services import enter_inn
from payments.errors import InnCorrected, NoInn, RequisitesCorrected
from payments.models import Charge, Place, Placement, Receipt, Requisites, Till, TillPayment
from payments.room import payable, require_payable
from payments.services.importing.statements import import_statement
from payments.services.online.charges import start_charge
from payments.services.papers.receipts import form_receipt
from payments.services.tills import tills
from tests.factories import MONTHLY, PhoneFactory, PlacementFactory, StaffFactory
from tests.payments.statement_files import order, whole

TODAY = date(2026, 2, 10)
NEW, ARCHIVE, PAY = (reverse(f"payments:{name}") for name in ("receipt_new", "papers", "pay"))
OTHER_INN = "500100732259"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture
def paper(application):
    PlacementFactory(application=application)
    return form_receipt(application=application, months=2, on=TODAY)


@pytest.fixture
def mine(client, paper):
    client.force_login(paper.person.user)
    return client


def inn(paper):
    enter_inn(person=paper.person, value=OTHER_INN, on=TODAY)


def requisites(paper):
    Requisites.objects.filter(valid_until__isnull=True).update(kbk="18210102040011000119")


def both(paper):
    inn(paper)
    requisites(paper)


CORRECTED = {inn: InnCorrected, requisites: RequisitesCorrected, both: InnCorrected}
whatever_is_corrected = pytest.mark.parametrize(
    ("correct", "refusal"), CORRECTED.items(), ids=[one.__name__ for one in CORRECTED]
)


def page_of(client, paper) -> str:
    address = reverse("payments:receipt", args=[paper.reference])
    return client.get(address, headers={"accept-language": "en"}).content.decode()


@whatever_is_corrected
def test_nobody_takes_money_for_such_a_paper(paper, acquirer, correct, refusal):
    till = Till.objects.create(name="Касса 1")
    correct(paper)

    with pytest.raises(refusal):
        start_charge(receipt=paper)
    with pytest.raises(refusal):
        tills.take(
            receipt=paper, till=till, cheque_number="1", amount=paper.amount, actor=StaffFactory()
        )
    assert not Charge.objects.exists()
    assert not TillPayment.objects.exists()


@whatever_is_corrected
def test_the_page_says_what_to_do_and_one_click_makes_the_new_one(mine, paper, correct, refusal):
    correct(paper)

    page = page_of(mine, paper)
    answer = mine.post(NEW, {"months": "2"})

    assert f'action="{NEW}"' in page
    assert '<input type="hidden" name="months" value="2">' in page
    assert "The money is not lost. Do not pay again." in page
    made = Receipt.objects.exclude(pk=paper.pk).get()
    assert answer.url == reverse("payments:receipt", args=[made.reference])
    require_payable(made, TODAY)


@whatever_is_corrected
def test_the_paper_stays_in_the_archive_and_leaves_the_list_of_what_to_pay(
    mine, paper, correct, refusal
):
    assert payable(paper.person, TODAY, MONTHLY) == [paper]

    correct(paper)

    assert payable(paper.person, TODAY, MONTHLY) == []
    assert reverse("payments:receipt", args=[paper.reference]) in mine.get(ARCHIVE).content.decode()


@whatever_is_corrected
def test_money_paid_with_the_old_paper_finds_its_person(paper, correct, refusal):
    correct(paper)
    line = order(
        on=TODAY,
        posted_on=date(2026, 2, 13),
        amount=paper.amount,
        inn=paper.snapshot["payer"]["inn"],
        purpose=paper.snapshot["purpose"],
    )

    import_statement(content=whole(line, first=date(2026, 2, 13)), name="file.txt")

    row = Placement.objects.current().get(receipt=paper)
    assert (row.place, row.months) == (Place.MATCHED, 2)
    assert row.application.person == paper.person


def test_other_words_of_the_bank_do_not_matter_where_the_paper_does_not_say_them(paper):
    Receipt.objects.update(snapshot={"payer": paper.snapshot["payer"], "account": "x"})
    paper.refresh_from_db()

    with pytest.raises(RequisitesCorrected):
        require_payable(paper, TODAY)
    paper.snapshot["account"] = Requisites.objects.on(TODAY, "77").get().account
    require_payable(paper, TODAY)


def test_while_the_inn_is_withdrawn_nothing_is_paid(paper):
    paper.person.inns.all().delete()

    with pytest.raises(NoInn):
        require_payable(paper, TODAY)
    assert payable(paper.person, TODAY, MONTHLY) == []


def test_without_an_inn_the_page_of_paying_says_since_when_it_is_awaited(mine, paper):
    PhoneFactory(person=paper.person, number="+79161234567")
    paper.person.inns.all().delete()

    page = mine.get(PAY, headers={"accept-language": "en"}).content.decode().replace("\xa0", " ")

    assert f"{paper.application.accepted_on:%Y}" in page
    assert "We have awaited it since" in page
    assert "we send you an SMS, and you can pay" in page
    assert 'name="months"' not in page


def test_without_an_inn_and_without_a_number_no_sms_is_promised(mine, paper):
    paper.person.inns.all().delete()

    page = mine.get(PAY, headers={"accept-language": "en"}).content.decode().replace("\xa0", " ")

    assert "When it comes, your cabinet shows it" in page
    assert "we send you an SMS" not in page


def test_the_page_of_an_older_receipt_says_by_what_way_the_money_goes(mine, paper):
    query = {"receipt": paper.reference}

    page = mine.get(PAY, query, headers={"accept-language": "en"}).content.decode()

    assert "Казначейство России (ФНС России)" in page
    assert "In it stand your name, your INN and the number of your receipt." in page
    assert "It takes up to 7 days." in page
    assert "Your own INN counts, whoever pays and with whatever card." in page

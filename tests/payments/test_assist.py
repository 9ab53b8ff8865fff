"""At the window: a receipt and a payment with the operator's help, seen by the person."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts import timeline as words
from common import clock
from journal.models import Look
from payments import timeline, window_stop
from payments.models import Charge, Receipt
from payments.services.online.charges import record_taken, start_charge
from payments.services.papers.receipts import form_receipt
from tests.factories import (
    ApplicationFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
)
from tests.payments.knowingly import KNOWN, knowingly

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY = date(2026, 2, 10)


def enter(client, role):
    user = StaffFactory(username=role, is_superuser=False)
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)
    return user


def address(person):
    return reverse("admin:assist", args=[person.pk])


def kinds(person):
    return list(person.timeline.values_list("kind", "actor__username"))


def test_an_operator_forms_a_receipt_and_the_person_sees_who_helped(client, application):
    enter(client, "operator")
    assert client.get(address(application.person)).status_code == 200

    answer = knowingly(client, address(application.person), {"months": "2"})

    receipt = Receipt.objects.get()
    assert answer.url == reverse(
        "admin:assist_receipt", args=[receipt.person_id, receipt.reference]
    )
    assert kinds(receipt.person) == [(timeline.RECEIPT_ASSISTED, "operator")]
    assert receipt.reference[:4] in words.words(receipt.person.timeline.get())
    assert {look.page for look in Look.objects.all()} == {"assist"}


def test_the_window_explains_the_way_of_the_money_to_a_clerk_and_not_to_the_payer(
    client, application
):
    enter(client, "operator")
    paper = form_receipt(application=application, months=1, on=TODAY)
    its_page = reverse("admin:assist_receipt", args=[paper.person_id, paper.reference])

    for page in (address(application.person), its_page):
        said = client.get(page, headers={"accept-language": "en"}).content.decode()
        assert "The person pays on the page of YooKassa" in said
        assert "You pay on" not in said
        assert "Your own INN" not in said


def test_asked_twice_it_is_one_paper_and_one_note(client, application):
    enter(client, "operator")
    knowingly(client, address(application.person), {"months": "2"})
    knowingly(client, address(application.person), {"months": "2"})

    assert Receipt.objects.count() == 1
    assert len(kinds(application.person)) == 1


def test_the_receipt_is_printed(client, application):
    enter(client, "operator")
    knowingly(client, address(application.person), {"months": "1"})
    receipt = Receipt.objects.get()
    page = client.get(reverse("admin:assist_receipt", args=[receipt.person_id, receipt.reference]))
    pdf = reverse("admin:assist_paper", args=[receipt.person_id, receipt.reference])

    assert pdf in page.content.decode()
    assert client.get(pdf).content.startswith(b"%PDF")


def test_a_payment_is_opened_as_a_link_and_a_picture(client, application, acquirer):
    enter(client, "operator")
    knowingly(client, address(application.person), {"months": "1"})
    receipt = Receipt.objects.get()
    page = reverse("admin:assist_receipt", args=[receipt.person_id, receipt.reference])

    shown = knowingly(client, page, {}).content.decode()

    assert Charge.objects.get().confirmation_url in shown
    assert "segno" in shown
    assert (timeline.PAYMENT_ASSISTED, "operator") in kinds(receipt.person)


def test_who_receives_the_money_and_when_stands_beside_each_way_to_pay(
    client, application, acquirer
):
    enter(client, "operator")
    english = {"accept-language": "en"}
    first = client.get(address(application.person), headers=english).content.decode()
    knowingly(client, address(application.person), {"months": "1"})
    receipt = Receipt.objects.get()
    page = reverse("admin:assist_receipt", args=[receipt.person_id, receipt.reference])

    pages = [first, client.get(page, headers=english).content.decode()]
    pages.append(knowingly(client, page, {}, headers=english).content.decode())

    for said in pages:
        assert "The payee is Казначейство России (ФНС России)." in said
        assert "It takes up to 7 days." in said


def test_why_nothing_can_be_paid_is_said(client, application):
    enter(client, "operator")
    application.person.inns.all().delete()

    assert "errornote" in client.get(address(application.person)).content.decode()


def test_the_paper_of_another_person_is_not_under_this_ones_address(client, application):
    enter(client, "operator")
    other = ReceiptFactory(application=ApplicationFactory())

    for name in ["assist_receipt", "assist_paper"]:
        page = reverse(f"admin:{name}", args=[application.person_id, other.reference])
        assert client.get(page).status_code == 404


@pytest.mark.parametrize("role", ["accountant", "reviewer", "auditor", "hotline"])
def test_others_help_with_no_payment(client, application, role):
    enter(client, role)

    assert client.get(address(application.person)).status_code == 403
    assert client.post(address(application.person), {"months": "1"}).status_code == 403
    assert not Receipt.objects.exists()


# --- what is read before printing


@pytest.fixture
def two_papers(application):
    """A receipt of a person whose other one was paid by card a moment ago."""
    PlacementFactory(application=application)
    other = form_receipt(application=application, months=1, on=TODAY)
    record_taken(receipt=other, provider_id="before", captured_at=clock.now())
    return form_receipt(application=application, months=2, on=TODAY)


def paper_of(receipt, name="assist_paper"):
    return reverse(f"admin:{name}", args=[receipt.person_id, receipt.reference])


def test_once_read_to_the_person_the_receipt_is_printed(client, two_papers):
    enter(client, "operator")
    shown = client.get(paper_of(two_papers), follow=True)
    assert shown.redirect_chain == [(paper_of(two_papers, "assist_receipt"), 302)]
    known = KNOWN.search(shown.content.decode())[1]

    printed = client.post(paper_of(two_papers), {"known": known, "knows": "on"}, follow=True)

    assert printed.content.startswith(b"%PDF")
    assert client.get(paper_of(two_papers)).content.startswith(b"%PDF")


@pytest.mark.parametrize("said", [{}, {"knows": "on"}, {"knows": "on", "known": "0" * 16}])
def test_a_mark_about_something_else_prints_nothing(client, two_papers, said):
    enter(client, "operator")

    answer = client.post(paper_of(two_papers), said, follow=True)

    assert answer.redirect_chain[-1] == (paper_of(two_papers, "assist_receipt"), 302)


def test_what_was_read_to_one_person_counts_for_no_other(client, two_papers):
    enter(client, "operator")
    known = KNOWN.search(client.get(paper_of(two_papers), follow=True).content.decode())[1]
    session = client.session
    session[window_stop.READ] = f"{two_papers.person_id + 1}:{known}"
    session.save()

    assert client.get(paper_of(two_papers)).status_code == 302


def test_what_the_chosen_months_pay_is_read_and_not_the_first_of_them(client, two_papers):
    enter(client, "operator")

    page = client.post(address(two_papers.person), {"months": "3"})

    buys = page.context["stop"].buys
    assert (buys.first_number, buys.last_number) == (3, 5)


def test_beside_an_open_page_the_paper_is_printed_only_knowingly(client, application, acquirer):
    receipt = form_receipt(application=application, months=1, on=TODAY)
    start_charge(receipt=receipt)
    enter(client, "operator")

    shown = client.get(paper_of(receipt), follow=True).content.decode()

    assert 'id="open-pages"' in shown
    known = KNOWN.search(shown)[1]
    client.post(paper_of(receipt), {"known": known, "knows": "on"})
    assert client.get(paper_of(receipt)).content.startswith(b"%PDF")

"""At the window: a receipt and a payment with the operator's help, seen by the person."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts import timeline as words
from journal.models import Look
from payments import timeline
from payments.models import Charge, Receipt
from tests.factories import ApplicationFactory, ReceiptFactory, StaffFactory
from tests.payments.knowingly import knowingly

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


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

"""The pages of the cash desk: the form at the window, the report of the day, corrections."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Approval
from journal.models import Export, Look
from payments.models import Till, TillPayment
from payments.services.papers.receipts import form_receipt
from payments.standing import Channel
from tests.factories import PlacementFactory, StaffFactory, TillFactory, TillPaymentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY = date(2026, 2, 10)
CODE = "t=20260210T1210&s=10000.00&fn=9999078900004792&i=4217&fp=3522207165&n=1"


def enter(client, role):
    user = StaffFactory(username=role, is_superuser=False)
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)
    return user


@pytest.fixture
def paper(application):
    PlacementFactory(application=application)
    return form_receipt(application=application, months=1, on=TODAY)


def page_of(paper):
    return reverse("admin:assist_receipt", args=[paper.person_id, paper.reference])


def take(client, paper, at, **said):
    data = {"till": at.pk, "cheque": "0042", "amount": "10 000"} | said
    return client.post(reverse("admin:till_take", args=[paper.person_id, paper.reference]), data)


def test_an_operator_records_the_money_and_the_receipt_says_so(client, paper, till):
    enter(client, "operator")
    assert "0042" not in client.get(page_of(paper)).content.decode()

    answer = take(client, paper, till)

    assert answer.url == page_of(paper)
    assert "0042" in client.get(page_of(paper)).content.decode()
    assert TillPayment.objects.get().recorded_by.username == "operator"
    assert "till" in {look.page for look in Look.objects.all()}


def test_the_code_of_the_cheque_gives_number_sum_and_sign(client, paper, till):
    enter(client, "operator")

    take(client, paper, till, cheque=CODE, amount="")

    taken = TillPayment.objects.get()
    assert (taken.cheque_number, taken.amount) == ("4217", 10000)
    assert taken.fiscal_sign == "9999078900004792-4217-3522207165"


@pytest.mark.parametrize(
    "said",
    [
        {"cheque": ""},
        {"cheque": "<b>"},
        {"amount": ""},
        {"amount": "9 999"},
        {"amount": "много"},
        {"till": ""},
        {"cheque": CODE, "amount": "20 000"},
        {"cheque": CODE.replace("20260210", "20260211")},
        {"cheque": CODE.replace("n=1", "n=2")},
    ],
)
def test_what_cannot_be_is_said_beside_the_form(client, paper, till, said):
    enter(client, "operator")

    page = take(client, paper, till, **said).content.decode()

    assert "errornote" in page
    assert not TillPayment.objects.exists()


def test_who_stands_at_a_till_stays_there(client, paper, till, application):
    enter(client, "operator")
    other = TillFactory(name="Касса 2")
    take(client, paper, other)
    next_paper = form_receipt(application=application, months=2, on=TODAY)

    page = client.get(page_of(next_paper)).content.decode()

    assert f'<option value="{other.pk}" selected>' in page


@pytest.mark.parametrize("role", ["accountant", "reviewer", "auditor", "hotline"])
def test_others_take_no_money(client, paper, till, role):
    enter(client, role)

    assert take(client, paper, till).status_code == 403
    assert not TillPayment.objects.exists()


def test_the_paper_of_another_person_takes_nothing_here(client, paper, till):
    enter(client, "operator")
    address = reverse("admin:till_take", args=[paper.person_id + 1, paper.reference])

    assert client.post(address, {"till": till.pk}).status_code == 404


# --- the report


@pytest.fixture
def day(till):
    """Two tills, three payments of 14 February."""
    TillPaymentFactory(till=till, cheque_number="a-1")
    TillPaymentFactory(till=till, cheque_number="a-2")
    TillPaymentFactory(till=TillFactory(name="Касса 2"), cheque_number="b-1")
    TillPaymentFactory(cheque_number="other", taken_on=date(2026, 2, 13))


def report(client, **query):
    return client.get(reverse("admin:till_report"), query)


def test_the_report_counts_each_till_of_the_day(client, day):
    enter(client, "accountant")

    answer = report(client, day="2026-02-14")

    assert [(str(one.till), one.count, one.total) for one in answer.context["tills"]] == [
        ("Касса 1", 2, 20000),
        ("Касса 2", 1, 10000),
    ]
    page = answer.content.decode()
    assert "a-1" in page
    assert "other" not in page


def test_everybody_in_the_report_was_looked_at(client, day):
    enter(client, "accountant")

    report(client, day="2026-02-14")

    assert Look.objects.filter(page="till report").count() == 3


def test_the_file_holds_what_the_page_shows_and_is_noted(client, day):
    enter(client, "accountant")

    answer = client.post(reverse("admin:till_report") + "?day=2026-02-14")

    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [row[1] for row in rows[1:]] == ["a-1", "a-2", "b-1"]
    assert Export.objects.get().rows == 3


def test_the_register_names_receipt_inn_name_and_sum(client, paper, till):
    enter(client, "operator")
    take(client, paper, till)

    register = report(client).context["register"]

    assert register == f"{paper.reference};775100004210;Каримов Тимур Рустамович;10000.00"


@pytest.mark.parametrize("count", [1, 4])
def test_the_report_asks_as_much_for_many_as_for_one(
    client, till, count, django_assert_max_num_queries
):
    enter(client, "accountant")
    for _number in range(count):
        TillPaymentFactory(till=till)

    with django_assert_max_num_queries(14):
        report(client, day="2026-02-14")


def test_a_day_that_is_no_day_is_not_found(client):
    enter(client, "accountant")

    assert report(client, day="вчера").status_code == 404


# --- corrections


def correct(client, taken, **said):
    return client.post(reverse("admin:till_correct", args=[taken.pk]), said)


def test_a_correction_is_asked_for_and_decided_by_another(client, paper, till):
    enter(client, "operator")
    take(client, paper, till)
    taken = TillPayment.objects.get()
    answer = correct(client, taken, what="nothing", reason="деньги не взяли")
    assert answer.url == reverse("admin:till_report")
    approval = Approval.objects.get()

    enter(client, "supervisor")
    card = client.get(reverse("admin:accounts_approval_change", args=[approval.pk]))
    assert "0042" in card.content.decode()
    client.post(
        reverse("admin:accounts_approval_decide", args=[approval.pk]), {"decision": "grant"}
    )

    assert not TillPayment.objects.standing().exists()
    page = report(client).content.decode()
    assert "деньги не взяли" in page


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"what": "receipt", "reason": "-"},
        {"what": "receipt", "receipt": "7KQ4MX2P", "reason": "-"},
        {"what": "day", "reason": "-"},
        {"what": "day", "taken_on": "2026-02-11", "reason": "-"},
        {"what": "nothing"},
    ],
)
def test_a_question_without_its_answer_is_not_asked(client, paper, till, said):
    enter(client, "operator")
    take(client, paper, till)

    page = correct(client, TillPayment.objects.get(), **said).content.decode()

    assert "errornote" in page
    assert not Approval.objects.exists()


def test_supervisors_add_and_close_tills(client):
    enter(client, "supervisor")

    client.post(reverse("admin:payments_till_add"), {"name": "Касса 5", "is_open": "on"})

    till = Till.objects.get()
    client.post(reverse("admin:payments_till_change", args=[till.pk]), {"name": "Касса 5"})
    assert not Till.objects.open().exists()


# --- what the person sees


def test_the_person_reads_the_payment_on_their_pages(client, paper, till, worker):
    enter(client, "operator")
    take(client, paper, till)
    client.force_login(worker.user)

    [row] = [row for row in client.get(reverse("payments:list")).context["paid"] if row.receipt]
    assert (row.receipt, row.paid_on) == (paper.reference, TODAY)
    shown = client.get(reverse("payments:receipt", args=[paper.reference])).context
    assert (shown["taken_on"], shown["is_open"]) == (TODAY, False)
    assert Channel.TILL in {money.channel for money in client_standing(worker).paid}


def client_standing(person):
    from payments.facts import standing_of

    return standing_of(person, TODAY)

"""Lists of any length answer at once: an index has their order, filters and searches."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.urls import reverse

from accounts.models import Person, TimelineEntry
from common.found_admin import FoundByPerson
from desk.models import Note
from notifications.models import Message
from patents.models import DocumentKind, FeedItem, Paper
from payments import reference
from payments.models import OpeningMonths, Receipt, SignedCode, TillPayment, Trace
from tests.factories import (
    ApplicationFactory,
    FeedItemFactory,
    OpeningMonthsFactory,
    PatentFactory,
    PersonFactory,
    ReceiptFactory,
    StaffFactory,
    TillPaymentFactory,
    TraceFactory,
)
from tests.searches import searched

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(StaffFactory())
    return client


def page_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def rows(page) -> list:
    return list(page.context["cl"].result_list)


def handed_in(application) -> Paper:
    kind = DocumentKind.objects.order_by("pk").first()
    return Paper.objects.create(application=application, kind=kind, handed_on="2026-02-03")


# Which index a list is read by.

BY_INDEX = {
    "journal/look/?o=0": "look_by_instant",
    "journal/look/?o=-0": "look_by_instant",
    "notifications/message/?o=1": "message_by_instant",
    "accounts/person/?o=1": "person_by_last_name",
    "accounts/timelineentry/?o=0": "timeline_by_instant",
    "accounts/user/": "user_of_the_staff",
    "patents/application/?ground__exact=reissue": "application_of_a_reissue",
    "patents/paper/?state__exact=mend": "paper_decided",
    "patents/paper/?valid_until__isempty=0": "paper_with_a_term",
    "patents/patent/?source__exact=ministry": "patent_by_source",
    "patents/inn/?source__exact=ministry": "inn_by_source",
    "patents/inn/?o=3": "inn_by_day",
    "payments/receipt/?o=6": "receipt_by_day",
    "payments/charge/?o=0": "charge_by_instant",
    "payments/charge/?method__exact=sbp": "charge_by_method",
    "payments/charge/?shown=twice": "charge_taken_once_more",
    "payments/statementline/?o=0": "line_by_day",
    "payments/placement/": "placement_urgent",
    "payments/placement/?shown=credit": "placement_credit",
    "payments/tillpayment/": "till_payment_by_instant",
    "payments/tillpayment/?o=0": "till_payment_by_day",
    "payments/signedcode/": "signed_code_by_day",
}


@pytest.mark.parametrize(("address", "index"), BY_INDEX.items())
def test_a_list_is_read_by_its_index_without_sorting(staff, address, index):
    page = staff.get(f"/admin/{address}")

    plan = _plan_of(page.context["cl"].queryset[:100])

    assert f" using {index} " in plan
    assert "Sort" not in plan


# What other tests kept and took away again was perhaps counted in between: «no rows» changes plans.
AS_NEVER_COUNTED = """
DELETE FROM pg_statistic;
SELECT pg_clear_relation_stats(schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'
"""


def _plan_of(rows) -> str:
    """Tables of tests are short: only a plan that must sort or read all of it does so here."""
    with connection.cursor() as cursor:
        cursor.execute(AS_NEVER_COUNTED)
        for way in ("seqscan", "sort", "incremental_sort", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows.explain()


def test_notes_of_a_person_and_of_merged_records_are_read_by_their_people(staff):
    """In one condition with the record's own column the whole table would be read for it."""
    plan = _plan_of(Note.objects.about(PersonFactory()))

    assert "Index Cond: (person_id = u0.id)" in plan  # first the records, then their notes
    assert "Join Filter" not in plan


def test_no_column_orders_a_list_whose_equal_rows_no_index_has():
    offered = {
        model: set(admin.site.get_model_admin(model).columns_by_index())
        for model in (Message, Person, Receipt)
    }

    assert offered == {
        Message: {"created_at"},
        Person: {"full_name"},
        Receipt: {"shown_reference", "formed_on"},
    }


@pytest.mark.parametrize(
    ("model", "asked", "ordered"),
    [
        (Message, "1", ["created_at", "pk"]),
        (Message, "-1", ["-created_at", "-pk"]),
        (Receipt, "6", ["formed_on", "pk"]),
        (TimelineEntry, "0", ["happened_at", "pk"]),
        (TimelineEntry, "", ["-happened_at", "-pk"]),
    ],
)
def test_equal_rows_go_the_way_of_their_column(staff, model, asked, ordered):
    page = staff.get(page_of(model), {"o": asked} if asked else {})

    shown = page.context["cl"]
    assert shown.get_ordering(page.wsgi_request, shown.root_queryset) == ordered


# What a list is searched for.


BY_PEOPLE = [
    model
    for model, shown in admin.site._registry.items()
    if isinstance(shown, FoundByPerson) and type(shown)._found is FoundByPerson._found
]


@pytest.mark.parametrize("model", BY_PEOPLE, ids=lambda model: model.__name__)
def test_rows_of_the_people_found_are_looked_up_before_the_list_is_read(staff, model):
    """Else they are looked for along the list's order: of people of long ago in half of it."""
    PersonFactory(last_name="Гафуров")

    page = searched(staff, page_of(model), "Гафуров")

    assert re.search(r"id = ANY \(\(InitPlan \d\)", page.context["cl"].queryset.explain())


def test_a_number_of_some_rows_and_of_a_person_finds_all_of_both(staff, monkeypatch):
    monkeypatch.setattr("common.found_admin.OF_ONE_TERM", 1)
    theirs = ReceiptFactory(application__number="7654321")
    paid = [
        TillPaymentFactory(receipt=theirs),
        TillPaymentFactory(receipt__application=theirs.application),
    ]
    named = TillPaymentFactory(cheque_number="7654321")

    assert set(rows(searched(staff, page_of(TillPayment), "7654321"))) == {*paid, named}


def test_money_of_the_till_is_found_by_person_cheque_receipt_and_sign(staff):
    mine = TillPaymentFactory(cheque_number="77001", fiscal_sign="9999 12 345")
    TillPaymentFactory(receipt__application__person__last_name="Иванов")
    person = mine.receipt.person
    Person.objects.filter(pk=person.pk).update(last_name="Гафуров")
    words = ["77001", "9999 12 345", reference.display(mine.receipt.reference), "Гафуров"]

    found = {word: rows(searched(staff, page_of(TillPayment), word)) for word in words}

    assert found == {word: [mine] for word in words}
    assert rows(searched(staff, page_of(TillPayment), "нигде")) == []


def test_papers_and_months_of_the_opening_are_found_by_whatever_a_person_shows(staff):
    patent = PatentFactory(application__person__last_name="Гафуров")
    mine = handed_in(patent.application)
    months = OpeningMonthsFactory(application=patent.application)
    handed_in(ApplicationFactory(person__last_name="Иванов"))

    for word in ("Гафуров", patent.application.number, patent.number):
        assert rows(searched(staff, page_of(Paper), word)) == [mine]
        assert rows(searched(staff, page_of(OpeningMonths), word)) == [months]


def test_an_item_of_somebody_unknown_is_found_by_its_number(staff):
    unknown = FeedItemFactory(application=None, number="7654321")
    known = FeedItemFactory(application__person__last_name="Гафуров")

    assert rows(searched(staff, page_of(FeedItem), "7654321")) == [unknown]
    assert rows(searched(staff, page_of(FeedItem), "Гафуров")) == [known]


def test_a_search_for_money_is_found_by_receipt_acquirer_and_person(staff):
    mine = TraceFactory(charge__provider_id="pay-77", charge__receipt=ReceiptFactory())
    TraceFactory()
    name = reference.display(mine.charge.receipt.reference)

    for word in ("pay-77", name, mine.application.number):
        assert rows(searched(staff, page_of(Trace), word)) == [mine]


def test_no_search_of_a_growing_list_looks_into_the_middle_of_texts():
    """Such a search reads the whole table: rows about people are found by numbers and names."""
    growing = [FeedItem, OpeningMonths, Paper, SignedCode, TillPayment, Trace]

    own = [type(admin.site.get_model_admin(model)).get_search_results for model in growing]

    assert {one.__qualname__ for one in own} == {"FoundByPerson.get_search_results"}

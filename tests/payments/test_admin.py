from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from journal.models import Look
from payments.models import (
    Charge,
    ChargeStatus,
    Place,
    Placement,
    QueueReason,
    Statement,
    Tariff,
    Upload,
)
from payments.services.importing.completeness import open_account
from payments.services.importing.likely import weigh_waiting
from payments.services.importing.statements import import_statement
from payments.services.importing.uploads import import_waiting
from payments.services.papers.receipts import form_receipt
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PassportFactory,
    PersonFactory,
    StaffFactory,
    UserFactory,
)
from tests.payments.statement_files import ACCOUNT, order, whole
from tests.searches import searched

pytestmark = pytest.mark.django_db
QUEUE = "admin:payments_placement_changelist"
UPLOAD = "admin:payments_statement_upload"
INNS = ["775100004210", "500100732259", "183102649807"]


@pytest.fixture
def desk(client):
    with translation.override("en"):
        client.force_login(StaffFactory())
        client.cookies["django_language"] = "en"
        yield client


def take(content: bytes):
    return import_statement(content=content, name="file.txt")


def page(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def fill(count: int) -> None:
    """Lines that wait and lines that count, receipts, charges: so many of each."""
    open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))
    for number in range(count):
        person = InnFactory(value=INNS[number], person=PersonFactory(middle_name="")).person
        PassportFactory(person=person)
        application = ApplicationFactory(person=person)
        receipt = form_receipt(application=application, months=1, on=date(2026, 2, 9))
        Charge.objects.create(
            receipt=receipt,
            amount=receipt.amount,
            idempotence_key=uuid4(),
            provider_id=str(uuid4()),
            status=ChargeStatus.SUCCEEDED,
            captured_at=datetime(2026, 2, 9, 9, tzinfo=UTC),
        )
        known = order(number=f"k{number}", purpose=receipt.snapshot["purpose"])
        short = order(number=f"s{number}", amount="77.00", inn=INNS[number])
        take(whole(known, short, order(number=f"u{number}", inn="0"), number=str(number)))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"),
    [
        ("placement", 10),  # one of them for candidates, which an import looks for at once
        ("statementline", 9),
        ("statement", 7),
        ("receipt", 7),
        ("charge", 7),
        ("account", 4),
        ("tariff", 5),
        ("requisites", 5),
    ],
)
def test_lists_ask_the_same_whatever_their_length(
    desk, django_assert_num_queries, model, queries, count
):
    fill(count)
    page(desk, f"admin:payments_{model}_changelist")

    with django_assert_num_queries(queries):
        page(desk, f"admin:payments_{model}_changelist")


def test_the_queue_says_how_much_waits_why_and_like_whom(desk):
    ApplicationFactory()
    take(whole(order(inn="0", purpose="за патент")))
    weigh_waiting()

    text = page(desk, QUEUE)

    assert "Lines that wait: 1 for 10\u00a0000\u00a0₽" in text
    assert Placement.objects.get().reason in text
    assert "за патент" in text
    assert "Каримов Тимур Рустамович" in text
    assert "0 days" in text


def test_the_queue_shows_first_what_waits_and_the_rest_when_asked(desk):
    ApplicationFactory(person=InnFactory().person)
    take(whole(order(), order(number="2", inn="0")))

    def shown(**query) -> list[str]:
        answer = desk.get(reverse(QUEUE), query)
        return sorted(row.place for row in answer.context["cl"].result_list)

    assert shown() == [Place.QUEUE]
    assert shown(shown="current") == [Place.MATCHED, Place.QUEUE]
    assert shown(kind=QueueReason.LATE) == []
    assert shown(kind=QueueReason.UNKNOWN_PAYER) == [Place.QUEUE]


def match_again(client):
    chosen = list(Placement.objects.queued().values_list("pk", flat=True))
    data = {"action": "match_again", "_selected_action": chosen}
    return client.post(reverse(QUEUE), data, follow=True).content.decode()


def test_match_again_posts_and_writes_down_who_did_it(desk):
    take(whole(order()))
    ApplicationFactory(person=InnFactory().person)

    assert "Posted: 1." in match_again(desk)

    row = Placement.objects.current().get()
    assert (row.place, row.decided_by.is_staff) == (Place.MATCHED, True)


def test_staff_without_the_permission_cannot_match(client):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_placement"))
    client.force_login(user)
    take(whole(order()))
    ApplicationFactory(person=InnFactory().person)

    match_again(client)

    assert Placement.objects.current().get().place == Place.QUEUE


def test_a_waiting_line_is_shown_as_sent_and_the_look_is_written_down(desk):
    application = ApplicationFactory(person=InnFactory().person)
    take(whole(order(amount="77.00")))

    text = page(desk, "admin:payments_placement_change", Placement.objects.get().pk)

    assert "<dt>ПолучательИНН</dt><dd>7727406020</dd>" in text
    assert Look.objects.get().person_id == application.person_id


def test_a_receipt_is_found_by_its_number_as_people_write_it(desk, worker, application):
    receipt = form_receipt(application=application, months=1, on=date(2026, 2, 9))
    written = f"mmc-{receipt.reference[:4]}-{receipt.reference[4:]}".lower()

    answer = searched(desk, reverse("admin:payments_receipt_changelist"), written)

    assert list(answer.context["cl"].result_list) == [receipt]


# --- upload


def upload(client, content: bytes):
    file = SimpleUploadedFile("day.txt", content)
    return client.post(reverse(UPLOAD), {"file": file}, follow=True).content.decode()


def test_a_statement_is_uploaded_and_the_counts_are_said(desk):
    ApplicationFactory(person=InnFactory().person)

    upload(desk, whole(order(), order(number="2", inn="0")))
    assert import_waiting() == 1

    page = reverse("admin:payments_statement_uploaded", args=[Upload.objects.get().pk])
    assert "2 lines, 1 matched, 1 queued, 0 known" in desk.get(page).content.decode()
    assert Statement.objects.get().file_name == "day.txt"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"garbage", "This is no statement that we know"),
    ],
)
def test_a_file_that_is_no_statement_is_answered_beside_its_field(desk, content, sentence):
    assert sentence in upload(desk, content)
    assert not Statement.objects.exists()


def test_a_file_too_big_is_refused_before_it_is_read(desk, settings):
    settings.MAX_UPLOADED_STATEMENT_BYTES = 100

    assert "The file is too big: 1 MB. A statement has at most 0 MB." in upload(
        desk, whole(order())
    )


def test_upload_without_a_file_and_without_the_right(desk, client):
    assert "Choose the file." in desk.post(reverse(UPLOAD)).content.decode()

    client.force_login(UserFactory(is_staff=True))
    assert client.get(reverse(UPLOAD)).status_code == 403


# --- tariffs


def add_tariff(client, first: str, last: str) -> str:
    data = {"region": "77", "valid_from": first, "valid_until": last, "monthly": "11000"}
    return client.post(reverse("admin:payments_tariff_add"), data).content.decode()


def test_a_tariff_is_added_by_hand(desk):
    add_tariff(desk, "2027-01-01", "2027-12-31")

    assert Tariff.objects.get(valid_from=date(2027, 1, 1)).monthly == Decimal(11000)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2026-06-01", "2027-01-01", "Another tariff holds on some of these days."),
        ("2027-06-01", "2027-01-01", "The last day is earlier than the first."),
    ],
)
def test_days_that_cannot_be_are_refused_in_a_sentence(desk, first, last, sentence):
    assert sentence in add_tariff(desk, first, last)
    assert not Tariff.objects.filter(valid_from__gte=date(2026, 6, 1)).exists()


@pytest.mark.parametrize("model", ["placement", "statementline", "statement", "receipt", "charge"])
def test_money_cannot_be_written_by_hand(desk, model):
    assert desk.get(reverse(f"admin:payments_{model}_add")).status_code == 403


def test_a_line_leads_to_its_places_with_the_reason(desk):
    take(whole(order(inn="0", purpose="за патент")))
    place = Placement.objects.get()

    text = page(desk, "admin:payments_statementline_change", place.line_id)

    assert reverse("admin:payments_placement_change", args=[place.pk]) in text
    assert place.reason in text


@pytest.mark.parametrize("model", ["placement", "statementline", "statement", "receipt", "charge"])
def test_sums_in_lists_have_thousands_and_the_sign(desk, model):
    fill(1)

    text = page(desk, f"admin:payments_{model}_changelist")

    assert "\u00a0₽" in text
    assert ".00" not in text


def test_a_page_to_read_is_called_by_its_thing(desk):
    fill(1)
    line = Placement.objects.first().line

    text = page(desk, "admin:payments_statementline_change", line.pk)

    assert f"<h1>Statement line: {line}" in text
    assert "View" not in text


def test_the_count_under_a_list_needs_no_plural(desk):
    fill(1)

    text = page(desk, "admin:payments_statementline_changelist")

    assert "In all: 3" in text

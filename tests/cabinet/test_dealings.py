"""The history of dealings: by which way, with whom, narrowed, in pages, taken away."""

import io
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import TimelineEntry
from cabinet import dealings as way
from cabinet.dealings import dealings, told
from patents import services
from patents.services.openings import bring_inns
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
HISTORY = reverse("cabinet:history")
PASSWORD, INN, POSTED, CALL = (
    "password-changed",
    "patents.inn_entered",
    "payments.posted",
    "desk.call_asked",
)
FACTS = {
    INN: {"inn": "775100004210"},
    POSTED: {"amount": "10000.00", "posted_on": "2026-02-20", "paid_on": "2026-02-14"},
}


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def operator():
    user = StaffFactory(username="olga", is_superuser=False)
    user.groups.set(Group.objects.filter(name="operator"))
    return user


def happened(person, kind, actor=None, count=1):
    rows = [
        TimelineEntry(person=person, kind=kind, facts=FACTS.get(kind, {}), actor=actor)
        for _ in range(count)
    ]
    return TimelineEntry.objects.bulk_create(rows)


@pytest.mark.parametrize(
    ("kind", "with_staff", "channel"),
    [
        (PASSWORD, False, way.CABINET),
        ("password-issued", True, way.CENTRE),
        ("person-registered", False, way.CENTRE),
        ("patents.accepted", False, way.CENTRE),
        (INN, False, way.MINISTRY),
        (INN, True, way.CENTRE),
        (POSTED, False, way.TREASURY),
        (POSTED, True, way.TREASURY),
        (CALL, True, way.PHONE),
    ],
)
def test_each_entry_says_by_which_way_it_came(person, operator, kind, with_staff, channel):
    happened(person, kind, operator if with_staff else None)

    assert [row.channel for row in dealings(person)] == [channel]


@pytest.mark.parametrize(
    ("source", "channel"),
    [
        ("desk", way.CENTRE),
        ("opening", way.CENTRE),
        ("ministry", way.MINISTRY),
        ("file", way.MINISTRY),
    ],
)
def test_an_inn_names_its_own_source_also_where_nobody_signed_it(person, source, channel):
    services.enter_inn(person=person, value="775100004210", on=date(2026, 1, 5), source=source)

    assert [row.channel for row in dealings(person)] == [channel]


def test_what_the_opening_brought_is_the_word_of_the_centre(person):
    bring_inns([(person, "775100004210", date(2026, 1, 5))])

    assert [row.channel for row in dealings(person)] == [way.CENTRE]


def test_a_member_of_the_staff_is_a_role_and_a_number_never_a_name(person, operator):
    happened(person, INN, operator)

    [row] = told(dealings(person))
    assert row.who == f"оператор № {operator.pk}"


def test_the_person_themselves_are_not_named_as_staff(person):
    happened(person, PASSWORD, person.user)

    [row] = told(dealings(person))
    assert (row.who, str(row.channel)) == ("", "В кабинете и по SMS")


def test_the_office_stands_beside_the_centre_where_it_is_known(person, operator, settings):
    settings.CENTRE_OFFICE = "Сахарово"
    happened(person, INN, operator)

    assert told(dealings(person))[0].channel == "В центре, Сахарово"


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ({"subject": "money"}, [POSTED]),
        ({"subject": "patent"}, [INN]),
        ({"subject": "door"}, [CALL, PASSWORD]),
        ({"channel": "phone"}, [CALL]),
        ({"channel": "phone", "subject": "money"}, []),
        ({"channel": "nonsense", "subject": "' OR 1=1"}, [CALL, POSTED, INN, PASSWORD]),
    ],
)
def test_the_history_is_narrowed(client, person, query, kinds):
    for kind in (PASSWORD, INN, POSTED, CALL):
        happened(person, kind)
    client.force_login(person.user)

    page = client.get(HISTORY, query).context["page"]

    assert [row.kind for row in page.object_list] == kinds


def test_twenty_stand_on_a_page(client, person):
    happened(person, PASSWORD, count=41)
    client.force_login(person.user)

    counts = [len(client.get(HISTORY, {"page": n}).context["entries"]) for n in (1, 2, 3)]

    assert counts == [20, 20, 1]


def test_a_page_beyond_the_end_is_the_last_one(client, person):
    happened(person, PASSWORD, count=21)
    client.force_login(person.user)

    assert len(client.get(HISTORY, {"page": "99"}).context["entries"]) == 1


@pytest.mark.parametrize("count", [1, 20])
def test_questions_do_not_grow_with_the_history(
    client, person, operator, count, django_assert_num_queries
):
    happened(person, INN, operator, count)
    client.force_login(person.user)

    with django_assert_num_queries(7):  # session, user with person, count, page, staff, roles, news
        client.get(HISTORY)


def test_strangers_history_is_not_mine(client, person):
    happened(person, PASSWORD)
    client.force_login(PersonFactory().user)

    assert client.get(HISTORY).context["entries"] == []
    assert len(rows_of(client.get(reverse("cabinet:history_sheet")))) == 1


def rows_of(answer):
    return list(load_workbook(io.BytesIO(answer.content)).active.values)


def test_the_file_carries_all_pages_with_the_chosen_filters(client, person, operator):
    happened(person, PASSWORD, count=30)
    happened(person, INN, operator)
    client.force_login(person.user)
    sheet = reverse("cabinet:history_sheet")

    assert len(rows_of(client.get(sheet))) == 32
    heads, row = rows_of(client.get(sheet, {"subject": "patent"}))
    assert heads == ("Когда", "Что произошло", "Каким путём", "Кто")
    assert row[1:] == (
        "Мы знаем ваш ИНН: 775100004210.",
        "В центре",
        f"оператор № {operator.pk}",
    )


def test_instants_in_the_file_are_moscows(client, person):
    [entry] = happened(person, PASSWORD)
    at = datetime(2026, 2, 14, 21, 30, tzinfo=UTC)
    TimelineEntry.objects.filter(pk=entry.pk).update(happened_at=at)
    client.force_login(person.user)

    said = rows_of(client.get(reverse("cabinet:history_sheet")))[1][0]
    assert said.isoformat() == "2026-02-15T00:30:00"

import pytest
from django.urls import reverse

from journal.models import JobRun, Look
from journal.services import record_look
from tests.factories import StaffFactory
from tests.searches import searched


@pytest.fixture
def staff(client, db):
    user = StaffFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize("model", ["heartbeat", "jobrun", "look"])
def test_journal_is_read_and_never_written_by_hand(client, staff, model):
    Look.objects.create(actor_id=1, person_id=2, page="card")
    JobRun.objects.create(job="sweep", period="2026-02-14")

    assert client.get(reverse(f"admin:journal_{model}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:journal_{model}_add")).status_code == 403


@pytest.mark.parametrize(("term", "found"), [("11", 1), ("22", 2), ("2", 0), ("x", 0)])
def test_looks_are_found_by_who_looked_and_at_whom(client, staff, term, found):
    Look.objects.create(actor_id=11, person_id=22, page="card")
    Look.objects.create(actor_id=12, person_id=22, page="card")

    answer = searched(client, reverse("admin:journal_look_changelist"), term)

    assert len(answer.context["cl"].result_list) == found


@pytest.mark.parametrize("count", [1, 5])
def test_list_of_looks_asks_as_many_questions_whatever_its_length(
    client, staff, django_assert_num_queries, count
):
    for number in range(count):
        record_look(actor_id=1, person_id=number, page="card")

    with django_assert_num_queries(6):
        client.get(reverse("admin:journal_look_changelist"))


def test_long_name_of_a_page_is_cut_and_not_refused(db):
    assert record_look(actor_id=1, person_id=2, page="x" * 100).page == "x" * 80

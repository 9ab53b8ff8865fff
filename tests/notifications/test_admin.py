import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from common import clock
from common.identifiers import mask_email
from journal.models import Look
from notifications import services
from notifications.models import Message
from tests.factories import StaffFactory
from tests.searches import searched

LIST = reverse("admin:notifications_message_changelist")


@pytest.fixture
def staff(client, db):
    """Staff who may see messages, without their texts."""
    user = StaffFactory(is_superuser=False)
    allow(user, "view_message")
    client.force_login(user)
    return user


def allow(user, codename):
    user.user_permissions.add(Permission.objects.get(codename=codename))


def page(message):
    return reverse("admin:notifications_message_change", args=[message.pk])


@pytest.fixture
def sent(queued, password, aero):
    message = queued(password, secret="tikhiy-les")
    services.deliver(message.pk)
    message.refresh_from_db()
    return message


@pytest.mark.parametrize("count", [1, 5])
def test_list_asks_as_many_questions_whatever_its_length(
    client, staff, queued, django_assert_num_queries, count
):
    for number in range(count):
        queued(key=str(number))

    with django_assert_num_queries(LIST_QUERIES):
        answer = client.get(LIST)

    assert answer.context["cl"].result_count == count


# session, user, permissions twice, dates, count, page, days of the hierarchy, looks
LIST_QUERIES = 9


def test_list_masks_an_email_as_one(client, staff, queued):
    Message.objects.filter(pk=queued().pk).update(channel="email", address="karimov@example.org")
    content = client.get(LIST).content.decode()

    assert mask_email("karimov@example.org") in content
    assert "karimov@" not in content


def test_list_masks_the_phone_and_shows_no_text(client, staff, sent):
    content = client.get(LIST).content.decode()

    assert "+7 ··· ··· 45-67" in content
    assert "79161234567" not in content
    assert "Password" not in content


def test_text_is_for_those_who_may_read_it(client, staff, sent):
    assert sent.text not in client.get(page(sent)).content.decode()

    allow(staff, "read_message_text")
    assert sent.text in client.get(page(sent)).content.decode()


def test_what_a_person_was_told_is_looked_at_in_a_list_and_on_a_card(client, staff, sent):
    client.get(LIST)
    client.get(page(sent))

    looks = Look.objects.order_by("pk").values_list("actor_id", "person_id", "page")
    assert list(looks) == [(staff.pk, 70, "list message"), (staff.pk, 70, "message")]


def test_sealed_secret_is_in_no_view(client, staff, queued, password):
    message = queued(password, secret="tikhiy-les")
    allow(staff, "read_message_text")

    for address in [LIST, page(message)]:
        assert message.secret not in client.get(address).content.decode()


def test_nobody_changes_a_message_by_hand(client, admin_user_of_ours, sent):
    assert client.post(page(sent), {"status": "delivered"}).status_code == 403
    assert client.get(reverse("admin:notifications_message_add")).status_code == 403
    delete = reverse("admin:notifications_message_delete", args=[sent.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert Message.objects.get().status == "sent"


@pytest.fixture
def admin_user_of_ours(client, db):
    user = StaffFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("term", "found"),
    [("70", ["mine"]), ("1001", ["mine"]), ("7", []), ("nobody", []), ("9" * 30, [])],
)
def test_search_is_by_person_and_by_the_operators_number(client, staff, queued, term, found):
    queued(key="mine", subject_id=7)
    queued(key="other", subject_id=9)
    Message.objects.filter(key="mine").update(provider="smsaero", provider_reference="1001")
    # Row numbers are found too: move them out of the way of the terms above.
    Message.objects.filter(pk__in=[7, 70, 1001]).delete()

    shown = searched(client, LIST, term).context["cl"].result_list

    assert [message.key for message in shown] == found


@pytest.mark.parametrize(
    ("query", "found"), [("status__exact=failed", "b"), ("event=tests.news", "a")]
)
def test_filters_are_state_and_event(client, staff, queued, password, query, found):
    queued(key="a")
    queued(password, key="b")
    Message.objects.filter(key="b").update(status="failed", next_try_at=clock.now())

    shown = client.get(f"{LIST}?{query}").context["cl"].result_list

    assert [message.key for message in shown] == [found]


def test_the_list_says_what_was_told_and_leads_to_the_person(client, staff, queued):
    Message.objects.filter(pk=queued().pk).update(event="payments.posted_before_issue")
    client.cookies["django_language"] = "en"

    content = client.get(LIST).content.decode()

    assert "the payment is posted, the patent not issued yet" in content
    assert f'<a href="{reverse("admin:accounts_person_change", args=[70])}">' in content
    assert "payments.posted_before_issue</" not in content

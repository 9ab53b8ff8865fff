import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts import services
from accounts.models import TimelineEntry, User
from accounts.passwords import ALPHABET
from accounts.search import as_stored
from journal.models import Look
from notifications.models import Message
from tests.factories import (
    PASSWORD,
    ApplicationFactory,
    PassportFactory,
    PersonFactory,
    StaffFactory,
)
from tests.searches import searched

PEOPLE = reverse("admin:accounts_person_changelist")
STAFF_ADD = reverse("admin:accounts_user_add")
GROUPED = re.compile(
    rf"(?<![-\w])[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}(?![-\w])"  # no recovery code
)


@pytest.fixture
def desk(client, db):
    client.force_login(StaffFactory(username="operator-1"))
    return client


@pytest.fixture
def operator(client, db):
    """Sees people and serves them, and nothing more."""
    return _with_permissions(client, "view_person", "change_person", "view_phone", "view_passport")


def _with_permissions(client, *codenames):
    user = StaffFactory(is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return client


def card(person):
    return reverse("admin:accounts_person_change", args=[person.pk])


def issue_page(subject):
    return reverse(f"admin:accounts_{subject._meta.model_name}_password", args=[subject.pk])


def ticket(page) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', page.content.decode())[1]


def test_the_slip_is_the_answer_to_the_post_and_shows_what_opens_the_door(desk, person):
    form = desk.get(issue_page(person))

    slip = desk.post(issue_page(person), {"ticket": ticket(form), "tell": "on"})

    page = slip.content.decode()
    [password] = GROUPED.findall(page)
    assert User.objects.get(pk=person.user_id).check_password(password)
    assert "1381161" in page
    assert person.full_name in page
    assert "http://testserver/login/" in page
    assert "no-store" in slip["Cache-Control"]
    assert Message.objects.count() == 1


def test_the_slip_sent_again_or_reloaded_makes_no_second_password(desk, person):
    typed = {"ticket": ticket(desk.get(issue_page(person)))}
    desk.post(issue_page(person), typed)
    issued = User.objects.get(pk=person.user_id).password

    again = desk.post(issue_page(person), typed)

    assert again.url == issue_page(person)
    assert not GROUPED.search(desk.get(again.url).content.decode())
    assert User.objects.get(pk=person.user_id).password == issued


@pytest.mark.parametrize("forged", ["", "guessed"])
def test_a_post_without_a_ticket_makes_no_password(desk, person, forged):
    desk.post(issue_page(person), {"ticket": forged})

    assert User.objects.get(pk=person.user_id).check_password(PASSWORD)


def test_a_slip_alone_sends_no_sms_and_says_who_printed_it(operator, person):
    typed = {"ticket": ticket(operator.get(issue_page(person)))}

    operator.post(issue_page(person), typed)

    assert not Message.objects.exists()
    assert TimelineEntry.objects.latest("pk").actor.pk == int(operator.session["_auth_user_id"])


def test_a_person_without_a_login_is_explained(desk):
    person = PersonFactory(user=None)
    typed = {"ticket": ticket(desk.get(issue_page(person)))}

    answer = desk.post(issue_page(person), typed, follow=True)

    assert [str(message) for message in answer.context["messages"]] != []
    assert User.objects.filter(is_staff=False).count() == 0


def test_who_may_only_look_issues_nothing(client, person):
    reader = _with_permissions(client, "view_person")

    assert reader.get(card(person)).status_code == 200
    assert issue_page(person) not in reader.get(card(person)).content.decode()
    assert reader.get(issue_page(person)).status_code == 403
    assert reader.post(issue_page(person), {}).status_code == 403


def test_who_sees_no_people_leaves_no_trace_of_a_look(client, person):
    stranger = _with_permissions(client, "view_user")

    assert stranger.get(card(person)).status_code == 403
    assert not Look.objects.exists()


def test_a_migrant_sees_no_desk(client, person):
    client.force_login(person.user)

    assert client.get(PEOPLE).status_code == 302
    assert client.get(issue_page(person)).status_code == 302


def test_the_card_shows_the_person_and_is_a_look_on_record(operator, person):
    PassportFactory(person=person)
    services.issue_password(person=person)

    page = operator.get(card(person)).content.decode()

    for shown in ["1381161", "45-67", "FA1234567", issue_page(person)]:
        assert shown in page
    look = Look.objects.get()
    assert (look.person_id, look.page) == (person.pk, "person")


def test_the_card_cannot_be_changed(desk, person):
    answer = desk.post(card(person), {"last_name": "Другой"})

    person.refresh_from_db()
    assert answer.status_code == 403
    assert person.last_name == "Каримов"


@pytest.mark.parametrize(
    "sought",
    ["карим", "Тимур", "1381161", "138-11-61", "8 916 123-45-67", "+79161234567", "FA1234567"],
)
def test_a_person_is_found_by_name_number_phone_and_passport(desk, person, sought):
    PassportFactory(person=person)
    PersonFactory(last_name="Назаров", first_name="Алишер", middle_name="")

    found = searched(desk, PEOPLE, sought).context["cl"].queryset

    assert [row.pk for row in found] == [person.pk]


def test_what_is_neither_phone_nor_number_is_sought_as_typed():
    assert [as_stored(term) for term in ["каримов т", "12", "FA1234567", "123456789012345678"]] == [
        "каримов т",
        "12",
        "FA1234567",
        "123456789012345678",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_asks_the_same_whatever_its_length(
    desk, django_assert_num_queries, count
):
    for _ in range(count):
        ApplicationFactory()
    desk.get(PEOPLE)

    with django_assert_num_queries(8):  # session, user, filter, count, people, logins, phones, look
        desk.get(PEOPLE)


@pytest.mark.parametrize("count", [1, 3])
def test_the_timeline_asks_the_same_whatever_its_length(
    desk, person, django_assert_num_queries, count
):
    for _ in range(count):
        services.issue_password(person=person)
    page = reverse("admin:accounts_timelineentry_changelist")
    desk.get(page)

    with django_assert_num_queries(7):
        desk.get(page)


@pytest.mark.parametrize("model", ["person", "user", "timelineentry", "country"])
def test_every_list_and_card_of_ours_opens(desk, person, model):
    services.issue_password(person=person)
    services.ask_reset(number="9999999", phone="+79161234567")
    page = desk.get(reverse(f"admin:accounts_{model}_changelist"))
    row = page.context["cl"].queryset.first()

    card_page = desk.get(reverse(f"admin:accounts_{model}_change", args=[row.pk]))

    assert (page.status_code, card_page.status_code) == (200, 200)


def test_a_new_member_of_the_staff_gets_groups_and_a_one_time_password(desk):
    group = Group.objects.create(name="window 3")

    slip = desk.post(STAFF_ADD, {"username": "novikova", "groups": [group.pk]})

    user = User.objects.get(username="novikova")
    [password] = GROUPED.findall(slip.content.decode())
    assert user.check_password(password)
    assert (user.is_staff, user.is_superuser, user.must_change_password) == (True, False, True)
    assert list(user.groups.all()) == [group]


def test_a_member_of_the_staff_is_closed_and_put_into_other_groups(desk):
    user = StaffFactory(username="novikova", is_superuser=False)
    group = Group.objects.create(name="window 3")
    page = reverse("admin:accounts_user_change", args=[user.pk])

    desk.post(page, {"groups": [group.pk]})

    user.refresh_from_db()
    assert not user.is_active
    assert list(user.groups.all()) == [group]
    assert user.check_password(PASSWORD)


def test_the_roles_of_a_colleague_are_boxes_to_tick(desk):
    user = StaffFactory(username="novikova", is_superuser=False)

    page = desk.get(reverse("admin:accounts_user_change", args=[user.pk])).content.decode()

    boxes = re.findall(r'<input type="checkbox" name="groups"', page)
    assert len(boxes) == Group.objects.count()


def test_a_new_password_of_a_colleague_is_made_by_the_portal(desk):
    user = StaffFactory(username="novikova", is_superuser=False)
    typed = {"ticket": ticket(desk.get(issue_page(user)))}

    slip = desk.post(issue_page(user), typed)

    [password] = GROUPED.findall(slip.content.decode())
    user.refresh_from_db()
    assert user.check_password(password)


def test_the_accounts_of_migrants_are_not_among_the_staff(desk, person):
    answer = desk.get(reverse("admin:accounts_user_change", args=[person.user_id]))

    assert answer.status_code == 302
    assert desk.get(issue_page(person.user)).status_code == 404


def test_a_superuser_is_changed_by_superusers_only(client, db):
    chief = StaffFactory(username="chief")
    keeper = _with_permissions(client, "view_user", "change_user")

    assert keeper.post(issue_page(chief), {}).status_code == 403
    assert (
        keeper.post(
            reverse("admin:accounts_user_change", args=[chief.pk]), {"groups": []}
        ).status_code
        == 403
    )
    chief.refresh_from_db()
    assert chief.is_active


def test_the_slip_of_somebody_whose_language_no_page_speaks_is_russian(desk, person, settings):
    settings.LANGUAGES = [("ru", "Russian")]
    person.language = "tg"
    person.save(update_fields=["language"])
    typed = {"ticket": ticket(desk.get(issue_page(person)))}

    page = desk.post(issue_page(person), typed).content.decode()

    assert '<html lang="ru">' in page


def test_the_slip_speaks_the_persons_language(desk, person):
    person.language = "en"
    person.save(update_fields=["language"])
    typed = {"ticket": ticket(desk.get(issue_page(person)))}

    page = desk.post(issue_page(person), typed).content.decode()

    assert '<html lang="en">' in page
    assert "Do not throw the SIM card of the centre away" in page

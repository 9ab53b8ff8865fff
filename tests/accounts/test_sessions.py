"""How long a session lives, what is left of it, and the page of one's own."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import Device, SignIn
from accounts.services import sign_ins
from accounts.session_store import SessionStore, stored_key
from accounts.tasks import forget_what_is_over
from common import clock
from tests.factories import PASSWORD, ApplicationFactory, PersonFactory, StaffFactory

LOGIN, LOGOUT = reverse("accounts:login"), reverse("accounts:logout")
CHANGE, SESSIONS = reverse("accounts:password_change"), reverse("accounts:sessions")
TARIFFS = reverse("cabinet:tariffs")
OWN = "zimniy dalniy les"


def enter(client, username="1381161", **more):
    answer = client.post(LOGIN, {"username": username, "password": PASSWORD, **more})
    assert answer.status_code == 302
    return SignIn.objects.latest("pk")


def is_in(client, page=TARIFFS) -> bool:
    return client.get(page).status_code == 200


def clicks(client, minutes, page=TARIFFS) -> list[bool]:
    """Whether a click is answered after each of these minutes, counted from now."""
    start, answers = clock.now(), []
    for minute in minutes:
        with time_machine.travel(start + timedelta(minutes=minute)):
            answers.append(is_in(client, page))
    return answers


def test_a_session_ends_after_an_hour_without_a_click(client, person):
    enter(client)

    assert clicks(client, [59, 117, 178]) == [True, True, False]
    assert SignIn.objects.get().ended_at is not None


def test_a_session_ends_after_twelve_hours_however_many_clicks(client, person):
    enter(client)

    assert clicks(client, [*range(50, 720, 50), 719, 721])[-2:] == [True, False]


def test_the_staff_have_half_an_hour_and_ten_hours(client, db):
    StaffFactory(username="novikova")
    enter(client, "novikova")

    assert clicks(client, [29, 60], CHANGE) == [True, False]
    enter(client, "novikova")
    assert clicks(client, [*range(25, 600, 25), 599, 601], CHANGE)[-2:] == [True, False]


def test_somebody_elses_phone_has_five_minutes(client, person):
    enter(client, borrowed="on")

    assert clicks(client, [4, 8, 14]) == [True, True, False]


def test_who_was_away_too_long_is_told_why_the_door_is_there(client, person):
    enter(client)
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        door = client.get(TARIFFS)
        assert door.url == f"{LOGIN}?next={TARIFFS}"
        assert client.get(door.url).context["timed_out"]
        assert not client.get(door.url).context["timed_out"]


@pytest.mark.parametrize(
    "page", [reverse(f"cabinet:{name}") for name in ["home", "patent", "inn", "tariffs", "help"]]
)
def test_no_page_behind_the_door_is_kept_by_the_browser(client, person, page):
    enter(client)

    kept = client.get(page)["Cache-Control"]

    assert "no-store" in kept
    assert "private" in kept


def test_leaving_empties_the_browsers_store(client, person):
    enter(client)
    own = client.post(LOGOUT)
    enter(client, borrowed="on")
    borrowed = client.post(LOGOUT)

    assert own["Clear-Site-Data"] == '"cache"'
    assert borrowed["Clear-Site-Data"] == '"cache", "storage"'
    assert not SignIn.objects.live().exists()


def test_on_somebody_elses_phone_sums_are_hidden_until_asked(client, person):
    sum_of_a_month = "₽"
    enter(Client())
    enter(client, borrowed="on")

    hidden = client.get(TARIFFS)
    shown = client.get(TARIFFS, {"sums": "shown"}).content.decode()

    assert "•••" in hidden.content.decode()
    assert "•••" not in shown
    assert sum_of_a_month in shown
    assert "?sums=shown" in hidden.content.decode()
    assert hidden["Refresh"] == "300; url=/login/"


def test_on_ones_own_phone_sums_are_shown(client, person):
    enter(client)

    answer = client.get(TARIFFS)

    assert "•••" not in answer.content.decode()
    assert "Refresh" not in answer


def test_the_table_of_sessions_opens_nothing(client, person):
    enter(client)
    key = client.session.session_key

    assert not Session.objects.filter(session_key=key).exists()
    stolen = Session.objects.get().session_key
    assert stolen == stored_key(key) == SignIn.objects.get().session_hash
    assert SESSION_KEY not in SessionStore(stolen)


def test_the_page_of_sessions_shows_mine_and_nobody_elses(client, person):
    other = PersonFactory()
    ApplicationFactory(person=other, number="2381161")
    strange = enter(Client(REMOTE_ADDR="198.51.100.9"), "2381161")
    there = enter(Client(REMOTE_ADDR="203.0.113.7"))
    here = enter(client)

    answer = client.get(SESSIONS)

    assert {row.pk for row in answer.context["rows"]} == {there.pk, here.pk}
    page = answer.content.decode()
    assert "203.0.113.7" in page
    assert "198.51.100.9" not in page
    assert client.post(reverse("accounts:session_not_me", args=[strange.pk])).url == SESSIONS
    assert SignIn.objects.live().filter(pk=strange.pk).exists()


def test_a_borrowed_phone_left_alone_is_over_on_the_page_too(client, person):
    enter(client)
    enter(Client(), borrowed="on")
    assert sign_ins.living(person.user).count() == 2

    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert [row.borrowed for row in sign_ins.living(person.user)] == [False]


def test_it_was_not_me_ends_that_session_and_forgets_its_device(client, person):
    there = Client()
    strange = enter(there)
    enter(client)

    answer = client.post(reverse("accounts:session_not_me", args=[strange.pk]))

    assert answer.url == CHANGE
    assert is_in(client)
    assert not is_in(there)
    assert Device.objects.known().count() == 1


def test_all_others_end_at_once(client, person):
    others = [Client(), Client()]
    for other in others:
        enter(other)
    enter(client)

    client.post(reverse("accounts:sessions_end"))

    assert [is_in(one) for one in [client, *others]] == [True, False, False]
    assert SignIn.objects.live().count() == 1


def test_a_session_ended_elsewhere_stays_ended_in_the_midst_of_a_click(client, person):
    """A request that began before the end must not bring the session back."""
    enter(client)
    session = client.session
    session["seen"] = 1
    SignIn.objects.update(seen_at=clock.now())
    sign_ins.end_all(user_id=person.user.pk)

    with pytest.raises(UpdateError):
        session.save()
    assert not is_in(client)


def test_a_changed_password_keeps_this_session_on_the_page_and_ends_the_others(client, person):
    enter(Client())
    here = enter(client)

    client.post(CHANGE, {"old_password": PASSWORD, "new_password1": OWN, "new_password2": OWN})

    assert list(SignIn.objects.live()) == [here]
    assert [row.pk for row in client.get(SESSIONS).context["rows"]] == [here.pk]
    here.refresh_from_db()
    assert here.session_hash == stored_key(client.session.session_key)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_sessions_asks_as_much_for_many_as_for_one(
    client, person, django_assert_num_queries, count
):
    for _ in range(count - 1):
        enter(Client())
    enter(client)

    with django_assert_num_queries(4):  # session, account, sessions with their devices, news
        client.get(SESSIONS)


def test_a_password_from_the_desk_ends_the_sessions_of_the_list(person):
    enter(Client())
    services.issue_password(person=person)
    assert not SignIn.objects.live().exists()


def test_a_closed_account_has_no_sessions_left(client, person):
    enter(client)

    services.allow_signing_in(user=person.user, allowed=False)

    assert not SignIn.objects.live().exists()
    assert not is_in(client)


def test_sessions_long_over_are_forgotten(client, person):
    enter(client)
    sign_ins.sweep()
    assert SignIn.objects.count() == Session.objects.count() == 1

    with time_machine.travel(clock.now() + timedelta(days=181)):
        forget_what_is_over()

    assert SignIn.objects.count() == Session.objects.count() == 0

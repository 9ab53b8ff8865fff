import uuid

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from accounts import services
from accounts.middleware import ALWAYS_OPEN
from accounts.models import User


def _names(patterns, space=""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _names(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{space}{entry.name}", entry


FILLING = {"IntConverter": 1, "UUIDConverter": uuid.UUID(int=1)}


def _filled(name, entry):
    arguments = {
        argument: FILLING.get(type(converter).__name__, "1")
        for argument, converter in entry.pattern.converters.items()
    }
    return reverse(name, kwargs=arguments)


def _addresses():
    """Every named address of the portal, whatever app adds it; those of a `re_path` by hand."""
    for name, entry in _names(get_resolver().url_patterns):
        if isinstance(entry.pattern, RoutePattern):
            yield name, _filled(name, entry)
    yield "captcha-image", reverse("captcha-image", args=["1"])


@pytest.fixture
def must_change(client, person):
    services.issue_password(person=person)
    client.force_login(person.user)
    return client


def test_a_one_time_password_opens_nothing_but_its_change(must_change):
    change = reverse("accounts:password_change")
    addresses = dict(_addresses())
    assert len(addresses) > 40

    opened = {
        (name, method)
        for name, address in addresses.items()
        for method in ("get", "post")
        if name not in ALWAYS_OPEN and not _sent_to(change, getattr(must_change, method)(address))
    }

    assert opened == set()


def _sent_to(change, answer) -> bool:
    return answer.status_code == 302 and answer.url == change


def test_the_staff_with_a_one_time_password_see_no_desk(client, db):
    services.open_staff(user=User(username="novikova"))
    client.force_login(User.objects.get())

    assert client.get(reverse("admin:index")).url == reverse("accounts:password_change")


@pytest.mark.parametrize("name", ["cabinet:help", "cabinet:no_access", "accounts:password_change"])
def test_help_and_the_change_itself_are_open(must_change, name):
    assert must_change.get(reverse(name)).status_code == 200


def test_the_language_can_be_chosen_before_the_change(must_change):
    answer = must_change.post(reverse("set_language"), {"language": "en", "next": "/help/"})

    assert answer.url == "/help/"


def test_leaving_is_always_possible(must_change):
    assert must_change.post(reverse("accounts:logout")).url == reverse("cabinet:landing")


def test_who_has_an_own_password_is_not_held(client, person):
    client.force_login(person.user)

    assert client.get(reverse("accounts:password_change")).status_code == 200
    assert client.get(reverse("cabinet:tariffs")).status_code == 200


def test_the_language_can_be_chosen_before_the_door(client, db):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/login/"})

    assert answer.url == "/login/"

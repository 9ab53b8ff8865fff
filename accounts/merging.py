"""Who else must act when two records turn out to be one person: upper apps register here."""

from collections.abc import Callable

from accounts.models import Person

Follow = Callable[[Person, Person], None]
_followers: list[Follow] = []


def register(follow: Follow) -> None:
    """`follow(keep, gone)` moves an app's rows, within the transaction of the merge."""
    if follow not in _followers:
        _followers.append(follow)


def follow_all(keep: Person, gone: Person) -> None:
    for follow in _followers:
        follow(keep, gone)

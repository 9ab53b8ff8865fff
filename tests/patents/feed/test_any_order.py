"""The same facts in any order, in any portions, as often as one likes: one end state."""

from datetime import date

import pytest
import time_machine
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from patents.feed.audit import audit
from patents.models import Application, FeedItem, Inn, Patent
from tests.factories import ApplicationFactory, PersonFactory
from tests.patents.feed.items import INN, OTHER_INN, item, receive

pytestmark = pytest.mark.django_db

NUMBERS = ("1381170", "1381171")
KINDS = ("sent", "ready", "issued", "refused", "annulled", "inn")


@st.composite
def told(draw):
    """A fact about one of two applications of one person; few days, so that facts collide."""
    kind = draw(st.sampled_from(KINDS))
    which = draw(st.integers(0, 1))
    day, hour = draw(st.integers(1, 6)), draw(st.integers(8, 11))
    facts = {"id": "f", "application": NUMBERS[which]}
    if kind in ("issued", "annulled"):
        # Each application has numbers of its own: a number for two is another test's matter.
        number = f"26{which}000000{draw(st.integers(0, 1))}"
        facts["patent"] = {"series": "77", "number": number}
    if kind == "inn":
        facts["inn"] = draw(st.sampled_from([INN, OTHER_INN]))
    return item(kind, f"2026-01-0{day}", f"2026-01-20T{hour:02}:00:00+03:00", **facts)


class Undone(Exception):
    """Each order has a database of its own."""


def end_state(portions):
    found = None
    try:
        with transaction.atomic():
            person = PersonFactory()
            for number in NUMBERS:
                ApplicationFactory(number=number, person=person, accepted_on=date(2026, 1, 2))
            for portion in portions:
                receive(*portion)
            found = _state(person)
            assert audit().troubles == []
            raise Undone
    except Undone:
        return found


def _state(person):
    of_application = (
        *("number", "status", "ready_on", "refused_on", "refusal_reason"),
        *("patent__series", "patent__number", "patent__issued_on", "patent__annulled_on"),
        "patent__annulled_reason",
    )
    steps = Application.steps.rel.related_model.objects
    return {
        "applications": sorted(Application.objects.values_list(*of_application)),
        "steps": sorted(steps.values_list("application__number", "status", "on")),
        "inn": list(Inn.objects.current().filter(person=person).values_list("value", flat=True)),
        "items": sorted(FeedItem.objects.values_list("digest", "status", "reason")),
        "patents": Patent.objects.count(),
    }


@time_machine.travel("2026-02-01 12:00:00+03:00", tick=False)
@settings(max_examples=max(10, settings.default.max_examples // 20))  # each lives three lives
@given(st.data())
def test_the_same_facts_in_any_order_leave_the_same_truth(data):
    facts = data.draw(st.lists(told(), min_size=1, max_size=7))
    turned = data.draw(st.permutations(facts + facts[:2]))
    cut = data.draw(st.integers(0, len(turned)))

    at_once = end_state([facts])

    assert end_state([[fact] for fact in turned]) == at_once
    assert end_state([turned[:cut], turned[cut:]]) == at_once
    assert not FeedItem.objects.filter(status="received").exists()
    assert all(reason != "refused_by_rules" for _digest, _status, reason in at_once["items"])

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.translation import gettext_noop as _

from accounts import kinds, services, timeline
from accounts.models import TimelineEntry
from tests.factories import PersonFactory


@pytest.fixture
def kind():
    timeline.register("test-paid", _("Paid %(amount)s on %(paid_on)s, receipt %(number)s."))
    yield "test-paid"
    del timeline._sentences["test-paid"]


@pytest.mark.django_db
def test_days_and_sums_are_kept_as_facts_and_said_in_the_readers_language(kind):
    facts = {"amount": Decimal("10000.00"), "paid_on": date(2026, 2, 14), "number": 7}

    entry = services.record(person=PersonFactory(), kind=kind, facts=facts)

    entry.refresh_from_db()
    assert entry.facts == {"amount": "10000.00", "paid_on": "2026-02-14", "number": 7}
    with translation.override("ru"):
        said = timeline.words(entry).replace("\u00a0", " ")
    assert said == "Paid 10 000 ₽ on 14 февраля 2026, receipt 7."


@pytest.mark.django_db
def test_a_missing_fact_or_an_unknown_kind_is_a_bug_at_once(kind):
    person = PersonFactory()

    with pytest.raises(KeyError):
        services.record(person=person, kind=kind, facts={"number": 7})
    with pytest.raises(KeyError):
        services.record(person=person, kind="never-registered")
    assert not TimelineEntry.objects.exists()


def test_a_kind_has_one_sentence():
    with pytest.raises(ValueError, match="twice"):
        timeline.register(kinds.REGISTERED, "again")


def test_an_entry_of_a_forgotten_kind_breaks_no_page():
    with translation.override("en"):
        said = timeline.words(TimelineEntry(kind="gone", facts={"number": "7"}))

    assert said == "A note of an earlier version of the portal."

"""Many people for measuring: each is what the models and the rules take for real."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import LoginName, Person, TimelineEntry
from common import identifiers
from desk.crowd.copies import make_copies
from desk.crowd.numbers import MOST_IN_A_SAMPLE
from desk.crowd.numbers import reference as reference_of
from desk.crowd.sample import TRAIL, make_sample
from journal.models import Look
from notifications.models import Message
from patents.models import Application, ApplicationHistory, Inn, Paper
from payments import reference
from payments.facts import standing_of
from payments.models import Claim, Outgoing, Placement, Receipt
from payments.services.audit import audit
from payments.standing import State
from tests.payments import plain_facts

SIZE, COPIES, DAY = 11, 2, date(2026, 11, 22)
PEOPLE = SIZE * (COPIES + 1)


@pytest.fixture
def crowd(db):
    make_sample(SIZE, DAY)
    make_copies(COPIES, SIZE)


def test_everybody_has_ten_payments_and_their_trail(crowd):
    assert Person.objects.count() == PEOPLE
    assert Placement.objects.matched().count() == 10 * PEOPLE
    assert TimelineEntry.objects.count() == TRAIL * PEOPLE
    assert ApplicationHistory.objects.count() == Application.objects.count() == 2 * PEOPLE
    for person in Person.objects.all():
        assert Placement.objects.filter(application__person=person).count() == 10
        assert Look.objects.filter(person_id=person.pk).count() == TRAIL
        assert Message.objects.filter(person_id=person.pk).count() == TRAIL


def test_whose_papers_we_prepare_has_one_to_mend_and_reads_it_at_home(crowd, client):
    accepted = Application.objects.filter(status="accepted")
    to_mend = Paper.objects.to_mend()
    assert set(to_mend.values_list("application", flat=True)) == set(
        accepted.values_list("pk", flat=True)
    )

    client.force_login(accepted.first().person.user)
    home = client.get(reverse("cabinet:home")).content.decode()

    assert to_mend.count() == accepted.count() > 0
    assert to_mend.first().remark in home


def test_every_tenth_month_had_a_cheque_and_beside_another_money_left(crowd):
    assert Claim.objects.found().count() == Outgoing.objects.count() == PEOPLE
    for claim in Claim.objects.select_related("placement"):
        assert claim.placement.application_id == claim.application_id
        assert (claim.placement.paid_on, claim.placement.amount) == (claim.paid_on, claim.amount)


def test_a_copy_keeps_to_itself(crowd):
    for row in Placement.objects.select_related(
        "receipt", "charge", "till_payment", "line", "application"
    ):
        assert row.receipt.application == row.application
        assert row.receipt.reference in row.line.purpose
        assert row.charge is None or row.charge.receipt == row.receipt
        assert row.till_payment is None or row.till_payment.receipt == row.receipt
    for name in LoginName.objects.select_related("user__person"):
        assert Application.objects.get(number=name.value).person == name.user.person


def test_numbers_pass_their_checks(crowd):
    for value in Inn.objects.values_list("value", flat=True):
        assert identifiers.inn(value) == value
    for value in Receipt.objects.values_list("reference", flat=True):
        assert reference.is_valid(value)


def test_numbers_of_receipts_never_meet_however_many_copies():
    """A whole sample beside the next copy's: what a copy adds is what the database adds."""
    sample = {reference_of(number) for number in range(MOST_IN_A_SAMPLE)}
    copies = {reference_of(MOST_IN_A_SAMPLE * copy + 5) for copy in range(1, 2000)}

    assert len(sample) == MOST_IN_A_SAMPLE
    assert len(copies) == 1999
    assert not sample & copies


def test_the_database_counts_the_numbers_of_copies_as_we_do(crowd):
    made = set(Receipt.objects.values_list("reference", flat=True))
    per_copy = len(made) // (COPIES + 1)

    assert made == {
        reference_of(MOST_IN_A_SAMPLE * copy + number)
        for copy in range(COPIES + 1)
        for number in range(per_copy)
    }


def test_the_ledger_is_whole_and_people_stand_in_many_places(crowd):
    assert audit().faults == []
    found = {standing_of(person, DAY).state for person in Person.objects.all()}
    assert {State.VALID, State.PREPARING} <= found
    for person in Person.objects.order_by("-pk")[:5]:
        plain = plain_facts.known_facts(person, DAY)
        assert standing_of(person, DAY).months == plain_facts.standing(plain, DAY).months


def test_whoever_comes_after_the_crowd_gets_a_free_number(crowd):
    assert Person.objects.create(
        last_name="Новый", first_name="Н", birth_date=DAY, citizenship_id="UZB"
    )


def test_it_is_refused_outside_the_local_mode(settings):
    settings.LOCAL = False

    with pytest.raises(CommandError):
        call_command("make_people", "1")

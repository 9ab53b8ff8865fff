"""A shown cheque: it speaks for money that we do not see, until a line or staff end it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from accounts.models import TimelineEntry
from notifications.length import segments
from notifications.models import Message
from payments import timeline
from payments.errors import (
    ChequeNotPossible,
    ClaimDecided,
    MonthsBeyondCap,
    NothingToPay,
    PaymentKnown,
)
from payments.messages import CHEQUE_CONFIRMED, CHEQUE_REJECTED
from payments.models import Claim, ClaimStatus
from payments.room import months_left
from payments.sentence import sentence
from payments.services.claims import claims
from payments.services.claims.claims import application_for, confirm, reject
from payments.standing import Channel, State, ThirdParty
from tests.factories import (
    MONTHLY,
    ApplicationFactory,
    ChargeFactory,
    InnFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    ReceiptFactory,
    statements_through,
)
from tests.payments.shown_cheques import IN_TIME, LATE, line, show, standing_on

# --- what it does to the standing


def test_a_payment_not_visible_becomes_on_its_way_in_careful_words(covered):
    assert standing_on(covered, date(2026, 2, 20)).state == State.UNSEEN

    show(covered)

    now = standing_on(covered, date(2026, 2, 20))
    assert now.state == State.IN_TRANSIT
    assert now.third_party == ThirdParty.CHECKED
    with translation.override("en"):
        said = " ".join((sentence(now).title, *sentence(now).text))
    assert "You showed a cheque of February 14" in said.replace("\xa0", " ")
    assert "You paid in time" not in said


def test_a_confirmed_cheque_counts_as_proof_for_others_too(covered, accountant):
    confirm(claim=show(covered), paid_on=IN_TIME, actor=accountant)

    assert standing_on(covered, date(2026, 2, 20)).third_party == ThirdParty.IN_TRANSIT


def test_a_person_with_a_living_cheque_is_never_lapsed(covered):
    show(covered)
    statements_through(date(2026, 3, 10))

    assert standing_on(covered, date(2026, 3, 11)).state == State.TRACING


def test_a_rejected_cheque_speaks_no_more(covered, accountant):
    reject(claim=show(covered), reason="Другой человек", actor=accountant)

    assert standing_on(covered, date(2026, 2, 20)).state == State.UNSEEN


def test_a_late_cheque_is_named_and_changes_nothing(covered):
    show(covered, paid_on=LATE)

    now = standing_on(covered, date(2026, 2, 20))
    assert now.state == State.UNSEEN
    assert [(late.paid_on, late.channel) for late in now.late] == [(LATE, Channel.CLAIM)]


def test_shown_months_leave_less_to_pay_until_the_cheque_is_rejected(covered, accountant):
    claim = show(covered)
    assert months_left(covered) == 10

    reject(claim=claim, reason="Не читается", actor=accountant)

    assert months_left(covered) == 11


# --- showing


def test_the_months_follow_from_the_tariff_of_the_day_on_the_cheque(february_20, worker):
    patent = PatentFactory(
        application__person=worker,
        application__accepted_on=date(2025, 12, 1),
        issued_on=date(2025, 12, 20),
    )

    claim = show(patent.application, paid_on=date(2025, 12, 30), amount=Decimal(17800))

    assert claim.months == 2


def test_the_person_reads_in_the_history_that_the_cheque_was_shown(covered):
    show(covered)

    entry = TimelineEntry.objects.get(kind=timeline.CHEQUE_SHOWN)
    assert entry.facts == {"paid_on": "2026-02-14", "amount": "10000.00"}


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"paid_on": date(2026, 2, 21)}, ChequeNotPossible),
        ({"paid_on": date(2026, 1, 1)}, ChequeNotPossible),
        ({"amount": Decimal("-10000")}, ChequeNotPossible),
        ({"amount": MONTHLY * 12}, MonthsBeyondCap),
    ],
    ids=["future", "before the application", "negative", "no room"],
)
def test_a_cheque_that_cannot_be_is_refused_and_nothing_is_kept(covered, facts, refusal):
    with pytest.raises(refusal):
        show(covered, **facts)

    assert not Claim.objects.exists()


def test_the_same_cheque_shown_twice_is_one_claim(covered):
    assert show(covered) == show(covered)
    assert Claim.objects.count() == 1


def test_a_posted_payment_needs_no_cheque(covered):
    with pytest.raises(PaymentKnown):
        show(covered, paid_on=date(2026, 1, 10))


def test_a_payment_by_card_needs_no_cheque(covered):
    ChargeFactory(receipt=ReceiptFactory(application=covered))

    with pytest.raises(PaymentKnown):
        show(covered)


def test_a_found_cheque_cannot_be_shown_again(covered):
    show(covered, paid_on=date(2026, 2, 13))
    line(on=IN_TIME, posted_on=date(2026, 2, 19))

    with pytest.raises(PaymentKnown):
        show(covered, paid_on=date(2026, 2, 13))


def test_a_rejected_cheque_may_be_shown_again(covered, accountant):
    reject(claim=show(covered), reason="Не читается", actor=accountant)

    show(covered)

    assert Claim.objects.living().count() == 1


def test_a_cheque_of_the_old_patent_belongs_to_the_old_application(covered):
    later = ApplicationFactory(person=covered.person, accepted_on=date(2026, 2, 18))

    assert application_for(person=covered.person, paid_on=IN_TIME) == covered
    assert application_for(person=later.person, paid_on=date(2026, 2, 19)) == covered


def test_whoever_has_no_application_has_nothing_to_show(february_20, worker):
    with pytest.raises(NothingToPay):
        application_for(person=worker, paid_on=IN_TIME)


# --- staff


def test_staff_confirm_the_day_that_they_read(covered, accountant):
    claim = confirm(claim=show(covered, paid_on=LATE), paid_on=IN_TIME, actor=accountant)

    assert (claim.status, claim.day, claim.decided_by) == (
        ClaimStatus.CONFIRMED,
        IN_TIME,
        accountant,
    )
    assert standing_on(covered, date(2026, 2, 20)).state == State.IN_TRANSIT
    assert Message.objects.latest("pk").event == CHEQUE_CONFIRMED.code


def test_a_rejection_needs_a_reason_that_the_person_reads(covered, accountant):
    claim = show(covered)
    with pytest.raises(ChequeNotPossible):
        reject(claim=claim, reason="  ", actor=accountant)

    reject(claim=claim, reason="Чек другого человека", actor=accountant)

    entry = TimelineEntry.objects.get(kind=timeline.CHEQUE_REJECTED)
    assert entry.facts["reason"] == "Чек другого человека"
    assert Message.objects.latest("pk").event == CHEQUE_REJECTED.code


def test_a_decision_is_made_once(covered, accountant):
    claim = show(covered)
    reject(claim=claim, reason="Чек другого человека", actor=accountant)

    with pytest.raises(ClaimDecided):
        confirm(claim=claim, paid_on=IN_TIME, actor=accountant)
    with pytest.raises(ClaimDecided):
        reject(claim=claim, reason="Ещё раз", actor=accountant)


def test_a_confirmed_cheque_may_still_be_rejected(covered, accountant):
    claim = confirm(claim=show(covered), paid_on=IN_TIME, actor=accountant)

    reject(claim=claim, reason="Чек поддельный", actor=accountant)

    assert standing_on(covered, date(2026, 2, 20)).state == State.UNSEEN


def test_staff_cannot_confirm_a_day_that_cannot_be(covered, accountant):
    with pytest.raises(ChequeNotPossible):
        confirm(claim=show(covered), paid_on=date(2026, 2, 21), actor=accountant)


@pytest.mark.parametrize("event", [CHEQUE_CONFIRMED, CHEQUE_REJECTED], ids=lambda event: event.code)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_messages_about_cheques_fit_into_two_parts(covered, event, language):
    with translation.override(language):
        text = translation.gettext(event.template) % event.context(show(covered).pk)

    assert segments(text) <= 2


# --- held by the database


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "confirmed"},
        {"status": "posted"},
        {"status": "rejected", "reason": "почему"},
        {"reason": "почему"},
        {"proven_on": IN_TIME},
        {"months": 13},
        {"amount": 0},
        {"status": "lost"},
    ],
    ids=str,
)
def test_the_database_refuses_a_state_without_its_facts(covered, broken):
    claim = show(covered)

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**broken)


def two_clicks(application) -> list:
    """Two requests that show the same cheque at the same moment."""
    together = Barrier(2)

    def click(_number):
        try:
            together.wait(timeout=10)
            return show(application).pk
        except IntegrityError:
            return "refused by the database"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(click, range(2)))


@pytest.fixture
def committed(transactional_db, february_20):
    person = PersonFactory()
    PassportFactory(person=person)
    InnFactory(person=person)
    return PatentFactory(application__person=person).application


def test_two_clicks_at_once_make_one_claim(committed):
    first, second = two_clicks(committed)

    assert first == second
    assert Claim.objects.count() == 1


def test_without_the_lock_only_the_database_stops_the_second_click(committed, monkeypatch):
    """The twin: both look before either has written, and the constraint has the last word."""
    looked = Barrier(2)
    monkeypatch.setattr(claims, "_locked", lambda application: application)
    room = claims.require_room

    def slowly(*args):
        looked.wait(timeout=10)
        room(*args)

    monkeypatch.setattr(claims, "require_room", slowly)

    assert "refused by the database" in two_clicks(committed)
    assert Claim.objects.count() == 1


def test_a_claim_keeps_its_picture(covered, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    claim = show(covered, cheque=ContentFile(b"%PDF-1.7", name="cheques/1.pdf"))

    assert (tmp_path / claim.cheque.name).read_bytes() == b"%PDF-1.7"

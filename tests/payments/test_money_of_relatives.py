"""A relative pays by their own INN: the name in the purpose says that it is another's money."""

from datetime import date

import pytest
from django.utils import translation

from accounts.services import approvals
from payments.facts import standing_of
from payments.matching.called import others_said
from payments.models import Account, Place, Placement, QueueReason
from payments.sentence import sentence, short
from payments.services.deciding import by_hand
from payments.services.importing import likely
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger.ledger import match_again
from payments.standing import Standing, State
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    StaffFactory,
)
from tests.payments.statement_files import ACCOUNT, INN, WORDING, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
FEBRUARY_9 = date(2026, 2, 9)
OF_HIS_WIFE = "770100000142"


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        open_account(number=ACCOUNT, counted_through=date(2025, 12, 30))
        yield


@pytest.fixture(autouse=True)
def first_month(application):
    PlacementFactory(application=application)


@pytest.fixture
def wife(first_month):
    """Of Timur Karimov, who has an INN of his own; she has a patent, too, and its first month."""
    person = PersonFactory(last_name="Алиева", first_name="Мадина", middle_name="")
    InnFactory(value=OF_HIS_WIFE, person=person)
    found = ApplicationFactory(person=person, status="issued", ready_on=date(2026, 1, 12))
    PatentFactory(application=found, number="2600418175")
    PlacementFactory(application=found)
    return found


def paid(purpose: str, *, inn=OF_HIS_WIFE, **more) -> Placement:
    line = order(on=FEBRUARY_9, posted_on=FEBRUARY_9, inn=inn, purpose=purpose, **more)
    import_statement(content=whole(line, first=FEBRUARY_9), name="day.txt")
    return Placement.objects.current().latest("pk")


def said(row: Placement) -> tuple:
    return row.place, row.queue_reason, row.application


@pytest.mark.parametrize(
    "name", ["Каримов Тимур Рустамович", "ТИМУР КАРИМОВ", "KARIMOV TIMUR", "Каримова Тимура"]
)
def test_money_for_the_worker_never_goes_to_the_relative_who_paid_it(wife, application, name):
    row = paid(f"{WORDING} за {name}")

    assert said(row) == (Place.QUEUE, QueueReason.AMBIGUOUS, None)
    assert row.reason.startswith("An INN, a name, a UIN or a paper of the line lead to different")


def test_both_stand_beside_the_line(wife, application):
    row = paid(f"{WORDING} за Каримова Тимура")

    likely.weigh_waiting()

    row.refresh_from_db()
    found = {one["application"]: one["score"] for one in row.likely}
    assert found.keys() == {wife.pk, application.pk}
    assert max(found.values()) < 70


MONTHS_ARE_OVER = date(2026, 2, 22)  # covered through the 14th, and the seven days are over


def standings(*applications) -> list[Standing]:
    Account.objects.update(complete_through=date(2026, 2, 21))
    return [standing_of(one.person, MONTHS_ARE_OVER) for one in applications]


def test_neither_of_the_two_is_told_that_they_did_not_pay(wife, application):
    paid(f"{WORDING} за Каримова Тимура")
    likely.weigh_waiting()

    for standing in standings(wife, application):
        assert standing.state == State.UNSEEN
        assert "may be yours" in sentence(standing).title
        assert "10\xa0000" not in str(sentence(standing))
        assert "may be yours" in short(standing)


def test_once_staff_say_whose_it_is_the_other_one_reads_the_truth(wife, application):
    row = paid(f"{WORDING} за Каримова Тимура")
    likely.weigh_waiting()
    asked = by_hand.ask(
        placement=row,
        shares=[by_hand.Share(row.amount, application.pk)],
        actor=StaffFactory(),
        reason="чек",
    )

    approvals.decide(approval=asked, granted=True, actor=StaffFactory())

    of_wife, of_worker = standings(wife, application)
    assert (of_wife.state, of_worker.state) == (State.LAPSED, State.VALID)


def test_twin_while_nobody_looks_whom_it_is_like_both_have_lapsed(wife, application, monkeypatch):
    monkeypatch.setattr(likely, "weigh_lines_of", lambda statement: None)
    paid(f"{WORDING} за Каримова Тимура")

    assert [one.state for one in standings(wife, application)] == [State.LAPSED] * 2


def test_money_paid_too_late_holds_up_nobody(wife, application):
    late = date(2026, 2, 16)
    line = order(on=late, posted_on=late, inn=OF_HIS_WIFE, purpose="за Каримова Тимура")
    import_statement(content=whole(line, first=late), name="late.txt")
    likely.weigh_waiting()

    assert [one.state for one in standings(wife, application)] == [State.LAPSED] * 2


def test_matched_again_it_still_waits(wife, application):
    row = paid("за Каримова Тимура")

    assert match_again(placements=[row]) == 0


def test_whoever_pays_for_themselves_may_write_their_name(wife):
    row = paid("НДФЛ за патент, Алиевой Мадины, за Февраль Москва")

    assert said(row) == (Place.MATCHED, "", wife)


def test_the_name_beside_the_very_inn_in_the_purpose_says_whose_it_is(wife, application):
    row = paid(f"ИНН {INN} Каримов Тимур, платит Алиева Мадина", inn="")

    assert said(row) == (Place.MATCHED, "", application)


def test_a_name_that_nobody_here_has_is_no_doubt(wife):
    row = paid("за Сидорова Петра")

    assert said(row) == (Place.MATCHED, "", wife)


def test_a_namesake_of_the_payer_is_no_doubt(wife):
    PersonFactory(last_name="Алиева", first_name="Мадина", middle_name="Рустамовна")

    row = paid("Алиева Мадина")

    assert said(row) == (Place.MATCHED, "", wife)


def test_a_file_asks_for_names_once_however_many_lines_it_has(wife, django_assert_max_num_queries):
    lines = [
        order(number=str(n), on=FEBRUARY_9, posted_on=FEBRUARY_9, inn=OF_HIS_WIFE, purpose=text)
        for n, text in enumerate(["Каримов Тимур", "за Тимура Каримова", "Иванов Петр"] * 5)
    ]
    with django_assert_max_num_queries(400) as asked:
        import_statement(content=whole(*lines, first=FEBRUARY_9), name="day.txt")

    assert sum("written" in one["sql"] and "~" in one["sql"] for one in asked) == 1


def test_a_name_is_known_in_any_case_and_order():
    assert others_said("за Каримова Тимура", owner=" ALIEVA MADINA  ", inn=OF_HIS_WIFE)
    assert not others_said("от Алиевой Мадины", owner=" ALIEVA MADINA  ", inn=OF_HIS_WIFE)

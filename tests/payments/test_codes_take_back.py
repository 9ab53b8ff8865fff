"""What another file says of a code may take counted months back: of many only when a person has
looked at it, and whoever read that they count hears that they do not."""

from datetime import date

import pytest
from django.urls import reverse

from notifications.models import Message, MessageStatus
from payments.messages import PAYMENT_UNCOUNTED
from payments.models import Placement, QueueReason, Statement
from payments.services.audit import audit
from payments.services.deciding.withdrawals import Scope, told
from payments.services.importing import astray, released
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PersonFactory,
    RegisterFactory,
    StaffFactory,
)
from tests.payments.gis_gmp_files import notice, package
from tests.payments.statement_files import ACCOUNT, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
INNS = ["775100004210", "500100732259", "770100000142"]
TWO = INNS[:2]
OURS, ENP, OBLAST = "18210102040011000110", "18201061201010000510", "46744000"


@pytest.fixture(autouse=True)
def people(settings):
    settings.ODD_LINES, settings.ODD_SHARE = 3, 0.3
    account = open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))
    RegisterFactory(account=account, document_number="Поручение")
    found = [InnFactory(value=inn, person=PersonFactory()).person for inn in INNS]
    for person in found:
        ApplicationFactory(person=person)
    return found


@pytest.fixture
def believed(settings):
    """So few are too few to be looked at first."""
    settings.ODD_LINES = 10


def take(*files: bytes) -> None:
    for content in files:
        import_statement(content=content, name="file")


def lines(kbk: str | None = None, inns=INNS) -> bytes:
    return whole(*(order(number=inn[:6], inn=inn, ПоказательКБК=kbk) for inn in inns))


def notices(inns=INNS, **codes) -> bytes:
    said = (
        notice(number=inn[:6], payment_id=inn.rjust(32, "1"), payer=f"121{'0' * 7}{inn}", **codes)
        for inn in inns
    )
    return package(*said, stamp="2026-02-11T09:00:00+03:00")


def register(inns=INNS) -> bytes:
    rows = [f"77;11.02.2026;05.02.2026;КАРИМОВ ТИМУР;{inn};10000" for inn in inns]
    heads = "Поручение;Дата зачисления;Дата операции;ФИО;ИНН;Сумма"
    return "\r\n".join([heads, *rows, ""]).encode("cp1251")


def bank(kbk: str = ENP, inns=INNS) -> bytes:
    facts = {"inn": "7707083893", "payer": "ПАО БАНК", "purpose": "Реестр"}
    amount = f"{len(inns)}0000.00"
    return whole(order(number="77", amount=amount, ПоказательКБК=kbk, **facts))


def months() -> int:
    return Placement.objects.months().count()


def held() -> bool:
    return Statement.objects.held().exists()


CASES = {
    "the order of a register": (register, bank),
    "notices of lines": (lines, lambda: notices(kbk=ENP)),
    "notices of another region": (lines, lambda: notices(oktmo=OBLAST)),
    "lines of notices": (lambda: notices(kbk="", oktmo=""), lambda: lines(ENP)),
}
TAKE_BACK = pytest.mark.parametrize("files", CASES.values(), ids=CASES)


@TAKE_BACK
def test_a_file_that_would_take_the_months_of_many_back_is_held(files):
    first, second = (make() for make in files)
    take(first)
    assert months() == 3
    Message.objects.all().delete()

    take(second)

    assert (held(), months()) == (True, 3)
    assert not Message.objects.exists()
    assert audit().faults == []


@TAKE_BACK
def test_released_it_takes_them_back(files):
    take(*(make() for make in files))
    statement = Statement.objects.held().get()

    released.release(statement=statement, actor=StaffFactory(), reason="сверено с банком")
    released.post_released()

    assert months() == 0
    assert audit().faults == []


@TAKE_BACK
def test_the_twin_without_this_question_takes_them_back_at_once(files, monkeypatch):
    monkeypatch.setattr(astray, "counted_money", lambda *_said: 0)
    take(*(make() for make in files))

    assert (held(), months()) == (False, 0)


@pytest.mark.parametrize(
    "files",
    [
        (register, lambda: bank(OURS)),
        (lines, notices),
        (lambda: lines(OURS), lambda: notices(kbk=ENP)),
    ],
    ids=["an order of ours", "notices of ours", "lines that say ours themselves"],
)
def test_what_takes_nothing_back_is_not_held(files):
    take(*(make() for make in files))

    assert (held(), months()) == (False, 3)


# --- a share of their own, smaller than that of lines that fit nobody


@pytest.fixture
def own_share(settings, believed):
    settings.ASTRAY_LINES, settings.ASTRAY_SHARE = 2, 0.5


TWO_OF_THREE = {
    "notices": (lines, lambda: package(*_two_of_three())),
    "the order of a register": (lambda: register(TWO), lambda: bank(inns=TWO)),
}


def _two_of_three() -> list[str]:
    codes = (ENP, ENP, OURS)
    return [
        notice(number=inn[:6], payment_id=inn.rjust(32, "1"), payer=f"121{'0' * 7}{inn}", kbk=kbk)
        for inn, kbk in zip(INNS, codes, strict=True)
    ]


@pytest.mark.parametrize("files", TWO_OF_THREE.values(), ids=TWO_OF_THREE)
def test_too_many_months_for_the_share_of_codes_hold_a_file(files, own_share):
    take(*(make() for make in files))

    assert held()
    assert months() >= 2


@pytest.mark.parametrize(
    ("lines_from", "share"), [(3, 0.5), (2, 0.7)], ids=["few", "a small share"]
)
def test_fewer_are_believed(lines_from, share, own_share, settings):
    settings.ASTRAY_LINES, settings.ASTRAY_SHARE = lines_from, share

    take(*(make() for make in TWO_OF_THREE["notices"]))

    assert (held(), months()) == (False, 1)


def test_the_pages_of_a_held_file_say_that_it_is_for_its_codes(own_share, client):
    take(*(make() for make in TWO_OF_THREE["notices"]))
    client.force_login(StaffFactory())

    for name in ("release", "annul"):
        page = reverse(f"admin:payments_statement_{name}", args=[Statement.objects.held().get().pk])
        said = client.get(page, headers={"accept-language": "en"}).content.decode()
        assert "It is held for its codes" in said


def test_a_file_that_is_odd_as_a_whole_does_not_say_so(client):
    take(lines(), notices(kbk=ENP))
    client.force_login(StaffFactory())

    page = reverse("admin:payments_statement_release", args=[Statement.objects.held().get().pk])
    said = client.get(page, headers={"accept-language": "en"}).content.decode()
    assert "It is held for its codes" not in said


# --- the word


def uncounted() -> list[int]:
    rows = Message.objects.filter(event=PAYMENT_UNCOUNTED.code)
    return sorted(rows.values_list("person_id", flat=True))


def everybody_read() -> None:
    Message.objects.update(text="Деньги пришли", status=MessageStatus.SENT)


FEW = pytest.mark.parametrize(
    "files",
    [
        (lambda: register(TWO), lambda: bank(inns=TWO)),
        (lambda: lines(inns=TWO), lambda: notices(TWO, kbk=ENP)),
        (lambda: notices(TWO, kbk="", oktmo=""), lambda: lines(ENP, TWO)),
    ],
    ids=["order", "notices", "lines"],
)


@FEW
def test_whoever_read_that_it_counts_hears_once_that_it_does_not(files, people, believed):
    first, second = (make() for make in files)
    take(first)
    everybody_read()

    take(second, second)

    assert months() == 0
    assert uncounted() == sorted(person.pk for person in people[:2])
    waiting = Placement.objects.queued().get(application__person=people[0])
    word = Message.objects.get(event=PAYMENT_UNCOUNTED.code, person_id=people[0].pk)
    assert waiting.queue_reason == QueueReason.OTHER_TAX
    assert PAYMENT_UNCOUNTED.still_true(word.subject_id)


@FEW
def test_whoever_was_not_told_yet_hears_nothing_of_it(files, believed):
    take(*(make() for make in files))

    assert months() == 0
    assert uncounted() == []


def test_who_has_heard_it_is_not_asked_for_pardon_besides(people, believed):
    take(lines(inns=TWO))
    everybody_read()
    first = Statement.objects.get()
    take(notices(TWO, kbk=ENP))

    assert not told(Scope(first)).exists()

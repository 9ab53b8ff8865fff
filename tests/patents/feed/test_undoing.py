"""An applied item that was a mistake is undone by two: what stood before stands again."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.errors import ReasonMissing
from accounts.models import Approval
from accounts.services import approvals
from notifications.models import Message
from patents import errors, services
from patents.feed import contradictions, decisions, undoing
from patents.feed.audit import audit
from patents.feed.items import as_text, key_of
from patents.models import Application, FeedItem, Inn, News, Patent
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PatentFactory,
    ReceiptFactory,
    StaffFactory,
)
from tests.patents.desk import sign_in_as
from tests.patents.feed.items import INN, NUMBER, OTHER_INN, item, receive

pytestmark = pytest.mark.django_db
WHY = "МВД прислало чужую запись"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-02-01 12:00:00+03:00", tick=False):
        yield


def at(hour):
    return f"2026-01-20T{hour:02}:00:00+03:00"


def state():
    """Everything that items can change, as people and staff see it."""
    return {
        "applications": list(
            Application.objects.order_by("number").values_list(
                *("number", "status", "ready_on", "refused_on", "refusal_reason", "inn_missing")
            )
        ),
        "steps": set(
            Application.objects.filter(steps__isnull=False).values_list(
                *("number", "steps__status", "steps__on", "steps__source")
            )
        ),
        "patents": list(
            Patent.objects.values_list(
                *("series", "number", "issued_on", "profession", "source"),
                *("annulled_on", "annulled_reason", "annulled_source"),
            )
        ),
        "inn": list(Inn.objects.current().values_list("person", "value", "source")),
        "news": list(News.objects.values_list("key", "title_ru")),
    }


def key_of_item(one):
    return key_of(as_text(one))


def undo(row=None, told=True):
    """Both decisions; what was queued until now was read by the person."""
    row = row or FeedItem.objects.get(status="applied")
    if told:
        Message.objects.update(text="прочитано")
    asked = undoing.ask_undo(item=row, reason=WHY, actor=StaffFactory())
    return approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def apologies():
    return Message.objects.filter(event="patents.word_undone").count()


def accepted():
    ApplicationFactory(number=NUMBER)


def sent():
    application = ApplicationFactory(number=NUMBER)
    services.send_to_review(application=application, on=date(2026, 1, 5))
    return application


def ready():
    services.mark_ready(application=sent(), ready_on=date(2026, 1, 12))


def issued():
    PatentFactory(application__number=NUMBER, series="77", number="2600001234")


def with_inn():
    InnFactory(person=ApplicationFactory(number=NUMBER).person, value=OTHER_INN)


def nothing():
    pass


# What stood, the mistaken item.
CASES = {
    "sent": (accepted, item("sent", "2026-01-05")),
    "ready": (sent, item("ready", "2026-01-12")),
    "ready without its dispatch": (accepted, item("ready", "2026-01-12")),
    "issued": (ready, item("issued", "2026-01-15")),
    "issued without any step": (accepted, item("issued", "2026-01-15")),
    "refused": (sent, item("refused", "2026-01-16")),
    "annulled": (issued, item("annulled", "2026-01-20")),
    "inn": (accepted, item("inn")),
    "news": (nothing, item("news")),
}
cases = pytest.mark.parametrize(("stood", "mistake"), CASES.values(), ids=CASES.keys())


@cases
def test_everything_stands_as_before_the_item(stood, mistake):
    stood()
    before = state()
    assert receive(mistake) == ["applied"]
    assert state() != before

    undo()

    assert state() == before
    row = FeedItem.objects.get()
    assert (row.status, row.decided_reason) == ("undone", WHY)
    assert row.decided_by == Approval.objects.get().decided_by
    assert audit().troubles == []


@cases
def test_the_same_word_does_not_come_back_by_itself(stood, mistake):
    stood()
    before = state()
    receive(mistake)
    undo()

    again = mistake | {"id": "f-again", "recorded_at": at(23)}

    assert receive(mistake) == ["undone"]
    assert receive(again) == ["bad undone_before"]
    assert state() == before


@cases
def test_a_word_that_was_right_after_all_is_believed_again(stood, mistake):
    stood()
    receive(mistake)
    after = state()
    undo()
    again = mistake | {"id": "f-again", "recorded_at": at(23)}
    receive(again)

    contradictions.ministry_is_right(
        item=FeedItem.objects.get(status="bad"), reason="МВД подтвердило", actor=StaffFactory()
    )

    assert state() == after
    assert sorted(FeedItem.objects.values_list("status", flat=True)) == ["applied", "known"]


@pytest.mark.parametrize("kind", [kind for kind in CASES if kind != "news"])
def test_who_was_told_is_told_of_the_mistake_once_and_nothing_else(kind):
    stood, mistake = CASES[kind]
    stood()
    receive(mistake)
    told = Message.objects.count()

    undo()

    assert apologies() == 1
    assert Message.objects.count() == told + 1
    person = Application.objects.get().person
    assert person.timeline.filter(kind="patents.word_undone").count() == 1


def test_who_was_not_told_yet_is_told_nothing():
    sent()
    receive(item("ready", "2026-01-12"))

    undo(told=False)

    assert apologies() == 0
    waiting = Message.objects.get(event="patents.ready")
    assert waiting.text == ""


def test_news_are_taken_away_from_everybody_and_the_wording_before_comes_back():
    words = {"key": "n-1", "text": {"ru": "Текст"}}
    receive(item("news", recorded=at(9), news=words | {"title": {"ru": "Верно"}}))
    mistake = item("news", recorded=at(10), news=words | {"title": {"ru": "Неверно"}})
    receive(mistake)

    undo(FeedItem.objects.get(status="applied"))

    assert News.objects.get().title_ru == "Верно"
    right = item("news", recorded=at(11), news=words | {"title": {"ru": "Точно"}})
    assert receive(right) == ["applied"]
    assert News.objects.get().title_ru == "Точно"


# --- other words about the same thing


@pytest.mark.parametrize(
    ("first", "mistake"),
    [
        (("ready", "2026-01-12"), ("ready", "2026-01-13")),
        (("refused", "2026-01-12"), ("refused", "2026-01-13")),
        (("issued", "2026-01-15"), ("issued", "2026-01-16")),
        (("sent", "2026-01-05"), ("sent", "2026-01-06")),
    ],
)
def test_the_earlier_word_of_the_ministry_stands_again(first, mistake):
    accepted()
    receive(item(*first, at(9)))
    before = state()
    receive(item(*mistake, at(10)))
    assert state() != before

    undo(FeedItem.objects.get(status="applied"))

    assert state() == before


def test_the_earlier_inn_is_in_use_again_and_the_mistaken_one_was_never_in_use():
    accepted()
    receive(item("inn", recorded=at(9), inn=OTHER_INN))
    receive(item("inn", "2026-01-16", at(10)))

    undo(FeedItem.objects.get(status="applied"))

    person = Application.objects.get().person
    assert services.current_inn(person) == OTHER_INN
    wrong = Inn.objects.get(value=INN)
    assert wrong.valid_until < wrong.valid_from


def test_the_inn_of_somebody_else_is_free_for_its_owner():
    accepted()
    receive(item("inn"))
    undo()

    owner = ApplicationFactory().person
    services.enter_inn(person=owner, value=INN, on=date(2026, 1, 20))

    assert services.current_inn(owner) == INN


def test_another_day_is_another_word_and_is_taken():
    sent()
    receive(item("ready", "2026-01-12"))
    undo()

    assert receive(item("ready", "2026-01-14", at(23))) == ["applied"]
    assert Application.objects.get().ready_on == date(2026, 1, 14)


def test_all_items_that_say_the_same_are_undone_together():
    accepted()
    receive(item("ready", "2026-01-12", at(9)), item("ready", "2026-01-12", at(10)))

    undo(FeedItem.objects.get(status="applied"))

    assert set(FeedItem.objects.values_list("status", flat=True)) == {"undone"}
    assert Application.objects.get().status == "accepted"


def test_an_item_is_undone_though_its_repeat_took_its_place_meanwhile():
    """Of two items of one instant either may be the one that is applied."""
    accepted()
    twins = sorted((item("ready", "2026-01-12") for _number in "12"), key=key_of_item)
    receive(twins[1])
    asked = undoing.ask_undo(item=FeedItem.objects.get(), reason=WHY, actor=StaffFactory())
    assert receive(*twins) == ["applied", "known"]

    approvals.decide(approval=asked, granted=True, actor=StaffFactory())

    assert set(FeedItem.objects.values_list("status", flat=True)) == {"undone"}
    assert Application.objects.get().status == "accepted"


def test_an_annulment_waits_for_a_patent_again():
    accepted()
    receive(item("issued", "2026-01-15"), item("annulled", "2026-01-20"))

    undo(FeedItem.objects.get(kind="issued"))

    assert not Patent.objects.exists()
    assert FeedItem.objects.get(kind="annulled").status == "waiting"


# --- what the centre had written before


def theirs():
    row = FeedItem.objects.get(status="bad")
    contradictions.ministry_is_right(item=row, reason="сверили", actor=StaffFactory())


@pytest.mark.parametrize(
    ("stood", "mistake"),
    [
        (issued, item("issued", "2026-01-16")),
        (issued, item("issued", patent={"series": "77", "number": "2600009999"})),
        (
            lambda: PatentFactory(application__number=NUMBER, annulled_on=date(2026, 1, 20)),
            item("annulled", "2026-01-25"),
        ),
        (with_inn, item("inn")),
        (ready, item("refused", "2026-01-16")),
        (
            lambda: services.refuse(
                application=sent(), refused_on=date(2026, 1, 10), reason="нет перевода"
            ),
            item("ready", "2026-01-12"),
        ),
    ],
)
def test_what_of_ours_gave_way_stands_again(stood, mistake):
    stood()
    before = state()
    receive(mistake)
    theirs()
    assert state() != before

    undo(FeedItem.objects.get())

    assert state() == before


def test_a_patent_that_we_handed_out_stands_again_after_a_mistaken_refusal():
    ready()
    application = Application.objects.get()
    facts = {"series": "77", "number": "2600001234", "issued_on": date(2026, 1, 15)}
    services.issue_patent(application=application, **facts)
    before = state()
    receive(item("refused", "2026-01-16"))
    theirs()

    undo(FeedItem.objects.get())

    assert state() == before


def test_our_annulment_is_taken_back_before_the_issue_under_it():
    accepted()
    receive(item("issued", "2026-01-15"))
    services.annul(patent=Patent.objects.get(), annulled_on=date(2026, 1, 20), reason="решение")

    with pytest.raises(errors.AnnulledAtDesk):
        undo()

    assert FeedItem.objects.get().status == "applied"


def test_a_patent_with_receipts_can_be_none_too():
    accepted()
    receive(item("issued", "2026-01-15"))
    patent = Patent.objects.get()
    receipt = ReceiptFactory(application=patent.application, patent=patent)

    undo()

    receipt.refresh_from_db()
    assert receipt.patent is None
    assert not Patent.objects.exists()


# --- who decides


def test_nobody_undoes_alone():
    sent()
    receive(item("ready", "2026-01-12"))
    asked = undoing.ask_undo(item=FeedItem.objects.get(), reason=WHY, actor=StaffFactory())

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=asked.asked_by)
    with pytest.raises(ReasonMissing):
        undoing.ask_undo(item=FeedItem.objects.get(), reason=" ", actor=StaffFactory())

    assert FeedItem.objects.get().status == "applied"


def test_what_stands_no_more_cannot_be_undone():
    accepted()
    receive(item("ready", "2026-01-12", at(9)))
    asked = undoing.ask_undo(item=FeedItem.objects.get(), reason=WHY, actor=StaffFactory())
    receive(item("ready", "2026-01-13", at(10)))

    with pytest.raises(undoing.NothingToUndo):
        approvals.decide(approval=asked, granted=True, actor=StaffFactory())
    with pytest.raises(undoing.NothingToUndo):
        undo(FeedItem.objects.get(status="superseded"))


def test_an_item_about_another_application_is_undone_and_assigned_again():
    accepted()
    other = ApplicationFactory(number="1381171")
    receive(item("ready", "2026-01-12"))
    undo()

    decisions.assign(
        item=FeedItem.objects.get(), application=other, reason="цифра", actor=StaffFactory()
    )

    other.refresh_from_db()
    assert other.status == "ready"
    assert Application.objects.get(number=NUMBER).status == "accepted"


@pytest.mark.parametrize("kind", ["ready", "news"])
def test_two_operators_undo_an_item_on_its_card(client, kind):
    first = sign_in_as(client, "operator")
    sent()
    receive(item(kind, "2026-01-12"))
    row = FeedItem.objects.get()
    card = reverse("admin:patents_feeditem_change", args=[row.pk])
    page = reverse("admin:patents_feeditem_undo", args=[row.pk])
    assert page in client.get(card).content.decode()
    assert client.post(page, {"reason": ""}).status_code == 200

    assert client.post(page, {"reason": WHY}).status_code == 302

    shown = client.get(card).content.decode()
    approval = Approval.objects.get()
    decision = reverse("admin:accounts_approval_change", args=[approval.pk])
    assert (page in shown, decision in shown) == (False, True)
    assert approval.asked_by == first
    second = StaffFactory(username="second", is_superuser=False)
    second.groups.set(Group.objects.filter(name="operator"))
    client.force_login(second)
    assert card in client.get(decision).content.decode()
    assert client.get(reverse("admin:accounts_approval_changelist")).status_code == 200
    decide = reverse("admin:accounts_approval_decide", args=[approval.pk])
    assert client.post(decide, {"decision": "grant"}).status_code == 302

    row.refresh_from_db()
    assert row.status == "undone"

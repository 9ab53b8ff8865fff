"""More people have the payer's name than a clerk can be shown: any of them may have paid, so
nobody of them reads that nothing came, and the clerk reads why no candidate stands there."""

import pytest
from django.urls import reverse

from payments.models import Place, Placement
from payments.services.importing import likely, namesakes
from payments.services.importing.statements import import_statement
from payments.standing import State
from tests.factories import (
    ApplicationFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    StaffFactory,
)
from tests.payments.statement_files import order, whole
from tests.payments.test_days_wait_for_a_look import PAID, POSTED, first_month, state_of
from tests.payments.test_queue import OF_ANOTHER, ONE_DIGIT_OFF

pytestmark = pytest.mark.django_db
__all__ = ["first_month"]
QUEUE = "admin:payments_placement_changelist"
SAID = "Many people have this name: search for the payer by another sign."


def issued(**name):
    """One more whose first month alone is posted."""
    patent = PatentFactory(application__person=PersonFactory(**name))
    PlacementFactory(application=patent.application)
    return patent.application


@pytest.fixture
def crowd(first_month, monkeypatch):
    """Three of one whole name, where two would be shown; and one whose middle name is another."""
    monkeypatch.setattr(namesakes, "FEW", 2)
    issued(middle_name="Анварович")
    return [first_month, issued(), issued()]


def comes(amount="10000", payer="КАРИМОВ ТИМУР РУСТАМОВИЧ", inn=OF_ANOTHER, **more) -> Placement:
    """A line with the INN of somebody who is not ours."""
    line = order(on=PAID, posted_on=POSTED, inn=inn, payer=payer, amount=amount, **more)
    import_statement(content=whole(line, first=POSTED, last=POSTED), name="line.txt")
    after = POSTED.replace(day=POSTED.day + 1)
    import_statement(content=whole(first=after), name="after.txt")
    return Placement.objects.queued().get()


def keys(applications) -> list[int]:
    return sorted(one.pk for one in applications)


def test_each_of_them_may_have_paid_and_none_is_shown(crowd):
    row = comes()

    assert row.likely == [likely.CROWD]
    assert sorted(row.may_be_of) == keys(crowd)
    assert {state_of(one) for one in crowd} == {State.UNSEEN}


def test_of_a_name_that_too_many_have_nobody_is_held_and_the_clerk_reads_why(crowd, monkeypatch):
    monkeypatch.setattr(namesakes, "MOST_HELD", 2)

    row = comes()

    assert (row.likely, row.may_be_of) == ([likely.CROWD], [])
    assert state_of(crowd[0]) == State.LAPSED


def test_whoever_has_another_middle_name_is_not_held(crowd):
    comes()

    other = ApplicationFactory._meta.model.objects.get(person__middle_name="Анварович")
    assert state_of(other) == State.LAPSED


def test_where_the_payer_has_two_names_all_who_have_them_are_held(crowd):
    assert len(comes(payer="КАРИМОВ ТИМУР").may_be_of) == 4


def test_a_sum_that_is_no_month_holds_nobody(crowd):
    row = comes(amount="9999")

    assert (row.likely, row.may_be_of) == ([likely.CROWD], [])


def test_another_sign_still_shows_its_person(crowd):
    row = comes(inn=ONE_DIGIT_OFF)

    assert [one["application"] for one in row.likely] == [crowd[0].pk, None]
    assert row.score == 80


@pytest.mark.usefixtures("crowd")
def test_the_clerk_finds_the_line_by_its_name_and_reads_why_nobody_stands_beside_it(client):
    row = comes()
    client.force_login(StaffFactory())
    english = {"accept-language": "en"}

    sought = {"q": "каримов тимур"}
    listed = client.post(reverse(QUEUE), sought, headers=english, follow=True)
    page = client.get(reverse("admin:payments_placement_decide", args=[row.pk]), headers=english)
    card = client.get(reverse("admin:payments_placement_change", args=[row.pk]), headers=english)

    assert [one.pk for one in listed.context["cl"].result_list] == [row.pk]
    assert all(SAID in one.content.decode() for one in (listed, page, card))


def test_given_to_one_of_them_the_others_are_free_again(crowd):
    row = comes()

    Placement.objects.filter(pk=row.pk).update(closed_at=row.opened_at)
    PlacementFactory(application=crowd[0], line=row.line, place=Place.MATCHED, paid_on=PAID)

    assert [state_of(one) for one in crowd[1:]] == [State.LAPSED] * 2


def test_more_namesakes_ask_no_more_questions(crowd, django_assert_max_num_queries):
    row = comes()
    with django_assert_max_num_queries(100) as few:
        likely.weigh([row])
    for _more in range(5):
        issued()

    with django_assert_max_num_queries(len(few)):
        likely.weigh([row])
    assert len(row.may_be_of) == 8

"""Several querysets as one question: the same rows, the same types."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from accounts.models import Person, TimelineEntry
from common.questions import Question, RowQuestion
from payments.models import Charge, Tariff
from tests.factories import ChargeFactory, PersonFactory

pytestmark = pytest.mark.django_db
MARKERS = {"person": -5, "day": date(1, 1, 5)}


def parts(person, day):
    return {
        "people": Person.objects.filter(pk=person).values_list("pk", "last_name", "birth_date"),
        "prices": Tariff.objects.on(day, "77").values_list("monthly"),
        "charges": Charge.objects.order_by("pk").values_list("captured_at", "idempotence_key"),
    }


@pytest.fixture
def question():
    return Question(parts, **MARKERS)


def test_the_rows_are_those_of_the_querysets_in_one_question(question, django_assert_num_queries):
    person, charge = PersonFactory(last_name='О\'Нил «"%s%%"»'), ChargeFactory()
    question.ask(person=0, day=date(2026, 2, 1))

    with django_assert_num_queries(1):
        said = question.ask(person=person.pk, day=date(2026, 2, 1))

    assert said["people"] == [(person.pk, person.last_name, date(1990, 5, 17))]
    assert said["prices"] == [(Decimal("10000.00"),)]
    assert said["charges"] == [(charge.captured_at, str(charge.idempotence_key))]


def test_nothing_found_is_an_empty_list(question):
    said = question.ask(person=0, day=date(1990, 1, 1))

    assert (said["people"], said.first("prices")) == ([], None)


def test_the_same_facts_read_the_same_and_others_do_not(question):
    person = PersonFactory()
    first, again = (question.ask(person=person.pk, day=date(2026, 2, 1)) for _ in range(2))

    Person.objects.filter(pk=person.pk).update(last_name="Рахимов")

    assert first.text == again.text
    assert first.text != question.ask(person=person.pk, day=date(2026, 2, 1)).text


def test_a_new_connection_is_taught_the_question_anew(question):
    person = PersonFactory()
    question.ask(person=person.pk, day=date(2026, 2, 1))

    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    from common import questions

    questions._known.clear()

    assert question.ask(person=person.pk, day=date(2026, 2, 1)).first("people")[0] == person.pk


ONE = RowQuestion(lambda person: Person.objects.select_related("user").filter(pk=person), person=-6)


def test_a_row_comes_with_its_relations_in_one_question(django_assert_num_queries):
    person = PersonFactory()
    ONE.ask(person=0)

    with django_assert_num_queries(1):
        found = ONE.ask(person=person.pk)
        assert found.user == person.user

    assert found == person
    assert (found.birth_date, found.created_at) == (person.birth_date, person.created_at)
    assert found._state.adding is False


def test_a_relation_that_is_not_there_is_known_to_be_absent(django_assert_num_queries):
    person = PersonFactory(user=None)

    found = ONE.ask(person=person.pk)

    with django_assert_num_queries(0):
        assert found.user is None


def test_a_row_that_is_not_there_is_nothing():
    assert ONE.ask(person=0) is None


def test_a_column_that_needs_a_converter_is_refused():
    converted = RowQuestion(lambda key: TimelineEntry.objects.filter(pk=key), key=-6)

    with pytest.raises(TypeError, match="converter"):
        converted.ask(key=1)


def test_the_same_question_for_each_of_many_is_one_question(question, django_assert_num_queries):
    people = [PersonFactory(last_name=f"Каримов {number}") for number in range(3)]
    keys, day = [people[2].pk, 0, people[0].pk], date(2026, 2, 1)
    list(question.ask_of_each("person", keys, day=day))

    with django_assert_num_queries(1):
        answers = list(question.ask_of_each("person", keys, day=day))

    assert [one.text for one in answers] == [question.ask(person=pk, day=day).text for pk in keys]


def test_nobody_to_ask_for_is_no_answer(question):
    assert list(question.ask_of_each("person", [], day=date(2026, 2, 1))) == []

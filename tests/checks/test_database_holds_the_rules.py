"""What the models promise of the database stands in it, whatever migrations did on the way.

Django drops a unique index with a condition together with the plain index of its one column when
that column's field gets `db_index=False`, and `makemigrations` has nothing to say about it.
"""

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db


def names(question: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}


def promised(kind: str) -> set[str]:
    return {rule.name for model in apps.get_models() for rule in getattr(model._meta, kind)}


def test_each_constraint_and_index_of_the_models_stands():
    standing = names("SELECT relname FROM pg_class UNION SELECT conname FROM pg_constraint")

    assert (promised("constraints") | promised("indexes")) - standing == set()


def test_each_trigger_of_the_models_stands():
    wanted = {trigger.get_pgid(model) for model, trigger in pgtrigger.registered()}

    assert wanted - names("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'") == set()

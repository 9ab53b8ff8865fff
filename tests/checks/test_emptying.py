"""What a test that commits leaves for the next one."""

import pytest
from django.db import connection

from accounts.models import Country, Person
from tests.emptying import put_back
from tests.factories import PersonFactory


@pytest.mark.django_db
def test_only_the_shipped_rows_stay_as_they_were_shipped():
    shipped = list(Country.objects.order_by("pk").values())
    PersonFactory(citizenship_id="UZB")
    Country.objects.filter(code="UZB").update(name="changed")
    Country.objects.filter(code="ARM").delete()

    put_back(connection)

    assert not Person.objects.exists()
    assert list(Country.objects.order_by("pk").values()) == shipped

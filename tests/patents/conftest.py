"""An operator at the desk."""

import pytest
from django.contrib.auth.models import Group

from tests.factories import UserFactory


@pytest.fixture
def desk(client, db):
    operator = UserFactory(is_staff=True)
    operator.groups.add(Group.objects.get(name="operator"))
    client.force_login(operator)
    client.operator = operator
    return client

"""The INN that is in use."""

from accounts.models import Person
from patents.models import Inn


def current_inn(person: Person) -> str | None:
    return Inn.objects.current().filter(person=person).values_list("value", flat=True).first()

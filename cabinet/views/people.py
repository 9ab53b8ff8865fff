from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Person


def person_of(request: HttpRequest) -> Person:
    """Whose cabinet it is; staff have no person and find nothing here."""
    return get_object_or_404(Person, user=request.user)

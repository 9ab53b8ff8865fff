from django.http import Http404, HttpRequest

from accounts.models import Person


def person_of(request: HttpRequest) -> Person:
    """Whose cabinet it is; staff have no person and find nothing here. Asks nothing: the person
    comes with the account."""
    person = getattr(request.user, "person", None)
    if person is None:
        raise Http404
    return person

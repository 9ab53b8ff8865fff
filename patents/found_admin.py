from django.utils.translation import gettext_lazy as _

from accounts.found_admin import FoundByPerson
from patents.search import by_papers

ANY_PAPER = _("Number, name, phone, passport, INN or patent")


class FoundByPapers(FoundByPerson):
    """A mixin of admins of rows about people: numbers of patents and INNs lead to them, too."""

    def by_papers(self, term: str):
        return by_papers(term)

"""Finding people by whatever they can show: a name, a passport, a phone, a number."""

import re
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Reverse

from accounts import names, papers
from accounts.deaf import mark_people
from accounts.models import LoginKind, LoginName, Passport, Person, Phone
from common import identifiers
from journal.services import record_looks

LONGEST_NUMBER = 9  # digits; ten and more are a phone, though numbers may grow to ten
AT_MOST = 10
LONGEST_TERM = 120
LAST_DIGITS = 10  # whatever stands before them is the country's code
FEWEST_DIGITS = 4  # of a phone's end or a passport's beginning
SHORTEST_WORD = 3
_by_papers: list[Callable[[str], Iterable[QuerySet]]] = []
MOST_PEOPLE = 1000  # of one name: more are looked through only when a word more is typed


def as_stored(term: str) -> str:
    """A phone or an application number as it is stored, however it was typed; words as they are."""
    if re.search(r"[^\W\d_]", term):
        return term
    many_digits = len(re.sub(r"\D", "", term)) > LONGEST_NUMBER
    read = identifiers.phone if many_digits else identifiers.application_number
    try:
        return read(term)
    except ValidationError:
        return term


def people(term: str, also: Iterable[QuerySet] = (), limit: int = AT_MOST) -> list[Person]:
    """At most ten people, the newest first; merged records are not shown.

    `also`: more questions that end in ids of people, by papers that live above this app. When
    nobody fits as typed, those whose names are nearly so.
    """
    term = term.strip()[:LONGEST_TERM]
    if not term:
        return []
    exact = ids_of(term, also)
    found = _listed(Person.objects.filter(pk__in=exact), limit) if exact else []
    return found or _listed(_nearly(term.split()), limit)


def ids_of(term: str, also: Iterable[QuerySet] = ()) -> QuerySet | None:
    """One question that ends in ids of people; each part of it goes by an index of its own."""
    parts = [*_by_numbers(term), *also]
    if (named := _by_name(term.split())) is not None:
        parts.append(named.order_by().values_list("pk"))
    return parts[0].union(*parts[1:], all=True) if parts else None


def keys_of_people(term: str, also: Iterable[QuerySet] = ()) -> tuple[list[int], bool]:
    """Numbers of the people that a list is searched for, and whether there are too many for all.

    Plain numbers: each list looks their rows up by an index of its own.
    """
    asked = ids_of(term.strip()[:LONGEST_TERM], also)
    if asked is None:
        return [], False
    found = [key for (key,) in asked[: MOST_PEOPLE + 1] if key is not None]
    return list(dict.fromkeys(found[:MOST_PEOPLE])), len(found) > MOST_PEOPLE


def find_also(by_papers: Callable[[str], Iterable[QuerySet]]) -> None:
    """Once, at the start of an app above: its papers lead to their people in every list."""
    if by_papers not in _by_papers:
        _by_papers.append(by_papers)


def keys_by_anything(term: str) -> tuple[list[int], bool]:
    """As `keys_of_people`, by the papers of all apps."""
    return keys_of_people(term, [asked for way in _by_papers for asked in way(term)])


def _listed(found: QuerySet, limit: int) -> list[Person]:
    found = found.whole().select_related("citizenship", "user").order_by("-pk")
    return list(found.prefetch_related("passports", "phones", "user__login_names")[:limit])


def _by_numbers(term: str) -> list[QuerySet]:
    """Phones by their last digits too, passports by their beginning."""
    stored, digits = as_stored(term), re.sub(r"\D", "", term)
    logins = LoginName.objects.filter(kind=LoginKind.APPLICATION, value__in=[stored, term])
    asked = [
        logins.values_list("user__person"),
        Phone.objects.filter(number=stored).values_list("person_id"),
    ]
    if len(papers.compact(term)) >= FEWEST_DIGITS and digits:
        asked.append(_passports(papers.compact(term)))
    if len(digits) >= FEWEST_DIGITS and not re.search(r"[^\W\d_]", term):
        asked.append(phones_ending_with(digits[-LAST_DIGITS:]))
    return asked


def _passports(number: str) -> QuerySet:
    return Passport.objects.filter(number__startswith=number).values_list("person_id")


def phones_ending_with(digits: str) -> QuerySet:
    """Ids of people; the index is of numbers written backwards."""
    backwards = Phone.objects.annotate(backwards=Reverse("number"))
    return backwards.filter(backwards__startswith=digits[::-1]).values_list("person_id")


def _by_name(words: list[str]) -> QuerySet | None:
    """Each word stands somewhere in the name, in whichever order and alphabet."""
    if not _are_a_name(words):
        return None
    return _each_word(words, "contains")


def called(words: Iterable[str]) -> QuerySet:
    """People in whose names each of these words stands, in whichever order and alphabet."""
    found = _by_name(list(words))
    return Person.objects.none() if found is None else found


def _nearly(words: list[str]) -> QuerySet:
    """The same with a slip of the finger in each word."""
    return (
        _each_word(words, "trigram_word_similar") if _are_a_name(words) else Person.objects.none()
    )


def _are_a_name(words: list[str]) -> bool:
    """The index knows pieces of three letters: shorter words alone would read every record."""
    letters = all(re.fullmatch(r"[^\d_]+", word) for word in words)
    return letters and any(len(word) >= SHORTEST_WORD for word in words)


def _each_word(words: list[str], lookup: str) -> QuerySet:
    matching = Q()
    for word in words:
        one = Q()
        for form in names.forms_of(word):
            one |= Q(**{f"written__{lookup}": form})
        matching &= one
    return Person.objects.filter(matching)


def seen_by(actor, people: list[Person]) -> list[Person]:
    """The same people, with the numbers that take no SMS; that a member of the staff saw them is
    written down."""
    record_looks(actor_id=actor.pk, person_ids=[person.pk for person in people], page="list person")
    return mark_people(people)

"""Finding people by whatever they can show: a name, a passport, a phone, a number."""

import re
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Reverse

from accounts import names, papers
from accounts.models import LoginKind, LoginName, Passport, Person, Phone
from common import identifiers
from journal.services import record_looks

LONGEST_NUMBER = 9  # digits; ten and more are a phone, though numbers may grow to ten
AT_MOST = 10
LONGEST_TERM = 120
LAST_DIGITS = 10  # whatever stands before them is the country's code
FEWEST_DIGITS = 4  # of a phone's end or a passport's beginning
SHORTEST_WORD = 3

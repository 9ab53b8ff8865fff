"""Who reads which words: people on their pages, people outside them, or the staff alone.

A word that stands in one file of people and in ten of the staff is people's.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDERS = [
    "accounts",
    "cabinet",
    "common",
    "desk",
    "journal",
    "mmc_portal",
    "notifications",
    "patents",
    "payments",
    "templates",
    "ussd",
]
# Whose words reach people outside the pages. The labels of events in them are the staff's.
TOLD = [
    "*/messages.py",
    "*/messages/*.py",
    "*/letters.py",
    "templates/notifications/letter.txt",
    "payments/sentence/short.py",
    "payments/sentence/ussd.py",
    "ussd/words.py",
]
# What only the staff read: their lists, forms, reports, refusals of files.
STAFF = [
    *("desk/**/*", "journal/**/*", "mmc_portal/**/*", "templates/admin/**/*"),
    *("*/admin.py", "*/*_admin.py", "*/admin/*.py", "*/apps.py", "*/management/**/*"),
    *("*/*_desk.py", "*/deploy_checks.py", "common/found_admin.py", "common/searching.py"),
    *("common/templatetags/staff_lists.py",),
    *("cabinet/examples.py", "cabinet/views/examples.py", "templates/cabinet/examples.html"),
    *("accounts/approval*", "accounts/forms/access.py", "accounts/forms/desk*.py"),
    *("accounts/forms/people.py", "accounts/forms/second_step.py", "accounts/views/second_step.py"),
    *("accounts/services/a*.py", "accounts/services/closing.py", "accounts/services/staff.py"),
    *("accounts/models/desk.py", "accounts/papers.py"),
    *("templates/accounts/desk/*", "templates/accounts/admin_*"),
    *("templates/accounts/parts/list_results.html", "templates/accounts/second_step*.html"),
    *("templates/accounts/backup_codes.html",),
    *("notifications/previews.py", "notifications/providers/*.py", "notifications/services/*.py"),
    *("patents/errors.py", "patents/feed/**/*", "patents/forms/*.py", "patents/lists/*.py"),
    *("patents/many.py", "patents/services/*.py", "patents/steps.py"),
    *("patents/issued_filter.py", "patents/models/feed.py", "payments/models/*.py"),
    *("payments/assist.py", "payments/away_forms.py", "payments/checking.py"),
    *("payments/hand_forms.py", "payments/till_*.py"),
    *("payments/errors/hand.py", "payments/errors/till.py", "payments/reconciliation*.py"),
    *("payments/opening/*.py", "payments/statements/*.py", "payments/matching/*.py"),
    *("payments/services/audit*.py", "payments/services/deciding/*.py"),
    *("payments/services/importing/*.py", "payments/services/ledger/*.py"),
    *("payments/services/tills/*.py", "payments/services/papers/cancellations.py"),
    *("payments/services/online/charge_*.py", "payments/services/online/endings.py"),
    *("payments/services/online/credits.py", "payments/decisions.py", "payments/reprints.py"),
]
# Of those, what people read nevertheless.
PEOPLES = ["payments/models/methods.py"]
# Their fields are named for the staff; the words of their choices are people's, too.
CHOICES = ["*/models/*.py", "*/models.py"]


def sources() -> Iterator[Path]:
    """Everything that holds words, tests and migrations aside."""
    for folder in FOLDERS:
        for ending in ("*.py", "*.html", "*.txt"):
            found = sorted((settings.BASE_DIR / folder).rglob(ending))
            yield from (path for path in found if path.parent.name != "migrations")


def told() -> list[Path]:
    """What `TOLD` names, in the apps alone."""
    return sorted(path for path in _matching(TOLD) if _name(path).split("/")[0] in FOLDERS)


def shown() -> list[Path]:
    """What people read: what they are told, and on pages everything but what is the staff's."""
    alone = _matching(STAFF) - _matching(TOLD) - _matching(PEOPLES)
    return [path for path in sources() if path not in alone]


def is_for_people(path: Path, text: str) -> bool:
    """Of a text that stands in a file of `told()` or `shown()`."""
    if path in _matching(CHOICES):
        return text in _words_of_choices(path)
    return path not in _matching(TOLD) or text not in _labels_of_events(path)


@cache
def _labels_of_events(path: Path) -> set[str]:
    """The words by which staff know an event."""
    calls = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]
    named = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "label"]
    return {value.args[0].value for value in named if isinstance(value, ast.Call)}


@cache
def _words_of_choices(path: Path) -> set[str]:
    """What stands in the classes of choices of a file."""
    classes = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.ClassDef)]
    choices = [node for node in classes if any(map(_is_choice, node.bases))]
    inside = (node for one in choices for node in ast.walk(one))
    return {node.value for node in inside if _is_text(node)}


def _is_choice(base: ast.expr) -> bool:
    return ast.unparse(base).endswith("Choices")


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8") if path.suffix == ".py" else "")


def _name(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR).as_posix()


def _matching(patterns: Iterable[str]) -> frozenset[Path]:
    return _found(tuple(patterns))


@cache
def _found(patterns: tuple[str, ...]) -> frozenset[Path]:
    return frozenset(path for pattern in patterns for path in settings.BASE_DIR.glob(pattern))

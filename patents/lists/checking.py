"""The preview: what would become of each row of a list. Nothing is written here."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_noop

from common import clock
from patents.duplicates import already_registered
from patents.lists import excel
from patents.lists.forms import RowForm, country_code
from patents.lists.tables import Row
from patents.models import Application


class Verdict(StrEnum):
    NEW = "new"
    AGAIN = "again"
    DONE = "done"
    WRONG = "wrong"


WORDS = {
    Verdict.NEW: gettext_noop("new person"),
    Verdict.AGAIN: gettext_noop("known person, new application"),
    Verdict.DONE: gettext_noop("registered already"),
    Verdict.WRONG: gettext_noop("will not be registered"),
}


@dataclass(frozen=True)
class Checked:
    """A row with its verdict; `form` holds the clean facts, `notes` say what is wrong or mended."""

    row: Row
    form: RowForm
    verdict: Verdict
    notes: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return _t(WORDS[self.verdict])

    @property
    def number(self) -> str:
        return self.form.cleaned_data.get("number") or self.row.cells["number"]

    @property
    def name(self) -> str:
        parts = [self.form.cleaned_data.get(key) or "" for key in NAME]
        return " ".join(part for part in parts if part)

    @property
    def is_known(self) -> bool:
        return self.verdict in {Verdict.AGAIN, Verdict.DONE}

    @property
    def may_be_registered(self) -> bool:
        return self.verdict in {Verdict.NEW, Verdict.AGAIN}


NAME = ["last_name", "first_name", "middle_name"]
ONCE = {
    "number": gettext_noop("The same application number stands in line %(line)d."),
    "passport": gettext_noop("The same passport stands in line %(line)d."),
}


def check(rows: list[Row]) -> list[Checked]:
    """Every row by the rules of the one screen, and by the rows before it."""
    seen: dict[tuple[str, str], int] = {}
    return [_checked(row, seen) for row in rows]


def _checked(row: Row, seen: dict) -> Checked:
    shortened = excel.shortened(row.cells)
    cells, mended = _mended(row.cells)
    form = RowForm(cells)
    form.full_clean()
    notes = [*_errors(form), *[_lost(key, form) for key in shortened], *_doubles(form, row, seen)]
    number = form.cleaned_data.get("number")
    if number and not notes and Application.objects.filter(number=number).exists():
        if form.sought() and already_registered(number, form.sought()):
            return Checked(row, form, Verdict.DONE)
        notes = [_t("This number belongs to another application.")]
    if notes:
        return Checked(row, form, Verdict.WRONG, notes)
    verdict = Verdict.AGAIN if form.known_person() else Verdict.NEW
    return Checked(row, form, verdict, mended + form.phone_notes())


def _mended(cells: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """What an empty cell means, and the zeros that Excel ate."""
    code = country_code(cells["citizenship"])
    today = f"{clock.today():%d.%m.%Y}"
    whole = cells | {
        "citizenship": code,
        "accepted_on": cells["accepted_on"] or today,
        "language": cells["language"].lower() or "ru",
    }
    zeros = excel.with_zeros(whole, code)
    changed = [key for key in zeros if zeros[key] != whole[key]]
    sentence = _t("Excel had eaten the zero in front: %(text)s.")
    return zeros, [sentence % {"text": zeros[key]} for key in changed]


def _errors(form: RowForm) -> list[str]:
    return [
        f"{form.fields[name].label}: {sentence}" if name in form.fields else str(sentence)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def _lost(key: str, form: RowForm) -> str:
    sentence = _t("%(column)s: Excel has shortened this number. Make the column a text.")
    return sentence % {"column": form.fields[key].label}


def _doubles(form: RowForm, row: Row, seen: dict) -> list[str]:
    found = []
    for key, sentence in ONCE.items():
        value = form.cleaned_data.get(key)
        if not value:
            continue
        line = seen.setdefault((key, value), row.line)
        if line != row.line:
            found.append(_t(sentence) % {"line": line})
    return found

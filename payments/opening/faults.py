"""Why an opening file is not taken: every reason with its place, in the order of the file."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.errors import Refusal
from payments.opening.columns import SHEETS, Sheet


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` is Excel's; 0 speaks of the whole sheet."""

    sheet: Sheet
    line: int
    key: str
    reason: str

    def __str__(self) -> str:
        place = {"sheet": self.sheet.name, "line": self.line, "reason": self.reason}
        if not self.line:
            return _("%(sheet)s: %(reason)s") % place
        if not self.key:
            return _("%(sheet)s, line %(line)d: %(reason)s") % place
        place["column"] = self.sheet.head_of(self.key)
        return _("%(sheet)s, line %(line)d, %(column)s: %(reason)s") % place


@dataclass
class Faults:
    found: list[Fault] = field(default_factory=list)
    _seen: set[Fault] = field(default_factory=set)

    def add(self, sheet: Sheet, line: int, key: str, reason: str) -> None:
        fault = Fault(sheet, line, key, str(reason))
        if fault not in self._seen:  # one thing may be wrong in two ways that read alike
            self._seen.add(fault)
            self.found.append(fault)

    def __bool__(self) -> bool:
        return bool(self.found)

    def in_order(self) -> list[Fault]:
        return sorted(self.found, key=lambda fault: (SHEETS.index(fault.sheet), fault.line))


class OpeningRefused(Refusal):
    """The file does not agree with itself or with what is known; `faults` are all the reasons."""

    def __init__(self, faults: Faults):
        self.faults = faults.in_order()
        super().__init__(
            ngettext(
                "%(count)d reason. Nothing was taken in.",
                "%(count)d reasons. Nothing was taken in.",
                len(self.faults),
            )
            % {"count": len(self.faults)}
        )

from django.utils.translation import gettext_lazy as _

from common.errors import Refusal


class NotAStatement(Refusal):
    """The file is refused whole. The sentence names the line and what is wrong with it."""

    message = _("This file is not a bank statement.")


class WrongEncoding(NotAStatement):
    message = _(
        "The file is written in an encoding we do not read. Save it in Windows-1251 or UTF-8."
    )


class UnknownFormat(NotAStatement):
    message = _(
        "This is no statement that we know: neither 1CClientBankExchange, nor ГИС ГМП, nor"
        " camt.053, nor a register that the centre has described."
    )


class Refused(NotAStatement):
    """Something is wrong at a certain line of the file; the first line is 1."""

    def __init__(self, line_number: int, why):
        super().__init__(_("Line %(line)d: %(why)s") % {"line": line_number, "why": why})
        self.line_number = line_number
        self.why = why


class FieldRefused(Refused):
    """Something is wrong with a key of 1C within the section that begins at the line: sections do
    not remember the lines of their keys, so the parser looks for it once there is a fault."""

    def __init__(self, line_number: int, key: str, why):
        super().__init__(line_number, why)
        self.key = key

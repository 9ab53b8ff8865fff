"""Why a file is not read at all."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refusal


class ListUnreadable(Refusal):
    message = _("This is neither an Excel file (.xlsx) nor a CSV file. Save it again from Excel.")


class ListTooBig(Refusal):
    message = _("The file is too big. Divide it into smaller lists.")


class ColumnsMissing(Refusal):
    message = _("The first row must name the columns. Take the template.")


class ListEmpty(Refusal):
    message = _("The list has no rows.")


class PreviewTooOld(Refusal):
    message = _("The preview is too old. Upload the file again.")

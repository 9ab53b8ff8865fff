"""Money told of twice: by a statement, and by a notification of ГИС ГМП or a register."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from payments.models.lines import StatementLine


class SamePayment(models.Model):
    """The money is the line's, the notice is a proven repeat; what it knows speaks for the line."""

    notice = models.OneToOneField(
        StatementLine,
        models.PROTECT,
        primary_key=True,
        related_name="repeats",
        verbose_name=_("notice"),
    )
    line = models.OneToOneField(
        StatementLine, models.PROTECT, related_name="told_by", verbose_name=_("line")
    )
    found_at = models.DateTimeField(_("found at"), db_default=Now())

    class Meta:
        verbose_name = _("payment told of twice")
        verbose_name_plural = _("payments told of twice")

    def __str__(self) -> str:
        return f"{self.notice_id} = {self.line_id}"


class PartOfOrder(models.Model):
    """A row of a register that says whose a part of a consolidated order is: the rows are the
    money, the order's own line is set aside."""

    row = models.OneToOneField(
        StatementLine,
        models.PROTECT,
        primary_key=True,
        related_name="order",
        verbose_name=_("row of a register"),
    )
    line = models.ForeignKey(
        StatementLine, models.PROTECT, related_name="divided_into", verbose_name=_("line")
    )
    found_at = models.DateTimeField(_("found at"), db_default=Now())

    class Meta:
        verbose_name = _("part of an order")
        verbose_name_plural = _("parts of orders")

    def __str__(self) -> str:
        return f"{self.row_id} of {self.line_id}"

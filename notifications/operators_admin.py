"""The SMS operators and the sums, as staff see them: read here, moved by the portal itself."""

from datetime import timedelta
from decimal import Decimal

from django.contrib import admin
from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common import clock
from common.formats import roubles
from common.readonly import ReadOnlyAdmin, roubles_of
from notifications.models import Operator, OperatorMinute, Spent
from notifications.services import spending

HOUR = timedelta(hours=1)
PURPOSES = {
    "codes": _("codes and passwords"),
    "answers": _("answers to SMS"),
    "notices": _("news"),
    "reminders": _("reminders and mass messages"),
}


@admin.register(Operator)
class OperatorAdmin(ReadOnlyAdmin):
    list_display = ["name", "state", "weight", "resting", *("handed", "errors", "slow"), "moved_at"]
    fields = ["name", "state", "weight", "resting", "moved_at", "quiet_since", "refused_at"]

    def complete(self, rows):
        """What each one did within the last hour: asked of all at once."""
        since = clock.now() - HOUR
        sums = OperatorMinute.objects.filter(minute__gte=since).values("provider")
        found = sums.annotate(handed=Sum("sent"), wrong=Sum("errors"), late=Sum("slow"))
        by_name = {row["provider"]: row for row in found}
        for row in rows:
            row.of_hour = by_name.get(row.name, {})
        return rows

    @admin.display(description=_("state"))
    def state(self, operator) -> str:
        if operator.refused_at is not None:
            return gettext("it refuses our account: look at the password and the funds")
        if operator.weight < operator.resting:
            return gettext("gets less: it had errors or was slow")
        return gettext("works")

    @admin.display(description=_("handed over in an hour"))
    def handed(self, operator) -> int:
        return operator.of_hour.get("handed", 0)

    @admin.display(description=_("errors in an hour"))
    def errors(self, operator) -> int:
        return operator.of_hour.get("wrong", 0)

    @admin.display(description=_("slow in an hour"))
    def slow(self, operator) -> int:
        return operator.of_hour.get("late", 0)


@admin.register(Spent)
class SpentAdmin(ReadOnlyAdmin):
    list_display = [
        *("hour", "for_what", "sms", "segments"),
        *("sum", "of_hour", "day_so_far", "of_day", "brake"),
    ]
    list_display_links = None
    date_hierarchy = "hour"
    ordering = ["-hour", "-pk"]
    sum = roubles_of("roubles", _("sum"))

    def complete(self, rows):
        """The sums of the rows' days: asked of all at once."""
        rows = list(rows)
        days = {(row.purpose, spending.day_of(row.hour)): Decimal(0) for row in rows}
        for purpose, hour, sum_ in _sums_of_days(rows):
            key = (purpose, spending.day_of(hour))
            if key in days:
                days[key] += sum_
        for row in rows:
            row.day_sum = days[row.purpose, spending.day_of(row.hour)]
        return rows

    @admin.display(description=_("for what"), ordering="purpose")
    def for_what(self, spent) -> str:
        return str(PURPOSES.get(spent.purpose, spent.purpose))

    @admin.display(description=_("limit of an hour"))
    def of_hour(self, spent) -> str:
        return _limit(spent.purpose, 0)

    @admin.display(description=_("the whole day"))
    def day_so_far(self, spent) -> str:
        return roubles(spent.day_sum)

    @admin.display(description=_("limit of a day"))
    def of_day(self, spent) -> str:
        return _limit(spent.purpose, 1)

    @admin.display(description=_("brake"))
    def brake(self, spent) -> str:
        """What the sums did to this purpose's messages; one more part decides, as at sending."""
        if spent.purpose not in PURPOSES:
            return ""
        hour, day = spending.limits(spent.purpose)
        if spent.day_sum + spending.price(1) > day:
            return gettext("used up: the rest waits for the next day")
        if spent.roubles + spending.price(1) > hour:
            return gettext("used up: the rest waits for the next hour")
        return ""


def _sums_of_days(rows: list[Spent]) -> list[tuple]:
    if not rows:
        return []
    first = spending.day_of(min(row.hour for row in rows))
    last = spending.day_of(max(row.hour for row in rows)) + spending.DAY
    found = Spent.objects.filter(hour__gte=first, hour__lt=last)
    return list(found.values_list("purpose", "hour", "roubles"))


def _limit(purpose: str, which: int) -> str:
    return roubles(spending.limits(purpose)[which]) if purpose in PURPOSES else "—"

"""Lines that wait, and where all money is."""

from decimal import Decimal

from django.contrib import admin, messages
from django.db.models import Count, Sum
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from common.clock import moscow_day, today
from common.errors import Refusal
from common.formats import roubles, short_day
from common.found_admin import FoundByPerson
from common.readonly import roubles_of
from journal.exports import ListIsExported
from patents.models import Application
from payments.admin.base import MONEY_WORDS, PersonalMoneyAdmin, lines_of, raw_of, receipts_of
from payments.admin.by_hand import DecidedByHand, said, with_candidates
from payments.admin.queue_filters import DaysFilter, QueueReasonFilter, ScoreFilter
from payments.models import Place, Placement
from payments.services.ledger import returns
from payments.services.ledger.ledger import match_again
from payments.services.online import credits


class ShownFilter(admin.SimpleListFilter):
    title = _("what to show")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [
            ("refused", _("money of refused applications")),
            ("credit", _("credit of people")),
            ("current", _("all money where it is now")),
            ("all", _("with its history")),
        ]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("what waits for staff")}, *others]

    def queryset(self, request, queryset):
        chosen = {
            "current": queryset.current,
            "all": queryset.all,
            "refused": queryset.of_refused,
            "credit": queryset.credit,
        }
        return chosen.get(self.value(), queryset.queued)()


@admin.register(Placement)
class PlacementAdmin(DecidedByHand, ListIsExported, FoundByPerson, PersonalMoneyAdmin):
    """Where the money of the lines is; first of all, what waits for staff: whoever may be told
    something wrong before all others."""

    list_display = [
        "posted_on",
        "sum",
        "payer",
        "purpose",
        "place",
        "reason",
        "like_whom",
        "days_left",
        "age",
    ]
    list_select_related = ["line", "application__person"]
    list_filter = [ShownFilter, QueueReasonFilter, DaysFilter, ScoreFilter]
    search_help_text = MONEY_WORDS
    path_to_person = "application__person"
    date_hierarchy = "opened_at"
    list_per_page = 50
    actions = ["match_again", "keep_as_credit", "count_credit", "ask_return", "export"]
    sum = roubles_of("amount", _("sum"))
    fields = [
        "place",
        "sum",
        "reason",
        "score",
        "candidates",
        "urgent_on",
        "application",
        "receipt",
        "charge",
        "months",
        "paid_on",
        "decided_by",
        "opened_at",
        "closed_at",
        "line",
        "as_sent",
        "decision",
    ]

    def get_ordering(self, request):
        """What waits by the days left; all other money, the newest first."""
        is_queue = ShownFilter.parameter_name not in request.GET
        return ["urgent_on", "pk"] if is_queue else ["-opened_at", "-pk"]

    def person_id_of(self, row):
        return row.application and row.application.person_id

    def person_ids_of(self, row):
        people = {one["person"].pk for one in getattr(row, "found", [])}
        return sorted({*super().person_ids_of(row), *people})

    def complete(self, rows):
        return with_candidates(super().complete(rows))

    def by_own_numbers(self, term: str):
        rows = Placement.objects.order_by()
        by_lines = [rows.filter(line__in=lines).values_list("pk") for lines in lines_of(term)]
        return [*by_lines, *receipts_of(term, "placements")]

    @admin.display(description=_("posted on"), ordering="line__posted_on")
    def posted_on(self, row):
        return row.line.posted_on

    @admin.display(description=_("payer"), ordering="line__payer_name")
    def payer(self, row):
        return row.line.payer_name

    @admin.display(description=_("purpose"))
    def purpose(self, row):
        return row.line.purpose

    @admin.display(description=_("like whom"))
    def like_whom(self, row):
        if row.application:
            return f"{row.application.person}, {row.application.number}"
        return format_html_join("", "<div>{}</div>", ((one,) for one in _likeliest(row, 1)))

    @admin.display(description=_("candidates"))
    def candidates(self, row):
        [row] = with_candidates([row])
        return format_html_join("", "<div>{}</div>", ((one,) for one in _likeliest(row)))

    @admin.display(description=_("days left"))
    def days_left(self, row):
        if row.urgent_on is None:
            return None
        days = (row.urgent_on - today()).days
        left = ngettext("%(count)d day", "%(count)d days", abs(days)) % {"count": abs(days)}
        if days < 0:
            left = gettext("passed %s ago") % left
        return format_html("<b>{}</b><br>{}", left, short_day(row.urgent_on))

    @admin.display(description=_("waits"), ordering="opened_at")
    def age(self, row):
        if row.place != Place.QUEUE or row.closed_at:
            return None
        days = (today() - moscow_day(row.opened_at)).days
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}

    @admin.display(description=_("as sent"))
    def as_sent(self, row):
        return raw_of(row.line)

    def changelist_view(self, request, extra_context=None):
        found = Placement.objects.queued().money().aggregate(count=Count("pk"), total=Sum("amount"))
        title = gettext("Lines that wait: %(count)d for %(total)s") % {
            "count": found["count"],
            "total": roubles(found["total"] or Decimal(0)),
        }
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def has_match_permission(self, request):
        return request.user.has_perm("payments.change_placement")

    @admin.action(description=_("Match again"), permissions=["match"])
    def match_again(self, request, queryset):
        chosen = queryset.values_list("pk", flat=True)
        waiting = Placement.objects.queued().filter(pk__in=list(chosen))
        posted = match_again(placements=waiting, actor=request.user)
        self.message_user(request, gettext("Posted: %d.") % posted, messages.SUCCESS)

    @admin.action(
        description=_("Keep for the person: the application was refused"), permissions=["match"]
    )
    def keep_as_credit(self, request, queryset):
        """All money of each chosen application, not the chosen rows alone."""
        chosen = Application.objects.filter(placements__in=queryset.values("pk")).distinct()
        reason = gettext("The application was refused.")
        self._done(
            request,
            lambda one: credits.keep_as_credit(application=one, actor=request.user, reason=reason),
            chosen,
        )

    @admin.action(description=_("Count the credit as months"), permissions=["match"])
    def count_credit(self, request, queryset):
        chosen = Person.objects.filter(applications__placements__in=queryset.values("pk"))
        self._done(
            request,
            lambda one: credits.count_credit(person=one, actor=request.user),
            chosen.distinct(),
        )

    @admin.action(
        description=_("The tax office gave the credit back: ask for a second word"),
        permissions=["match"],
    )
    def ask_return(self, request, queryset):
        reason = gettext("The tax office returned the money at the person's request.")
        self._done(
            request,
            lambda row: returns.ask_return(placement=row, actor=request.user, reason=reason),
            queryset,
        )

    def _done(self, request, decide, rows) -> None:
        """Each row by itself: what one is refused keeps no other from being decided."""
        count = 0
        for row in rows.order_by("pk"):
            try:
                decide(row)
                count += 1
            except Refusal as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.WARNING)
        self.message_user(request, gettext("Done: %d.") % count, messages.SUCCESS)


def _likeliest(row: Placement, most: int | None = None) -> list[str]:
    """In words, with what is said of a name that many have."""
    return [*map(said, row.found[:most]), *filter(None, [row.crowd])]

"""How the list of waiting money is narrowed: by kind, by how sure, by the days left."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from common.clock import today
from payments.matching import scores
from payments.models import Placement, QueueReason
from payments.standing import NOTICE_DAYS


class QueueReasonFilter(admin.SimpleListFilter):
    """The kinds of questions, each with how many of them wait."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        waiting = Placement.objects.queued().values_list("queue_reason")
        counts = dict(waiting.annotate(count=Count("pk")).order_by())
        return [
            (reason.value, f"{reason.label} ({counts[reason]})")
            for reason in QueueReason
            if reason in counts
        ]

    def queryset(self, request, queryset):
        return queryset.filter(queue_reason=self.value()) if self.value() else queryset


class ScoreFilter(admin.SimpleListFilter):
    title = _("how sure")
    parameter_name = "sure"

    def lookups(self, request, model_admin):
        return [
            ("known", _("the person is known")),
            ("likely", _("somebody is likely: one person decides")),
            ("maybe", _("somebody may fit: two decide")),
            ("nobody", _("nobody fits")),
        ]

    def queryset(self, request, queryset):
        chosen = {
            "known": {"score__gt": scores.HIGHEST},
            "likely": {"score__range": (scores.LIKELY, scores.HIGHEST)},
            "maybe": {"score__range": (1, scores.LIKELY - 1)},
            "nobody": {"score": scores.NOBODY},
        }
        return queryset.filter(**chosen.get(self.value(), {}))


class DaysFilter(admin.SimpleListFilter):
    """By the day by which the likeliest person pays."""

    title = _("days left")
    parameter_name = "left"

    def lookups(self, request, model_admin):
        return [
            ("over", _("the day has passed")),
            ("soon", _("within %d days") % NOTICE_DAYS),
            ("later", _("later")),
            ("unknown", _("nobody's day is known")),
        ]

    def queryset(self, request, queryset):
        day, soon = today(), today() + timedelta(NOTICE_DAYS)
        chosen = {
            "over": {"urgent_on__lt": day},
            "soon": {"urgent_on__range": (day, soon)},
            "later": {"urgent_on__gt": soon},
            "unknown": {"urgent_on": None},
        }
        return queryset.filter(**chosen.get(self.value(), {}))

"""A step of the applications chosen in a list: the day on a page in between, then the answers."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from journal.services import record_looks
from patents.forms.many import DayOfManyForm
from patents.many import READY, SENT, StepOfMany, take_step
from patents.models import Application

AT_ONCE = 300  # each is a transaction of its own while the operator waits
APPLY = "apply"
TEMPLATES = "admin/patents/application"


class StepsOfMany:
    """A mixin of the applications' admin."""

    def has_step_permission(self, request) -> bool:
        return request.user.has_perm("patents.change_application")

    @admin.action(description=_("Sent to the Interior Ministry on…"), permissions=["step"])
    def send_many(self, request, queryset):
        return self._many(request, queryset, SENT)

    @admin.action(description=_("The patent is ready since…"), permissions=["step"])
    def ready_many(self, request, queryset):
        return self._many(request, queryset, READY)

    def _many(self, request, queryset, step: StepOfMany):
        """None, and so the list again, where nothing or too much is chosen."""
        rows = list(queryset.select_related("person")[: AT_ONCE + 1])
        if problem := _problem(rows):
            messages.error(request, problem)
            return None
        people = [row.person_id for row in rows]
        record_looks(actor_id=request.user.pk, person_ids=people, page="application/many")
        form = DayOfManyForm(request.POST if APPLY in request.POST else None, label=step.day)
        if form.is_valid():
            return self._many_done(request, rows, step, form.cleaned_data["on"])
        return self._many_page(request, "many", step, rows=rows, form=form)

    def _many_done(self, request, rows: list[Application], step: StepOfMany, on):
        outcomes = take_step(step, rows, on=on, actor=request.user)
        return self._many_page(
            request,
            "many_done",
            step,
            on=on,
            done=[one for one in outcomes if not one.refused],
            refused=[one for one in outcomes if one.refused],
        )

    def _many_page(self, request, template: str, step: StepOfMany, **extra):
        context = self._context(request, step.title) | {
            "step": step,
            "action": request.POST.get("action"),
            "checkbox": ACTION_CHECKBOX_NAME,
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, f"{TEMPLATES}/{template}.html", context | extra)


def _problem(rows: list[Application]) -> str:
    if not rows:
        return _t("None of the chosen applications stands in this list any more.")
    if len(rows) > AT_ONCE:
        return _t("At most %d applications at once. Choose fewer.") % AT_ONCE
    return ""

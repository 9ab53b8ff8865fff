"""Where staff say whose money a line is: search, shares, a reason; another one decides."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.search import seen_by
from common.errors import Refusal
from journal.services import record_looks
from patents import search
from patents.models import Application
from payments import matching
from payments.away_forms import AWAY_FIELD, away_of
from payments.hand_forms import FindForm, SharesForm, TakeForm
from payments.matching import scores
from payments.models import Placement, Receipt
from payments.models.places import WHOSE
from payments.services.deciding import by_hand, taking
from payments.services.importing import likely

AT_MOST = 20
ASKED = _("Another member of the staff decides now. Nothing has moved yet.")


class DecidedByHand:
    """Of the list of places: a page for each, where its money gets its owner."""

    def get_urls(self):
        decide = self.admin_site.admin_view(self.decide_view)
        return [
            path("<int:pk>/decide/", decide, name="payments_placement_decide"),
            *super().get_urls(),
        ]

    def decide_view(self, request, pk):
        row = self.row_for(request, pk, by_hand.PERMISSION)
        posted = request.POST if request.method == "POST" else None
        if posted is not None and "take" in posted and self._taken(request, row):
            return redirect("admin:payments_placement_changelist")
        is_search = posted is not None and "words" in posted
        find = FindForm(posted if is_search else None)
        is_other = posted is not None and bool({AWAY_FIELD, "take"} & posted.keys())
        form = SharesForm(None if is_search or is_other else posted, row=row)
        away = away_of(request, row)
        if away and away.is_asked(request.user):
            return self.waits_for_another(request)
        if form.is_valid() and self._asked(request, form, row):
            return self.waits_for_another(request)
        found = self._candidates(request, find) if find.is_valid() else []
        about = {"row": row, "find": find, "form": form, "found": found, "away": away}
        about |= {"title": gettext("Whose money is it?"), "likely": self._likely(request, row)}
        return self.page(request, "admin/payments/placement/decide.html", **about)

    def _likely(self, request, row) -> list[dict]:
        """Looked up anew for the page, as for the decision that it asks for."""
        if likely.is_looked_for(row):
            likely.weigh([row])
        with_candidates([row])
        people = [one["person"].pk for one in row.found]
        record_looks(actor_id=request.user.pk, person_ids=people, page="whose money")
        return row.found

    def _taken(self, request, row) -> bool:
        """A candidate that the page shows is taken."""
        chosen = TakeForm(request.POST)
        try:
            asked = chosen.is_valid() and taking.take(
                placement=row, application_id=chosen.cleaned_data["take"], actor=request.user
            )
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return False
        words = ASKED if asked else gettext("Done: the money is this person's.")
        self.message_user(request, str(words), messages.SUCCESS)
        return chosen.is_valid()

    def _asked(self, request, form, row) -> bool:
        try:
            by_hand.ask(placement=row, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return False
        return True

    def waits_for_another(self, request):
        self.message_user(request, str(ASKED), messages.SUCCESS)
        return redirect("admin:accounts_approval_changelist")

    def _candidates(self, request, find) -> list[dict]:
        """People with their applications and the receipts that are not paid yet."""
        people = seen_by(request.user, search.people(find.cleaned_data["words"], AT_MOST))
        record_looks(
            actor_id=request.user.pk, person_ids=[one.pk for one in people], page="whose money"
        )
        return [_papers_of(person) for person in people]

    @admin.display(description=_("if it is wrong"))
    def decision(self, row):
        address = reverse("admin:payments_placement_decide", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Say whose money it is"))


def with_candidates(rows: list[Placement]) -> list[Placement]:
    """Each with `found`, its kept candidates with their people, and `crowd`, what is said where
    many have the payer's name; one question for all rows."""
    kept = {row.pk: [one for one in row.likely or [] if one["application"]] for row in rows}
    keys = {one["application"] for some in kept.values() for one in some}
    people = Application.objects.select_related("person").in_bulk(keys) if keys else {}
    for row in rows:
        row.found = [_candidate(row, one, people[one["application"]]) for one in kept[row.pk]]
        row.crowd = _crowd(row)
    return rows


def _crowd(row: Placement) -> str:
    """What the clerk reads where many have the payer's name."""
    marks = [one["marks"] for one in row.likely or [] if not one["application"]]
    return matching.why(marks[0]) if marks else ""


def _candidate(row: Placement, kept: dict, application: Application) -> dict:
    return {
        "application": application,
        "person": application.person,
        "score": kept["score"],
        "why": matching.why(kept["marks"]),
        "may_take": row.queue_reason in WHOSE,
        "for_one": kept["score"] >= scores.LIKELY,
    }


def said(one: dict) -> str:
    return format_html(
        "{}, {} <b>{}&nbsp;%</b><br>{}",
        one["person"].full_name,
        one["application"].number,
        one["score"],
        one["why"],
    )


def _papers_of(person) -> dict:
    applications = Application.objects.filter(person=person).order_by("-accepted_on", "-pk")
    papers = Receipt.objects.unpaid().filter(person=person).order_by("-formed_on", "-pk")
    return {"person": person, "applications": applications, "papers": papers[:AT_MOST]}

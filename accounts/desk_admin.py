"""What operators do on a person's card: correct, merge; and the end of their shift."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext

from accounts import reprints, search, shift
from accounts.forms.people import CorrectionForm, MergeForm
from accounts.models import Person
from accounts.services import corrections, merges
from common import searching
from common.errors import Refusal


class PersonDesk:
    """Pages beside a person's card. The card's own admin says who may change people."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("shift/", view(self.shift_view), name="accounts_person_shift"),
            path("<int:pk>/correct/", view(self.correct_view), name="accounts_person_correct"),
            path("<int:pk>/merge/", view(self.merge_view), name="accounts_person_merge"),
            *super().get_urls(),
        ]

    def correct_view(self, request, pk: int):
        person = self._served(request, pk)
        form = CorrectionForm.about(person, request.POST if request.method == "POST" else None)
        if form.is_valid() and self._corrected(request, person, form):
            return self._desk_page(
                request,
                "accounts/desk/corrected.html",
                gettext("The data are corrected"),
                person=person,
                papers=reprints.wrong_papers(Person.objects.get(pk=pk)),
            )
        return self._desk_page(
            request,
            "accounts/desk/form.html",
            gettext("Correct the data"),
            form=form,
            person=person,
            button=gettext("Correct"),
            lead=gettext("What it was stays in the history, with your name and the reason."),
        )

    def _corrected(self, request, person: Person, form) -> bool:
        return _done(
            form,
            corrections.correct,
            person=person,
            facts=form.facts(),
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )

    def merge_view(self, request, pk: int):
        """Search, choose, give the reason; a colleague decides."""
        keep = self._served(request, pk)
        gone = self._other(request, keep)
        if gone is None:
            return self._choose_other(request, keep)
        form = MergeForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and _done(
            form,
            merges.ask_merge,
            keep=keep,
            gone=gone,
            actor=request.user,
            reason=form.cleaned_data["reason"],
        ):
            messages.success(request, gettext("Asked. Another member of the staff decides."))
            return redirect("admin:accounts_person_change", keep.pk)
        return self._desk_page(
            request,
            "accounts/desk/merge.html",
            gettext("Merge two records"),
            form=form,
            person=keep,
            other=gone,
            button=gettext("Ask for the merge"),
        )

    def _choose_other(self, request, keep: Person):
        term = searching.typed(request)
        found = search.seen_by(request.user, search.people(term))
        return self._desk_page(
            request,
            "accounts/desk/merge_search.html",
            gettext("Merge two records"),
            person=keep,
            term=term,
            found=[person for person in found if person.pk != keep.pk],
        )

    def _other(self, request, keep: Person) -> Person | None:
        wanted = request.GET.get("with", "")
        if not wanted.isdigit():
            return None
        other = get_object_or_404(Person.objects.whole().exclude(pk=keep.pk), pk=int(wanted))
        self.looked(request, other)
        return other

    def shift_view(self, request):
        if not request.user.has_perm("accounts.change_person"):
            raise PermissionDenied
        mine = shift.of(request.user)
        search.seen_by(request.user, [entry.person for entry in mine.slips])
        return self._desk_page(
            request, "accounts/desk/shift.html", gettext("End of the shift"), shift=mine
        )

    def _served(self, request, pk: int) -> Person:
        """The person, for those who may change people; the look is written down."""
        person = get_object_or_404(Person, pk=pk)
        if not request.user.has_perm("accounts.change_person"):
            raise PermissionDenied
        self.looked(request, person)
        return person

    def _desk_page(self, request, template: str, title: str, **context):
        common = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, template, common | context)


def _done(form, service, **facts) -> bool:
    try:
        service(**facts)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True

"""The card of a person: everything that the centre knows of them, on one screen."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access_words import access_of
from accounts.deaf import mark
from accounts.models import Person, User
from common.clock import today
from desk import services
from desk.forms import NoteForm
from desk.story import story_of
from journal.models import Look
from journal.services import record_look
from notifications import events
from notifications.models import Message
from patents.models import Application, FeedItem, Paper
from patents.steps import steps_now
from patents.workdays import expected_ready_on
from payments import history
from payments.facts import known_facts
from payments.models import Claim, Placement, Receipt
from payments.pages.cases import alone, newest_first
from payments.sentence import sentence
from payments.standing import standing

LINES = 12  # of each kind; the lists have the rest
PAPERS = 40


@require_safe
@never_cache
def card(request: HttpRequest, pk: int):
    person = _person(request, pk)
    record_look(actor_id=request.user.pk, person_id=person.pk, page="person")
    return _page(request, person)


@require_POST
@never_cache
def phones(request: HttpRequest, pk: int):
    """The card with the numbers in full; who wanted them is written down by itself."""
    if not request.user.has_perm("accounts.view_phone"):
        raise PermissionDenied
    person = _person(request, pk)
    record_look(actor_id=request.user.pk, person_id=person.pk, page="person/phones")
    return _page(request, person, in_full=True)


@require_POST
@never_cache
def note(request: HttpRequest, pk: int):
    if not request.user.has_perm("desk.add_note"):
        raise PermissionDenied
    person, form = _person(request, pk), NoteForm(request.POST)
    if form.is_valid():
        services.write_note(person=person, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The note is written down."))
        return redirect("admin:person_card", pk)
    record_look(actor_id=request.user.pk, person_id=person.pk, page="person")
    return _page(request, person, note_form=form)


def _person(request: HttpRequest, pk: int) -> Person:
    if not request.user.has_perm("accounts.view_person"):
        raise PermissionDenied
    people = Person.objects.select_related("citizenship", "user", "merged_into")
    return get_object_or_404(people, pk=pk)


def _page(request: HttpRequest, person: Person, **extra) -> TemplateResponse:
    context = {
        **admin.site.each_context(request),
        "title": person.full_name,
        "person": person,
        "note_form": NoteForm(),
        **_standing_and_money(person, request.user),
        **_papers(person, request.user),
        **_ways_to_reach(person),
        **_untaken(person, request.user),
        **_told(person, request.user),
        "story": story_of(person, request.user),
    }
    return TemplateResponse(request, "admin/card.html", context | extra)


def _standing_and_money(person: Person, user: User) -> dict:
    """The same words and boxes as on the person's own page; the money of each application."""
    facts = known_facts(person, today())
    now = standing(facts, today())
    cases = [alone(facts, case) for case in newest_first(facts)]
    paid = [(one.case, history.paid(one)) for one in cases]
    return {
        "standing": now,
        "sentence": sentence(now),
        "paid": [(case, rows) for case, rows in paid if rows],
        **_beside_the_counted(person, user),
    }


def _beside_the_counted(person: Person, user: User) -> dict:
    """Money that waits, receipts, cheques; each kind for who may read it."""
    shown = {}
    if user.has_perm("payments.view_placement"):
        mine = Placement.objects.queued().filter(application__person=person)
        shown["queued"] = mine.select_related("line").order_by("-pk")[:LINES]
    if user.has_perm("payments.view_receipt"):
        shown["receipts"] = Receipt.objects.filter(person=person).order_by("-pk")[:LINES]
    if user.has_perm("payments.view_claim"):
        shown["claims"] = Claim.objects.filter(application__person=person).order_by("-pk")[:LINES]
    return shown


def _papers(person: Person, user: User) -> dict:
    papers = Paper.objects.filter(application__person=person)
    papers = papers.select_related("kind", "application", "recorded_by")
    return {
        "applications": [
            (one, expected_ready_on(one), steps_now(user, one)) for one in _applications(person)
        ],
        "handed_in": papers.order_by("-application__accepted_on", "kind__rank")[:PAPERS],
        "passports": person.passports.order_by("-valid_from", "-pk"),
        "inns": person.inns.select_related("entered_by").order_by("-valid_from", "-pk"),
        "logins": person.user.login_names.order_by("-pk") if person.user else [],
    }


def _applications(person: Person) -> QuerySet:
    """The newest first, each with its steps, their sources and who wrote them down."""
    found = Application.objects.filter(person=person).prefetch_related(
        "steps__recorded_by", "former_days"
    )
    found = found.select_related("patent", "registered_by", "refusal_kind")
    return found.order_by("-accepted_on", "-pk")


def _ways_to_reach(person: Person) -> dict:
    return {
        "phones": mark(person.phones.order_by("-valid_from", "-pk")),
        "emails": person.emails.order_by("-asked_at", "-pk"),
        "addresses": person.addresses.order_by("-valid_from", "-pk"),
        "access": access_of(person.user),
    }


def _untaken(person: Person, user: User) -> dict:
    """What the Ministry said of the person and the portal could not believe."""
    if not user.has_perm("patents.view_feeditem"):
        return {}
    items = FeedItem.objects.open().filter(application__person=person)
    return {"untaken": items.order_by("-pk")[:LINES]}


def _told(person: Person, user: User) -> dict:
    shown = {}
    if user.has_perm("notifications.view_message"):
        sent = Message.objects.of(person.pk).order_by("-pk")[:LINES]
        shown["messages_sent"] = [(one, events.words(one.event)) for one in sent]
    if user.has_perm("journal.view_look"):
        shown["looks"] = _looks(person)
    return shown


def _looks(person: Person) -> list[tuple[Look, str]]:
    """The newest, with the name of each who looked."""
    looks = list(Look.objects.filter(person_id=person.pk)[:LINES])
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=[x.actor_id for x in looks])}
    return [(look, names.get(look.actor_id, "")) for look in looks]

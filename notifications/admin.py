from contextlib import suppress

from django.contrib import admin
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.found_admin import FoundByPerson, is_key
from common.identifiers import mask_email, mask_phone
from common.readonly import ReadOnlyAdmin
from journal.exports import ListIsExported
from journal.looks import LooksAreKept
from journal.services import record_look
from notifications import events, failures
from notifications.models import Channel, Message
from notifications.operators_admin import OperatorAdmin, SpentAdmin
from notifications.providers import PROVIDERS

__all__ = ["MessageAdmin", "OperatorAdmin", "SpentAdmin"]

READ_TEXT = "notifications.read_message_text"


class EventFilter(admin.SimpleListFilter):
    """From the registry: asking the table for its distinct events would read all of it."""

    title = _("event")
    parameter_name = "event"

    def lookups(self, request, model_admin):
        named = ((event.code, events.words(event.code)) for event in events.known())
        return sorted(named, key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        return queryset.filter(event=self.value()) if self.value() else queryset


@admin.register(Message)
class MessageAdmin(FoundByPerson, LooksAreKept, ListIsExported, ReadOnlyAdmin):
    """What was promised and what became of it. The sealed secret is in no view."""

    list_display = [
        "created_at",
        "what",
        "person",
        "masked_address",
        "status",
        "translated_reason",
        "attempts",
        "sent_at",
        "delivered_at",
    ]
    list_filter = ["status", EventFilter]
    path_to_person = "person_id"
    search_help_text = _(
        "Name, phone or a number of any paper; the person's, the message's or the provider's number"
    )
    date_hierarchy = "created_at"
    ordering = ["-pk"]
    fields = [
        "what",
        "subject_id",
        "person",
        "masked_address",
        "language",
        "status",
        "translated_reason",
        "attempts",
        "channel",
        "provider",
        "provider_reference",
        "provider_code",
        "segments",
        "cost",
        "after",
        "created_at",
        "next_try_at",
        "expires_at",
        "sent_at",
        "delivered_at",
    ]

    def person_id_of(self, message) -> int | None:
        return message.person_id

    @admin.display(description=_("event"), ordering="event")
    def what(self, message) -> str:
        return events.words(message.event)

    @admin.display(description=_("person"), ordering="person_id")
    def person(self, message) -> str:
        """By number: people live above this app, their page only by its name."""
        if message.person_id is None:
            return "—"
        said = gettext("person № %(id)d") % {"id": message.person_id}
        with suppress(NoReverseMatch):
            page = reverse("admin:accounts_person_change", args=[message.person_id])
            return format_html('<a href="{}">{}</a>', page, said)
        return said

    @admin.display(description=_("address"))
    def masked_address(self, message) -> str:
        address = message.address or message.fixed_address
        mask = mask_email if message.channel == Channel.EMAIL else mask_phone
        return mask(address) if address else "—"

    @admin.display(description=_("reason"))
    def translated_reason(self, message) -> str:
        """In our words where there are such; the operator's code stands on the row's page."""
        if message.failure:
            return failures.words(message.failure)
        return gettext(message.reason) if message.reason else ""

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return [*fields, "text"] if request.user.has_perm(READ_TEXT) else fields

    def by_own_numbers(self, term: str):
        """Whole numbers only: each of them has an index, a part of one has none."""
        rows = Message.objects.order_by()
        asked = [rows.filter(provider__in=PROVIDERS, provider_reference=term)]
        if is_key(term):
            asked.append(rows.filter(Q(person_id=int(term)) | Q(pk=int(term))))
        return [found.values_list("pk") for found in asked]

    def get_object(self, request, object_id, from_field=None):
        message = super().get_object(request, object_id, from_field)
        if message and message.person_id:
            record_look(actor_id=request.user.pk, person_id=message.person_id, page="message")
        return message

"""What staff type where money becomes nobody's months, or waits again."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refusal
from payments.claim_forms import RoublesField
from payments.models import Outgoing, Place, Placement, QueueReason, Said, Verdict
from payments.services.deciding import put_away, repeats

AWAY_FIELD = "to"
NOTHING = ("", "—")
WAYS = {
    Place.SET_ASIDE: _("Set aside: it is not ours, or the notice is looked at"),
    Place.RETURNED: _("The Treasury gave it back"),
}


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": _("Write the reason.")},
    )


class Decision(forms.Form):
    """A form that asks for a decision of two about a place."""

    alone = True  # nothing else can be decided about the place
    button = _("Ask another member of the staff to decide")

    def __init__(self, data=None, *, row: Placement):
        super().__init__(data, auto_id="id_away_%s")
        self.row = row

    def is_asked(self, actor: User) -> bool:
        """Whether what was typed is right and the question waits; a refusal stands in the form."""
        if not self.is_valid():
            return False
        try:
            self.ask(actor)
        except Refusal as refusal:
            self.add_error(None, str(refusal))
            return False
        return True


class AwayForm(Decision):
    title = _("It is nobody's months")
    to = forms.ChoiceField(label=_("What became of the money"))
    amount = RoublesField(
        label=_("Sum, roubles"),
        required=False,
        max_length=20,
        help_text=_("Empty: all of it. The rest stays where it is."),
    )
    outgoing = forms.ModelChoiceField(
        label=_("Money that left and carried it back"),
        queryset=Outgoing.objects.none(),
        required=False,
    )

    def __init__(self, data=None, *, row: Placement):
        super().__init__(data, row=row)
        is_notice = row.line.said != Said.NEW
        self.fields["to"].choices = [NOTHING, *list(WAYS.items())[: 1 if is_notice else None]]
        self.alone = is_notice
        self.fields["outgoing"].queryset = _may_have_carried(row)
        if is_notice:
            del self.fields["amount"], self.fields["outgoing"]
        self.fields["reason"] = reason_field()

    def clean(self):
        found = super().clean()
        if found.get("to") == Place.SET_ASIDE:
            found["outgoing"] = None
        return found

    def ask(self, actor: User) -> None:
        put_away.ask(placement=self.row, actor=actor, **self.cleaned_data)


class BackForm(Decision):
    title = _("Let the money wait again")
    to = forms.CharField(widget=forms.HiddenInput, initial=Place.QUEUE.value)

    def __init__(self, data=None, *, row: Placement):
        super().__init__(data, row=row)
        self.fields["reason"] = reason_field()

    def ask(self, actor: User) -> None:
        put_away.ask_back(placement=self.row, actor=actor, reason=self.cleaned_data["reason"])


class RepeatForm(Decision):
    title = _("A possible repeat: what is it?")
    to = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            NOTHING,
            (Verdict.PAYMENT.value, _("An honest payment: count it")),
            (Verdict.COPY.value, _("A copy of another line: set it aside")),
        ],
    )

    def __init__(self, data=None, *, row: Placement):
        super().__init__(data, row=row)
        self.fields["reason"] = reason_field()

    def ask(self, actor: User) -> None:
        said = self.cleaned_data
        repeats.ask(placement=self.row, verdict=said["to"], actor=actor, reason=said["reason"])


class RepeatAgainForm(BackForm):
    title = _("Take back what staff said of the repeat")

    def __init__(self, data=None, *, row: Placement):
        super().__init__(data, row=row)
        self.alone = row.place in put_away.AWAY

    def ask(self, actor: User) -> None:
        reason = self.cleaned_data["reason"]
        repeats.ask_back(placement=self.row, actor=actor, reason=reason)


def away_of(request, row: Placement) -> Decision | None:
    """The form that fits where the money is; none for what waits with its statement."""
    kind = _kind(row)
    typed = request.POST if AWAY_FIELD in request.POST else None
    return kind and kind(typed, row=row)


def _kind(row: Placement) -> type[Decision] | None:
    if row.queue_reason == QueueReason.REPEAT:
        return RepeatForm
    if repeats.standing_word(row.line_id):
        return RepeatAgainForm
    if row.place in put_away.AWAY:
        return BackForm if row.decided_by_id else None
    return None if row.queue_reason == QueueReason.HELD else AwayForm


def _may_have_carried(row: Placement):
    line = row.line
    left = Outgoing.objects.filter(account=line.account_id, posted_on__gte=line.posted_on)
    alike = left.filter(amount__in=[row.amount, line.amount])
    return alike.filter(Q(line=None) | Q(line=line)).order_by("posted_on", "pk")

"""Whatever is written down about a person stands on the card: a new field is shown or named here.

Each field has a value of its own, so that a fact on the page is this fact and no other.
"""

from datetime import date, datetime, timedelta
from html import unescape
from itertools import count

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext

from accounts.models import Address, Email, LoginName, Passport, Person, Phone, PhoneKind, User
from common import clock, identifiers
from common.formats import language_name, short_day
from journal.models import Look
from patents.known import known
from patents.models import (
    Application,
    ApplicationStep,
    DocumentKind,
    FeedItem,
    Inn,
    Paper,
    Patent,
    RefusalKind,
)
from tests.factories import (
    ApplicationFactory,
    FeedItemFactory,
    InnFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    StaffFactory,
)
from tests.patents.desk import sign_in_as

pytestmark = pytest.mark.django_db

OWNER = "whose row it is: the card is this person's"
KEY = "a key says nothing"
SECRET = "a hash of a secret"
STEPS = "the steps below say who wrote it down and when"
LEFT_OUT = {
    Person: {
        "user": "the numbers and the access speak of it",
        "is_demo": "a mark of the local mode",
        "merged_into": "said on top: test_find",
        "written": "the names again, for the search",
        "last_name": "a part of the full name",
        "first_name": "a part of the full name",
        "middle_name": "a part of the full name",
    },
    Phone: {},
    Passport: {},
    Email: {"token_hash": SECRET},
    Address: {},
    LoginName: {
        "user": OWNER,
        "kind": "there is one kind",
        "created_at": "the application's day is shown",
    },
    Application: {
        "inn_missing": "the INN itself is shown",
        "created_at": STEPS,
        "refusal_digest": "a hash of what is shown",
        "refusal_incomplete": "a worklist of its own",
    },
    ApplicationStep: {"application": OWNER},
    Patent: {"application": "it stands within its application", "created_at": STEPS},
    Inn: {},
    Paper: {},
}
ELSEWHERE = {
    "accounts.TimelineEntry": "the story: test_card",
    "accounts.PhoneChange": "the story says that a code was sent",
    "accounts.RecoveryHold": "the story says it",
    "accounts.Approval": "a list of its own, counted on the first page of the desk",
    "accounts.Correction": "the history of changes",
    "patents.FeedItem": "those that were not taken: below",
    "patents.FormerDay": "a worklist while it matters; the history of changes otherwise",
    "patents.NewsSeen": "which news somebody has read is nobody's business",
    "payments.Charge": "a row of the payments, when it was taken",
    "payments.Claim": "the cheques",
    "payments.KeptCheque": "the person's own folder; nothing is claimed with it",
    "payments.Notice": "the messages of the person say it",
    "payments.OpeningCorrection": "the history of the months from before",
    "payments.OpeningMonths": "a row of the payments",
    "payments.Outgoing": "a list of its own, looked at by those who match money",
    "payments.PayLink": "a list of its own; the receipt stands there",
    "payments.Placement": "a row of the payments, or the money that waits",
    "payments.Receipt": "the receipts",
    "payments.SignedCode": "a list of its own",
    "payments.Trace": "the status says that the money is looked for",
    "desk.CallerCheck": "the story says it",
    "desk.Note": "the story: test_card",
}
NOW = "2026-06-15 12:00 +0300"


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


def own_days():
    """Days and instants none of which is equal to another."""
    first = date(2024, 1, 1)
    while True:
        first += timedelta(days=1)
        yield first


DAYS, NUMBERS = own_days(), count()


def day() -> date:
    return next(DAYS)


def instant() -> datetime:
    on = next(DAYS)
    return datetime(on.year, on.month, on.day, 11, on.day, tzinfo=clock.MOSCOW)


def somebody() -> User:
    """A member of the staff whose name is no part of another's."""
    return StaffFactory(username=f"<{next(NUMBERS)}>")


def person_with_everything() -> Person:
    person = PersonFactory(
        last_name="Щукарёв",
        latin_name="SHCHUKAREV TIMUR",
        birth_date=date(1991, 3, 4),
        citizenship_id="TJK",
        language="tg",
        latin=True,
    )
    Person.objects.filter(pk=person.pk).update(created_at=instant())
    for valid_until in (day(), None):
        _ways_to_reach(person, valid_until)
        _papers_of_the_person(person, valid_until)
    return Person.objects.get(pk=person.pk)


def _ways_to_reach(person: Person, until: date | None) -> None:
    facts = {"person": person, "valid_from": day(), "valid_until": until}
    PhoneFactory(**facts, kind=PhoneKind.OWN, number=f"+7916000{31 + bool(until)}11")
    Phone.objects.filter(person=person).update(bound_at=instant())
    Address.objects.create(**facts, text=f"Москва, Лесная, {bool(until)}")
    given_up = instant() if until else None
    address = f"{'old' if until else 'new'}@m{bool(until)}.ru".lower()
    email = Email.objects.create(
        person=person, address=address, token_hash=address, valid_until=given_up
    )
    Email.objects.filter(pk=email.pk).update(asked_at=instant(), confirmed_at=instant())


def _papers_of_the_person(person: Person, until: date | None) -> None:
    number = "XQ7019284" if until else "XQ7019283"
    facts = {"person": person, "valid_from": day(), "valid_until": until}
    PassportFactory(**facts, number=number)
    InnFactory(
        **facts,
        value="770000000099" if until else "775100004210",
        note=f"сказал {number}",
        received_at=instant(),
        entered_by=somebody(),
    )


def applications_of(person: Person) -> None:
    """One that was refused, and one whose patent was annulled."""
    refused = ApplicationFactory(
        person=person,
        accepted_on=day(),
        status="refused",
        refused_on=day(),
        refusal_reason="данные разошлись",
        refusal_kind=RefusalKind.objects.first(),
        refusal_advice="подайте снова с новым переводом",
        refusal_until=day(),
        registered_by=somebody(),
    )
    _paper(refused)
    issued = ApplicationFactory(
        person=person,
        accepted_on=day(),
        ready_on=day(),
        first_paid_on=day(),
        status="issued",
        ground="reissue",
        registered_by=somebody(),
    )
    PatentFactory(
        application=issued,
        issued_on=day(),
        profession="маляр",
        source="ministry",
        received_at=instant(),
        annulled_on=day(),
        annulled_reason="решение МВД",
        annulled_source="file",
        annulled_received_at=instant(),
    )
    for step in ApplicationStep.objects.filter(application__in=[refused, issued]):
        step.received_at, step.recorded_by = instant(), somebody()
        step.save()


def _paper(application: Application) -> None:
    Paper.objects.create(
        application=application,
        kind=DocumentKind.objects.get(slug="registration-slip"),
        state="mend",
        number="MC 55 667788",
        issued_on=day(),
        valid_until=day(),
        remark="нет печати",
        handed_on=day(),
        recorded_by=somebody(),
    )


def said_of(row, field) -> list[str]:
    """The words in which a field stands on the card; any of several."""
    value = getattr(row, field.name)
    if value in (None, ""):
        return [""]
    if field.name.endswith("received_at"):
        return [known(getattr(row, field.name.replace("received_at", "source")), value)]
    if field.name.endswith("source"):
        return said_of(row, row._meta.get_field(field.name.replace("source", "received_at")))
    if field.name == "language":
        return [language_name(value)]
    if field.name == "latin":
        return [gettext("SMS in Latin letters")]
    if field.choices:
        return [getattr(row, f"get_{field.name}_display")()]
    return SAID.get(type(field), lambda it: [str(it)])(value)


def _moments(at: datetime) -> list[str]:
    local = at.astimezone(clock.MOSCOW)
    return [f"{local:%d.%m.%Y %H:%M}", f"{local:%d.%m.%Y}"]


SAID = {
    models.DateField: lambda on: [short_day(on)],
    models.DateTimeField: _moments,
    models.EmailField: lambda address: [address, identifiers.mask_email(address)],
}


def rows_of(person: Person) -> list:
    mine = Application.objects.filter(person=person)
    return [
        person,
        *person.phones.all(),
        *person.passports.all(),
        *person.emails.all(),
        *person.addresses.all(),
        *person.user.login_names.all(),
        *person.inns.all(),
        *mine,
        *ApplicationStep.objects.filter(application__in=mine),
        *Patent.objects.filter(application__in=mine),
        *Paper.objects.filter(application__in=mine),
    ]


def text_of(answer) -> str:
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def missing_from(text: str, rows) -> list[str]:
    """Facts of these rows that are not among the words of the page."""
    found = []
    for row in rows:
        for field in _shown(row):
            wanted = [" ".join(words.split()) for words in said_of(row, field)]
            if not any(words.casefold() in text for words in wanted):
                found.append(f"{row._meta.label}.{field.name}: {wanted[0]}")
    return found


def _shown(row) -> list:
    left_out = LEFT_OUT[type(row)]
    return [
        field
        for field in row._meta.fields
        if not field.primary_key and field.name not in left_out and not _is_owner(row, field)
    ]


def _is_owner(row, field) -> bool:
    return field.is_relation and field.related_model is Person and not isinstance(row, Person)


def test_every_fact_of_the_models_stands_on_the_card(client):
    person = person_with_everything()
    applications_of(person)
    sign_in_as(client, "supervisor")

    page = client.post(reverse("admin:person_phones", args=[person.pk]))

    assert missing_from(text_of(page).casefold(), rows_of(person)) == []
    assert person.full_name in text_of(page)


def test_without_the_button_numbers_and_e_mails_are_only_hinted_at(client):
    person = person_with_everything()
    applications_of(person)
    sign_in_as(client, "operator")

    page = text_of(client.get(reverse("admin:person_card", args=[person.pk])))

    hidden = [*person.phones.values_list("number", flat=True)]
    hidden += person.emails.values_list("address", flat=True)
    assert [fact for fact in hidden if fact in page] == []
    missing = missing_from(page.casefold(), rows_of(person))
    assert [one.split(":")[0] for one in missing] == ["accounts.Phone.number"] * 2
    assert Look.objects.filter(person_id=person.pk, page="person").exists()


def test_a_new_model_about_people_is_on_the_card_or_named_here():
    about = {Person, Application, Patent}
    owners = [
        model
        for model in apps.get_models()
        if not model.__name__.endswith("History")
        and any(field.related_model in about for field in model._meta.fields)
    ]

    unnamed = {model._meta.label for model in owners if model not in LEFT_OUT} - set(ELSEWHERE)
    assert unnamed == set()
    assert {label for label in ELSEWHERE if apps.get_model(label) not in owners} == set()


def test_what_is_left_out_is_a_field_still():
    gone = {
        (model.__name__, name)
        for model, names in LEFT_OUT.items()
        for name in names
        if name not in {field.name for field in model._meta.fields}
    }

    assert gone == set()


def test_what_the_ministry_sent_in_vain_stands_on_the_card(client):
    item = FeedItemFactory(detail="номер бланка другой")
    FeedItemFactory(application=item.application, status="applied", reason="", detail="взято")
    address = reverse("admin:person_card", args=[item.application.person_id])
    sign_in_as(client, "operator")

    page = client.get(address)

    assert list(page.context["untaken"]) == [item]
    assert "номер бланка другой" in text_of(page)
    assert FeedItem.objects.count() == 2
    sign_in_as(client, "accountant")  # reads no items of the Ministry
    assert "номер бланка другой" not in text_of(client.get(address))


def test_the_card_asks_as_much_for_a_long_life_as_for_a_short_one(
    client, django_assert_max_num_queries
):
    sign_in_as(client, "supervisor")
    short, long = PersonFactory(), PersonFactory()
    applications_of(short)
    for _time in range(3):
        applications_of(long)
    client.get(reverse("admin:person_card", args=[short.pk]))
    with django_assert_max_num_queries(60) as few:
        client.get(reverse("admin:person_card", args=[short.pk]))

    with django_assert_max_num_queries(len(few)):
        client.get(reverse("admin:person_card", args=[long.pk]))

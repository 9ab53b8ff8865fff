"""The history of an object on its page: who, when, field by field, why; and who may read it."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import translation

from accounts.models import LoginName, Passport, Person, Phone, User
from accounts.services import (
    adopt_waiting,
    allow_signing_in,
    approvals,
    change_password,
    issue_password,
    issue_staff_password,
    let_wait,
    open_staff,
)
from accounts.services.corrections import correct
from accounts.services.merges import merge
from accounts.services.phones import bind_phone
from journal import changes
from journal.history import acting, because, plainly, states
from journal.models import Look
from patents import services as patents
from patents.models import Application, Inn, Patent
from payments.models import Claim, Place, Placement, Receipt, ReceiptStatus
from payments.services.claims.claims import confirm, reject
from payments.services.ledger import ledger
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    InnFactory,
    LineFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "admin:anything"


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def operator(db):
    return StaffFactory(username="operator-1")


@pytest.fixture
def at_work(operator):
    """As the middleware does it: the page is named before any service says a reason."""
    with acting(operator.pk, PAGE):
        yield operator


def why(model, pk) -> str:
    return states(model, pk)[0].pgh_context["reason"]


def claim_of(application) -> Claim:
    day = application.accepted_on
    return Claim.objects.create(application=application, months=1, amount=10000, paid_on=day)


def address(row) -> str:
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_history", args=[row.pk])


def enter(client, role):
    user = StaffFactory(is_superuser=False)
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)
    return user


def rows_of(client, row) -> list[changes.Entry]:
    answer = client.get(address(row))
    assert answer.status_code == 200
    return answer.context["entries"]


# --- why


def test_a_correction_says_the_reason_of_its_operator(at_work):
    person = PersonFactory()
    correct(person=person, facts={"last_name": "Каримова"}, actor=at_work, reason=" опечатка ")

    assert why(Person, person.pk) == "опечатка"


def test_a_merge_says_its_reason(at_work):
    keep, gone = PersonFactory(), PersonFactory()
    merge(keep=keep, gone=gone, actor=at_work, reason="один человек")

    assert why(Person, gone.pk) == "один человек"


def test_a_phone_by_approval_says_the_reason_of_who_asked(at_work):
    person = ApplicationFactory().person
    issue_password(person=person, tell=False)
    sim = PhoneFactory(person=person)
    asked = approvals.ask_phone(
        person=person, number="+79160000077", actor=StaffFactory(), reason="SIM потеряна"
    )
    approvals.decide(approval=asked, granted=True, actor=at_work)

    assert why(Phone, sim.pk) == "SIM потеряна"
    # the password that goes with it is not a reason of its own
    assert why(User, person.user_id) == "SIM потеряна"


def test_a_refusal_says_the_reason_of_the_ministry(at_work):
    application = ApplicationFactory(accepted_on=date(2026, 1, 12))
    day = application.accepted_on
    patents.refuse(application=application, refused_on=day, reason="нет анализов", actor=at_work)

    assert why(Application, application.pk) == "нет анализов"


def test_an_annulment_says_its_reason(at_work):
    patent = PatentFactory()
    patents.annul(patent=patent, annulled_on=patent.issued_on, reason="нет договора", actor=at_work)

    assert why(Patent, patent.pk) == "нет договора"


def test_another_inn_is_a_correction_of_the_one_before(at_work):
    before = InnFactory(value="775100004210", valid_from=date(2026, 1, 10))
    inn = patents.enter_inn(person=before.person, value="770000000156", on=date(2026, 1, 20))

    assert why(Inn, before.pk) == why(Inn, inn.pk) == "The INN was corrected."


def test_a_first_inn_is_no_correction(at_work):
    inn = patents.enter_inn(person=PersonFactory(), value="775100004210", on=date(2026, 1, 20))

    assert why(Inn, inn.pk) == "The INN became known."


def test_a_confirmed_cheque_says_so_and_a_rejected_one_says_why(at_work):
    claim = claim_of(ApplicationFactory())
    confirm(claim=claim, paid_on=claim.paid_on, actor=at_work)
    assert why(Claim, claim.pk) == "The cheque was checked and confirmed."

    reject(claim=claim, reason="чужой чек", actor=at_work)
    assert why(Claim, claim.pk) == "чужой чек"


def waiting_line() -> Placement:
    """Money that waits although its payer is known by now."""
    person = InnFactory().person
    ApplicationFactory(person=person)
    line = LineFactory(payer_inn=person.inns.get().value)
    return PlacementFactory(
        line=line,
        place=Place.QUEUE,
        queue_reason="unknown_payer",
        application=None,
        receipt=None,
        months=0,
        paid_on=None,
    )


@pytest.mark.parametrize(
    ("by_staff", "said"), [(True, "Staff let waiting money be matched again."), (False, PAGE)]
)
def test_money_matched_again_by_staff_says_so(at_work, by_staff, said):
    row = waiting_line()
    ledger.match_again(placements=[row], actor=at_work if by_staff else None)

    assert why(Placement, row.pk) == said


def test_a_password_says_that_it_was_issued_and_the_next_change_does_not(at_work):
    person = ApplicationFactory().person
    issue_password(person=person, tell=False)
    assert why(User, person.user_id) == "A one-time password was issued."

    Person.objects.filter(pk=person.pk).update(last_name="Назаров")
    assert why(Person, person.pk) == PAGE


def test_passwords_and_doors_of_the_staff_say_so(at_work):
    colleague = StaffFactory()
    issue_staff_password(user=colleague)
    assert why(User, colleague.pk) == "A one-time password was issued."

    allow_signing_in(user=colleague, allowed=False)
    assert why(User, colleague.pk) == "The account was closed."

    allow_signing_in(user=colleague, allowed=True)
    assert why(User, colleague.pk) == "The account was opened."


def test_a_new_colleague_is_said_to_be_new(at_work):
    colleague = User(username="new-one")
    open_staff(user=colleague)

    assert why(User, colleague.pk) == "A new member of the staff was written down."


def test_each_step_of_a_reset_says_what_it_was(at_work):
    user = ApplicationFactory().person.user
    let_wait(user_id=user.pk)
    assert why(User, user.pk) == "A new password was asked for; it waits until it is used."

    user.refresh_from_db()
    user = adopt_waiting(user=user)
    assert why(User, user.pk) == "The password that waited was used."

    change_password(user=user, new_password="зелёный трамвай у реки")
    assert why(User, user.pk) == "A password of their own was chosen."


def test_a_bound_phone_says_so(at_work):
    phone = bind_phone(person=PersonFactory(), number="+79160000077")

    assert why(Phone, phone.pk) == "A number of their own was bound."


def test_what_a_person_said_stands_before_what_the_deed_tells(at_work):
    person = PersonFactory()
    because("так попросил заявитель")
    with plainly("The deed."):
        Person.objects.filter(pk=person.pk).update(last_name="Назаров")

    assert why(Person, person.pk) == "так попросил заявитель"


def test_outside_any_request_a_deed_has_nobody_to_say_it_to():
    person = PersonFactory()
    with plainly("The deed."):
        Person.objects.filter(pk=person.pk).update(last_name="Назаров")

    assert states(Person, person.pk)[0].pgh_context is None


# --- the page


def test_a_reader_sees_who_when_what_and_why(client, at_work):
    person = PersonFactory(last_name="Каримов")
    correct(person=person, facts={"last_name": "Каримова"}, actor=at_work, reason="опечатка")
    enter(client, "auditor")

    first = rows_of(client, person)[0]

    assert (first.maker, first.reason, first.about) == ("operator-1", "опечатка", "Person")
    assert first.changes == [changes.Change("Last name", "Каримов", "Каримова")]
    assert "Каримов → Каримова" in client.get(address(person)).content.decode()


def test_a_reason_of_the_portal_is_read_in_the_readers_language(client, at_work):
    person = ApplicationFactory().person
    with plainly("History"):  # any msgid that the catalogue has
        Person.objects.filter(pk=person.pk).update(last_name="Назаров")
    enter(client, "auditor")
    client.cookies["django_language"] = "ru"

    assert rows_of(client, person)[0].reason == "История"


def test_choices_days_and_empty_fields_are_said_in_words(client, at_work):
    application = ApplicationFactory(accepted_on=date(2026, 1, 12))
    day = application.accepted_on
    patents.refuse(application=application, refused_on=day, reason="нет анализов", actor=at_work)
    enter(client, "supervisor")

    assert rows_of(client, application)[0].changes == [
        changes.Change("State", "accepted", "refused"),
        changes.Change("Refused on", "—", "12.01.2026"),
        changes.Change("Reason of the refusal", "—", "нет анализов"),
    ]


def test_money_that_tells_only_what_it_was_is_read_to_the_end(client):
    receipt = ReceiptFactory()
    posted = {"status": ReceiptStatus.POSTED, "posted_on": date(2026, 1, 9)}
    Receipt.objects.filter(pk=receipt.pk).update(**posted)
    Receipt.objects.filter(pk=receipt.pk).update(status=ReceiptStatus.FORMED, posted_on=None)
    enter(client, "accountant")

    shown = [
        (change.before, change.after)
        for entry in rows_of(client, receipt)
        for change in entry.changes
    ]

    words = ReceiptStatus.FORMED.label, ReceiptStatus.POSTED.label
    days = "—", "09.01.2026"
    assert shown == [words[::-1], days[::-1], words, days]


def test_other_objects_are_called_by_their_names(client, at_work):
    claim = claim_of(ApplicationFactory())
    reject(claim=claim, reason="чужой чек", actor=at_work)
    enter(client, "auditor")

    said = {change.label: change.after for change in rows_of(client, claim)[0].changes}

    assert said["Decided by"] == "operator-1"


def test_a_person_reads_with_account_numbers_phones_and_passports(client):
    person = ApplicationFactory().person
    issue_password(person=person, tell=False)
    LoginName.objects.get_or_create(
        kind="application", value="1999999", defaults={"user": person.user}
    )
    PhoneFactory(person=person)
    PassportFactory(person=person)
    enter(client, "auditor")

    about = {entry.about for entry in rows_of(client, person)}

    assert about == {
        str(model._meta.verbose_name).capitalize()
        for model in (Person, User, LoginName, Phone, Passport)
    }


def test_who_did_it_is_a_colleague_the_applicant_or_the_portal(client):
    person = ApplicationFactory().person
    with acting(person.user_id, ""):
        Person.objects.filter(pk=person.pk).update(language="tg")
    with acting(None, "task payments.tasks.sweep"):
        Person.objects.filter(pk=person.pk).update(language="uz")
    enter(client, "auditor")

    found = [row for row in rows_of(client, person) if row.deed == "changed"]

    assert [row.maker for row in found[:2]] == ["the portal", "the applicant"]
    assert (found[0].reason, found[0].page) == ("", "task payments.tasks.sweep")


def test_no_password_stands_on_any_page(client, at_work):
    colleague = StaffFactory()
    issue_staff_password(user=colleague)
    colleague.refresh_from_db()
    enter(client, "supervisor")

    text = client.get(address(colleague)).content.decode()

    assert "A one-time password was issued." in text
    assert colleague.password not in text
    assert "argon2" not in text
    assert "md5" not in text


def test_roles_given_to_a_colleague_are_on_the_page(client):
    colleague = StaffFactory(is_superuser=False)
    enter(client, "supervisor")
    groups = [Group.objects.get(name="operator").pk]
    form = {"is_active": "on", "groups": groups}
    client.post(reverse("admin:accounts_user_change", args=[colleague.pk]), form)

    text = client.get(address(colleague)).content.decode()
    assert "Changed Groups." in text
    assert "Group: operator" in text
    assert f"Account: {colleague}" in text


def test_a_role_that_was_taken_stays_on_the_page(client):
    colleague, group = StaffFactory(is_superuser=False), Group.objects.get(name="operator")
    colleague.groups.add(group)
    colleague.groups.clear()
    enter(client, "supervisor")

    assert "Group: operator → —" in client.get(address(colleague)).content.decode()


def test_what_a_group_may_do_has_its_history(client):
    group = Group.objects.get(name="reviewer")
    group.permissions.add(Permission.objects.get(codename="add_application"))
    enter(client, "auditor")

    text = client.get(reverse("admin:auth_group_history", args=[group.pk])).content.decode()

    assert "Can add application" in text


def subjects():
    application = ApplicationFactory()
    receipt = ReceiptFactory(application=application)
    return {
        "person": application.person,
        "user": StaffFactory(),
        "application": application,
        "patent": PatentFactory(application=application),
        "inn": InnFactory(person=application.person),
        "receipt": receipt,
        "charge": ChargeFactory(receipt=receipt),
        "placement": PlacementFactory(application=application),
        "claim": claim_of(application),
    }


KEPT = [
    "person",
    "user",
    "application",
    "patent",
    "inn",
    "receipt",
    "charge",
    "placement",
    "claim",
]


@pytest.mark.parametrize("name", KEPT)
def test_the_auditor_reads_each_history_and_the_hotline_none(client, name):
    row = subjects()[name]
    enter(client, "auditor")
    assert "entries" in client.get(address(row)).context

    enter(client, "hotline")
    assert client.get(address(row)).status_code == 403


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [
        ("reviewer", "application", 200),
        ("reviewer", "claim", 403),
        ("operator", "claim", 403),
        ("operator", "user", 403),
        ("accountant", "claim", 200),
        ("supervisor", "user", 200),
    ],
)
def test_whoever_may_see_the_object_reads_its_history(client, role, name, status):
    enter(client, role)

    assert client.get(address(subjects()[name])).status_code == status


def test_reading_the_history_of_a_person_is_a_look_and_a_refusal_is_none(client):
    person = ApplicationFactory().person
    enter(client, "hotline")
    client.get(address(person))
    assert not Look.objects.exists()

    reader = enter(client, "auditor")
    client.get(address(person))

    look = Look.objects.get()
    assert (look.actor_id, look.person_id, look.page) == (reader.pk, person.pk, "history")


@pytest.mark.parametrize("name", ["person", "application", "placement", "claim"])
def test_cards_lead_to_the_history(client, name):
    row = subjects()[name]
    enter(client, "supervisor")

    card = client.get(address(row).replace("history", "change")).content.decode()

    assert f'href="{address(row)}"' in card
    assert "History of changes" in card


@pytest.mark.parametrize("times", [1, 6])
def test_a_long_history_asks_as_many_questions_as_a_short_one(
    client, django_assert_num_queries, times
):
    claim = claim_of(ApplicationFactory())
    for number in range(times):
        with acting(StaffFactory().pk, f"причина {number}"):
            Claim.objects.filter(pk=claim.pk).update(
                application=ApplicationFactory(), bank=f"банк {number}"
            )
    enter(client, "auditor")
    client.get(address(claim))

    with django_assert_num_queries(QUESTIONS):
        assert len(rows_of(client, claim)) == times


QUESTIONS = 13

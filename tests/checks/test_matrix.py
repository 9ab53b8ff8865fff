"""Each role at each address by each method, generated from the configuration of addresses."""

from copy import deepcopy
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts import services
from accounts.middleware import BEFORE_THE_CODE
from accounts.models import ApprovalKind, Country, SignIn
from accounts.services import approvals
from cabinet.models import HelpTopic, Obligation
from common import clock
from desk.services import ask_caller
from journal.models import Export, Heartbeat, JobRun, Look
from notifications.models import Message, Operator, Spent
from patents.models import DocumentKind, PatentRule, RefusalKind
from patents.services import record_paper
from payments import on_the_way
from payments.models import (
    ChargeStatus,
    Claim,
    KeptCheque,
    MobileOperator,
    PayLink,
    PaymentMethod,
    Requisites,
    Tariff,
    Upload,
    Withdrawal,
)
from payments.services.importing.refused import note_refused
from payments.services.online.codes import certify
from payments.services.online.status_codes import certify_status
from payments.services.papers.receipts import form_receipt
from tests.checks.matrix import ROLES, ROWS, STAFF
from tests.factories import (
    AnnouncementFactory,
    ApplicationFactory,
    ChargeFactory,
    FeedItemFactory,
    InnFactory,
    NewsFactory,
    OpeningMonthsFactory,
    OutgoingFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    PlacementFactory,
    ReceiptFactory,
    RefundFactory,
    RegisterFactory,
    StaffFactory,
    TillPaymentFactory,
    TraceFactory,
)

DOOR, CHANGE = "/login/", reverse("accounts:password_change")


def names(patterns, space=""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from names(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{space}{entry.name}"


NAMES = sorted(set(names(get_resolver().url_patterns)))


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(NAMES) ^ set(ROWS) == set()


class World:
    """One person with something of every kind, a stranger, and one of each group of the staff."""

    def __init__(self):
        self.users = {"owner": self._owner(), "stranger": self._stranger()}
        self.users |= {role: self._member(role) for role in sorted(STAFF)}
        self.users["must_change"] = self._must_change()
        self.rows = self._rows()
        self.given = self._given()
        self.cookies = {}

    def _owner(self):
        self.application = ApplicationFactory(number="1381161", status="issued", ready_on=DAY)
        self.person = self.application.person
        self.patent = PatentFactory(application=self.application)
        self.inn = InnFactory(person=self.person)
        self.opening_months = OpeningMonthsFactory(application=self.application)
        self.paper = record_paper(
            application=self.application, kind=DocumentKind.objects.first(), handed_on=DAY
        )
        PhoneFactory(person=self.person, number="+79161234567")
        PassportFactory(person=self.person)
        self.receipt = form_receipt(application=self.application, months=1, on=DAY)
        self.charge = ChargeFactory(
            receipt=self.receipt, status=ChargeStatus.CANCELED, captured_at=None
        )
        self.placement = PlacementFactory(application=self.application)
        paper = ReceiptFactory(application=self.application)
        self.at_till = TillPaymentFactory(receipt=paper, taken_on=DAY)
        self.claim = Claim.objects.create(
            question="Снимите чек целиком",
            asked_at=clock.now(),
            application=self.application,
            months=1,
            amount=10000,
            paid_on=DAY,
            cheque=SimpleUploadedFile("cheque.png", b"\x89PNG"),
        )
        self.link = PayLink.objects.create(
            token="x" * 32,
            application=self.application,
            months=1,
            months_before=12,
            good_through=date(2099, 1, 1),
        )
        self.refused = note_refused(content_hash="1" * 64, kept="111-a.txt", reason="line 7")
        self.upload = Upload.objects.create(
            content_hash="0" * 64, name="day.txt", uploaded_by=StaffFactory(), tries=3
        )
        self.kept = KeptCheque.objects.create(
            person=self.person,
            paid_on=DAY,
            amount=self.claim.amount,
            cheque=SimpleUploadedFile("kept.png", b"\x89PNG"),
        )
        return self.person.user

    def _stranger(self):
        application = ApplicationFactory()
        PhoneFactory(person=application.person)
        return application.person.user

    def _member(self, role):
        user = StaffFactory(username=role, is_superuser=False)
        user.groups.set(Group.objects.filter(name=role))
        return user

    def _must_change(self):
        person = PersonFactory()
        ApplicationFactory(person=person)
        services.issue_password(person=person, tell=False)
        return person.user

    def _rows(self) -> dict:
        asked = approvals.ask_phone(
            person=self.person, number="+79160000077", actor=StaffFactory(), reason="lost"
        )
        assert asked.kind == ApprovalKind.PHONE
        self.approval = asked
        self.check = ask_caller(number="1381161", actor=self.users["hotline"])
        line = self.placement.line
        rule = PatentRule.objects.first()
        return {
            "auth_group": Group.objects.first(),
            "journal_export": Export.objects.create(actor_id=1, name="inn", rows=1),
            "journal_heartbeat": Heartbeat.objects.create(name="codes", seen_at=clock.now()),
            "journal_jobrun": JobRun.objects.create(job="sweep", period="2026"),
            "journal_look": Look.objects.create(actor_id=1, person_id=self.person.pk, page="x"),
            "notifications_message": Message.objects.first(),
            "notifications_operator": Operator.objects.create(name="smsaero"),
            "notifications_spent": Spent.objects.create(hour=clock.now(), purpose="codes"),
            "accounts_approval": self.approval,
            "accounts_country": Country.objects.first(),
            "accounts_person": self.person,
            "accounts_timelineentry": self.person.timeline.first(),
            "accounts_user": self.users["reviewer"],
            "cabinet_announcement": AnnouncementFactory(),
            "cabinet_helptopic": HelpTopic.objects.first(),
            "cabinet_obligation": Obligation.objects.first(),
            "patents_application": self.application,
            "patents_documentkind": DocumentKind.objects.first(),
            "patents_feeditem": FeedItemFactory(application=self.application),
            "patents_inn": self.inn,
            "patents_news": NewsFactory(),
            "patents_paper": self.paper,
            "patents_patent": self.patent,
            "patents_patentrule": rule,
            "patents_refusalkind": RefusalKind.objects.first(),
            "payments_account": line.account,
            "payments_charge": self.charge,
            "payments_claim": self.claim,
            "payments_openingmonths": self.opening_months,
            "payments_mobileoperator": MobileOperator.objects.first(),
            "payments_paymentmethod": PaymentMethod.objects.first(),
            "payments_placement": self.placement,
            "payments_receipt": self.receipt,
            "payments_refund": RefundFactory(charge=self.charge, approval=self.approval),
            "payments_register": RegisterFactory(),
            "payments_requisites": Requisites.objects.first(),
            "payments_outgoing": OutgoingFactory(application=self.application),
            "payments_paylink": self.link,
            "payments_signedcode": certify(on_the_way.of_claim(Claim.objects.get())),
            "payments_statement": line.statement,
            "payments_statementline": line,
            "payments_tariff": Tariff.objects.first(),
            "payments_trace": TraceFactory(application=self.application, charge=self.charge),
            "payments_withdrawal": Withdrawal.objects.create(
                approval=self.approval, statement=line.statement, people=1
            ),
            "payments_till": self.at_till.till,
            "payments_tillpayment": self.at_till,
        }

    def _given(self) -> dict:
        """What stands in the addresses that carry something."""
        now = clock.now()
        mine = SignIn.objects.create(
            user=self.users["owner"], session_hash="0" * 64, started_at=now, seen_at=now
        )
        reference = {"reference": self.receipt.reference}
        person = {"pk": self.person.pk}
        claim = {"pk": self.claim.pk}
        signed = certify(on_the_way.of_claim(Claim.objects.get()))
        serial, code = {"serial": signed.serial}, {"code": signed.code}
        status = {"serial": certify_status(signed.application.person).serial}
        given = {
            "accounts:spoken_code": {"key": picture()},
            "captcha-image": {"key": picture()},
            "captcha-image-2x": {"key": picture()},
            "captcha-audio": {"key": picture()},
            "accounts:email_confirm": {"token": "unknown"},
            "accounts:session_not_me": {"pk": mine.pk},
            **{f"payments:{page}": claim for page in ("cheque", "claim_answer", "claim_letter")},
            "payments:link_revoke": {"pk": self.link.pk},
            "payments:pay_link": {"token": self.link.token},
            **{f"payments:certificate_{page}": serial for page in ("pdf", "revoke")},
            "payments:status_code_pdf": status | {"size": "a6"},
            "payments:status_code_revoke": status,
            **{f"payments:verify{page}": code for page in ("", "_qr", "_capitals")},
            "payments:papers_year": {"year": DAY.year},
            "payments:tax_paid": {"year": DAY.year},
            "payments:kept_cheque": {"pk": self.kept.pk},
            "accounts:unsubscribe": {"token": "unknown"},
            "notifications:sms_receipt": {"provider": "smsaero", "secret": "wrong"},
            "ussd:sms_to_centre": {"provider": "smsaero", "secret": "wrong"},
            "admin:app_list": {"app_label": "accounts"},
            "admin:view_on_site": {"content_type_id": 1, "object_id": 1},
            "admin:hotline_call": {"pk": self.check.pk},
            "admin:worklist": {"name": "ready"},
            "admin:person_card": person,
            "admin:person_phones": person,
            "admin:person_note": person,
            "admin:payments_openingmonths_correct": {"pk": self.application.pk},
            "admin:payments_placement_decide": {"pk": self.placement.pk},
            "admin:payments_statement_uploaded": {"pk": self.upload.pk},
            "admin:payments_statement_seen": {"pk": self.refused.pk},
            "admin:payments_statement_again": {"pk": self.upload.pk},
            "admin:payments_statement_annul": {"pk": self.placement.line.statement_id},
            "admin:payments_account_joint": {
                "pk": self.placement.line.account_id,
                "file": self.placement.line.statement_id,
            },
            "admin:payments_statement_release": {"pk": self.placement.line.statement_id},
            "admin:payments_withdrawal_statement": {"pk": self.placement.line.statement_id},
            "admin:assist": person,
            "admin:assist_cheque": person,
            "admin:assist_receipt": person | reference,
            "admin:assist_paper": person | reference,
            "admin:till_take": person | reference,
            "admin:till_ask_bank": person | reference,
            "admin:till_correct": {"pk": self.at_till.pk},
            "admin:accounts_approval_decide": {"pk": self.approval.pk},
            "admin:accounts_user_password": {"pk": self.users["reviewer"].pk},
            "admin:patents_application_paper": {
                "pk": self.application.pk,
                "slug": "registration-slip",
            },
            "admin:patents_application_step": {"pk": self.application.pk, "name": "annul"},
            "admin:patents_application_again": person,
        }
        given |= {f"payments:{page}": reference for page in REFERENCED}
        given |= {"cabinet:open_receipt_made": reference}
        given |= {"cabinet:open_receipt_made_pdf": reference}
        given |= {f"admin:accounts_person_{page}": person for page in OF_A_PERSON}
        item = {"pk": self.rows["patents_feeditem"].pk}
        given |= {f"admin:patents_feeditem_{page}": item for page in OF_AN_ITEM}
        charge = {"pk": self.charge.pk}
        given |= {f"admin:payments_charge_{page}": charge for page in OF_A_CHARGE}
        given["admin:payments_refund_end"] = {"pk": self.rows["payments_refund"].pk}
        pages = ("cheque", "letter", "ask", "confirm", "reject")
        given |= {f"admin:payments_claim_{page}": claim for page in pages}
        given["admin:payments_receipt_cancel"] = {"pk": self.receipt.pk}
        given["admin:payments_signedcode_withdraw"] = {"pk": self.rows["payments_signedcode"].pk}
        for model, row in self.rows.items():
            for page in ("change", "history", "delete"):
                given[f"admin:{model}_{page}"] = {"object_id": row.pk}
        return given

    def address(self, name: str) -> str:
        return reverse(name, kwargs=self.given.get(name, {}))

    def client(self, role: str) -> Client:
        """Signed in, with cookies that no other client of the role changes."""
        client = Client(raise_request_exception=True)
        if role not in self.cookies:
            if role in self.users:
                client.force_login(self.users[role])
            self.cookies[role] = client.cookies
        client.cookies = deepcopy(self.cookies[role])
        return client


LEAD_TO_CHANGE = {*("accounts:password_change", "admin:password_change", "accounts:session_not_me")}
DAY = date(2026, 1, 12)
REFERENCED = ("back", "receipt", "receipt_qr", "receipt_pdf", "receipt_txt")
OF_A_CHARGE = ["refund", "correct", "ask", "end", "settle"]
OF_AN_ITEM = ("again", "assign", "aside", "theirs", "undo")
OF_A_PERSON = ("access", "phone", "correct", "merge", "password")


def picture() -> str:
    from captcha.models import CaptchaStore

    return CaptchaStore.generate_key()


def outcome(answer) -> str:
    """Sent to the door, sent to the change of the password, refused, or let through."""
    to = answer.headers.get("Location", "")
    if to.startswith((DOOR, "/admin/login/")):
        return "door"
    if to == CHANGE:
        return "change"
    assert answer.status_code < 500
    return "refused" if answer.status_code in {400, 403, 404, 405} else "through"


def wanted(name: str, role: str, method: str) -> set[str]:
    row = ROWS[name]
    if role == "must_change":
        return {"change"} if not row.with_one_time_password else {"through", "refused", "change"}
    if role in getattr(row, method):
        return {"through", "change"} if name in LEAD_TO_CHANGE else {"through"}
    return {"refused", "door"}


def compare(role: str, methods: list[str]) -> list[str]:
    """What differs from the table. Each request is undone before the next one."""
    world = World()
    world.client(role)  # signed in before what is undone
    wrong = []
    for name in NAMES:
        for method in methods:
            before = transaction.savepoint()
            client = world.client(role)
            answer = getattr(client, method)(world.address(name))
            got = outcome(answer)
            _close_files(answer)
            transaction.savepoint_rollback(before)
            if got not in wanted(name, role, method):
                wrong.append(f"{name} {method}: {got}")
    return wrong


def _close_files(answer) -> None:
    """What `answer.close()` does, but for the end of the request, which ends the transaction."""
    for close in answer._resource_closers:
        close()


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.OUTSIDE_TIMEOUT_SECONDS = 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "must_change", "hotline"])
def test_those_who_may_little_get_no_further_than_the_table_says(role):
    assert compare(role, ["get"]) == []


@pytest.mark.django_db
def test_an_auditor_writes_nothing():
    assert compare("auditor", ["post"]) == []


@pytest.mark.django_db
@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_exactly_as_far_as_the_table_says(role):
    assert compare(role, ["get", "post"]) == []


@pytest.mark.django_db
def test_without_the_second_step_no_address_opens_for_staff(settings):
    settings.STAFF_TOTP = True
    world = World()
    code = reverse("accounts:second_step")
    opened = []
    client = world.client("supervisor")
    for name in NAMES:
        if name not in BEFORE_THE_CODE:
            answer = client.get(world.address(name))
            if not answer.headers.get("Location", "").startswith(code):
                opened.append(name)
    assert opened == []

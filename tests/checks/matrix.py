"""Who may do what at which address: written by hand, compared with what the portal does.

A row says for GET and POST who gets through; everybody else is refused. A new address without a
row fails the suite: decide who may open it, and write it here.
"""

from dataclasses import dataclass, field

PEOPLE = {"owner", "stranger"}
STAFF = {"operator", "accountant", "reviewer", "supervisor", "auditor", "hotline"}
ALL = PEOPLE | STAFF | {"anonymous"}
ROLES = ["anonymous", "must_change", "owner", "stranger", *sorted(STAFF)]

DESK = {"operator", "supervisor"}
READERS = {"operator", "accountant", "reviewer", "supervisor", "auditor"}
MONEY = {"accountant", "supervisor", "auditor"}
PAYMENTS = MONEY | {"operator"}
CHIEFS = {"supervisor", "auditor"}
NOBODY: set[str] = set()


@dataclass(frozen=True)
class Row:
    get: set = field(default_factory=set)
    post: set = field(default_factory=set)
    with_one_time_password: bool = False  # open before the password is changed


def both(who: set) -> Row:
    return Row(who, who)


READ_BY_ALL = Row(ALL)
OWN_PAGE, OWN_FORM = Row(PEOPLE), both(PEOPLE)
OF_THE_OWNER = Row({"owner"})

PAGES = {
    # before the door
    "cabinet:landing": READ_BY_ALL,
    "cabinet:help": Row(ALL, with_one_time_password=True),
    "cabinet:no_access": Row(ALL, with_one_time_password=True),
    "cabinet:no_sms": Row(ALL, with_one_time_password=True),
    "cabinet:our_sms": Row(ALL, with_one_time_password=True),
    "cabinet:words": Row(ALL, with_one_time_password=True),
    "cabinet:examples": Row(STAFF),
    "cabinet:open_status": both(ALL),
    "cabinet:open_patent": both(ALL),
    "cabinet:open_inn": both(ALL),
    "cabinet:open_pay": both(ALL),
    "cabinet:open_receipt": both(ALL),
    # of the browser in which it was made, and of nobody else
    "cabinet:open_receipt_made": Row(NOBODY),
    "cabinet:open_receipt_made_pdf": Row(NOBODY),
    "accounts:memo": READ_BY_ALL,
    "accounts:login": both(ALL),
    "accounts:forgot_number": both(ALL),
    "accounts:number_sent": READ_BY_ALL,
    "accounts:logout": Row(NOBODY, ALL, with_one_time_password=True),
    "accounts:password_reset": both(ALL),
    "accounts:password_reset_done": READ_BY_ALL,
    "accounts:spoken_code": READ_BY_ALL,
    "accounts:recover": both(ALL),
    "accounts:recover_done": READ_BY_ALL,
    "payments:pay_link": both(ALL),
    "payments:verify_enter": both(ALL),
    "payments:verify": READ_BY_ALL,
    "payments:verify_qr": READ_BY_ALL,
    "payments:verify_capitals": READ_BY_ALL,
    "payments:posting_times_for_all": READ_BY_ALL,
    "captcha-image": both(ALL),
    "set_language": Row(ALL, ALL, with_one_time_password=True),
    # pieces of the captcha's package that the portal does not use
    "captcha-image-2x": Row(NOBODY),
    "captcha-audio": Row(NOBODY),
    "captcha-refresh": Row(NOBODY),
    # machines: without their secret nobody
    "payments:hook": Row(NOBODY),
    "notifications:sms_receipt": Row(NOBODY),
    "ussd:ussd": Row(NOBODY),
    "accounts:unsubscribe": Row(ALL, ALL, with_one_time_password=True),
    "ussd:sms_to_centre": Row(NOBODY),
    # everybody behind the door
    "accounts:password_change": Row(PEOPLE | STAFF, PEOPLE | STAFF, with_one_time_password=True),
    "accounts:second_step": both(STAFF),
    "accounts:sessions": Row(PEOPLE | STAFF),
    "accounts:sessions_end": Row(NOBODY, PEOPLE | STAFF),
    # somebody else's session: sent back to one's own list, and nothing is ended
    "accounts:session_not_me": Row(NOBODY, PEOPLE | STAFF),
    # one's own cabinet
    "cabinet:home": OWN_PAGE,
    "cabinet:patent": OWN_PAGE,
    "cabinet:inn": OWN_PAGE,
    "cabinet:documents": OWN_PAGE,
    "cabinet:document_sample": Row(PEOPLE | STAFF),
    "cabinet:tariffs": Row(PEOPLE | STAFF),
    "cabinet:history": OWN_PAGE,
    "cabinet:history_sheet": OWN_PAGE,
    "cabinet:news": OWN_PAGE,
    "cabinet:obligations": OWN_PAGE,
    "cabinet:calendar": OWN_PAGE,
    "cabinet:payments_calendar": OWN_PAGE,
    "cabinet:access_log": OWN_PAGE,
    "cabinet:messages": OWN_PAGE,
    "accounts:email_confirm": both(ALL),
    "accounts:contacts": OWN_PAGE,
    "accounts:settings": OWN_FORM,
    "accounts:phone_change": OWN_FORM,
    "accounts:phone_code": OWN_FORM,
    "accounts:email_change": OWN_FORM,
    "accounts:address_change": OWN_FORM,
    "accounts:recovery_stop": Row(NOBODY, PEOPLE),
    "payments:list": OWN_PAGE,
    "payments:sheet": OWN_PAGE,
    "payments:count_credit": Row(NOBODY, PEOPLE),
    "payments:pay": OWN_FORM,
    "payments:claims": OWN_FORM,
    "payments:posting_times": Row(PEOPLE | STAFF),
    "payments:status_code": OWN_FORM,
    "payments:status_code_pdf": OF_THE_OWNER,
    "payments:status_code_revoke": Row(NOBODY, {"owner"}),
    "payments:certificate": OWN_FORM,
    "payments:links": OWN_FORM,
    "payments:link_revoke": Row(NOBODY, {"owner"}),
    "payments:certificate_pdf": OF_THE_OWNER,
    "payments:certificate_revoke": Row(NOBODY, {"owner"}),
    "payments:receipt_new": OWN_FORM,
    "payments:cheque": OF_THE_OWNER,
    "payments:claim_answer": both({"owner"}),
    "payments:claim_letter": OF_THE_OWNER,
    "payments:back": OF_THE_OWNER,
    "payments:receipt": OF_THE_OWNER,
    "payments:receipt_qr": OF_THE_OWNER,
    "payments:receipt_pdf": OF_THE_OWNER,
    "payments:receipt_txt": OF_THE_OWNER,
    "payments:calculator": OWN_PAGE,
    "payments:papers": OWN_FORM,
    "payments:papers_year": OF_THE_OWNER,
    "payments:tax_paid": OF_THE_OWNER,
    "payments:kept_cheque": OF_THE_OWNER,
    # the desk
    "admin:index": both(STAFF),
    "admin:login": both(PEOPLE | STAFF),
    # who is no member of the staff is sent on from there, still signed in
    "admin:logout": Row(PEOPLE, PEOPLE | STAFF),
    "admin:password_change": both(STAFF),
    "admin:password_change_done": both(STAFF),
    "admin:autocomplete": Row(NOBODY),
    "admin:jsi18n": Row(STAFF),
    "admin:view_on_site": Row(NOBODY),
    "admin:app_list": both(READERS),
    "admin:find": both(READERS),
    "admin:worklist": both(DESK),
    "admin:person_card": Row(READERS),
    "admin:person_phones": Row(NOBODY, READERS),
    "admin:person_note": Row(NOBODY, DESK | {"accountant"}),
    "admin:hotline": both({"hotline"}),
    "admin:hotline_call": both({"hotline"}),
    "admin:assist": both(DESK),
    "admin:assist_cheque": both(DESK | {"accountant"}),
    "admin:assist_receipt": both(DESK),
    "admin:assist_paper": both(DESK),
    "admin:message_texts": Row({"operator", "supervisor", "auditor"}),
    "admin:check_paper": both(PAYMENTS),
    "admin:till_take": Row(NOBODY, DESK),
    "admin:till_ask_bank": Row(NOBODY, DESK),
    "admin:reconciliation": Row(PAYMENTS, PAYMENTS - {"auditor"}),
    "admin:till_report": Row(PAYMENTS, PAYMENTS - {"auditor"}),
    "admin:till_correct": both(PAYMENTS - {"auditor"}),
    "admin:accounts_approval_decide": Row(NOBODY, DESK),
    "admin:accounts_person_access": both(DESK),
    "admin:accounts_person_phone": both(DESK),
    "admin:accounts_person_shift": both(DESK),
    "admin:accounts_person_correct": both(DESK),
    "admin:accounts_person_merge": both(DESK),
    "admin:accounts_person_password": both(DESK),
    "admin:accounts_user_password": both({"supervisor"}),
    "admin:patents_application_step": both(DESK),
    "admin:patents_feeditem_upload": both({"supervisor"}),
    "admin:patents_feeditem_again": both(DESK),
    "admin:patents_feeditem_assign": both(DESK),
    "admin:patents_feeditem_aside": both(DESK),
    "admin:patents_feeditem_theirs": both(DESK),
    "admin:patents_feeditem_undo": both(DESK),
    "admin:patents_application_again": both(DESK),
    "admin:patents_application_paper": both(DESK),
    "admin:patents_application_list": both(DESK),
    "admin:patents_application_template": both(DESK),
    "admin:patents_application_register": both(DESK),
    "admin:patents_application_results": both(DESK),
    "admin:payments_claim_cheque": both(MONEY),
    "admin:payments_claim_letter": both(MONEY),
    "admin:payments_claim_ask": both({"accountant", "supervisor"}),
    "admin:payments_claim_confirm": both({"accountant", "supervisor"}),
    "admin:payments_receipt_cancel": both(DESK),
    "admin:payments_signedcode_withdraw": both(DESK),
    "admin:payments_claim_reject": both({"accountant", "supervisor"}),
    "admin:payments_openingmonths_correct": both({"accountant", "supervisor"}),
    "admin:payments_charge_refund": both({"accountant", "supervisor"}),
    "admin:payments_charge_correct": both({"accountant", "supervisor"}),
    "admin:payments_charge_ask": both({"accountant", "supervisor"}),
    "admin:payments_charge_end": both({"accountant", "supervisor"}),
    "admin:payments_charge_settle": both({"accountant", "supervisor"}),
    "admin:payments_refund_end": both({"accountant", "supervisor"}),
    "admin:payments_statement_annul": both({"accountant", "supervisor"}),
    "admin:payments_account_joint": both({"accountant", "supervisor"}),
    "admin:payments_statement_release": both({"accountant", "supervisor"}),
    "admin:payments_withdrawal_new": both({"accountant", "supervisor"}),
    "admin:payments_withdrawal_statement": both({"accountant", "supervisor"}),
    "admin:payments_placement_decide": both({"accountant", "supervisor"}),
    "admin:payments_statement_preview": both({"accountant", "supervisor"}),
    "admin:payments_statement_upload": both({"accountant", "supervisor"}),
    "admin:payments_statement_uploaded": both({"accountant", "supervisor"}),
    "admin:payments_statement_refused": Row({"accountant", "supervisor"}),
    "admin:payments_statement_seen": Row(post={"accountant", "supervisor"}),
    "admin:payments_statement_again": Row(post={"accountant", "supervisor"}),
}


@dataclass(frozen=True)
class Model:
    """The five pages of a model: who reads, who adds, who changes; nobody deletes.

    A card of our own answers a POST like a GET: its buttons post to pages of their own.
    """

    read: set
    add: set = field(default_factory=set)
    change: set = field(default_factory=set)
    own_card: bool = False

    def rows(self) -> dict[str, Row]:
        return {
            "changelist": both(self.read),
            "add": both(self.add),
            "change": Row(self.read, self.read if self.own_card else self.change),
            "history": both(self.read),
            "delete": Row(NOBODY),
        }


CHIEF = {"supervisor"}
MODELS = {
    "auth_group": Model(CHIEFS),
    "journal_export": Model(CHIEFS),
    "journal_heartbeat": Model(CHIEFS),
    "journal_jobrun": Model(CHIEFS),
    "journal_look": Model(CHIEFS),
    "notifications_message": Model({"operator", "supervisor", "auditor"}),
    "notifications_operator": Model(CHIEFS),
    "notifications_spent": Model(CHIEFS),
    "accounts_approval": Model(PAYMENTS, own_card=True),
    "accounts_country": Model({"auditor"}),
    "accounts_person": Model(READERS),
    "accounts_timelineentry": Model(READERS),
    "accounts_user": Model(CHIEFS, CHIEF, CHIEF),
    "cabinet_announcement": Model(READERS, CHIEF, CHIEF),
    "cabinet_helptopic": Model(READERS, CHIEF, CHIEF),
    "cabinet_obligation": Model(READERS, CHIEF, CHIEF),
    "patents_application": Model(READERS, DESK, own_card=True),
    "patents_documentkind": Model(READERS, CHIEF, CHIEF),
    "patents_feeditem": Model({"operator", "supervisor", "auditor"}, own_card=True),
    "patents_inn": Model(READERS),
    "patents_paper": Model(READERS),
    "patents_patent": Model(READERS),
    "patents_news": Model(READERS, change=CHIEF),
    "patents_patentrule": Model(READERS, CHIEF, CHIEF),
    "patents_refusalkind": Model(READERS, CHIEF, CHIEF),
    "payments_account": Model(MONEY),
    "payments_charge": Model(PAYMENTS),
    "payments_claim": Model(MONEY, own_card=True),
    "payments_openingmonths": Model(MONEY),
    "payments_mobileoperator": Model(MONEY, CHIEF, CHIEF),
    "payments_outgoing": Model(MONEY),
    "payments_paylink": Model(PAYMENTS),
    "payments_paymentmethod": Model(MONEY, change=CHIEF),
    "payments_placement": Model(PAYMENTS),
    "payments_receipt": Model(PAYMENTS),
    "payments_refund": Model(MONEY),
    "payments_register": Model(MONEY, CHIEF, CHIEF),
    "payments_requisites": Model(MONEY, CHIEF, CHIEF),
    "payments_signedcode": Model(PAYMENTS),
    "payments_statement": Model(MONEY),
    "payments_statementline": Model(MONEY),
    "payments_tariff": Model(MONEY, CHIEF, CHIEF),
    "payments_trace": Model(PAYMENTS),
    "payments_withdrawal": Model(MONEY),
    "payments_till": Model(PAYMENTS, CHIEF, CHIEF),
    "payments_tillpayment": Model(PAYMENTS),
}

ROWS = PAGES | {
    f"admin:{model}_{page}": row
    for model, facts in MODELS.items()
    for page, row in facts.rows().items()
}

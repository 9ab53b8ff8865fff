"""The staff's groups and what each may do. Code is the source: after each migrate groups agree."""

from django.contrib.auth.models import Group, Permission

READ_PEOPLE = {
    "accounts": {
        "view_correction",
        "view_loginname",
        "view_passport",
        "view_person",
        "view_phone",
        "view_timelineentry",
    },
    "patents": {
        "view_application",
        "view_inn",
        "view_paper",
        "view_patent",
        "view_patentrule",
    },
}
READ_MONEY = {
    "payments": {
        "view_account",
        "view_charge",
        "view_claim",
        "view_openingmonths",
        "view_outgoing",
        "view_paylink",
        "view_mobileoperator",
        "view_paymentmethod",
        "view_placement",
        "view_receipt",
        "view_refund",
        "view_register",
        "view_requisites",
        "view_signedcode",
        "view_statement",
        "view_statementline",
        "view_tariff",
        "view_till",
        "view_tillpayment",
        "view_trace",
        "view_withdrawal",
    }
}
SEE_PAYMENTS = {
    "payments": {
        "view_charge",
        "view_paylink",
        "view_placement",
        "view_receipt",
        "view_signedcode",
        "view_trace",
    }
}
READ_MESSAGES = {"notifications": {"view_message"}}
SERVE_PEOPLE = {
    "accounts": {"add_person", "change_person"},
    "patents": {
        "add_application",
        "add_inn",
        "add_patent",
        "change_application",
        "change_inn",
        "change_patent",
    },
}
ASSIST = {
    "payments": {
        "add_charge",
        "add_claim",
        "add_receipt",
        "change_receipt",
        "change_signedcode",
    }
}
TAKE_MONEY = {"payments": {"add_tillpayment", "view_till", "view_tillpayment"}}
# To ask; with `accounts.change_approval` also to decide what a colleague asked.
CORRECT_TILLS = {"payments": {"change_tillpayment"}}
DECIDE_FOR_PEOPLE = {"accounts": {"add_approval", "change_approval", "view_approval"}}
MATCH_MONEY = {
    "payments": {
        "add_claim",
        "add_statement",
        "add_withdrawal",
        "change_claim",
        "change_openingmonths",
        "change_placement",
        "change_statementline",
    }
}
GIVE_BACK = {
    "accounts": {"change_approval", "view_approval"},
    "payments": {"add_refund"},
}
LOOK_AFTER = {
    "notifications": {"read_message_text", "view_operator", "view_spent"},
    "accounts": {"add_user", "change_user", "view_user"},
    "auth": {"view_group"},
    "journal": {"export_many", "view_export", "view_heartbeat", "view_jobrun", "view_look"},
    "patents": {"add_patentrule", "change_patentrule"},
    "payments": {
        "add_register",
        "add_requisites",
        "add_tariff",
        "add_till",
        "add_mobileoperator",
        "change_mobileoperator",
        "change_paymentmethod",
        "change_register",
        "change_requisites",
        "change_tariff",
        "change_till",
    },
}

READ_THE_REST = {
    "accounts": {"view_approval", "view_correction", "view_country", "view_user"},
    "auth": {"view_group"},
    "journal": {"view_export", "view_heartbeat", "view_jobrun", "view_look"},
    "notifications": {"read_message_text", "view_operator", "view_spent"},
}
READ_TEXTS = {
    "cabinet": {"view_announcement", "view_helptopic", "view_obligation"},
    "patents": {"view_documentkind", "view_news", "view_refusalkind"},
}
WRITE_TEXTS = {
    "cabinet": {
        "add_announcement",
        "add_helptopic",
        "add_obligation",
        "change_announcement",
        "change_helptopic",
        "change_obligation",
    },
    "patents": {
        "add_documentkind",
        "add_refusalkind",
        "change_documentkind",
        "change_news",
        "change_refusalkind",
    },
}
READ_FEED = {"patents": {"view_feeditem"}}
DECIDE_FEED = {"patents": {"change_feeditem"}}
BRING_FEED = {"patents": {"add_feeditem"}}
TAKE_LISTS = {"journal": {"add_export"}}
ANSWER_CALLS = {"desk": {"add_callercheck"}}
READ_NOTES = {"desk": {"view_note"}}
WRITE_NOTES = {"desk": {"add_note", "view_note"}}

ROLES = {
    "operator": [
        READ_PEOPLE,
        READ_MESSAGES,
        READ_TEXTS,
        SERVE_PEOPLE,
        SEE_PAYMENTS,
        DECIDE_FOR_PEOPLE,
        ASSIST,
        TAKE_MONEY,
        CORRECT_TILLS,
        READ_FEED,
        DECIDE_FEED,
        TAKE_LISTS,
        WRITE_NOTES,
    ],
    "accountant": [
        READ_PEOPLE,
        READ_MONEY,
        READ_TEXTS,
        MATCH_MONEY,
        CORRECT_TILLS,
        GIVE_BACK,
        TAKE_LISTS,
        WRITE_NOTES,
    ],
    "reviewer": [READ_PEOPLE, READ_TEXTS, READ_NOTES],
    "supervisor": [
        READ_PEOPLE,
        READ_MONEY,
        READ_MESSAGES,
        SERVE_PEOPLE,
        DECIDE_FOR_PEOPLE,
        ASSIST,
        TAKE_MONEY,
        CORRECT_TILLS,
        MATCH_MONEY,
        GIVE_BACK,
        LOOK_AFTER,
        TAKE_LISTS,
        READ_TEXTS,
        WRITE_TEXTS,
        READ_FEED,
        DECIDE_FEED,
        BRING_FEED,
        WRITE_NOTES,
    ],
    "auditor": [
        READ_PEOPLE,
        READ_MONEY,
        READ_MESSAGES,
        READ_TEXTS,
        READ_THE_REST,
        READ_FEED,
        READ_NOTES,
    ],
    "hotline": [ANSWER_CALLS],
}


APPS = set().union(*(duty for duties in ROLES.values() for duty in duties))


def wanted(role: str, app_label: str) -> set[str]:
    """Codenames of one app that a role has."""
    return set().union(*(duty.get(app_label, set()) for duty in ROLES[role]))


def sync(app_label: str) -> None:
    """Bring every group's permissions of one app to what stands here; other apps stay."""
    if app_label not in APPS:
        return
    permissions = Permission.objects.filter(content_type__app_label=app_label)
    by_codename = {permission.codename: permission for permission in permissions}
    for role in ROLES:
        _bring(role, app_label, by_codename)


def _bring(role: str, app_label: str, by_codename: dict[str, Permission]) -> None:
    group, _ = Group.objects.get_or_create(name=role)
    right = [by_codename[name] for name in wanted(role, app_label) if name in by_codename]
    theirs = group.permissions.filter(content_type__app_label=app_label)
    group.permissions.remove(*theirs.exclude(pk__in=[permission.pk for permission in right]))
    group.permissions.add(*right)

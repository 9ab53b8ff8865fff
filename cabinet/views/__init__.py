from cabinet.views.access import who_looked
from cabinet.views.calendar import calendar, payments_calendar
from cabinet.views.documents import document_sample, documents
from cabinet.views.errors import bad_request, csrf_failure, forbidden, not_found, server_error
from cabinet.views.examples import examples_page
from cabinet.views.help import help_page, no_access, no_sms, our_sms, words
from cabinet.views.history import history, history_sheet
from cabinet.views.home import home
from cabinet.views.inbox import messages
from cabinet.views.inn import inn
from cabinet.views.landing import landing
from cabinet.views.news import news
from cabinet.views.obligations import obligations
from cabinet.views.open import (
    inn_asked,
    patent_check,
    pay,
    receipt,
    receipt_made,
    receipt_made_pdf,
    status,
)
from cabinet.views.patent import patent
from cabinet.views.tariffs import tariffs

__all__ = [
    "bad_request",
    "calendar",
    "csrf_failure",
    "document_sample",
    "documents",
    "examples_page",
    "forbidden",
    "help_page",
    "history",
    "history_sheet",
    "home",
    "inn",
    "inn_asked",
    "landing",
    "messages",
    "news",
    "no_access",
    "no_sms",
    "not_found",
    "obligations",
    "our_sms",
    "patent",
    "patent_check",
    "pay",
    "payments_calendar",
    "receipt",
    "receipt_made",
    "receipt_made_pdf",
    "server_error",
    "status",
    "tariffs",
    "who_looked",
    "words",
]

from django.urls import path

from cabinet import views

app_name = "cabinet"

urlpatterns = [
    path("", views.landing, name="landing"),
    path("cabinet/", views.home, name="home"),
    path("cabinet/patent/", views.patent, name="patent"),
    path("cabinet/inn/", views.inn, name="inn"),
    path("cabinet/documents/", views.documents, name="documents"),
    path("cabinet/documents/sample/", views.document_sample, name="document_sample"),
    path("cabinet/tariffs/", views.tariffs, name="tariffs"),
    path("cabinet/history/", views.history, name="history"),
    path("cabinet/history.xlsx", views.history_sheet, name="history_sheet"),
    path("cabinet/news/", views.news, name="news"),
    path("cabinet/obligations/", views.obligations, name="obligations"),
    path("cabinet/calendar.ics", views.calendar, name="calendar"),
    path("cabinet/payments.ics", views.payments_calendar, name="payments_calendar"),
    path("cabinet/access-log/", views.who_looked, name="access_log"),
    path("cabinet/messages/", views.messages, name="messages"),
    path("examples/", views.examples_page, name="examples"),
    path("services/status/", views.status, name="open_status"),
    path("services/patent/", views.patent_check, name="open_patent"),
    path("services/inn/", views.inn_asked, name="open_inn"),
    path("services/pay/", views.pay, name="open_pay"),
    path("services/receipt/", views.receipt, name="open_receipt"),
    path("services/receipt/<slug:reference>/", views.receipt_made, name="open_receipt_made"),
    path(
        "services/receipt/<slug:reference>.pdf",
        views.receipt_made_pdf,
        name="open_receipt_made_pdf",
    ),
    path("help/", views.help_page, name="help"),
    path("help/no-access/", views.no_access, name="no_access"),
    path("help/no-sms/", views.no_sms, name="no_sms"),
    path("help/our-sms/", views.our_sms, name="our_sms"),
    path("help/words/", views.words, name="words"),
]

from django.urls import path

from payments.views import (
    calculator,
    certificates,
    claims,
    credits,
    hook,
    links,
    lists,
    papers,
    pay,
    posting_times,
    receipts,
    verify,
)

app_name = "payments"

urlpatterns = [
    path("cabinet/payments/", lists.payment_list, name="list"),
    path("cabinet/payments.xlsx", lists.payment_sheet, name="sheet"),
    path("cabinet/payments/pay/", pay.pay, name="pay"),
    path("cabinet/payments/claims/", claims.claims, name="claims"),
    path("cabinet/payments/claims/<int:pk>/cheque/", claims.cheque, name="cheque"),
    path("cabinet/payments/claims/<int:pk>/answer/", claims.answer, name="claim_answer"),
    path("cabinet/payments/claims/<int:pk>/letter.pdf", claims.letter_pdf, name="claim_letter"),
    path("cabinet/payments/credit/", credits.count_credit, name="count_credit"),
    path("cabinet/payments/certificate/", certificates.certificate, name="certificate"),
    path(
        "cabinet/payments/certificate/<slug:serial>.pdf",
        certificates.certificate_as_pdf,
        name="certificate_pdf",
    ),
    path(
        "cabinet/payments/certificate/<slug:serial>/revoke/",
        certificates.certificate_revoke,
        name="certificate_revoke",
    ),
    path("cabinet/payments/back/<slug:reference>/", pay.back, name="back"),
    path("cabinet/payments/times/", posting_times.times, name="posting_times"),
    path("posting-times/", posting_times.times_for_all, name="posting_times_for_all"),
    path("cabinet/payments/calculator/", calculator.calculator, name="calculator"),
    path("cabinet/papers/", papers.archive, name="papers"),
    path("cabinet/papers/<int:year>.pdf", papers.year_pdf, name="papers_year"),
    path("cabinet/papers/<int:year>/tax.pdf", papers.tax_pdf, name="tax_paid"),
    path("cabinet/papers/cheques/<int:pk>/", papers.kept_cheque, name="kept_cheque"),
    path("cabinet/receipts/new/", receipts.receipt_new, name="receipt_new"),
    path("cabinet/receipts/<slug:reference>/", receipts.receipt, name="receipt"),
    path("cabinet/receipts/<slug:reference>/qr.svg", receipts.receipt_qr, name="receipt_qr"),
    path("cabinet/receipts/<slug:reference>.txt", receipts.receipt_txt, name="receipt_txt"),
    path("cabinet/receipts/<slug:reference>.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("cabinet/payments/links/", links.links, name="links"),
    path("cabinet/payments/links/<int:pk>/revoke/", links.link_revoke, name="link_revoke"),
    path("pay/<str:token>/", links.pay_link, name="pay_link"),
    path("verify/", verify.enter, name="verify_enter"),
    path("verify/<str:code>/", verify.verify, name="verify"),
    path("verify/<str:code>/qr.svg", verify.verify_qr, name="verify_qr"),
    # A QR is smaller in capitals.
    path("VERIFY/<str:code>", verify.verify, name="verify_capitals"),
    path("VERIFY/<str:code>/", verify.verify),
    path("hooks/yookassa/", hook.yookassa_hook, name="hook"),
]

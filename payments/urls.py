from django.urls import path

from payments.views import calculator, claims, credits, hook, lists, papers, pay, receipts

app_name = "payments"

urlpatterns = [
    path("cabinet/payments/", lists.payment_list, name="list"),
    path("cabinet/payments.xlsx", lists.payment_sheet, name="sheet"),
    path("cabinet/payments/pay/", pay.pay, name="pay"),
    path("cabinet/payments/claims/", claims.claims, name="claims"),
    path("cabinet/payments/claims/<int:pk>/cheque/", claims.cheque, name="cheque"),
    path("cabinet/payments/credit/", credits.count_credit, name="count_credit"),
    path("cabinet/payments/certificate/", lists.certificate, name="certificate"),
    path("cabinet/payments/back/<slug:reference>/", pay.back, name="back"),
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
    path("hooks/yookassa/", hook.yookassa_hook, name="hook"),
]

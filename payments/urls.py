from django.urls import path

from payments import claim_views, paper_views, views

app_name = "payments"

urlpatterns = [
    path("cabinet/payments/", views.payment_list, name="list"),
    path("cabinet/payments/pay/", views.pay, name="pay"),
    path("cabinet/payments/claims/", claim_views.claims, name="claims"),
    path("cabinet/payments/claims/<int:pk>/cheque/", claim_views.cheque, name="cheque"),
    path("cabinet/payments/certificate/", views.certificate, name="certificate"),
    path("cabinet/payments/back/<slug:reference>/", views.back, name="back"),
    path("cabinet/papers/", paper_views.archive, name="papers"),
    path("cabinet/papers/<int:year>.pdf", paper_views.year_pdf, name="papers_year"),
    path("cabinet/papers/<int:year>/tax.pdf", paper_views.tax_pdf, name="tax_paid"),
    path("cabinet/papers/cheques/<int:pk>/", paper_views.kept_cheque, name="kept_cheque"),
    path("cabinet/receipts/new/", views.receipt_new, name="receipt_new"),
    path("cabinet/receipts/<slug:reference>/", views.receipt, name="receipt"),
    path("cabinet/receipts/<slug:reference>/qr.svg", views.receipt_qr, name="receipt_qr"),
    path("cabinet/receipts/<slug:reference>.pdf", views.receipt_pdf, name="receipt_pdf"),
    path("hooks/yookassa/", views.yookassa_hook, name="hook"),
]

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("hooks/sms/<slug:provider>/<str:secret>/", views.sms_receipt, name="sms_receipt"),
]

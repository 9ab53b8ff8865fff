from django.urls import path

from ussd import views

app_name = "ussd"
urlpatterns = [
    path("ussd/", views.ussd, name="ussd"),
    path(
        "hooks/sms/<slug:provider>/<str:secret>/inbound/", views.sms_to_centre, name="sms_to_centre"
    ),
]

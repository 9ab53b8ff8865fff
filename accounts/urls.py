from django.urls import path

from accounts import views
from accounts.views.memo import memo
from accounts.views.second_step import second_step
from accounts.views.settings import settings, unsubscribe

app_name = "accounts"
urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("login/code/", second_step, name="second_step"),
    path("login/number/", views.forgot_number, name="forgot_number"),
    path("login/number/done/", views.number_sent, name="number_sent"),
    path("logout/", views.log_out, name="logout"),
    path("password/change/", views.change_password, name="password_change"),
    path("password/reset/", views.reset_password, name="password_reset"),
    path("password/reset/done/", views.reset_done, name="password_reset_done"),
    path("password/reset/code/<slug:key>.wav", views.spoken_code, name="spoken_code"),
    path("password/recover/", views.recover, name="recover"),
    path("password/recover/done/", views.recover_done, name="recover_done"),
    path("help/memo/", memo, name="memo"),
    path("email/<str:token>/", views.confirm_email, name="email_confirm"),
    path("cabinet/contacts/", views.contacts, name="contacts"),
    path("cabinet/contacts/phone/", views.change_phone, name="phone_change"),
    path("cabinet/contacts/phone/code/", views.phone_code, name="phone_code"),
    path("cabinet/contacts/email/", views.change_email, name="email_change"),
    path("cabinet/contacts/address/", views.change_address, name="address_change"),
    path("cabinet/contacts/recovery/stop/", views.stop_recovery, name="recovery_stop"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("cabinet/settings/", settings, name="settings"),
    path("cabinet/settings/sessions/", views.sessions, name="sessions"),
    path("cabinet/settings/sessions/others/", views.end_other_sessions, name="sessions_end"),
    path("cabinet/settings/sessions/<int:pk>/not-me/", views.not_me, name="session_not_me"),
]

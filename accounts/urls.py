from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("password/change/", views.change_password, name="password_change"),
    path("password/reset/", views.reset_password, name="password_reset"),
    path("password/reset/done/", views.reset_done, name="password_reset_done"),
]

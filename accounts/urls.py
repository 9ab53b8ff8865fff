from django.urls import path

from accounts import views
from accounts.views.second_step import second_step

app_name = "accounts"
urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("login/code/", second_step, name="second_step"),
    path("logout/", views.log_out, name="logout"),
    path("password/change/", views.change_password, name="password_change"),
    path("password/reset/", views.reset_password, name="password_reset"),
    path("password/reset/done/", views.reset_done, name="password_reset_done"),
]

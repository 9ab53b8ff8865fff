from captcha import views as picture_code
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

# They stand before the door, and their packages do not say so.
for view in (picture_code.captcha_image, set_language):
    login_not_required(view)

urlpatterns = [
    path("", include("cabinet.urls")),
    path("", include("accounts.urls")),
    path("", include("payments.urls")),
    path("", include("notifications.urls")),
    path("", include("ussd.urls")),
    path("", include("mmc_portal.health")),
    path("captcha/", include("captcha.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]

handler400 = "cabinet.views.bad_request"
handler403 = "cabinet.views.forbidden"
handler404 = "cabinet.views.not_found"
handler500 = "cabinet.views.server_error"

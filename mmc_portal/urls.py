from captcha import views as picture_code
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from accounts.views.language import choose_language

# It stands before the door, and its package does not say so.
login_not_required(picture_code.captcha_image)

urlpatterns = [
    path("", include("cabinet.urls")),
    path("", include("accounts.urls")),
    path("", include("payments.urls")),
    path("", include("notifications.urls")),
    path("", include("ussd.urls")),
    path("", include("mmc_portal.health")),
    path("captcha/", include("captcha.urls")),
    path("i18n/setlang/", choose_language, name="set_language"),
    path("admin/", admin.site.urls),
]

handler400 = "cabinet.views.bad_request"
handler403 = "cabinet.views.forbidden"
handler404 = "cabinet.views.not_found"
handler500 = "cabinet.views.server_error"

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    site_title = _("Migration centre")
    site_header = _("Migration centre: staff desk")
    index_title = _("Work of the day")
    enable_nav_sidebar = False

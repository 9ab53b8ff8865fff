from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Django's own admin under our title; the staff's pages live inside it."""

    default_site = "mmc_portal.admin_site.PortalAdminSite"

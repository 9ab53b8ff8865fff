import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.production")

application = get_wsgi_application()

from mmc_portal.start import refuse_demo_people  # noqa: E402  (needs the apps)

refuse_demo_people()

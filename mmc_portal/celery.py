import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.local")

app = Celery("mmc_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.local")

app = Celery("mmc_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _check_before_work(**_facts) -> None:
    from mmc_portal.start import refuse_demo_people

    refuse_demo_people()

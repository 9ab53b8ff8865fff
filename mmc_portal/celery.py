import os

from celery import Celery, Task
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.local")


class NamedInHistory(Task):
    """What a task changes says which task it was."""

    def __call__(self, *args, **kwargs):
        from journal.history import acting

        with acting(None, f"task {self.name}"):
            return self.run(*args, **kwargs)


app = Celery("mmc_portal", task_cls=NamedInHistory)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _check_before_work(**_facts) -> None:
    from mmc_portal.start import refuse_demo_people

    refuse_demo_people()

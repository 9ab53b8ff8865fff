import os

from celery import Celery, Task
from celery.signals import beat_init, task_prerun, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.local")

PUBLISH_SECONDS = 1  # the sweep delivers what could not be said


class NamedInHistory(Task):
    """What a task changes says which task it was."""

    def __call__(self, *args, **kwargs):
        from journal.history import acting

        with acting(None, f"task {self.name}"):
            return self.run(*args, **kwargs)


class Portal(Celery):
    """Who says that there is work waits for a broker that hangs as little as for a dead one."""

    def connection_for_write(self, url=None, **kwargs):
        kwargs["transport_options"] = {
            **(kwargs.get("transport_options") or {}),
            "socket_timeout": PUBLISH_SECONDS,
            "socket_connect_timeout": PUBLISH_SECONDS,
        }
        return super().connection_for_write(url, **kwargs)


app = Portal("mmc_portal", task_cls=NamedInHistory)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _check_before_work(**_facts) -> None:
    from mmc_portal.start import refuse_demo_people

    refuse_demo_people()


@beat_init.connect
def _beat_at_once(**_facts) -> None:
    """Before the first turn of the schedule, so that `readyz` need not wait for it."""
    app.send_task("journal.tasks.beat")


@task_prerun.connect
def _somebody_reads_the_queue(task: Task | None = None, **_facts) -> None:
    from journal.queues import mark

    if task is not None and not task.request.is_eager:
        mark((task.request.delivery_info or {}).get("routing_key", ""))

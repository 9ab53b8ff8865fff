"""Tasks are thin: they may run twice, late or never, and the feed knows it."""

from celery import shared_task

from patents.feed.polling import poll


@shared_task(ignore_result=True)
def ask_ministry() -> None:
    poll()

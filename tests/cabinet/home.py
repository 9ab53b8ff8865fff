"""The home page of somebody whose last covered day is three days ago."""

from datetime import date, datetime

import time_machine
from django.urls import reverse

from common.clock import MOSCOW
from patents.models import DocumentKind, Paper

HOME = reverse("cabinet:home")
NOON = datetime(2026, 2, 17, 12, tzinfo=MOSCOW)


def page_of(client, at=NOON) -> str:
    with time_machine.travel(at, tick=False):
        return client.get(HOME).content.decode()


def main_of(client, at=NOON) -> str:
    """The main block of the page: the rest of it is the same for everybody."""
    page = page_of(client, at)
    return page[page.index("<main") : page.index("</main>")]


def to_mend(application, remark="Цель въезда не «работа».") -> Paper:
    return Paper.objects.create(
        application=application,
        kind=DocumentKind.objects.get(slug="migration-card"),
        state="mend",
        remark=remark,
        handed_on=date(2026, 2, 16),
    )

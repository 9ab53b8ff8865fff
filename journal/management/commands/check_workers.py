import sys

from django.core.management.base import BaseCommand

from journal.models import Heartbeat


class Command(BaseCommand):
    help = "Names the queues that nobody reads, with since when; exit 1 when there is one."

    def handle(self, **options):
        silent = list(Heartbeat.objects.silent().order_by("name"))
        for row in silent:
            self.stderr.write(f"nobody reads {row.name} since {row.seen_at:%Y-%m-%d %H:%M} UTC")
        if silent:
            sys.exit(1)

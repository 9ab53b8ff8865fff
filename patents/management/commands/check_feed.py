import sys

from django.core.management.base import BaseCommand

from patents.feed.audit import audit


class Command(BaseCommand):
    help = "Counts the Ministry's items by state; exit 1 when one is nowhere or the feed is silent."

    def handle(self, **options):
        found = audit()
        for state, count in found.by_state.items():
            self.stdout.write(f"{state}: {count}")
        self.stdout.write(f"total: {found.total}")
        for trouble in found.troubles:
            self.stderr.write(trouble)
        if found.troubles:
            sys.exit(1)

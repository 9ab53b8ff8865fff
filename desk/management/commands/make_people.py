from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from common.clock import today
from desk.crowd.copies import make_copies
from desk.crowd.sample import make_sample

SAMPLE = 500


class Command(BaseCommand):
    help = "Makes many invented people with ten payments and their history each, for measuring."

    def add_arguments(self, parser):
        parser.add_argument("people", type=int, help="how many; rounded up to the sample's size")

    def handle(self, people: int, **options):
        if not settings.LOCAL:
            raise CommandError("Invented people live in the local mode only.")
        size = min(people, SAMPLE)
        make_sample(size, today())
        copies = -(-people // size) - 1
        if copies:
            make_copies(copies, size)
        self.stdout.write(f"People: {size * (copies + 1)}, payments: {10 * size * (copies + 1)}.")

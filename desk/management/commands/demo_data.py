from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk.demo.make import make_demo
from payments import posting_times


class Command(BaseCommand):
    help = "Makes the demo people, or brings them back to what the README promises of them."

    def handle(self, **options):
        if not settings.LOCAL:
            raise CommandError("Demo people live in the local mode only.")
        renewed = make_demo()
        posting_times.count_now()
        told = f"told anew: {', '.join(renewed)}" if renewed else "all promises still hold"
        self.stdout.write(f"Demo people: {told}.")

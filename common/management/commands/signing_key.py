"""A new pair of keys for signed codes: docs/signed-codes.md says how keys are changed."""

from django.core.management.base import BaseCommand

from common import signing


class Command(BaseCommand):
    help = "makes a pair of keys and prints both settings: the one that signs, and its public half"

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, choices=range(256), metavar="NUMBER")

    def handle(self, *args, number: int, **options):
        private, public = signing.new_key(number)
        self.stdout.write(f"first in SIGNING_KEYS: {private}")
        self.stdout.write(f"when it is replaced:   {public}")

from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand

from accounts import breached

SHORTEST = 10  # shorter ones are refused anyway


class Command(BaseCommand):
    help = "Makes the offline list of breached passwords out of word lists, the commonest first."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--most", type=int, default=150_000, help="of each file")

    def handle(self, *args, files, most, **options):
        passwords = [word for file in files for word in islice(_words(file), most)]
        packed = breached.pack(passwords)
        breached.FILE.write_bytes(packed)
        print(f"{len(packed) // breached.WIDTH} passwords, {len(packed)} bytes")


def _words(file: Path):
    with file.open(encoding="utf-8", errors="ignore") as lines:
        yield from (word for line in lines if len(word := line.rstrip("\n")) >= SHORTEST)

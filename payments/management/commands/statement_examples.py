from pathlib import Path

from django.core.management.base import BaseCommand

from payments.statements.examples import examples


class Command(BaseCommand):
    help = "Writes a small statement file of every format, with invented people, into a folder."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in examples().items():
            (folder / name).write_bytes(content)
            self.stdout.write(str(folder / name))

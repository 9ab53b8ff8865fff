"""Registers a list of people from a file, as the admin does; passwords go by SMS only."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from common.errors import Refusal
from patents.lists import tables
from patents.lists.checking import Verdict, check
from patents.lists.columns import COLUMNS
from patents.lists.registering import register

MOST_ROWS = 5000


class Command(BaseCommand):
    help = (
        "Registers the people of a .csv or .xlsx file and sends their one-time passwords by SMS. "
        "Prints a line for each row; exit 1 when a row failed. The columns, in any order, by key "
        "or Russian head: "
        + ", ".join(f"{c.key} ({c.head}{', needed' if c.required else ''})" for c in COLUMNS)
        + ". An empty number takes the next free one; an empty accepted_on is today; one of the "
        "two phones is needed. The same file again registers nobody twice."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")

    def handle(self, *args, file: Path, dry_run: bool, **options):
        rows = self._read(file)
        failed = self._preview(rows) if dry_run else self._register(rows)
        if failed:
            raise CommandError(f"{failed} of {len(rows)} rows failed", returncode=1)

    def _read(self, file: Path):
        try:
            return tables.read(file.read_bytes(), MOST_ROWS)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except Refusal as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal

    def _preview(self, rows) -> int:
        checked = check(rows)
        for one in checked:
            self._line(one.row.line, one.number, " ".join([f"{one.words}.", *one.notes]))
        return sum(one.verdict == Verdict.WRONG for one in checked)

    def _register(self, rows) -> int:
        outcomes = register(rows)
        for outcome in outcomes:
            self._line(outcome.line, outcome.number, outcome.said)
        return sum(outcome.failed for outcome in outcomes)

    def _line(self, line: int, number: str, said: str) -> None:
        self.stdout.write(f"{line}: {number or '-'}: {said}")

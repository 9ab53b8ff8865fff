"""The position at go-live, from one workbook; docs/opening.md says what stands in it."""

import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from common.errors import Refusal
from payments.opening.example import example
from payments.opening.faults import OpeningRefused
from payments.services.importing.openings import Taken, check_opening, import_opening

COUNTS = gettext_noop(
    "people %(people)d, applications %(applications)d, patents %(patents)d, months %(months)d"
)


class Command(BaseCommand):
    help = (
        "Takes in the position that a centre goes live with: people, applications, patents, months "
        "paid before, logins without passwords, the last posting day counted of each account. All "
        "of the file, or nothing and every reason with its sheet and line; then exit 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--check", action="store_true", help="only say what would be done")
        parser.add_argument("--example", action="store_true", help="write an example to FILE")

    def handle(self, *, file: Path, check: bool, **options):
        try:
            if options["example"]:
                file.write_bytes(example())
            else:
                self._say(_take(file, check=check), check=check)
        except OSError as error:
            self._refuse(f"{file}: {error.strerror}")
        except OpeningRefused as refusal:
            self._refuse(*map(str, refusal.faults), f"{file}: {refusal}")
        except Refusal as refusal:
            self._refuse(f"{file}: {refusal}")

    def _refuse(self, *lines: str) -> None:
        for line in lines:
            self.stderr.write(line)
        sys.exit(1)

    def _say(self, taken: Taken, *, check: bool) -> None:
        self.stdout.write(_(COUNTS) % asdict(taken))
        self.stdout.write(_("Nothing is written yet.") if check else _("All of it is taken in."))
        if taken.without_phone:
            said = _("%(without_phone)d people have no phone: print slips for them.")
            self.stdout.write(said % asdict(taken))


def _take(file: Path, *, check: bool) -> Taken:
    content = file.read_bytes()
    if check:
        return check_opening(content=content)
    return import_opening(content=content, name=file.name)

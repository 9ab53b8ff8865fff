import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from payments.services.importing.statements import ImportResult, import_statement
from payments.statements.errors import NotAStatement


class Command(BaseCommand):
    help = "Imports statement files; a file that is not a statement leaves nothing behind."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="one object per line")

    def handle(self, *, files: list[Path], **options):
        results = [self._import(path, as_json=options["json"]) for path in files]
        if not all(results):
            sys.exit(1)

    def _import(self, path: Path, *, as_json: bool) -> bool:
        try:
            with path.open("rb") as file:
                result = import_statement(content=file, name=path.name)
        except NotAStatement as refusal:
            self.stderr.write(f"{path}: {refusal}")
            return False
        except OSError as error:
            self.stderr.write(f"{path}: {_why_not_read(error)}")
            return False
        self.stdout.write(_as_json(path, result) if as_json else _as_words(path, result))
        return True


def _why_not_read(error: OSError) -> str:
    """The system's own words are English, and not those of a clerk."""
    if isinstance(error, FileNotFoundError):
        return _("There is no such file.")
    if isinstance(error, IsADirectoryError):
        return _("This is a folder, not a file.")
    return _("The file cannot be read.")


def _counts(result: ImportResult) -> dict[str, int]:
    return {name: getattr(result, name) for name in ("lines", "matched", "queued", "known")}


def _as_json(path: Path, result: ImportResult) -> str:
    return json.dumps({"file": str(path), **_counts(result)}, ensure_ascii=False)


def _as_words(path: Path, result: ImportResult) -> str:
    words = _("%(lines)d lines, %(matched)d matched, %(queued)d queued, %(known)d known")
    return f"{path}: {words % _counts(result)}"

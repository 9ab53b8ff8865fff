import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from patents.feed.errors import NotAFeedFile
from patents.feed.settling import settle
from patents.feed.taking import take_file


class Command(BaseCommand):
    help = "Imports files of the Interior Ministry (docs/ministry-feed.md): one item a line."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)

    def handle(self, *, files: list[Path], **options):
        results = [self._import(path) for path in files]
        settle()
        if not all(results):
            sys.exit(1)

    def _import(self, path: Path) -> bool:
        try:
            count, new = take_file(_read(path))
        except NotAFeedFile as refusal:
            self.stderr.write(f"{path}: {refusal}")
            return False
        except OSError:
            self.stderr.write(f"{path}: {_('The file cannot be read.')}")
            return False
        words = _("Items in the file: %(count)d, new: %(new)d.") % {"count": count, "new": new}
        self.stdout.write(f"{path}: {words}")
        return True


def _read(path: Path) -> bytes:
    if path.stat().st_size > settings.MAX_FEED_FILE_BYTES:
        raise NotAFeedFile(_("The file is too large."))
    return path.read_bytes()

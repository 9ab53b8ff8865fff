"""Bootstrap's stylesheet from its wheel, with those rules alone that our pages can use."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from common.lean import WORD, lean

NAME = "bootstrap.min.css"
# What writes the classes of a page. A word of any text there counts: to keep a rule too many costs
# some bytes, to lose one costs a page its look.
PACKAGES = ["crispy_bootstrap5", "crispy_forms", "captcha"]
WRITERS = {".html", ".py"}


class BootstrapFinder(BaseFinder):
    """Serves `vendor/bootstrap.min.css` and nothing else of the package."""

    def __init__(self, app_names=None, *args, **kwargs):
        pass

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        found = storage().path(NAME) if path == f"vendor/{NAME}" else None
        return ([found] if found else []) if find_all else found

    def list(self, ignore_patterns):
        return [(NAME, storage())]


class Written(FileSystemStorage):
    """A folder that lives as long as the process."""

    prefix = "vendor"

    def __init__(self):
        self._folder = TemporaryDirectory(prefix="lean-")
        super().__init__(location=self._folder.name)


@cache
def storage() -> Written:
    """The folder with the lean stylesheet: written once by a process, in a third of a second."""
    written = Written()
    Path(written.path(NAME)).write_text(lean(whole(), vocabulary()))
    return written


def whole() -> str:
    """Bootstrap's own stylesheet."""
    return (_package("bootstrap") / "css" / NAME).read_text()


def vocabulary() -> set[str]:
    """Every word that a template, or code that writes classes, could mean as a class."""
    return {word for file in _writers() for word in WORD.findall(file.read_text(errors="ignore"))}


def _writers():
    ours = [path for path in settings.BASE_DIR.iterdir() if (path / "apps.py").exists()]
    for folder in [settings.BASE_DIR / "templates", *ours, *map(_package, PACKAGES)]:
        yield from (path for path in folder.rglob("*") if path.suffix in WRITERS)


def _package(name: str) -> Path:
    return Path(find_spec(name).submodule_search_locations[0])

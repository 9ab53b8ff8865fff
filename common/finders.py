"""Bootstrap's stylesheet straight from its wheel: two files, nothing else of it is served."""

from importlib.util import find_spec
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FILES = ["bootstrap.min.css", "bootstrap.min.css.map"]


class BootstrapFinder(BaseFinder):
    """Serves `vendor/bootstrap.min.css`; the whole folder would cost collectstatic a minute."""

    def __init__(self, app_names=None, *args, **kwargs):
        root = Path(find_spec("bootstrap").submodule_search_locations[0]) / "css"
        self.storage = FileSystemStorage(location=root)
        self.storage.prefix = "vendor"

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        name = path.removeprefix("vendor/")
        found = self.storage.path(name) if path != name and name in FILES else None
        return ([found] if found else []) if find_all else found

    def list(self, ignore_patterns):
        return ((name, self.storage) for name in FILES)

"""What every page of ours must be: the guard that looks at each HTML answer of the test client."""

from collections import Counter
from functools import cache
from html.parser import HTMLParser

from common import finders
from common.lean import CLASS

LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = Counter()
        self.ids = Counter()
        self.classes = set()
        self.labels = set()
        self.fields = []
        self.lang = None
        self.title = ""
        self.inline = []
        self._open = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags[tag] += 1
        self._open.append(tag)
        self.classes |= set((attributes.get("class") or "").split())
        self.lang = attributes.get("lang") if tag == "html" else self.lang
        if attributes.get("id"):
            self.ids[attributes["id"]] += 1
        if tag == "label" and attributes.get("for"):
            self.labels.add(attributes["for"])
        if tag in LABELLED and attributes.get("type") not in NEEDS_NO_LABEL:
            self.fields.append((attributes, "label" in self._open))
        self.inline += [name for name in attributes if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and not attributes.get("src")):
            self.inline.append(tag)

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if "title" in self._open and "svg" not in self._open:
            self.title += data


def faults(html: str) -> list[str]:
    """What is wrong with a page, a line each."""
    page = Page()
    page.feed(html)
    found = [f"id {name!r} stands {n} times" for name, n in page.ids.items() if n > 1]
    found += [f"{attributes} has no label" for attributes, inside in page.fields
              if not inside and not _named(attributes, page)]  # fmt: skip
    if page.tags["h1"] != 1:
        found.append(f"{page.tags['h1']} h1")
    if not page.title.strip():
        found.append("no title")
    if not page.lang:
        found.append("no lang")
    found += [f"class {name} has lost its style" for name in page.classes & dropped()]
    return found + [f"inline {name}" for name in page.inline]


@cache
def dropped() -> set[str]:
    """The classes of Bootstrap that the served stylesheet no longer knows."""
    with open(finders.storage().path(finders.NAME)) as served:
        return set(CLASS.findall(finders.whole())) - set(CLASS.findall(served.read()))


def _named(attributes: dict, page: Page) -> bool:
    return (
        attributes.get("id") in page.labels
        or "aria-label" in attributes
        or "aria-labelledby" in attributes
    )

"""The catalogues without the system's gettext: Babel reads the code, polib the files.

Russian knows every message. The other languages know what people are told by SMS, e-mail and USSD;
English is the code's own.
"""

import ast
import io
from pathlib import Path

import polib
from babel.messages import extract
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

FOLDERS = [
    "accounts",
    "cabinet",
    "common",
    "desk",
    "journal",
    "mmc_portal",
    "notifications",
    "patents",
    "payments",
    "templates",
    "ussd",
]
# Whose words reach people outside the pages. The labels of events in them are the staff's.
TOLD = [
    "*/messages.py",
    "*/messages/*.py",
    "*/letters.py",
    "templates/notifications/letter.txt",
    "payments/sentence/short.py",
    "payments/sentence/ussd.py",
    "ussd/words.py",
]
COMPLETE = "ru"
KEYWORDS = {
    **extract.DEFAULT_KEYWORDS,
    "_t": None,  # beside a lazy `_` in the admin
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def catalogue_path(language: str) -> Path:
    folder = to_locale(language)
    return Path(settings.LOCALE_PATHS[0]) / folder / "LC_MESSAGES" / "django.po"


def languages() -> list[str]:
    """Those that have a catalogue, the complete one first."""
    others = {*settings.TOLD_LANGUAGES} - {COMPLETE, "en"}
    return [COMPLETE, *sorted(others)]


def wanted(language: str = COMPLETE) -> dict[tuple[str, str], dict]:
    """The messages that a language needs: (context, msgid) → plural and the files it stands in."""
    if language == COMPLETE:
        return _found_in(_sources())
    labels = set().union(*map(_labels_of, _told()))
    found = _found_in(_told())
    return {key: facts for key, facts in found.items() if key[1] not in labels}


def _told() -> list[Path]:
    """What `TOLD` names, in the apps alone."""
    paths = {path for pattern in TOLD for path in settings.BASE_DIR.glob(pattern)}
    return sorted(path for path in paths if path.relative_to(settings.BASE_DIR).parts[0] in FOLDERS)


def _labels_of(path: Path) -> set[str]:
    """The words by which staff know an event."""
    if path.suffix != ".py":
        return set()
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "label"]
    return {value.args[0].value for value in named if isinstance(value, ast.Call)}


def _found_in(paths) -> dict[tuple[str, str], dict]:
    found: dict[tuple[str, str], dict] = {}
    for path in paths:
        for message, context in _messages_of(path):
            single, plural = message if isinstance(message, tuple) else (message, "")
            entry = found.setdefault((context or "", single), {"plural": "", "files": set()})
            entry["plural"] = entry["plural"] or plural
            entry["files"].add(str(path.relative_to(settings.BASE_DIR)))
    return found


def _sources():
    for folder in FOLDERS:
        for ending in ("*.py", "*.html", "*.txt"):
            found = sorted((settings.BASE_DIR / folder).rglob(ending))
            yield from (path for path in found if path.parent.name != "migrations")


def _messages_of(path: Path):
    text = path.read_text(encoding="utf-8")
    source = text if path.suffix == ".py" else _flat(templatize(text, origin=str(path)))
    stream = io.BytesIO(source.encode())
    options = {"encoding": "utf-8"}
    for _line, message, _comments, context in extract.extract(
        "python", stream, KEYWORDS, options=options
    ):
        if (message[0] if isinstance(message, tuple) else message) != "":
            yield message, context


def _flat(source: str) -> str:
    """Without indents: those of a page mean nothing to Python, and stop its reader."""
    return "\n".join(line.lstrip() for line in source.splitlines())


def update(language: str) -> polib.POFile:
    """Bring the catalogue up to the code: new messages appear empty, gone ones are removed."""
    known = {_key(entry): entry for entry in load(language)}
    fresh = _empty(language)
    needed = wanted(language)
    for key, facts in sorted(needed.items(), key=lambda item: (min(item[1]["files"]), item[0])):
        fresh.append(_entry(key, facts, known.get(key), _forms(fresh)))
    fresh.save(str(catalogue_path(language)))
    return fresh


def load(language: str) -> polib.POFile:
    path = catalogue_path(language)
    return polib.pofile(str(path)) if path.exists() else _empty(language)


def add(language: str, source: Path) -> int:
    """Take translations over from another catalogue; returns how many. What the code does not
    know (yet) waits at the end of the catalogue until the next update."""
    catalogue = load(language)
    known = {_key(entry): entry for entry in catalogue}
    taken = 0
    for entry in polib.pofile(str(source)):
        if not entry.translated():
            continue
        taken += 1
        if _key(entry) in known:
            known[_key(entry)].msgstr = entry.msgstr
            known[_key(entry)].msgstr_plural = entry.msgstr_plural
        else:
            known[_key(entry)] = entry
            catalogue.append(entry)
    catalogue.save(str(catalogue_path(language)))
    return taken


def compile_all() -> None:
    for path in Path(settings.LOCALE_PATHS[0]).rglob("*.po"):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def problems(language: str) -> list[str]:
    """What keeps the catalogue from being complete, a line each."""
    entries = {_key(entry): entry for entry in load(language)}
    needed = wanted(language)
    return (
        [f"missing: {key[1]!r}" for key in needed if key not in entries]
        + [f"not in the code any more: {key[1]!r}" for key in entries if key not in needed]
        + [f"not translated: {key[1]!r}" for key, entry in entries.items() if not _complete(entry)]
    )


def _complete(entry: polib.POEntry) -> bool:
    return entry.translated() and not entry.fuzzy


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgctxt or "", entry.msgid


def _forms(catalogue: polib.POFile) -> int:
    """How many plural forms its language has."""
    return int(catalogue.metadata["Plural-Forms"].partition("=")[2].partition(";")[0])


def _entry(key, facts, known: polib.POEntry | None, forms: int) -> polib.POEntry:
    context, msgid = key
    entry = polib.POEntry(msgid=msgid, msgctxt=context or None)
    entry.occurrences = [(name, "") for name in sorted(facts["files"])]
    if "%(" in msgid:
        entry.flags = ["python-format"]
    if facts["plural"]:
        entry.msgid_plural = facts["plural"]
        entry.msgstr_plural = (known and known.msgstr_plural) or dict.fromkeys(range(forms), "")
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def _empty(language: str) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=98)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    catalogue_path(language).parent.mkdir(parents=True, exist_ok=True)
    return catalogue


SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
PLURALS = {
    "ru": SLAVIC,
    "uk": SLAVIC,
    "uz": "nplurals=1; plural=0;",
    "uz-cyrl": "nplurals=1; plural=0;",
    "tg": "nplurals=2; plural=(n != 1);",
    "az": "nplurals=2; plural=(n != 1);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2);",
}

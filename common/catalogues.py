"""The catalogues without the system's gettext: Babel reads the code, polib the files.

Russian knows every message. The other languages hold what people read; what they are told by SMS,
e-mail and USSD must be there, and the rest once the language stands in `LANGUAGES`. English is the
code's own.
"""

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import polib
from babel.messages import extract
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from common import scopes
from common.uzbek import cyrillic

COMPLETE = "ru"
SPELLED = {"uz-cyrl": ("uz", cyrillic)}
Key = tuple[str, str]
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
    return [COMPLETE, *sorted(others)]  # what is spelled by another one comes after it


def wanted(language: str = COMPLETE) -> dict[Key, dict]:
    """The messages that a catalogue holds: (context, msgid) → plural and the files it stands in."""
    if language == COMPLETE:
        return _found_in(scopes.sources())
    return _merged(map(_shown_in, scopes.shown()))


def required(language: str) -> dict[Key, dict]:
    """Those of them that must have their words."""
    if language == COMPLETE or language in dict(settings.LANGUAGES):
        return wanted(language)
    return _merged(map(_shown_in, scopes.told()))


def _shown_in(path: Path) -> dict[Key, dict]:
    found = _found_in([path])
    return {key: facts for key, facts in found.items() if scopes.is_for_people(path, key[1])}


def _merged(several: Iterable[dict[Key, dict]]) -> dict[Key, dict]:
    merged: dict[Key, dict] = {}
    for found in several:
        for key, facts in found.items():
            known = merged.setdefault(key, facts)
            known["files"] |= facts["files"]
    return merged


def _found_in(paths) -> dict[Key, dict]:
    found: dict[Key, dict] = {}
    for path in paths:
        for message, context in _messages_of(path):
            single, plural = message if isinstance(message, tuple) else (message, "")
            entry = found.setdefault((context or "", single), {"plural": "", "files": set()})
            entry["plural"] = entry["plural"] or plural
            entry["files"].add(str(path.relative_to(settings.BASE_DIR)))
    return found


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
    if language in SPELLED:
        _spell(fresh, *SPELLED[language])
    fresh.save(str(catalogue_path(language)))
    return fresh


def _spell(catalogue: polib.POFile, source: str, spell: Callable[[str], str]) -> None:
    """What has no words yet takes those of another alphabet; what somebody wrote stays."""
    other = {_key(entry): entry for entry in load(source)}
    for entry in catalogue.untranslated_entries():
        like = other.get(_key(entry))
        if like is not None and like.translated():
            entry.msgstr = spell(like.msgstr)
            entry.msgstr_plural = {form: spell(text) for form, text in like.msgstr_plural.items()}


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
    known, needed = wanted(language), required(language)
    empty = [key for key, entry in entries.items() if key in needed and not _complete(entry)]
    return (
        [f"missing: {key[1]!r}" for key in known if key not in entries]
        + [f"not in the code any more: {key[1]!r}" for key in entries if key not in known]
        + [f"not translated: {key[1]!r}" for key in empty]
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

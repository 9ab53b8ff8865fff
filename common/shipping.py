"""Texts the portal is shipped with: one file a text and language, «rank-slug.language.md».

The first line is the title, after «# »; the rest the body.
"""

from collections.abc import Callable
from pathlib import Path


def shipped(folder: Path) -> dict[str, dict]:
    """slug → columns of the row."""
    rows: dict[str, dict] = {}
    for path in sorted(folder.glob("*.md")):
        stem, language = path.stem.rsplit(".", 1)
        rank, slug = stem.split("-", 1)
        title, _, body = path.read_text(encoding="utf-8").partition("\n")
        row = rows.setdefault(slug, {"rank": int(rank)})
        language = language.replace("-", "_")  # as modeltranslation names its columns
        row[f"title_{language}"] = title.removeprefix("# ").strip()
        row[f"body_{language}"] = body.strip()
    return rows


def ship(model, folder: Path, more: Callable[[str], dict] = lambda slug: {}) -> int:
    """Make the rows that are missing; returns how many. `model` may be a migration's.

    Every row that exists is left alone: what staff edited or took away stays theirs.
    `more` gives a slug's other columns.
    """
    known = set(model.objects.values_list("slug", flat=True))
    missing = {slug: row for slug, row in shipped(folder).items() if slug not in known}
    for slug, row in missing.items():
        own = {"title": row["title_ru"], "body": row["body_ru"], **more(slug)}
        model.objects.create(slug=slug, **own, **row)
    return len(missing)


def translate(model, folder: Path) -> int:
    """Fill what has no words yet in a language, where the Russian is still as it was shipped;
    returns how many rows changed. What staff wrote stays theirs."""
    changed = 0
    for slug, row in shipped(folder).items():
        found = model.objects.filter(
            slug=slug, title_ru=row["title_ru"], body_ru=row["body_ru"]
        ).first()
        lacks = {name: text for name, text in row.items() if found and not getattr(found, name)}
        if lacks:
            model.objects.filter(pk=found.pk).update(**lacks)
            changed += 1
    return changed

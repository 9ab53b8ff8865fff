"""The texts the portal is shipped with: one file a text and language, «rank-slug.language.md».

The first line is the title, after «# »; the rest the body. `ship` makes rows of what is missing
and leaves every row that exists alone: what staff edited or took away stays theirs.

Where the facts come from (sections of the domain facts, with their confidence):
- login, first password, reset three times a day, no access without the phone: 6.2 (official memo);
- the centre's SIM makes no debt unless a top-up activates it, blocked at the operator's office: the
  operator's word as a magazine of 2020 reports it, one source;
- up to 7 days until money is seen: the centre's answer, 6.7; longer in practice;
- no days of grace, and the right to stay ends with the last paid day: 2.1 (medium);
- two months for the copy of the contract: 2.5 (medium);
- re-issue 10 working days before the end of the year, any number of times: 2.4 (high);
- an employer's petition among its papers: 2.4 (medium);
- registration after each payment, three working days before the end: 2.1 (low), so «check»;
- what the person brings, and that staff prepare the rest; cheques kept until the new patent; INN on
  each receipt: the seeds and 2.7 (high).
How a refusal is appealed and by when is not known: the hotline's lawyer says it.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
# Obligations whose day is counted for each person (`cabinet.deadlines`).
DEADLINES = {
    "pay": "pay",
    "contract": "contract",
    "registration": "registration",
    "new-patent": "reissue",
    "leave": "leave",
}


def shipped(kind: str) -> dict[str, dict]:
    """slug → columns of the row."""
    rows: dict[str, dict] = {}
    for path in sorted((FOLDER / kind).glob("*.md")):
        stem, language = path.stem.rsplit(".", 1)
        rank, slug = stem.split("-", 1)
        title, _, body = path.read_text(encoding="utf-8").partition("\n")
        row = rows.setdefault(slug, {"rank": int(rank)})
        row[f"title_{language}"] = title.removeprefix("# ").strip()
        row[f"body_{language}"] = body.strip()
    return rows


def ship(model, kind: str) -> int:
    """Make the rows that are missing; returns how many. `model` may be a migration's."""
    known = set(model.objects.values_list("slug", flat=True))
    missing = {slug: row for slug, row in shipped(kind).items() if slug not in known}
    for slug, row in missing.items():
        own = {"title": row["title_ru"], "body": row["body_ru"], **_deadline(kind, slug)}
        model.objects.create(slug=slug, **own, **row)
    return len(missing)


def _deadline(kind: str, slug: str) -> dict:
    return {"deadline": DEADLINES.get(slug, "none")} if kind == "obligations" else {}

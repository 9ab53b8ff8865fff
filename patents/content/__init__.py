"""Papers and reasons of refusals the portal is shipped with (`common.shipping`).

Where the facts come from (sections of the domain facts, with their confidence):
- passport, migration card and registration slip are brought by the person, the rest is prepared at
  the centre, the form itself is given there: the seeds (one article, no official list was found);
- purpose «работа» in the migration card, the slip with its mark: guides of mos.ru (medium);
- translation, doctors, insurance, test of Russian: made at the centre itself, as a guide to
  Sakharovo says (medium); how long each holds is not said, because no source gives it for today;
- the first month is paid before the patent is handed out: 2.3 (high);
- employer's petition for a re-issue: 2.4 (medium); cheques kept until the new patent: the seeds;
- last day of a re-issue: 2.4 (high).
What one may do after a refusal, and by when, stands in the decision: no source gives a number, so
staff type the day from the paper.
"""

from pathlib import Path

from common.shipping import ship, translate

FOLDER = Path(__file__).parent
ONLY_FIRST = {"first-cheque", "russian-test"}
ONLY_REISSUE = {"old-patent", "year-cheques", "petition"}
BY_STAFF = {"application-form", "translation", "medical", "insurance", "russian-test"}


def ship_all(documents, refusals) -> None:
    """Make the rows that are missing; the models may be a migration's."""
    ship(documents, FOLDER / "documents", _of_document)
    ship(refusals, FOLDER / "refusals")


def translate_all(documents, refusals) -> None:
    """Give rows of before the languages that have come since."""
    translate(documents, FOLDER / "documents")
    translate(refusals, FOLDER / "refusals")


def _of_document(slug: str) -> dict:
    return {
        "brought_by": "staff" if slug in BY_STAFF else "person",
        "for_first": slug not in ONLY_REISSUE,
        "for_reissue": slug not in ONLY_FIRST,
    }

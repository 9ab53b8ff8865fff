"""Whoever installs the portal finds every name of the environment in one page."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"""env(?:\.\w+)?\(\s*["']([A-Z][A-Z0-9_]+)["']""")


def names_read() -> set[str]:
    sources = (ROOT / "mmc_portal" / "settings").glob("*.py")
    return {name for source in sources for name in READ.findall(source.read_text())}


def test_every_name_that_the_settings_read_stands_in_their_page():
    told = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", (ROOT / "docs" / "settings.md").read_text()))

    assert {"SECRET_KEY", "EMAIL_URL", "CENTRE_HOURS", "ACQUIRER_PAYERS"} <= names_read()
    assert names_read() - told == set()

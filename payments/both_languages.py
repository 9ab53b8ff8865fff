"""Papers that others check: whole in Russian first, then once more for whoever carries them."""

from collections.abc import Iterator

from django.utils.translation import get_language, override

OFFICIAL = "ru"  # what offices, employers and policemen read, whatever the portal's own language


def russian_and_readers() -> Iterator[str]:
    """The languages of a paper, each of them active while it is drawn. Russian alone where the
    reader's is Russian or nobody's."""
    for language in dict.fromkeys((OFFICIAL, get_language() or OFFICIAL)):
        with override(language):
            yield language

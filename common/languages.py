"""The languages in which people are told something: by SMS, by e-mail, over USSD.

Pages are written in fewer of them (`LANGUAGES`).
"""

from django.conf import settings

from common.formats import language_name


def told() -> list[tuple[str, str]]:
    """For a choice: each by the name that its speakers know."""
    return [(code, language_name(code)) for code in settings.TOLD_LANGUAGES]


def of_pages(language: str) -> str:
    """The language of a page for somebody who is told things in ``language``."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

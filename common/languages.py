"""The languages in which people are told something: by SMS, by e-mail, over USSD; and those of
the pages (`LANGUAGES`), which may be fewer.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from common.formats import language_name


def told() -> list[tuple[str, str]]:
    """For a choice: each by the name that its speakers know."""
    return [(code, language_name(code)) for code in settings.TOLD_LANGUAGES]


def of_pages(language: str) -> str:
    """The language of a page for somebody who is told things in ``language``."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def greet(request: HttpRequest, response: HttpResponse, language: str, *, once: bool) -> None:
    """The pages of this browser speak it from now on, unless somebody chose another one here;
    `once` is for somebody else's phone: until the browser is closed. Russian is what everybody has
    who was never asked: it overrules no phone."""
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    if chosen or language == settings.LANGUAGE_CODE or language not in dict(settings.LANGUAGES):
        return
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=None if once else settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )

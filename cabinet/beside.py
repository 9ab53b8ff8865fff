"""The Russian original beside a translated page, so that an inspector or a clerk can follow.

The original is the same page of the same visitor in a frame of its own: nothing is drawn twice, and
it costs nothing while nobody asks for it.
"""

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

ORIGINAL, BESIDE = "original", "beside"  # of the address


class RussianOriginal:
    """Answers `?original=1` in Russian, for a frame of our own pages and for nobody else's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return self.get_response(request)
        if ORIGINAL in request.GET:
            return self._in_russian(request)
        response = self.get_response(request)
        if BESIDE in request.GET:
            response._csp_update = {"frame-src": [SELF]}
        return response

    def _in_russian(self, request: HttpRequest) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
            response = self.get_response(request)
        response["X-Frame-Options"] = "SAMEORIGIN"
        response._csp_replace = {"frame-ancestors": [SELF]}
        return response


def beside(request: HttpRequest) -> dict:
    """For every page: whether it is the framed original, whether one is asked for beside it."""
    framed = ORIGINAL in request.GET
    may_be = request.method == "GET" and not framed
    translated = translation.get_language() != settings.LANGUAGE_CODE
    return {
        "framed": framed,
        "may_be_beside": may_be and translated,
        "is_beside": may_be and translated and BESIDE in request.GET,
    }

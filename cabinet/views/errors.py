from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from common.hotline import hotline


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return _error(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    return _error(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return _error(request, HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "cabinet/errors/csrf.html", status=HTTPStatus.FORBIDDEN)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request: the session behind it may be what broke."""
    page = render_to_string("cabinet/errors/500.html", hotline())
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _error(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    return render(request, f"cabinet/errors/{status.value}.html", status=status)

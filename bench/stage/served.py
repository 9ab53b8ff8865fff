"""What gunicorn serves to a benchmark: the portal, and a bare view of Django without middleware."""

import os

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.stage.settings")

portal = get_wsgi_application()


class Bare(WSGIHandler):
    """Django's handler around one view: no middleware, no address to look up."""

    def load_middleware(self, is_async=False):
        kept, settings.MIDDLEWARE = settings.MIDDLEWARE, []
        super().load_middleware(is_async)
        settings.MIDDLEWARE = kept

    def resolve_request(self, request):
        request.resolver_match = None
        return (lambda asked: HttpResponse("ok")), (), {}


bare = Bare()


def application(environ, start_response):
    serve = bare if environ["PATH_INFO"] == "/bare/" else portal
    return serve(environ, start_response)

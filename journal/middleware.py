from journal.history import acting, because

READS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class ChangesNameTheirMaker:
    """What a request changes keeps, in its history, who sent it and which page it was."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in READS:
            return self.get_response(request)
        with acting(request.user.pk, ""):
            return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        because(request.resolver_match.view_name or "")

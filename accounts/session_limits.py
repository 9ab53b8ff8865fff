"""A session ends after a time without a click and after a whole day's work; its pages are kept by
no browser; on somebody else's phone it is shorter and shows no sums until asked."""

import re

from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils.cache import add_never_cache_headers

from accounts.services import sign_ins
from common import clock

SINCE, SEEN, STAFF = "since", "seen", "staff"
BORROWED, SIGN_IN, TIMED_OUT = "borrowed", "sign_in", "timed_out"
TOUCH_SECONDS = 60
SUM = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]?\d{3})*(?:,\d\d)?(?=(?:[ \u00a0\u202f]|&nbsp;)?₽)")
HIDDEN = "•••"


@receiver(user_logged_in)
def start(request, user, **kwargs) -> None:
    now = int(clock.now().timestamp())
    request.session.update({SINCE: now, SEEN: now, STAFF: user.is_staff})


class SessionLimits:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if SESSION_KEY in request.session:
            _end_or_touch(request)
        inside_before = SESSION_KEY in request.session
        response = self.get_response(request)
        if inside_before or SESSION_KEY in request.session:
            add_never_cache_headers(response)
        if request.session.get(BORROWED):
            _for_borrowed(request, response)
        return response


def _end_or_touch(request) -> None:
    session, now = request.session, int(clock.now().timestamp())
    idle, longest = _limits(session)
    seen = session.seen_at.timestamp() if session.seen_at else session.get(SEEN, 0)
    if now - seen >= idle or now - session.get(SINCE, 0) >= longest:
        _time_out(request)
    elif now - seen >= TOUCH_SECONDS:
        _touch(session, now)


def _touch(session, now: int) -> None:
    """One small row a minute: the session itself is not written again."""
    if SIGN_IN in session:
        sign_ins.touch(sign_in_id=session[SIGN_IN])
    else:
        session[SEEN] = now


def _limits(session) -> tuple[float, float]:
    is_staff, borrowed = session.get(STAFF, False), session.get(BORROWED, False)
    idle, longest = sign_ins.limits_of(is_staff=is_staff, borrowed=borrowed)
    return idle.total_seconds(), longest.total_seconds()


def _time_out(request) -> None:
    if SIGN_IN in request.session:
        sign_ins.end(sign_in_id=request.session[SIGN_IN])
    logout(request)
    request.session[TIMED_OUT] = True


def _for_borrowed(request, response) -> None:
    """The page leaves the screen by itself when its session is over."""
    if not response.get("Content-Type", "").startswith("text/html") or response.streaming:
        return
    idle, _longest = _limits(request.session)
    response["Refresh"] = f"{int(idle)}; url=/login/"
    if request.GET.get("sums") != "shown":
        response.content = SUM.sub(HIDDEN, response.content.decode()).encode()

from accounts.views.login import forgot_number, log_in, log_out, number_sent
from accounts.views.password import change_password
from accounts.views.reset import reset_done, reset_password
from accounts.views.sessions import end_other_sessions, not_me, sessions

__all__ = [
    "change_password",
    "end_other_sessions",
    "forgot_number",
    "log_in",
    "log_out",
    "not_me",
    "number_sent",
    "reset_done",
    "reset_password",
    "sessions",
]
